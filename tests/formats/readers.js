// Reads references with Citation.js: [{name, text}, …] on standard input, as lists of CSL-JSON on standard output.
// Its modules are found as Node finds them: in node_modules of the folder it is run in, or in NODE_PATH.

const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const find = createRequire(process.cwd() + "/");
const { Cite } = find("@citation-js/core");
find("@citation-js/plugin-bibtex");
find("@citation-js/plugin-ris");

const KINDS = { bibtex: "@bibtex/text", biblatex: "@biblatex/text", ris: "@ris/file" };

const read = ({ name, text }) =>
  new Cite(name in KINDS ? text : JSON.parse(text), name in KINDS ? { forceType: KINDS[name] } : {}).format("data", { format: "object" });

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));

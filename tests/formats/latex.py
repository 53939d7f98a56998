r"""
A run of LuaLaTeX with biber or BibTeX over references: what their logs say, and the text that was typeset.

LuaLaTeX, since it has letters of all scripts. The text is what TeX hands to its paragraph builder,
a paragraph a line, so that no font, hyphen or PDF reader stands between.
"""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from attrs import frozen


#: Each paragraph, character by character, as a line of typeset.txt. Fonts of the encoding T1 have some signs
#: at places of their own, those of TS1 do not.
LISTEN = r"""
\usepackage[T1]{fontenc}
\directlua{
  local out = io.open("typeset.txt", "w")
  local signs = {[16] = "“", [17] = "”", [18] = "„", [19] = "«", [20] = "»", [21] = "–", [22] = "—",
    [27] = "ff", [28] = "fi", [29] = "fl", [30] = "ffi", [31] = "ffl", [39] = "’", [96] = "‘", [127] = "",
    [189] = "¡", [190] = "¿"}
  local function sign(glyph)
    local start = string.sub(font.getfont(glyph.font).name, 1, 2)
    local is_ts1 = start == "ts" or start == "tc"
    return not is_ts1 and signs[glyph.char] or unicode.utf8.char(glyph.char)
  end
  local function show(head, parts)
    for one in node.traverse(head) do
      local kind = node.type(one.id)
      if kind == "glyph" then table.insert(parts, sign(one))
      elseif kind == "disc" then if one.replace then show(one.replace, parts) end
      elseif kind == "glue" and one.width > 0 then table.insert(parts, " ")
      elseif kind == "hlist" then show(one.head, parts)
      end
    end
  end
  luatexbase.add_to_callback("pre_linebreak_filter", function(head)
    local parts = {}
    show(head, parts)
    out:write(table.concat(parts), "\string\n")
    return true
  end, "listen")
}
"""

BIBLATEX = (
    r"\documentclass{article}%s\usepackage[maxnames=99]{biblatex}\addbibresource{references.bib}"
    r"\begin{document}\nocite{*}\printbibliography\end{document}"
)
BIBTEX = (
    r"\documentclass{article}%s\usepackage{url}"
    r"\begin{document}\nocite{*}\bibliographystyle{plain}\bibliography{references}\end{document}"
)


@frozen
class Run:
    """
    What a run left.
    """

    #: Paragraphs, in order.
    typeset: tuple[str, ...]

    #: Errors in TeX's log.
    errors: tuple[str, ...]

    #: What biber or BibTeX complained of.
    warnings: tuple[str, ...]

    #: Entries that they wrote.
    entries: int


def needs(*programs):
    """
    Skip unless the *programs* are there, and the package biblatex.
    """
    absent = [program for program in programs if shutil.which(program) is None]
    if absent:
        pytest.skip(f"not installed: {', '.join(absent)}")


def call(folder, *command):
    """
    What a program says that is run in a folder, where TeX may neither run others nor write elsewhere.
    """
    run = subprocess.run(
        command, cwd=folder, capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=60
    )

    return run.stdout.decode("utf-8", "replace")


def lualatex(folder):
    """
    The log of LuaLaTeX.
    """
    call(folder, "lualatex", "--no-shell-escape", "--draftmode", "--interaction=nonstopmode", "paper.tex")

    return (folder / "paper.log").read_text("utf-8", "replace")


def found(folder, log, warnings, entry):
    """
    The run whose files are in a folder.
    """
    typeset = (folder / "typeset.txt").read_text("utf-8").split("\n")
    entries = re.findall(entry, (folder / "paper.bbl").read_text("utf-8"))

    return Run(tuple(typeset), tuple(re.findall(r"^! .*", log, re.MULTILINE)), tuple(warnings), len(entries))


def with_biber(folder, references):
    """
    A run with BibLaTeX and biber.
    """
    needs("lualatex", "biber", "kpsewhich")
    if not call(folder, "kpsewhich", "biblatex.sty"):
        pytest.skip("not installed: biblatex")
    (folder / "references.bib").write_text(references, "utf-8")
    (folder / "paper.tex").write_text(BIBLATEX % LISTEN, "utf-8")
    lualatex(folder)
    said = call(folder, "biber", "--validate-datamodel", "paper")
    warnings = re.findall(r"^(?:WARN|ERROR) - (.*)", said, re.MULTILINE)

    return found(folder, lualatex(folder), warnings, r"(?m)^ *\\entry\{")


def with_bibtex(folder, references):
    """
    A run with BibTeX and its style ``plain``.
    """
    needs("lualatex", "bibtex")
    (folder / "references.bib").write_text(references, "utf-8")
    (folder / "paper.tex").write_text(BIBTEX % LISTEN, "utf-8")
    # What a run of LaTeX before BibTeX would leave for it.
    (folder / "paper.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{references}\n", "utf-8")
    said = call(folder, "bibtex", "paper")
    warnings = re.findall(r"^(?:Warning--|I |.*---).*", said, re.MULTILINE)

    return found(folder, lualatex(folder), warnings, r"(?m)^\\bibitem")

"""
The release that ships is what it says it is, and what its source gives.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import zipfile

import attrs
import pytest

from dateline import catalog, checks, curation
from dateline.digests import canonical_json, corpus_digest, encode, record_digest
from dateline.fingerprints import sha256
from dateline.manifests import ARTICLES, ENTITIES, MANIFEST
from dateline.own_releases import read_manifest, read_release
from dateline.strict_json import lines_of, parse_json, parse_json_lines


#: What mends a release that is not as it should be; a version that others have is never changed.
RELEASE = "python -m dateline release data/ukraine-2022 --into src/dateline/releases"
MEND = f"undo the change to the release, or raise the version in dataset.toml and run: {RELEASE}"
RECORDS = (ARTICLES, ENTITIES)


@pytest.mark.parametrize("name", [*RECORDS, curation.CHANGES])
def test_each_line_is_canonical(contents, name):
    """
    A line of the release is the one canonical form of its value, and ends in a line feed.
    """
    odd = [
        number
        for number, value in parse_json_lines(contents[name], name)
        if canonical_json(value) != lines_of(contents[name])[number - 1]
    ]

    assert [] == odd, f"{name}: these lines are not canonical; {MEND}"
    assert contents[name].endswith(b"\n") or not contents[name], f"{name} must end in a line feed; {MEND}"


@pytest.mark.parametrize("name", RECORDS)
def test_each_record_is_written_the_one_way(contents, ukraine, name):
    """
    Writing the records that were read gives the lines that were read.
    """
    records = ukraine.articles if name == ARTICLES else ukraine.entities
    written = [encode(record) for record in records.values()]

    assert list(lines_of(contents[name])) == written, f"{name} has fields that a reader loses; {MEND}"


@pytest.mark.parametrize("name", RECORDS)
def test_ids_are_unique_and_sorted(contents, name):
    """
    The records of a file stand in the order of their ids, none of them twice.
    """
    ids = [value["id"] for _, value in parse_json_lines(contents[name], name)]

    assert sorted(set(ids)) == ids, f"{name} is not sorted by id; {MEND}"


def test_the_manifest_is_canonical(contents):
    """
    The manifest is canonical JSON, its files sorted by name.
    """
    manifest = parse_json(contents[MANIFEST], MANIFEST)
    names = [file["name"] for file in manifest["files"]]

    assert canonical_json(manifest) + b"\n" == contents[MANIFEST], f"{MANIFEST} is not canonical; {MEND}"
    assert sorted(names) == names, f"{MANIFEST}: files are not sorted; {MEND}"


def test_sizes_and_digests_hold(contents, shipped):
    """
    Every file has the size and digest that the manifest promises, and there is no other file.
    """
    promised = {file.name: (file.size, file.digest) for file in read_manifest(shipped).files}
    found = {name: (len(data), sha256(data)) for name, data in contents.items() if name != MANIFEST}

    assert promised == found, f"the manifest is not of these files; {MEND}"


def test_the_code_vouches_for_the_manifest(contents, shipped):
    """
    The digest of the manifest stands in the catalogue.
    """
    digest = sha256(contents[MANIFEST])

    assert digest == catalog.MANIFESTS["ukraine-2022"][shipped.name], (
        f"MANIFESTS in src/dateline/catalog.py must say {digest} for a new version; else {MEND}"
    )


def test_every_release_in_the_package_is_in_the_catalogue(shipped):
    """
    What lies in the package's folder of releases is what the catalogue lists, and the default is among it.
    """
    folders = {
        (version.parent.name, version.name)
        for version in shipped.parents[1].glob("*/*")
        if (version / MANIFEST).is_file()
    }
    listed = {(name, version) for name, versions in catalog.MANIFESTS.items() for version in versions}

    assert listed == folders, (
        "MANIFESTS in src/dateline/catalog.py must list what ships; see the output of: " + RELEASE
    )
    assert all(catalog.DEFAULTS[name] in versions for name, versions in catalog.MANIFESTS.items())


def test_the_corpus_digest_follows_from_the_records(ukraine, shipped):
    """
    The pin's digest is the one that the records give, computed once more by hand.
    """
    records = [("article", record) for record in ukraine.articles.values()]
    records += [("entity", record) for record in ukraine.entities.values()]
    digest = corpus_digest((kind, record.id, record_digest(record)) for kind, record in records)

    assert digest == ukraine.digest == ukraine.pin.digest == read_manifest(shipped).digest, MEND


def test_no_finding(shipped, ukraine, contents):
    """
    The release keeps every coded rule, those that only warn included.
    """
    findings = (
        *checks.check(ukraine),
        *checks.check_release(shipped),
        *checks.check_references(ukraine, contents["SOURCES.md"].decode()),
    )

    assert () == findings, f"see: python -m dateline check data/ukraine-2022; then {MEND}"


def test_what_evidence_states_is_mentioned_in_it(ukraine):
    """
    Of the entities that the text names, evidence states none for a claim that is named elsewhere only.

    The outlet is left out: what it says in its own voice it says without its name.
    """
    elsewhere = [
        (claim.id, entity)
        for article in ukraine.values()
        for claim in article.claims
        for source in claim.sources
        for field in {"claimant", "via", "places", "about"} & {*source.fields}
        for entity in ((claim.claimant,) if field == "claimant" else getattr(claim, field))
        if source.basis == "stated" and entity != article.publisher.entity
        for spans in [mention.spans for mention in article.mentions if mention.entity == entity]
        if not any(
            around.start <= span.start and span.end <= around.end
            for around in source.evidence
            for span in spans
        )
    ]

    assert [] == elsewhere, f"widen the evidence or say inferred.{{field}} in the TOML, then {MEND}"


def test_every_section_that_is_referred_to_exists(ukraine, contents):
    """
    A reference into SOURCES.md names one heading there, and a heading stands once.
    """
    headings = re.findall(r"^#+ ([a-z0-9-]+)$", contents["SOURCES.md"].decode(), re.MULTILINE)
    records = (*ukraine.values(), *ukraine.claims.values(), *ukraine.entities.values())
    named = {
        source.reference.removeprefix("SOURCES.md#")
        for record in records
        for source in record.sources
        if (source.reference or "").startswith("SOURCES.md#")
    }

    assert set() == named - {*headings}, f"SOURCES.md lacks these sections; add them and run: {RELEASE}"
    assert len({*headings}) == len(headings), f"SOURCES.md has a section twice; mend it and run: {RELEASE}"
    assert len(named) > 40


def test_both_doors_read_the_release_alike(ukraine, shipped):
    """
    The trusted and the strict way into the release give equal corpora, of the same digest.
    """
    strict = read_release(shipped, ukraine.pin)

    assert strict == ukraine
    assert strict.digest == ukraine.digest
    assert (strict.pin, strict.description) == (ukraine.pin, ukraine.description)
    assert list(strict) == list(ukraine)


@pytest.fixture
def releases(shipped, tmp_path):
    """
    A folder of releases that lacks the newest one.
    """
    folder = tmp_path / "releases"
    shutil.copytree(shipped.parent, folder / shipped.parent.name, ignore=shutil.ignore_patterns(shipped.name))

    return folder


def built(folder, into):
    """
    The files that a curated source gives, by name.
    """
    made = curation.release(folder, into)

    return {file.name: file.read_bytes() for file in sorted(made.folder.iterdir())}


def test_the_source_gives_the_release(curated, contents, releases):
    """
    The release, made anew from the curated source, is the shipped one byte for byte.
    """
    rebuilt = built(curated, releases)
    differing = sorted(name for name in {*rebuilt, *contents} if rebuilt.get(name) != contents.get(name))

    assert [] == differing, f"data/ukraine-2022 gives other files; {MEND}"


def test_what_a_release_answers(curated, contents, shipped, releases):
    """
    Who makes a release is told its manifest's digest, its place, and what is new since the one before.
    """
    made = curation.release(curated, releases)

    assert sha256(contents[MANIFEST]) == made.manifest_digest
    assert releases / "ukraine-2022" / shipped.name == made.folder
    assert len(lines_of(contents[curation.CHANGES])) == len(made.changes)


def test_all_is_new_in_a_first_release(curated, ukraine, tmp_path):
    """
    Without a release before it, every record of one was added.
    """
    made = curation.release(curated, tmp_path)
    lines = lines_of((made.folder / curation.CHANGES).read_bytes())

    assert len(ukraine) + len(ukraine.claims) + len(ukraine.entities) == len(made.changes) == len(lines)
    assert {"added"} == {change.kind for change in made.changes}


@pytest.mark.parametrize("seed", range(3))
def test_a_release_does_not_depend_on_input_order(source, contents, releases, seed):
    """
    Entities, mentions, fingerprints and the articles' files may stand in any order: the bytes are the same.
    """
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    entities = source / "entities.toml"
    head, *tables = entities.read_text("utf-8").split("[[entities]]")
    chance.shuffle(tables)
    entities.write_text("[[entities]]".join([head, *(f"{table}\n" for table in tables)]), "utf-8")
    for path in [
        path for path in source.glob("*.toml") if path.name not in ("dataset.toml", "entities.toml")
    ]:
        path.write_text(_mentions_shuffled(path.read_text("utf-8"), chance), "utf-8")
        path.rename(source / f"{chance.randrange(10**6)}-{path.name}")
    prints = parse_json((source / "fingerprints.json").read_bytes(), "fingerprints.json")
    turned = dict(sorted(prints.items(), reverse=True))
    (source / "fingerprints.json").write_bytes(
        repr(turned).replace("'", '"').replace("None", "null").encode()
    )

    assert contents == built(source, releases)


def _mentions_shuffled(text, chance):
    """
    An article's TOML with the lines of its mentions in another order.
    """
    before, heading, rest = text.partition("[mentions]\n")
    lines, gap, after = rest.partition("\n\n")
    shuffled = lines.split("\n")
    chance.shuffle(shuffled)

    return "".join([before, heading, "\n".join(shuffled), gap, after])


def test_the_version_does_not_touch_the_corpus(source, contents, tmp_path):
    """
    The same records under another version have the same bytes and digest.
    """
    dataset = source / "dataset.toml"
    dataset.write_text(dataset.read_text("utf-8").replace('version = "2.0.0"', 'version = "7.0.0"'), "utf-8")
    again = built(source, tmp_path / "releases")

    assert all(again[name] == contents[name] for name in RECORDS)
    assert b'"version":"7.0.0"' in again[MANIFEST]


@pytest.fixture(scope="session")
def archive(shipped, tmp_path_factory):
    """
    The package in a zip file, bytecode left out.
    """
    package = shipped.parents[2]
    path = tmp_path_factory.mktemp("zipped") / "dateline.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for file in sorted(package.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                zipped.write(file, file.relative_to(package.parent).as_posix())

    return path


QUERY = """
import dateline
assert dateline.__file__.startswith({archive!r}), dateline.__file__
corpus = dateline.load("ukraine-2022")
print(len(corpus), len(corpus.claims), corpus.pin == dateline.verify("ukraine-2022"))
"""


def test_loading_from_a_zip(archive):
    """
    The package works from inside a zip file, where its releases are no files.
    """
    code = QUERY.format(archive=str(archive))
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(archive)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ("3 148 True\n", "") == (run.stdout, run.stderr)


def test_a_damaged_zip_is_refused(archive, tmp_path, contents):
    """
    Inside a zip file too, a changed release is refused, for the zip's own checksum is no digest.
    """
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"Kherson", b"Cherson") if name.endswith(ENTITIES) else data)
    code = QUERY.format(archive=str(changed))
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(changed)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "DigestMismatch: ukraine-2022 2.0.0: entities.jsonl must have digest" in run.stderr


def test_datasets_tell_what_is_installed():
    """
    A dataset prints with its versions, and names the one that its bare name means.
    """
    [found] = catalog.datasets()

    assert "ukraine-2022 (1.0.0, 1.0.1, 2.0.0)" == str(found)
    assert attrs.asdict(found) == {
        "name": "ukraine-2022",
        "versions": ("1.0.0", "1.0.1", "2.0.0"),
        "default": "2.0.0",
    }

"""
``ro-crate-metadata.json``: the release as a crate, by the validator, the library and the rules of the format.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve
from descriptors.releases import CORPORA, described_corpora, files_of, saved
from formats import hostile, linked_data
from hypothesis import given

from dateline.descriptors.ro_crate import NAME, write
from dateline.testing import tiny_corpus


CHECKER = Path(__file__).with_name("check_crate.py")

#: What nobody has told us: whoever deposits the crate publishes it.
UNTOLD = ["RECOMMENDED: The Root Data Entity SHOULD have a `publisher` property (Organization or Person)"]


def graph(corpus):
    """
    The entities of the crate of *corpus*, by their names.
    """
    entities = json.loads(files_of(corpus)[NAME])["@graph"]
    found = {entity["@id"]: entity for entity in entities}
    assert len(entities) == len(found)

    return found


@pytest.fixture
def faults(tmp_path):
    """
    A function that says what ``roc-validator`` has against the crate in a folder, without a network.
    """
    for module in ("rocrate", "rocrate_validator"):
        pytest.importorskip(module, reason=f"{module} is not installed")

    def found(folder):
        result = subprocess.run(
            [sys.executable, CHECKER, folder, "RECOMMENDED", tmp_path],
            capture_output=True,
            text=True,
            check=False,
        )
        assert 0 == result.returncode, result.stderr

        return result.stdout.split("\n")[:-1]

    return found


@pytest.mark.heavy
@pytest.mark.interop
@pytest.mark.parametrize("name", ["hostile", "ukraine"])
def test_it_is_valid(faults, tmp_path, name):
    """
    All that is required is there, and all that is recommended but for what only a depositor knows.
    """
    assert UNTOLD == faults(saved(files_of(CORPORA[name]()), tmp_path / "crate"))


@pytest.mark.heavy
@pytest.mark.interop
def test_a_fault_is_found(faults, tmp_path):
    """
    The validator misses a file that is named and not there, and a licence that is not named.
    """
    folder = saved(files_of(tiny_corpus()), tmp_path / "crate")
    (folder / "claims.csv").unlink()
    crate = json.loads((folder / NAME).read_bytes())
    del crate["@graph"][1]["license"]
    (folder / NAME).write_text(json.dumps(crate), "utf-8")
    required = [fault for fault in faults(folder) if fault.startswith("REQUIRED")]

    assert any("claims.csv" in fault for fault in required)
    assert any("license" in fault for fault in required)


@pytest.mark.heavy
@pytest.mark.interop
@pytest.mark.parametrize("name", CORPORA)
def test_rocrate_reads_it(tmp_path, name):
    """
    The library ``rocrate`` finds the dataset, each file and its digest.
    """
    library = pytest.importorskip("rocrate.rocrate", reason="rocrate is not installed")
    corpus = CORPORA[name]()
    files = files_of(corpus)
    crate = library.ROCrate(saved(files, tmp_path / "crate"))

    assert (corpus.description.title, "1.3") == (crate.name, crate.version)
    assert corpus.digest in crate.root_dataset["identifier"]["value"]
    found = {entity.id: entity["sha256"] for entity in crate.get_by_type("File")}
    described = set(files) - {NAME, "manifest-sha256.txt"}
    assert {file: hashlib.sha256(files[file]).hexdigest() for file in described} == found


def test_every_file_is_a_part():
    """
    Each file that is made before it is a part of the crate, with its size, its digest and what it holds.
    """
    files, found = files_of(tiny_corpus()), graph(tiny_corpus())
    parts = [part["@id"] for part in found["./"]["hasPart"]]

    assert sorted(set(files) - {NAME, "manifest-sha256.txt"}) == parts
    for name in parts:
        assert str(len(files[name])) == found[name]["contentSize"]
        assert hashlib.sha256(files[name]).hexdigest() == found[name]["sha256"]
        assert found[name]["description"]


def test_a_file_of_another_kind_is_described_by_what_is_known():
    """
    Of a file that is none of a release's, nothing is said of what it holds.
    """
    found = json.loads(write(tiny_corpus(), {"notes.bin": b"x"}))["@graph"]

    assert {"@id": "notes.bin"} == found[1]["hasPart"]
    assert "application/octet-stream" == found[2]["encodingFormat"]
    assert "description" not in found[2]


def test_it_tells_what_the_dataset_is():
    """
    Title, licence, date, makers, version and pin are the dataset's.
    """
    tiny = tiny_corpus()
    found = graph(evolve(tiny, pin=evolve(tiny.pin, digest=None)))
    root = found["./"]

    assert (tiny.description.title, "2021-04-01", "1.0.0") == (
        root["name"],
        root["datePublished"],
        root["version"],
    )
    assert "The dateline developers" == root["creator"]
    assert "CC-BY-4.0" == found[root["license"]["@id"]]["name"]
    assert str(tiny.pin) == found[root["identifier"]["@id"]]["value"]


def test_nothing_is_made_up():
    """
    There is no DOI, no affiliation and no kind of maker; a date that is not sure is left to the depositor.
    """
    tiny = tiny_corpus()
    found = graph(evolve(tiny, description=evolve(tiny.description, released="2021~", creators=())))

    assert {"datePublished", "creator", "author", "publisher", "keywords"}.isdisjoint(found["./"])
    assert {"CreativeWork", "Dataset", "File", "PropertyValue"} == {
        entity["@type"] for entity in found.values()
    }


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_text_stays_text(text):
    """
    Whatever stands in a title, a name or a keyword, the crate has the same shape, and says the same.
    """
    data = write(linked_data.full_corpus(text), {})
    found, harmless = json.loads(data), json.loads(write(linked_data.full_corpus(hostile.HARMLESS), {}))

    assert linked_data.shape(harmless) == linked_data.shape(found)
    assert text == found["@graph"][1]["name"]
    assert b"<" not in data


@pytest.mark.properties
@given(corpus=described_corpora())
def test_every_reference_leads_somewhere(corpus):
    """
    What is referred to by name is described in the crate, or is the profile.
    """
    found = json.loads(write(corpus, {"claims.csv": b"id"}))["@graph"]
    named = {entity["@id"] for entity in found} | {"https://w3id.org/ro/crate/1.3"}
    referred = {
        item["@id"]
        for entity in found
        for value in entity.values()
        for item in (value if isinstance(value, list) else [value])
        if isinstance(item, dict)
    }

    assert referred <= named

"""
What changed between two versions, and the version number that it demands.
"""

from __future__ import annotations

import attrs
import pytest

from dateline.checks import check_sequel
from dateline.corpus import Corpus
from dateline.curation import make_fingerprints, release
from dateline.differences import (
    STEPS,
    Change,
    ChangeKind,
    diff,
    plain_change,
    step_needed,
    step_taken,
)
from dateline.errors import InvalidRecord, InvalidValue, NotWritten, ReleaseExists, VersionRule
from dateline.manifests import MANIFEST
from dateline.own_releases import read_release
from dateline.testing import make_article, make_claim, make_entity, tiny_corpus


OLD = tiny_corpus()
FIRST, SECOND = OLD.values()
ENTITIES = tuple(OLD.entities.values())


def with_articles(*articles):
    """
    The tiny corpus with other articles.
    """
    return Corpus.of(articles, ENTITIES)


def with_entities(*entities):
    """
    The tiny corpus with other entities.
    """
    return Corpus.of([FIRST, SECOND], entities)


def with_claims(*claims):
    """
    The tiny corpus with other claims in its first article.
    """
    return with_articles(attrs.evolve(FIRST, claims=claims), SECOND)


CHANGES = {
    "nothing": (OLD, [], "patch"),
    "other-order": (Corpus.of([SECOND, FIRST], ENTITIES[::-1]), [], "patch"),
    "article-added": (
        with_articles(FIRST, SECOND, make_article(id="rain", claims=())),
        ["added article rain"],
        "minor",
    ),
    "article-removed": (
        with_articles(FIRST),
        ["removed article ferry-halts", "removed claim ferry-halts/c01", "removed claim ferry-halts/c02"],
        "major",
    ),
    "article-changed": (
        with_articles(attrs.evolve(FIRST, headline="Rain", language="en-GB"), SECOND),
        ["changed article ferry-returns: headline, language"],
        "major",
    ),
    "claim-added": (
        with_claims(*FIRST.claims, make_claim(id="ferry-returns/c09")),
        ["added claim ferry-returns/c09"],
        "minor",
    ),
    "claim-removed": (with_claims(*FIRST.claims[:-1]), ["removed claim ferry-returns/c04"], "major"),
    "claim-changed": (
        with_claims(attrs.evolve(FIRST.claims[0], stance="denies", said="2021-03-01"), *FIRST.claims[1:]),
        ["changed claim ferry-returns/c01: stance, said"],
        "major",
    ),
    "claims-turned": (with_claims(*FIRST.claims[::-1]), ["changed article ferry-returns: claims"], "major"),
    "claims-turned-and-added": (
        with_claims(FIRST.claims[1], make_claim(id="ferry-returns/c09"), FIRST.claims[0], *FIRST.claims[2:]),
        ["changed article ferry-returns: claims", "added claim ferry-returns/c09"],
        "major",
    ),
    "entity-added": (
        with_entities(*ENTITIES, make_entity(id="place/county", name="County")),
        ["added entity place/county"],
        "minor",
    ),
    "entity-removed": (
        with_entities(*ENTITIES[1:]),
        ["removed entity group/shopkeepers-of-old-quay"],
        "major",
    ),
    "entity-changed": (
        with_entities(*ENTITIES[:-1], attrs.evolve(ENTITIES[-1], name="The Old Quay")),
        ["changed entity place/old-quay: name"],
        "major",
    ),
    "all-gone": (Corpus.of([]), None, "major"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_what_changed(case):
    """
    Each record that was added, removed or changed is told once, with the names of its fields.
    """
    new, expected, _ = CHANGES[case]
    changes = diff(OLD, new)
    found = [str(change) for change in changes]

    assert found == (expected if expected is not None else found)
    assert [plain_change(change)["id"] for change in changes] == [change.id for change in changes]


@pytest.mark.parametrize("case", CHANGES)
def test_the_step_that_a_difference_needs(case):
    """
    Additions need a minor step, anything else a major one, and no difference a patch.
    """
    new, _, step = CHANGES[case]

    assert step == step_needed(diff(OLD, new))


@pytest.mark.parametrize("case", CHANGES)
def test_a_difference_read_backwards(case):
    """
    What is added one way is removed the other, and changed fields have their values exchanged.
    """
    new, _, _ = CHANGES[case]
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    back = {
        Change(
            kind=ChangeKind(turned[change.kind]),
            record=change.record,
            id=change.id,
            fields=tuple(attrs.evolve(field, old=field.new, new=field.old) for field in change.fields),
        )
        for change in diff(new, OLD)
    }

    assert {*diff(OLD, new)} == back


@pytest.mark.parametrize("case", CHANGES)
def test_no_difference_means_the_same_digest(case):
    """
    Two corpora differ in nothing exactly if they have one digest, so a patch keeps the digest.
    """
    new, _, _ = CHANGES[case]

    assert (diff(OLD, new) == ()) == (OLD.digest == new.digest)


def test_an_order_of_claims_is_told_by_their_ids():
    """
    Where only the order of the claims differs, their ids are given before and after.
    """
    [change] = diff(OLD, with_claims(*FIRST.claims[::-1]))
    [field] = change.fields
    ids = tuple(claim.id for claim in FIRST.claims)

    assert (ids, ids[::-1]) == (field.old, field.new)


def test_values_before_and_after_are_told():
    """
    A changed field comes with its value before and after; other records tell nothing.
    """
    [change] = diff(OLD, with_articles(attrs.evolve(FIRST, headline="Rain"), SECOND))
    [field] = change.fields

    assert ("headline", FIRST.headline, "Rain") == (field.name, field.old, field.new)
    assert {"id": FIRST.id, "kind": "changed", "record": "article", "fields": ["headline"]} == plain_change(
        change
    )


def test_a_change_is_of_a_known_kind():
    """
    A change has one of three kinds.
    """
    assert {"added", "removed", "changed"} == {*ChangeKind}
    with pytest.raises(InvalidValue, match="must be one of added, removed, changed, got 'moved'"):
        ChangeKind("moved")


STEPS_TAKEN = [
    ("1.2.3", "1.2.4", "patch"),
    ("1.2.3", "1.3.0", "minor"),
    ("1.2.3", "2.0.0", "major"),
    ("1.2.9", "1.2.10", "patch"),
    ("0.0.0", "0.0.1", "patch"),
    ("1.2.3", "1.2.3", None),
    ("1.2.3", "1.2.5", None),
    ("1.2.3", "1.3.1", None),
    ("1.2.3", "1.4.0", None),
    ("1.2.3", "2.0.1", None),
    ("1.2.3", "2.3.0", None),
    ("1.2.3", "3.0.0", None),
    ("1.2.3", "1.2.2", None),
    ("1.2.3", "0.9.9", None),
]


@pytest.mark.parametrize(("previous", "version", "step"), STEPS_TAKEN)
def test_the_step_that_a_version_takes(previous, version, step):
    """
    The next version raises one number by one and sets those after it to zero.
    """
    assert step == step_taken(previous, version)
    assert step is None or step in STEPS


def raised(small, old, new):
    """
    Give a source the next version.
    """
    small.edit("dataset.toml", f'version = "{old}"', f'version = "{new}"')


NEW_ENTITY = """
[[entities]]
id = "group/divers"
name = "Divers"
curated.name = "ours"
"""


def added(small):
    """
    Add an entity to a source.
    """
    path = small.folder / "entities.toml"
    path.write_text(path.read_text("utf-8") + NEW_ENTITY, "utf-8")


def changed(small):
    """
    Change a record of a source.
    """
    small.edit("ferry-sails.toml", "A ferry is back.", "A ferry is in service again.")
    small.edit("ferry-sails.toml", "revision = 1", "revision = 2")


def same(small):
    """
    Change nothing.
    """


@pytest.mark.parametrize("change", [same, added, changed])
@pytest.mark.parametrize("version", ["1.0.1", "1.1.0", "2.0.0", "1.0.2", "3.0.0"])
def test_a_version_says_what_changed(small, tmp_path, change, version):
    """
    A release is made only under the number that its difference to the one before demands.
    """
    into = tmp_path / "releases"
    release(small.folder, into)
    raised(small, "1.0.0", version)
    change(small)
    needed = {same: "patch", added: "minor", changed: "major"}[change]
    if step_taken("1.0.0", version) == needed:
        made = release(small.folder, into)
        assert needed == step_needed(made.changes)
        assert version == read_release(made.folder).version
        return

    with pytest.raises(VersionRule) as caught:
        release(small.folder, into)
    assert f"version after 1.0.0 must be a {needed} step, got {version}" == str(caught.value)
    assert ["1.0.0"] == [path.name for path in (into / "small").iterdir()]


def test_a_patch_keeps_the_digest(small, tmp_path):
    """
    The same records under a patch number have the same digest.
    """
    first = release(small.folder, tmp_path / "releases")
    raised(small, "1.0.0", "1.0.1")
    second = release(small.folder, tmp_path / "releases")

    assert first.manifest.digest == second.manifest.digest
    assert first.manifest_digest != second.manifest_digest
    assert () == second.changes
    assert b"" == (second.folder / "changes.jsonl").read_bytes()


def test_a_release_is_made_once(small, tmp_path):
    """
    A version that exists is never made again, be the source the same or not.
    """
    into = tmp_path / "releases"
    made = release(small.folder, into)
    before = {path.name: path.read_bytes() for path in made.folder.iterdir()}
    for change in (same, changed):
        change(small)
        with pytest.raises(
            ReleaseExists, match=r"release small 1\.0\.0 exists in .*; give the change a new version"
        ):
            release(small.folder, into)

    assert before == {path.name: path.read_bytes() for path in made.folder.iterdir()}
    assert ["1.0.0"] == [path.name for path in (into / "small").iterdir()]


def test_an_id_that_vanishes_keeps_a_release_from_being_made(small, tmp_path):
    """
    Not even a major step may drop a record that was released.
    """
    added(small)
    release(small.folder, tmp_path / "releases")
    path = small.folder / "entities.toml"
    path.write_text(path.read_text("utf-8").replace(NEW_ENTITY, ""), "utf-8")
    raised(small, "1.0.0", "2.0.0")

    with pytest.raises(
        InvalidRecord, match=r"group/divers: E401 An id that was released stays \(is gone\)"
    ) as caught:
        release(small.folder, tmp_path / "releases")
    assert ["E401"] == [fault.subject for fault in caught.value.faults]


def test_a_change_without_a_higher_revision_keeps_a_release_from_being_made(small, tmp_path):
    """
    An article that is not what it was says so by its revision.
    """
    release(small.folder, tmp_path / "releases")
    small.edit("ferry-sails.toml", "A ferry is back.", "A ferry is in service again.")
    raised(small, "1.0.0", "2.0.0")

    with pytest.raises(
        InvalidRecord, match=r"E405 An article that has changed has a higher revision"
    ) as caught:
        release(small.folder, tmp_path / "releases")
    assert ["E405"] == [fault.subject for fault in caught.value.faults]


def test_a_broken_rule_keeps_a_release_from_being_made(small, tmp_path):
    """
    Every error that the checks find is named, and nothing is published; a warning does no harm.
    """
    added(small)
    small.edit("entities.toml", '"Q1"', '"Q1"\nlatitude = "91"\nlongitude = "0"')
    small.edit("SOURCES.md", "## place-larkhaven", "## elsewhere")

    with pytest.raises(InvalidRecord) as caught:
        release(small.folder, tmp_path / "releases")
    assert {"E307", "E404"} == {fault.subject for fault in caught.value.faults}
    assert "corpus small 1.0.0" == caught.value.subject
    assert not (tmp_path / "releases").exists()


@pytest.mark.parametrize("name", [".1.0.0.0a1b2c", "1.0.0-draft", "old", "1.0"])
def test_what_is_no_version_is_no_release_before(small, tmp_path, name):
    """
    A draft that a power cut left, or any other folder, is not taken for the release before.
    """
    made = release(small.folder, tmp_path / "releases")
    stray = made.folder.with_name(name)
    stray.mkdir()
    (stray / MANIFEST).write_bytes((made.folder / MANIFEST).read_bytes())
    (made.folder.parent / "notes.txt").write_text("of mine", "utf-8")
    raised(small, "1.0.0", "1.0.1")

    assert "1.0.1" == release(small.folder, tmp_path / "releases").manifest.version


def test_the_release_before_is_the_nearest_lower_one(small, tmp_path):
    """
    A version is compared with the highest below it, counted as numbers.
    """
    into = tmp_path / "releases"
    raised(small, "1.0.0", "1.9.0")
    release(small.folder, into)
    added(small)
    raised(small, "1.9.0", "1.10.0")
    release(small.folder, into)
    raised(small, "1.10.0", "1.10.1")

    assert () == release(small.folder, into).changes


def test_a_damaged_release_before_is_no_ground_to_build_on(small, tmp_path):
    """
    If the release before is damaged, none is made after it.
    """
    made = release(small.folder, tmp_path / "releases")
    (made.folder / "articles.jsonl").write_bytes(b"")
    raised(small, "1.0.0", "1.0.1")

    with pytest.raises(ValueError, match=r"release small 1\.0\.0 is damaged: articles\.jsonl has 0 bytes"):
        release(small.folder, tmp_path / "releases")


def test_a_release_that_cannot_be_saved(small, tmp_path):
    """
    Where nothing can be written, the error says so.
    """
    (tmp_path / "releases").write_bytes(b"")

    with pytest.raises(NotWritten):
        release(small.folder, tmp_path / "releases")


def test_what_is_new_in_a_first_release(small, tmp_path):
    """
    In a first release every record is new.
    """
    made = release(small.folder, tmp_path / "releases")
    corpus = read_release(made.folder)

    assert {change.id for change in made.changes} == {*corpus, *corpus.claims, *corpus.entities}
    assert () == check_sequel(corpus, corpus)


def test_fingerprints_are_made_of_the_captured_text_only(small):
    """
    A text with another digest than the capture's is refused, and the old fingerprints stand.
    """
    before = (small.folder / "fingerprints.json").read_bytes()
    (small.texts / "ferry.txt").write_text(small.text + "\n", "utf-8")

    with pytest.raises(ValueError, match=r"ferry\.txt must have digest sha256:"):
        make_fingerprints(small.folder, small.texts)
    (small.texts / "ferry.txt").unlink()
    with pytest.raises(OSError, match=r"ferry\.txt was not read"):
        make_fingerprints(small.folder, small.texts)
    assert before == (small.folder / "fingerprints.json").read_bytes()

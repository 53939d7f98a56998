from __future__ import annotations

import json
import shutil
from types import SimpleNamespace

import pytest

from dateline import files, relocation
from dateline.curated import read_source
from dateline.curation import make_fingerprints
from dateline.errors import DigestMismatch, InvalidDocument, InvalidValue, NoSuchArticle, NotWritten
from dateline.relocation import relocate, write
from dateline.spans import Span, nfc_lf
from dateline.texts.alignment import Placed, SpanStatus


#: What is put into the articles' texts, and where: a sentence in front, and words among the others.
INSERTED = "Seen and corrected by the desk on the following day. "

#: How the names of the texts begin.
NUMBERS = {"kherson-seized": "000", "konotop-ultimatum": "001", "kherson-retaken": "002"}

#: To disregard numbers.
WITHOUT_DIGITS = dict.fromkeys(map(ord, "0123456789"))


@pytest.fixture
def changed(texts, tmp_path):
    """
    Save a changed copy of an article's text, and give its path.
    """

    def save(article, change):
        old = next(file for file in sorted(texts.glob("*.txt")) if file.name.startswith(NUMBERS[article]))
        (tmp_path / "new.txt").write_bytes(change(old.read_text("utf-8")).encode())

        return old, tmp_path / "new.txt"

    return save


def words(text, relocation):
    """
    What stands at each old place of the old text and at each new place of the new one.
    """
    old, new = (nfc_lf(files.read(file)) for file in text)
    for moved in relocation.spans:
        span = moved.placed.span
        yield old[moved.old.start : moved.old.end], span and new[span.start : span.end]


@pytest.mark.texts
@pytest.mark.parametrize("article", NUMBERS)
def test_an_insertion_shifts_everything(source, changed, article):
    """
    If a sentence is put in front, all spans are found again with the same words, with the old text at hand.
    """
    text = changed(article, lambda old: INSERTED + old)
    found = relocate(source, article, text[1], old=text[0])

    assert found.left == ()
    assert all(old == new for old, new in words(text, found))
    assert {moved.placed.span.start - moved.old.start for moved in found.spans} == {len(INSERTED)}


@pytest.mark.texts
@pytest.mark.parametrize("article", NUMBERS)
@pytest.mark.parametrize("is_old_at_hand", [True, False])
def test_no_span_is_placed_on_other_words(source, changed, article, is_old_at_hand):
    """
    Where every fiftieth word is another, each span holds its words or is left.
    """

    def change(text):
        parts = text.split(" ")
        return " ".join("replaced" if number % 50 == 25 else part for number, part in enumerate(parts))

    text = changed(article, change)
    found = relocate(source, article, text[1], old=text[0] if is_old_at_hand else None)

    assert all(new in (None, old) for old, new in words(text, found))
    assert 0 < len(found.left) < len(found.spans) / 2


@pytest.mark.texts
def test_the_same_text_moves_nothing(source, changed):
    """
    If nothing but line ends changed, all spans stay, whether the old text is at hand or not.
    """
    text = changed("konotop-ultimatum", lambda old: old.replace("\n", "\r\n"))
    found = relocate(source, "konotop-ultimatum", text[1])

    assert (found.left, found.changed) == ((), ())
    assert all(moved.placed.span == moved.old for moved in found.spans)


@pytest.mark.texts
def test_the_source_is_whole_again(source, changed, texts, tmp_path):
    """
    What was moved and written is read with the old records, but for positions, text and capture.
    """
    text = changed("konotop-ultimatum", lambda old: INSERTED + old)
    before = read_source(source)
    write(relocate(source, "konotop-ultimatum", text[1], old=text[0]))
    folder = shutil.copytree(texts, tmp_path / "texts")
    shutil.copy(text[1], folder)
    make_fingerprints(source, folder)
    after = read_source(source)

    assert after.corpus["kherson-seized"] == before.corpus["kherson-seized"]
    for old, new in zip(
        before.corpus["konotop-ultimatum"].claims, after.corpus["konotop-ultimatum"].claims, strict=True
    ):
        assert (old.statement, len(old.evidence)) == (new.statement, len(new.evidence))
        assert [span.tag for span in old.evidence] == [span.tag for span in new.evidence]


@pytest.mark.texts
def test_comments_stay(source, changed):
    """
    But for numbers and the capture, the file is as it was.
    """
    text = changed("konotop-ultimatum", lambda old: INSERTED + old)
    found = relocate(source, "konotop-ultimatum", text[1], old=text[0])
    before = (source / "konotop-ultimatum.toml").read_text("utf-8").split("\n")
    after = found.document.decode().split("\n")

    assert len(before) == len(after)
    assert all(
        old.translate(WITHOUT_DIGITS) == new.translate(WITHOUT_DIGITS)
        for old, new in zip(before, after, strict=True)
        if not old.startswith(("file =", "digest ="))
    )


def later(small, text):
    """
    Save a later form of the text of the small source, and give its path.
    """
    path = small.texts / "later.txt"
    path.write_bytes(text.encode())

    return path


def told(relocation):
    """
    What is told of each span: record, field and what became of it.
    """
    return [str(moved) for moved in relocation.spans]


def test_every_kind_of_span_is_moved(small):
    """
    Furniture, gaps, mentions, the evidence of claims and that of fields are moved, each under its name.
    """
    small.edit(
        "ferry-sails.toml", 'inferred.places = "the line of place says so"', "stated.places = [[16, 25]]"
    )
    new = later(small, "*" + small.text)

    assert told(relocate(small.folder, "ferry-sails", new, old=small.texts / "ferry.txt")) == [
        "ferry-sails furniture 0-15 -> 1-16",
        "ferry-sails uncovered.span 130-144 -> 131-145",
        "ferry-sails mentions.place/larkhaven 16-25 -> 17-26",
        "ferry-sails mentions.person/tomas-berg 89-99 -> 90-100",
        "ferry-sails stated.dateline 16-25 -> 17-26",
        "ferry-sails/c01 evidence 16-105 -> 17-106",
        "ferry-sails/c01 stated.places 16-25 -> 17-26",
        "ferry-sails/c02 evidence 106-129 -> 107-130",
    ]


def test_another_text_moves_nothing(small):
    """
    In a text that is not like the old one, everything is left.
    """
    found = relocate(small.folder, "ferry-sails", later(small, "Something else entirely."))

    assert len(found.left) == len(found.spans) == 7


def guess(monkeypatch, *, alike, repeated=False):
    """
    Have a likeness suggest the same place for every span.
    """
    place = Placed(SpanStatus.SAME, Span(106, 129))
    alignment = SimpleNamespace(alike=alike, repeated=repeated, place=lambda span: place)
    monkeypatch.setattr(relocation, "align", lambda *_: alignment)


@pytest.mark.parametrize(
    ("is_old_at_hand", "left"),
    [(True, ["ferry-sails/c02 evidence 106-129 lost, look at 106-129"]), (False, [])],
)
def test_a_likeness_is_held_against_the_old_text(small, monkeypatch, is_old_at_hand, left):
    """
    A place that a likeness suggests is refused if the old text is at hand and had other words.
    """
    guess(monkeypatch, alike=True)
    new = later(small, small.text.replace("Six", "Two"))
    found = relocate(
        small.folder, "ferry-sails", new, old=small.texts / "ferry.txt" if is_old_at_hand else None
    )

    assert [str(moved) for moved in found.left] == left


def test_what_is_not_alike_is_left(small, monkeypatch):
    """
    Places in a text that does not count as a copy are not taken.
    """
    guess(monkeypatch, alike=False)
    found = relocate(small.folder, "ferry-sails", later(small, small.text.replace("Six", "Two")))

    assert len(found.left) == len(found.spans)


def test_what_stands_twice_is_left(small, monkeypatch):
    """
    Where most of the text stands twice, no place is taken that a likeness suggests.
    """
    guess(monkeypatch, alike=True, repeated=True)
    found = relocate(small.folder, "ferry-sails", later(small, small.text * 2))

    assert {"ambiguous"} == {moved.placed.status.value for moved in found.left}
    assert len(found.left) == len(found.spans)


@pytest.mark.texts
@pytest.mark.parametrize("is_old_at_hand", [True, False])
def test_evidence_whose_tag_is_refuted_is_left(source, changed, is_old_at_hand):
    """
    Long evidence in which a number is another needs a person, whether the old text is at hand or not.
    """
    start, end = 1132, 1199
    text = changed(
        "kherson-retaken",
        lambda old: (
            old[:start] + old[start:end].translate(str.maketrans("0123456789", "5678901234")) + old[end:]
        ),
    )
    found = relocate(source, "kherson-retaken", text[1], old=text[0] if is_old_at_hand else None)

    assert {"lost"} == {
        moved.placed.status.value for moved in found.spans if (moved.old.start, moved.old.end) == (start, end)
    }


@pytest.mark.texts
def test_a_text_that_stands_twice_moves_nothing(source, changed):
    """
    In a file that holds the corrected text twice, every span is left to a person.
    """
    text = changed("kherson-retaken", lambda old: f"{old}\n{old}")
    found = relocate(source, "kherson-retaken", text[1])

    assert len(found.left) == len(found.spans) > 100


def test_a_moved_paragraph_is_found(small):
    """
    With the old text at hand, long words that stand elsewhere are found there; the likeness finds others.
    """
    head, report, minded, rest = small.text.split("\n", 3)
    new = later(small, f"{minded}\n{rest}\n{head}\n{report}\n")
    found = relocate(small.folder, "ferry-sails", new, old=small.texts / "ferry.txt")
    text = new.read_text("utf-8")

    assert all(
        text[moved.placed.span.start : moved.placed.span.end] == small.text[moved.old.start : moved.old.end]
        for moved in found.spans
        if moved.placed.span
    )
    assert "ferry-sails/c01 evidence" in " ".join(str(moved) for moved in found.changed)


def test_furniture_may_be_none(small):
    """
    A source whose article has neither furniture, gaps nor mentions is moved as well.
    """
    small.edit("ferry-sails.toml", "furniture = [[0, 15]]\n", "")
    small.edit("ferry-sails.toml", '[[uncovered]]\nspan = [130, 144]\nreason = "nothing is claimed"\n', "")
    small.edit(
        "ferry-sails.toml",
        '[mentions]\n"place/larkhaven" = [[16, 25]]\n"person/tomas-berg" = [[89, 99]]\n',
        "",
    )
    found = relocate(small.folder, "ferry-sails", small.texts / "ferry.txt")

    assert [moved.field for moved in found.spans] == ["stated.dateline", "evidence", "evidence"]
    assert found.changed == found.left == ()


def test_only_the_fingerprint_of_the_article_is_dropped(small):
    """
    Writing drops the fingerprint of the article, and no other.
    """
    path = small.folder / "fingerprints.json"
    prints = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**prints, "another": {}}), "utf-8")
    write(relocate(small.folder, "ferry-sails", later(small, small.text + "More.\n")))

    assert json.loads(path.read_text("utf-8")) == {"another": {}}


def test_a_failed_write_leaves_a_source_that_cannot_be_released(small, monkeypatch):
    """
    If the article's file cannot be saved, it is as it was, and has no fingerprint that would be believed.
    """
    found = relocate(small.folder, "ferry-sails", later(small, "*" + small.text))
    before = (small.folder / "ferry-sails.toml").read_bytes()
    save = files.write

    def fail(path, data):
        if path.suffix == ".toml":
            raise NotWritten(str(path), "no space left")
        save(path, data)

    monkeypatch.setattr(files, "write", fail)
    with pytest.raises(NotWritten):
        write(found)

    assert (small.folder / "ferry-sails.toml").read_bytes() == before
    with pytest.raises(InvalidDocument, match="has no fingerprint"):
        read_source(small.folder)


def test_an_article_must_be_there(small):
    """
    An id that the source does not have is refused, with the nearest.
    """
    with pytest.raises(NoSuchArticle, match="did you mean 'ferry-sails'"):
        relocate(small.folder, "ferry-sail", small.texts / "ferry.txt")


def test_the_old_text_must_be_the_annotated_one(small):
    """
    An old text with another digest than the capture's is refused.
    """
    other = later(small, "Another text.")
    with pytest.raises(DigestMismatch, match=r"ferry\.txt must have digest"):
        relocate(small.folder, "ferry-sails", other, old=other)


def test_a_text_must_be_utf_8(small):
    """
    A new text that is not UTF-8 is refused.
    """
    path = small.texts / "later.txt"
    path.write_bytes(b"\xff")

    with pytest.raises(InvalidValue, match="be UTF-8"):
        relocate(small.folder, "ferry-sails", path)


def test_a_capture_is_needed(small):
    """
    Without a capture nothing tells which text the spans count in.
    """
    text = (small.folder / "ferry-sails.toml").read_text("utf-8")
    [capture] = [part for part in text.split("\n\n") if part.startswith("[capture]")]
    small.edit("ferry-sails.toml", capture, "")

    with pytest.raises(InvalidDocument, match="must have a capture"):
        relocate(small.folder, "ferry-sails", small.texts / "ferry.txt")

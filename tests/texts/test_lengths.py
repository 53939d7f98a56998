"""
Lengths: words in an equal copy are the right ones, whatever stands for several characters, or are refused.
"""

from __future__ import annotations

import bisect
import random
import unicodedata

import pytest

from dateline.fingerprints import fingerprint, tagged
from dateline.spans import Span, loose, nfc_lf
from dateline.testing import make_article, make_claim, tiny_corpus
from dateline.texts.alignment import SpanStatus, align
from dateline.texts.lengths import Lengths


BEFORE = "Nobody at the harbour had expected such a thing."
AFTER = "The county will look into it on Friday, it said."

PLAIN = [
    "a",
    "the",
    "of",
    "in",
    "on",
    "he",
    "I",
    "toll",
    "dead",
    "five",
    "people",
    "7",
    "no",
    "four",
    "affair",
]
ODD = ["…", "№ 5", "№5", "2½", "½", "ﬁre", "oﬀ", "Acme™", "left…", "…and", "Straße", "toll.…"]

#: What becomes of a text that stays equal.
COPIES = {
    "stripped": str.strip,
    "in capitals": lambda text: text.upper().replace(" ", "\n", 1),
    "compatible": lambda text: unicodedata.normalize("NFKC", text) + "\n",
    "joined": lambda text: " ".join(text.split()),
    "compatible and joined": lambda text: " ".join(unicodedata.normalize("NFKC", text).split()),
    "three stops": lambda text: " ".join(text.replace("…", "...").split()),
    "more empty lines": lambda text: text.replace("\n", "\n\n"),
    "more white space": lambda text: text.replace(" ", "  "),
    "with lines added": lambda text: f"Front page\n{text.strip()}\nRead more",
}


def article(text, *spans):
    """
    An article with this text, and with the spans as evidence.
    """
    evidence = tuple(tagged(span, loose(text), "x") for span in spans)

    return make_article(
        id="x",
        mentions=(),
        dateline=None,
        sources=(),
        text=fingerprint(text.encode(), "x"),
        claims=(make_claim(id="x/c01", evidence=evidence),),
    )


def placed(text, words, copy):
    """
    What becomes of some words between two sentences that are tagged.
    """
    spans = [Span(text.index(each), text.index(each) + len(each)) for each in (BEFORE, words, AFTER)]

    return align(article(text, *spans), tiny_corpus().entities, nfc_lf(copy)).place(spans[1])


def loose_place(text, span):
    """
    Where a span stands in the loose form of its text.
    """
    origins = loose(text).origins

    return bisect.bisect_left(origins, span.start), bisect.bisect_left(origins, span.end)


@pytest.mark.parametrize(
    ("middle", "words"),
    [
        (" Some said… a toll of 7\n\n\n", "toll of 7"),
        (" It was… a fire by 7\n\n\n", "fire by 7"),
        (" Then… 2 to 3… dead. ", "2 to 3… dead"),
        (" He… left at nine. ", "He… left"),
        (" In 2½ of a day\n\n\nthe toll rose. ", "of a day"),
        (" He had… a word.…. No. ", "a word"),
    ],
)
@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_other_words_are_never_given(copy, middle, words):
    """
    Where an ellipsis and white space make up for one another, the words are the right ones or are refused.
    """
    text = f"{BEFORE}{middle}{AFTER}\n"
    changed = nfc_lf(copy(text))
    found = placed(text, words, changed).span

    assert found is None or loose(words).text == loose(changed[found.start : found.end]).text


def test_a_stretch_that_can_stand_at_two_places_is_ambiguous():
    """
    Where nothing tells on which side of an ellipsis white space was lost, short words are refused.
    """
    text = f"{BEFORE} Some said… a toll of 7\n\n\n{AFTER}\n"

    assert SpanStatus.AMBIGUOUS is placed(text, "toll of 7", text.strip()).status


@pytest.mark.parametrize(
    ("middle", "words"),
    [
        (" Then… 2 to 3… dead. ", "2 to 3… dead"),
        (" He… left at nine. ", "He… left"),
        (" The ship lay there.\n\nThen it went. ", "lay there."),
        (" The ship lay there.\n\nThen it went. ", "Then it went"),
        (" The ship – lay there. ", "lay there"),
        (" The ﬂares rose at half past nine. ", "half past"),
    ],
)
@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_words_that_can_stand_at_one_place_are_found(copy, middle, words):
    """
    What can stand at one place only is found there, however the copy spells it.
    """
    text = f"{BEFORE}{middle}{AFTER}\n"
    changed = nfc_lf(copy(text))
    found = placed(text, words, changed).span

    assert loose(words).text == loose(changed[found.start : found.end]).text


def test_a_paragraph_that_ends_inside_the_words_is_told_by_the_copy():
    """
    Where the copy shows an empty line inside words that punctuation follows, no more is taken for them.
    """
    text = f"{BEFORE} There it  lay! Then it went. {AFTER}\n"

    assert "it  lay!" != text[slice(*bounds(placed(text, "it  lay", text.strip())))]


def bounds(each):
    """
    Start and end of what was found; of nothing, if it was refused.
    """
    return (each.span.start, each.span.end) if each.span else (0, 0)


def invented(chance):
    """
    A text with odd characters and paragraphs, and short stretches of it.
    """
    odd, breaks = chance.choice([0, 0.02, 0.1, 0.3]), chance.choice([0, 0.02, 0.1])
    words = []
    for _ in range(chance.choice([8, 20, 60])):
        words += [chance.choice(ODD if chance.random() < odd else PLAIN)]
        words += [chance.choice([".", "…", ",", "!"])] if chance.random() < 0.06 else []
        words += [chance.choice(["\n\n", "\n\n\n", "\n", "  "]) if chance.random() < breaks else " "]
    text = f"{BEFORE} {''.join(words)}{AFTER}{chance.choice(['', ' ', chr(10)])}"
    ends = [place for place, character in enumerate(text) if character.isspace()]
    starts = [ends[number] + 1 for number in sorted(chance.sample(range(len(ends) - 4), 6))]
    spans = {
        Span(start, max(start + 1, chance.choice([end for end in ends if end > start][:3])))
        for start in starts
        if not text[start].isspace()
    }

    return nfc_lf(text), [span for span in spans if not text[span.end - 1].isspace()]


@pytest.mark.slow
@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_no_copy_that_is_equal_gives_other_words(copy):
    """
    Whatever stands for several characters in an invented text, each stretch is found where it is or refused.
    """
    wrong, right = [], 0
    for seed in range(300):
        text, spans = invented(random.Random(seed))  # noqa: S311 - the same texts each time
        changed = nfc_lf(copy(text))
        ends = Span(0, len(BEFORE)), Span(text.index(AFTER), text.index(AFTER) + len(AFTER))
        alignment = align(article(text, *ends, *spans), tiny_corpus().entities, changed)
        ahead = loose(changed).text.index(loose(BEFORE).text)
        for span in spans:
            found = alignment.place(span).span
            if found and tuple(each - ahead for each in loose_place(changed, found)) != loose_place(
                text, span
            ):
                wrong.append((seed, text[span.start : span.end], changed[found.start : found.end]))
            right += found is not None

    assert [] == wrong
    assert right > 300


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("dead", (4,)),
        ("no 5", (3, 4, 5, 6)),
        ("now", (3,)),
        ("left…", (5, 6)),
        ("2½", (2, 3, 4)),
        ("off", (2, 3)),
        ("n\u0338a", (3,)),
        ("a....", (1, 2, 3, 4, 5)),
    ],
)
def test_how_many_characters_a_stretch_may_stand_for(text, fits):
    """
    What may have been one character counts for one or for all; white space for any number; marks as shown.
    """
    folded = loose(text)
    lengths = Lengths(text, folded)

    assert fits == tuple(count for count in range(1, 7) if lengths.fits(0, len(folded.text), count))


def test_a_text_that_is_known_to_spell_a_ligature_spells_it_everywhere():
    """
    Where a stretch of known length spells a ligature, the same letters count for themselves elsewhere.
    """
    folded = loose("fire and off fire")

    assert Lengths("fire and off fire", folded).fits(13, 17, 3)
    assert not Lengths("fire and off fire", folded, [(0, 8, 8)]).fits(13, 17, 3)
    assert Lengths("fire and off fire", folded, [(0, 8, 8)]).fits(9, 12, 2)
    assert Lengths("fire and off fire", folded, [(0, 8, 7)]).fits(13, 17, 3)


#: Two invented sentences in scripts of which the loose form takes letters apart, or drops vowels.
SCRIPTS = {
    "Korean": (
        "항구의 책임자는 월요일 정오까지 약 삼백 명의 승객이 강을 건넜다고 말했다.",
        "군 당국은 금요일에 이 문제를 다시 살펴보겠다고 주민들에게 알렸다고 한다.",
    ),
    "Hindi": (
        "बंदरगाह के प्रमुख ने कहा कि सोमवार दोपहर तक लगभग तीन सौ यात्रियों ने नदी पार की।",
        "ज़िले ने कहा कि वह शुक्रवार को इस मामले को फिर से देखेगा और लोगों को बताएगा।",
    ),
    "Thai": (
        "หัวหน้าท่าเรือกล่าวว่า มีผู้โดยสารประมาณสามร้อยคน ข้ามแม่น้ำก่อนเที่ยงวันจันทร์",
        "ทางอำเภอกล่าวว่า จะพิจารณาเรื่องนี้อีกครั้ง และจะแจ้งให้ประชาชนทราบในวันศุกร์",
    ),
    "Hebrew": (
        "מְנַהֵל הַנָּמֵל אָמַר כִּי כִּשְׁלֹשׁ מֵאוֹת נוֹסְעִים חָצוּ אֶת הַנָּהָר לִפְנֵי הַצָּהֳרַיִם",
        "הַמָּחוֹז אָמַר כִּי יִבְדֹּק אֶת הָעִנְיָן שׁוּב בְּיוֹם שִׁשִּׁי וְיוֹדִיעַ לַתּוֹשָׁבִים עַל כָּךְ",
    ),
}


@pytest.mark.parametrize("sentences", SCRIPTS.values(), ids=SCRIPTS)
@pytest.mark.parametrize("copy", ["more empty lines", "with lines added"])
def test_evidence_in_any_script_is_found(copy, sentences):
    """
    Long evidence is found by its tag, and short evidence beside it, however many characters a letter has.
    """
    first, second = map(nfc_lf, sentences)
    text = f"{first}\n{second}\n"
    words = first.split(" ")
    short = Span(len(words[0]) + 1, len(words[0]) + 1 + len(words[1]))
    spans = Span(0, len(first)), Span(len(first) + 1, len(text) - 1), short
    changed = COPIES[copy](text)
    alignment = align(article(text, *spans), tiny_corpus().entities, changed)
    found = [alignment.place(span).span for span in spans]

    assert [text[span.start : span.end] for span in spans] == [
        changed[span.start : span.end] for span in found
    ]


@pytest.mark.parametrize("sentences", SCRIPTS.values(), ids=SCRIPTS)
def test_evidence_in_any_script_with_other_words_is_lost(sentences):
    """
    Long evidence in which a word is another is lost in any script.
    """
    given = [nfc_lf(each).split(" ") for each in sentences]
    lines = [" ".join(words) for each in given for words in (each, each[::-1], sorted(each))]
    text = "\n".join(lines)
    spans = [Span(text.index(line), text.index(line) + len(line)) for line in lines]
    words = lines[3].split(" ")
    changed = text.replace(lines[3], " ".join([words[0], *words[2:], words[1]]))
    alignment = align(article(text, *spans), tiny_corpus().entities, changed)

    assert [alignment.place(span).span for span in spans] == [*spans[:3], None, *spans[4:]]


def test_an_anchor_that_begins_inside_of_what_may_be_one_character_settles_nothing():
    """
    Where an anchor begins with the rest of an ellipsis, evidence that begins there is found or refused.
    """
    for length in range(140, 160):
        text = f"{BEFORE} {'a' * length}… and five. {AFTER}\n"
        changed = " ".join(text.replace("…", "...").split())
        found = placed(text, "… and five", changed).span

        assert found is None or "... and five" == changed[found.start : found.end]


def test_marks_and_ellipses_do_not_make_up_for_one_another():
    """
    Where marks shorten the loose form by as much as an ellipsis lengthens it, no ellipsis is cut off.
    """
    text = f"{BEFORE} Two\u0338 ships\u0338 have left… {AFTER} Then… ne\u0338ws\u0338 came… "
    spans = [Span(text.index(each), text.index(each) + len(each)) for each in (BEFORE, AFTER, "came…")]
    found = align(article(text, *spans), tiny_corpus().entities, text.strip()).place(spans[2]).span

    assert found in (None, spans[2])

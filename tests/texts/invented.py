"""
Four reports from a made-up coast, with records: longer than the tiny corpus, and as untidy as the press.

Names come again and again, speakers are quoted and contradicted, numbers abound, and lines stand in between
that are not of the article. Two of the reports share a paragraph, as reports of one agency do.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from dateline.fingerprints import fingerprint, sha256, tagged
from dateline.ids import ArticleId, EntityId
from dateline.provenance import Capture, FieldSource
from dateline.records import Article, Claim, Entity, Mention
from dateline.spans import MIN_TAGGED, Span, locate, loose, nfc_lf
from dateline.testing import make_article, make_claim, make_entity


#: The texts, in the form ``nfc-lf-1``, by id; each lies in a file of its own, as copies do.
TEXTS: Final[Mapping[str, str]] = {
    file.stem: nfc_lf(file.read_bytes()) for file in sorted((Path(__file__).parent / "reports").glob("*.txt"))
}

#: What is in each text and not of the article.
FURNITURE: Final[Mapping[str, tuple[str, ...]]] = {
    "sound-closed": (),
    "bridge-falls": (
        "Here are the pictures:",
        "The middle span\nMornsund fire brigade",
        "Read more\n\nREAD MORE",
    ),
    "sound-reopens": (
        " date 2019-03-15",
        "Photo: Petra Holm / Harbour Pictures",
        "Also read | Tide tables for the month of March",
    ),
    "flour-arrives": ("Advertisement",),
}

#: The names under which the reports print each entity; a longer name hides a shorter one in it.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "group/larkhaven-port-and-pilots-authority": ("Larkhaven Port &amp; Pilots Authority",),
    "group/outer-skerries-council": ("council of the Outer Skerries",),
    "organisation/facebook": ("Facebook",),
    "organisation/harbour-gazette": ("Harbour Gazette",),
    "organisation/mornsund-fire-brigade": ("fire brigade of Mornsund", "Mornsund fire brigade"),
    "organisation/mornsund-mirror": ("Mornsund Mirror",),
    "organisation/skagerpost": ("Skagerpost",),
    "organisation/telegram": ("Telegram",),
    "organisation/vesmark-coastguard": ("Vesmark coastguard", "coastguard of Vesmark"),
    "person/ana-lind": ("Ana Lind",),
    "person/henrik-saric": ("Henrik Šarić", "Šarić"),
    "person/ilse-vantongeren": ("Ilse Vantongeren", "Vantongeren"),
    "person/lucja-dragoc": ("Łucja Dragoć", "Dragoć"),
    "person/petra-holm": ("Petra Holm", "Holm"),
    "person/tomas-berg": ("Tomas Berg", "Berg"),
    "place/gull-point": ("Gull Point",),
    "place/hollow-bay": ("Hollow Bay",),
    "place/larkhaven": ("Larkhaven", "LARKHAVEN"),
    "place/mornsund": ("Mornsund",),
    "place/old-quay": ("Old Quay",),
    "place/outer-skerries": ("Outer Skerries",),
    "place/skerries": ("Skerries",),
    "place/vesmark": ("Vesmark",),
}

_SENTENCE_END = re.compile(r"""(?<=[.!?])[ \n]+(?=["“A-Z])|(?<=[.!?]["”])[ \n]+(?=["“A-Z])|\n+""")
_COMMA = re.compile(r"[,;:]['\"”]? ")
_WORD = re.compile(r"[^\W_]+(?:['’´.,&;][^\W_]+)*")


def invented_articles() -> dict[str, Article]:
    """
    The records of all reports, by id.
    """
    return {name: _article(ArticleId(name)) for name in TEXTS}


def invented_entities() -> dict[str, Entity]:
    """
    The entities that the reports name, by id.
    """
    return {
        name: make_entity(id=name, kind=name.partition("/")[0], name=names[0], variants=names)
        for name, names in NAMES.items()
    }


def _article(name: ArticleId) -> Article:
    """
    The record of one report.
    """
    text = TEXTS[name]
    data = text.encode()
    furniture = tuple(locate(text, words)[-1] for words in FURNITURE[name])
    headline = text.split("\n")[0] if name == "bridge-falls" else None

    return make_article(
        id=name,
        headline=headline,
        bylines=(),
        dateline=None,
        url=f"https://gazette.example/{name}",
        abstract="A report from the sound.",
        mentions=tuple(_mentions(text)),
        claims=tuple(_claims(name, text, furniture)),
        text=fingerprint(data, name, furniture),
        capture=Capture(file=f"{name}.txt", size=len(data), digest=sha256(data)),
        sources=(
            FieldSource(fields=("publisher", "published"), basis="stated", evidence=(_opening(text),)),
            FieldSource(fields=("abstract", "topics"), basis="curated"),
        ),
    )


def _claims(name: ArticleId, text: str, furniture: tuple[Span, ...]) -> Iterator[Claim]:
    """
    A claim for each sentence: the whole and parts of it as evidence, short stretches of those for its fields.
    """
    folded = loose(text)
    chance = random.Random(name)  # noqa: S311 - the same records each time, no secret
    sentences = [
        span
        for span in _sentences(text)
        if not any(other.start < span.end and span.start < other.end for other in furniture)
    ]
    for number, sentence in enumerate(sentences, 1):
        parts = [sentence, *_clauses(text, sentence), *_inner(text, sentence, chance, shortest=5)]
        short = _inner(text, chance.choice(parts), chance, shortest=2)
        evidence = tuple(tagged(span, folded, name) for span in parts)
        fields = tuple(tagged(span, folded, name) for span in short) or evidence
        yield make_claim(
            id=f"{name}/c{number:02}",
            statement="Somebody says something about the sound.",
            claimant=EntityId("organisation/harbour-gazette"),
            evidence=evidence,
            quantities=(),
            sources=(
                FieldSource(fields=("said", "happened"), basis="stated", evidence=fields),
                FieldSource(fields=("claimant", "places"), basis="stated", evidence=evidence[:1]),
            ),
        )


def _opening(text: str) -> Span:
    """
    The first two words, furniture or not.
    """
    first, second = itertools.islice(re.finditer(r"\S+", text), 2)

    return Span(first.start(), second.end())


def _sentences(text: str) -> Iterator[Span]:
    """
    The sentences, and lines that are none.
    """
    ends = [(0, 0), *(match.span() for match in _SENTENCE_END.finditer(text)), (len(text), len(text))]
    for (_, start), (end, _) in itertools.pairwise(ends):
        if end - start > 20:
            yield Span(start + (text[start] == " "), end)


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    """
    What commas and colons part, if it is long enough to be tagged.
    """
    commas = [match.span() for match in _COMMA.finditer(text, sentence.start, sentence.end)]
    ends = [(sentence.start, sentence.start), *commas, (sentence.end, sentence.end)]
    for (_, start), (end, _) in itertools.pairwise(ends):
        if MIN_TAGGED <= end - start < len(sentence):
            yield Span(start, end)


def _inner(text: str, stretch: Span, chance: random.Random, *, shortest: int) -> Iterator[Span]:
    """
    A run of words of a stretch, every other time.
    """
    words = [match.span() for match in _WORD.finditer(text, stretch.start, stretch.end)]
    length = min(len(words), chance.randint(shortest, 2 * shortest))
    first = chance.randint(0, len(words) - length)
    if chance.random() < 0.5:
        yield Span(words[first][0], words[first + length - 1][1])


def _mentions(text: str) -> Iterator[Mention]:
    """
    Where each entity is named.
    """
    names = {printed: entity for entity, forms in NAMES.items() for printed in forms}
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names, key=len, reverse=True)))
    spans: dict[str, list[Span]] = {}
    for match in pattern.finditer(text):
        spans.setdefault(names[match[0]], []).append(Span(*match.span()))
    for entity, found in sorted(spans.items()):
        yield Mention(entity=entity, spans=tuple(found))

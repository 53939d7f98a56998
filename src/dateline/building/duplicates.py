"""
Texts that are nearly the same, in groups: estimated by MinHash, found by locality-sensitive hashing.

Broder, "On the resemblance and containment of documents" (1997); Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", chapter 3.
"""

from __future__ import annotations

import hashlib
import itertools
import operator
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from attrs import frozen

from dateline.building.gazetteers import SPACELESS
from dateline.errors import InvalidValue, MissingExtra


#: Values of a signature; in bands of four rows each, a pair of the default threshold is missed once in 3,000.
PERMUTATIONS: Final = 128
BANDS: Final = 32

#: Texts whose shingles are held at a time.
_CHUNK: Final = 512

_SEED: Final = 1

#: A sign of a script without spaces, and what is of no word.
_SPACELESS: Final = re.compile(rf"[{SPACELESS}]")
_NO_WORD: Final = re.compile(r"[^\w\s]+")

#: Signs in nearly every text, without which most texts are ASCII, which is quick.
_TYPOGRAPHIC: Final = (("’", "'"), *((sign, " ") for sign in "“”‘—–…\u00a0"))

#: Letters of ASCII in lower case, figures as they are, all else of ASCII a space; other bytes as they are.
_ASCII_WORDS: Final = bytes(
    ord(chr(byte).lower()) if chr(byte).isalnum() else 32 for byte in range(128)
) + bytes(range(128, 256))


#: Pairs that are weighed at a time, at least.
_PAIRS: Final = 2**16

#: Two texts by number, and how much they resemble one another.
_Pair: TypeAlias = tuple[int, int, float]


@frozen
class Group:
    """
    Texts that are nearly the same as at least one other of the group.
    """

    #: Sorted.
    ids: tuple[str, ...]

    #: The least estimated resemblance of two texts by which the group hangs together, in percent.
    resemblance: int


def near_duplicates(texts: Iterable[tuple[str, str]], *, threshold: float = 0.7) -> tuple[Group, ...]:
    """
    The groups of near-duplicates among pairs of an id and a text, sorted; the order of the texts is nothing.

    Two texts belong together if they have *threshold* of their shingles in common: words in a row,
    whatever their case and punctuation. It is estimated, with a standard error of 0.04.
    Memory is for signatures, not for texts: about a kilobyte for each. A text without words is like no other.
    Of texts that all resemble one another each is compared with each, which takes the square of their number.

    Raises:
        MissingExtra: If rensa is not installed.
        InvalidValue: If *texts* are no pairs of texts, an id stands twice,
            or *threshold* is not within 0.5 to 1.
    """
    if not 0.5 <= threshold <= 1:  # noqa: PLR2004 - below it, bands of four rows miss too many
        raise InvalidValue("threshold", "lie within 0.5 to 1", threshold)
    rensa = _rensa()
    alike: dict[bytes, list[str]] = {}
    hashes: list[Any] = []
    for some in _chunks(_once(texts)):
        fresh = list(_fresh(some, alike))
        hashes += rensa.RMinHash.from_token_sets(fresh, PERMUTATIONS, _SEED)
    index = rensa.RMinHashLSH(threshold, PERMUTATIONS, BANDS)
    index.insert_many(hashes)

    return _groups(list(alike.values()), _pairs(index, hashes, threshold))


def shingles(text: str) -> Sequence[bytes]:
    """
    What texts are compared by: each three words in a row, or the words of a text that has no more.

    >>> shingles("The ferry: it RETURNS.")
    [b'theferryit', b'ferryitreturns']
    """
    return _in_rows(_words(text))


def _in_rows(words: list[bytes]) -> list[bytes]:
    # Two additions, not a join: most of the time that it takes to compare texts goes into this line.
    pairs = map(operator.add, words, words[1:])

    return list(map(operator.add, pairs, words[2:])) or words


def _words(text: str) -> list[bytes]:
    for sign, plain in _TYPOGRAPHIC:
        text = text.replace(sign, plain)
    if not text.isascii():
        folded = unicodedata.normalize("NFKC", text).casefold()
        text = _NO_WORD.sub(" ", _SPACELESS.sub(r" \g<0> ", folded))

    return text.encode("utf-8", "surrogatepass").translate(_ASCII_WORDS).split()


def _chunks(texts: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    rest = iter(texts)
    while some := list(itertools.islice(rest, _CHUNK)):
        yield some


def _once(texts: Iterable[object]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for pair in texts:
        match pair:
            case (str(identifier), str(text)):
                pass
            case _:
                raise InvalidValue("texts", "be pairs of an id and a text", pair)
        if identifier in seen:
            raise InvalidValue("id", "stand once", identifier)
        seen.add(identifier)
        yield identifier, text


def _fresh(texts: Iterable[tuple[str, str]], alike: dict[bytes, list[str]]) -> Iterator[Sequence[bytes]]:
    """
    The shingles of texts whose words did not come before; *alike* gathers the ids of texts with the same.

    A notice that stands ten thousand times would else be compared with itself a hundred million times.
    """
    for identifier, text in texts:
        words = _words(text)
        if words:
            ids = alike.setdefault(hashlib.blake2b(b" ".join(words), digest_size=16).digest(), [])
            ids.append(identifier)
            if len(ids) == 1:
                yield _in_rows(words)


def _pairs(index: Any, hashes: Sequence[Any], threshold: float) -> Iterator[_Pair]:
    """
    Each pair of texts that share a band and resemble one another enough.
    """
    for number, found in enumerate(index.query_all(hashes)):
        for other in found:
            if number < other:
                resemblance = hashes[number].jaccard(hashes[other])
                if resemblance >= threshold:
                    yield number, other, resemblance


def _ties(pairs: Iterable[_Pair]) -> list[_Pair]:
    """
    The strongest pairs that hold together what all of them do, the strongest first.

    Of a group they are one fewer than its members, of whom each may resemble each.
    """
    kept: list[_Pair] = []
    rest = iter(pairs)
    while some := list(itertools.islice(rest, max(_PAIRS, len(kept)))):
        kept = list(_joining([*kept, *some]))

    return kept


def _joining(pairs: Iterable[_Pair]) -> Iterator[_Pair]:
    parents: dict[int, int] = {}
    root = _rooted(parents)
    for pair in sorted(pairs, key=lambda pair: (-pair[2], pair[:2])):
        first, second = root(pair[0]), root(pair[1])
        if first != second:
            parents[second] = first
            yield pair


def _groups(ids: Sequence[Sequence[str]], pairs: Iterable[_Pair]) -> tuple[Group, ...]:
    parents: dict[int, int] = {}
    least: dict[int, float] = {}
    root = _rooted(parents)
    for one, other, resemblance in _ties(pairs):
        first = root(one)
        parents[root(other)] = first
        # The weakest comes last.
        least[first] = resemblance
    members: dict[int, list[str]] = {}
    for number, some in enumerate(ids):
        if number in parents or len(some) > 1:
            members.setdefault(root(number), []).extend(some)

    return tuple(
        sorted(
            (Group(tuple(sorted(found)), round(100 * least.get(key, 1))) for key, found in members.items()),
            key=lambda group: group.ids,
        )
    )


def _rooted(parents: dict[int, int]) -> Callable[[int], int]:
    def root(number: int) -> int:
        parents.setdefault(number, number)
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    return root


def _rensa() -> Any:
    try:
        import rensa  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtra("dedup", "finding near-duplicates") from error

    return rensa

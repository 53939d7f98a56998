"""
Names that a caller gives, found in texts: the longest at each place, whole words only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Self

from attrs import field, frozen

from dateline.building.columns import RawArticle
from dateline.building.drafting import Filled
from dateline.errors import InvalidValue
from dateline.ids import EntityId, parse_entity_id
from dateline.records import Entity, Mention
from dateline.spans import Span, nfc_lf


#: Scripts that are written without spaces, in which any sign may begin and end a word:
#: Thai, Lao, Tibetan, Burmese and Khmer; Japanese, and Chinese characters.
SPACELESS: Final = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)

#: A word, a sign of such a script, or any other sign; with the white space in front of it.
_TOKEN: Final = re.compile(rf"(\s*)((?:(?![{SPACELESS}])\w)+|\S)")

_IS_SPACELESS: Final = re.compile(rf"[{SPACELESS}]")

#: The key under which a node of the tree of names holds what ends there.
_END: Final = ""

_Tree = dict[str, Any]


def _normal(name: object) -> str:
    if not isinstance(name, str):
        raise InvalidValue("name", "be text", name)

    return " ".join(nfc_lf(name).split())


def _checked(names: Mapping[str, Iterable[str]]) -> dict[str, tuple[EntityId, ...]]:
    found: dict[str, set[EntityId]] = {}
    if not isinstance(names, Mapping):
        raise InvalidValue("names", "be a mapping of names to ids", names)
    for name, ids in names.items():
        if isinstance(ids, str) or not isinstance(ids, Iterable):
            raise InvalidValue(f"ids of {name!r}", "be a list of ids", ids)
        if normal := _normal(name):
            found.setdefault(normal, set()).update(map(parse_entity_id, ids))

    return {name: tuple(sorted(ids)) for name, ids in found.items()}


@frozen(repr=False)
class Gazetteer:
    """
    The rule for ``mentions``: where a text has a name that means one entity.

    Names are compared in NFC, case by case; white space within them may be any.
    A name that several entities bear is no mention of any, nor is what is part of it.

    Raises:
        InvalidValue: If *names* is no mapping of texts to lists of ids.

    >>> gazetteer = Gazetteer({"York": ["place/york"], "New York": ["place/new-york"]})
    >>> [(mention.entity, *mention.spans) for mention in gazetteer.mentions("From New York to York.")]
    [('place/new-york', Span(start=5, end=13, tag=None, article=None)),
     ('place/york', Span(start=17, end=21, tag=None, article=None))]
    """

    #: For each name the ids of those who bear it, sorted.
    names: Mapping[str, tuple[EntityId, ...]] = field(converter=_checked)

    #: The names by their tokens.
    _tree: _Tree = field(init=False, eq=False, default=None)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_tree", _grown(self.names))

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> Self:
        """
        The names and variants of some entities.
        """
        names: dict[str, list[EntityId]] = {}
        for entity in entities:
            for name in (entity.name, *entity.variants):
                names.setdefault(name, []).append(entity.id)

        return cls(names)

    @property
    def ambiguous(self) -> tuple[str, ...]:
        """
        The names that several entities bear, sorted.
        """
        return tuple(sorted(name for name, ids in self.names.items() if len(ids) > 1))

    def entity(self, name: str) -> EntityId | None:
        """
        The one entity that bears a *name*; None if none does, or several.
        """
        ids = self.names.get(_normal(name), ())

        return ids[0] if len(ids) == 1 else None

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """
        Where a *text* in ``nfc-lf-1`` names the entities, sorted by entity.
        """
        found: dict[EntityId, list[Span]] = {}
        for span, ids in self._matches(text):
            if len(ids) == 1:
                found.setdefault(ids[0], []).append(span)

        return tuple(Mention(entity=entity, spans=spans) for entity, spans in sorted(found.items()))

    def __call__(self, raw: RawArticle) -> Iterator[Filled]:
        """
        The mentions in *raw*.
        """
        mentions = self.mentions(raw.text)
        if mentions:
            yield Filled(field="mentions", value=mentions)

    def __repr__(self) -> str:
        return f"Gazetteer({dict(sorted(self.names.items()))!r})"

    def _matches(self, text: str) -> Iterator[tuple[Span, tuple[EntityId, ...]]]:
        tokens = list(_TOKEN.finditer(text))
        # Nearly all tokens begin no name, so this is looked up for all of them at once.
        begins = [number for number, token in enumerate(tokens) if token[2] in self._tree]
        free = 0
        for position in begins:
            if position >= free:
                free, ids = self._longest(text, tokens, position)
                if ids:
                    yield Span(tokens[position].start(2), tokens[free - 1].end()), ids

    def _longest(
        self, text: str, tokens: list[re.Match[str]], position: int
    ) -> tuple[int, tuple[EntityId, ...]]:
        """
        The ids of the longest name that begins at a token, if any, and the token to go on with.
        """
        after: int = position + 1
        ids: tuple[EntityId, ...] = ()
        node: _Tree | None = self._tree[tokens[position][2]]
        if not _is_boundary(text, tokens[position].start(2)):
            return after, ids
        ahead = position + 1
        while node is not None:
            if _END in node and _is_boundary(text, tokens[ahead - 1].end()):
                after, ids = ahead, node[_END]
            node = node.get(_key(tokens[ahead])) if ahead < len(tokens) else None
            ahead += 1

        return after, ids


def _grown(names: Mapping[str, tuple[EntityId, ...]]) -> _Tree:
    tree: _Tree = {}
    for name, ids in names.items():
        node = tree
        for token in _TOKEN.finditer(name):
            node = node.setdefault(_key(token), {})
        node[_END] = ids

    return tree


def _key(token: re.Match[str]) -> str:
    # Apart or joined makes a difference, how far apart does not.
    return f" {token[2]}" if token[1] else token[2]


def _is_boundary(text: str, position: int) -> bool:
    """
    Whether a word may begin or end at a *position*, which is none of a combining mark.
    """
    before, after = text[position - 1 : position] if position else "", text[position : position + 1]
    if after and unicodedata.category(after).startswith("M"):
        return False

    return not (_is_of_word(before) and _is_of_word(after))


def _is_of_word(sign: str) -> bool:
    if not sign or _IS_SPACELESS.match(sign):
        return False

    return sign.isalnum() or sign == "_" or unicodedata.category(sign).startswith("M")

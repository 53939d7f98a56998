"""
Entries that tell version, claim, selection and doubt about the date even in a style that drops them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dateline.csl import Style
from dateline.references import Item
from dateline.styles.wording import ENGLISH, WORDINGS, Wording


#: For :func:`re.sub` and the like: text that no style may put in capitals.
NO_CASE: Final = r'<span class="nocase">\g<0></span>'

#: They stand behind a title as in APA (10.9 and 9.21).
_NEEDED: Final = ("version", "genre", "issued")

#: Genres that tell nothing which the reference to a dataset does not.
_DISPENSABLE: Final = frozenset(words.data_set for words in WORDINGS.values())

#: Looks like a version, and stands in no item.
_MARK: Final = "71.93.58"


def references(items: Iterable[Item], style: Style, words: Wording = ENGLISH) -> list[str]:
    """
    The entries of *items*; what *style* drops and nobody could do without stands behind the title.

    Where not even the title is printed, it ends the entry.

    >>> style = Style.parse(
    ...     '<style xmlns="http://purl.org/net/xbiblio/csl" class="note"><citation><layout/></citation>'
    ...     '<bibliography><layout><text variable="title"/></layout></bibliography></style>'
    ... )
    >>> references([{"id": "tides", "type": "dataset", "title": "Tides", "version": "1.0.0"}], style)
    ['Tides (Version 1.0.0)']
    """
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    shown: list[Item] = []
    endings: dict[str, str] = {}
    for item in items:
        behind = "".join(_behind(item, name, words) for name in _dropped(item, style, known))
        if behind and _prints(style, item, "title"):
            title = f'{item["title"]}<span class="nocase">{behind}</span>'
            shown.append(item | {"title": title})
        else:
            shown.append(item)
            endings[item["id"]] = behind

    return [f"{entry}{endings.get(entry.id, '')}" for entry in style.bibliography(shown)]


def _behind(item: Item, name: str, words: Wording) -> str:
    if name == "version":
        return f" ({words.version.format(item[name])})"

    return f" [{item[name] if name == 'genre' else words.uncertain}]"


def _dropped(item: Item, style: Style, known: dict[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    needed = tuple(name for name in _NEEDED if _matters(item, name))
    # Which variables a style prints depends on which there are.
    shape = (item["type"], *needed, *sorted(item))
    if shape not in known:
        known[shape] = tuple(name for name in needed if not _prints(style, item, name))

    return known[shape]


def _matters(item: Item, name: str) -> bool:
    if name == "issued":
        return "circa" in item.get(name, ())

    return name in item and item[name] not in _DISPENSABLE


def _prints(style: Style, item: Item, name: str) -> bool:
    if name == "issued":
        certain = item | {name: {"date-parts": item[name]["date-parts"]}}
        return _printed(style, certain) != _printed(style, item)
    printed = _printed(style, item | {name: _MARK})

    return not printed or _MARK in printed


def _printed(style: Style, item: Item) -> str:
    return "".join(map(str, style.bibliography([item])))

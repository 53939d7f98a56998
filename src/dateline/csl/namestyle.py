"""
How a list of names is printed: the options of ``cs:name`` and what they inherit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from dateline.csl.compiling import Compiling
from dateline.csl.errors import InvalidStyle
from dateline.csl.formatting import PLAIN, Decoration, read_decoration
from dateline.csl.tree import Element


#: Options that ``cs:style``, ``cs:citation`` and ``cs:bibliography`` pass on under
#: another name (CSL 1.0.2, "Inheritable Name Options").
RENAMED: Final = {"name-form": "form", "name-delimiter": "delimiter"}

INHERITED: Final = (
    "and",
    "delimiter-precedes-et-al",
    "delimiter-precedes-last",
    "et-al-min",
    "et-al-use-first",
    "et-al-use-last",
    "et-al-subsequent-min",
    "et-al-subsequent-use-first",
    "initialize",
    "initialize-with",
    "name-as-sort-order",
    "sort-separator",
)


class NameStyle(NamedTuple):
    """
    Options of one ``cs:name`` with all that it inherits.
    """

    form: str
    and_: str
    delimiter: str
    precedes_last: str
    precedes_et_al: str
    et_al: str
    et_al_decorate: Decoration
    minimum: int
    use_first: int
    use_last: bool
    subsequent_minimum: int
    subsequent_use_first: int
    initialize: bool
    initialize_with: str | None
    hyphen: bool
    sort_order: str
    separator: str
    demote: str
    decorate: Decoration
    family: Decoration
    given: Decoration

    def limits(self, *, subsequent: bool, key: Mapping[str, str]) -> tuple[int, int, bool]:
        """
        From how many names on the list is cut, to how many, and whether the last is shown.
        """
        if key:
            minimum = number(key.get("names-min"), self.minimum)
            first = number(key.get("names-use-first"), self.use_first)
            last = key.get("names-use-last")
            return minimum, first, last == "true" if last else self.use_last
        if subsequent:
            return self.subsequent_minimum, self.subsequent_use_first, self.use_last

        return self.minimum, self.use_first, self.use_last


def number(value: str | None, usual: int) -> int:
    """
    A count out of an attribute.

    Raises:
        InvalidStyle: If it is not a whole number.
    """
    if value is None or not value.strip():
        return usual
    if not re.fullmatch(r"\s*[0-9]{1,6}\s*", value):
        raise InvalidStyle("number of names", "a whole number", value)

    return int(value)


def inherited(compiler: Compiling) -> dict[str, str]:
    """
    What the style and its part say for all names.
    """
    options = compiler.options
    found = {name: options[name] for name in INHERITED if name in options}
    for outer, inner in RENAMED.items():
        if outer in options:
            found[inner] = options[outer]

    return found


def read_name_style(name: Element | None, et_al: Element | None, compiler: Compiling) -> NameStyle:
    """
    The options of a ``cs:name`` and ``cs:et-al``, either of which may be missing.
    """
    own = dict(name.attributes) if name else {}
    options = {**inherited(compiler), **own}
    get = options.get
    minimum, first = number(get("et-al-min"), 0), number(get("et-al-use-first"), 0)
    # Either alone says nothing (CSL 1.0.2, "Et-al Abbreviation").
    minimum = minimum if get("et-al-use-first") else 0
    parts = {part.get("name"): part for part in name.named("name-part")} if name else {}
    term = (et_al.get("term") if et_al else None) or "et-al"

    return NameStyle(
        form=get("form") or "long",
        and_=and_word(get("and"), compiler),
        delimiter=options.get("delimiter", ", "),
        precedes_last=get("delimiter-precedes-last") or "contextual",
        precedes_et_al=get("delimiter-precedes-et-al") or "contextual",
        et_al=compiler.locale.term(term),
        et_al_decorate=read_decoration(et_al) if et_al else PLAIN,
        minimum=minimum,
        use_first=first,
        use_last=get("et-al-use-last") == "true",
        subsequent_minimum=number(get("et-al-subsequent-min"), minimum),
        subsequent_use_first=number(get("et-al-subsequent-use-first"), first),
        initialize=get("initialize") != "false",
        initialize_with=get("initialize-with"),
        hyphen=compiler.options.get("initialize-with-hyphen") != "false",
        sort_order=get("name-as-sort-order") or "",
        separator=options.get("sort-separator", ", "),
        demote=compiler.options.get("demote-non-dropping-particle") or "display-and-sort",
        decorate=read_decoration(name) if name else PLAIN,
        family=part_decoration(parts.get("family")),
        given=part_decoration(parts.get("given")),
    )


def part_decoration(element: Element | None) -> Decoration:
    """
    The decoration of a ``cs:name-part``.
    """
    return read_decoration(element) if element else PLAIN


def and_word(value: str | None, compiler: Compiling) -> str:
    """
    What stands before the last name.
    """
    if value == "text":
        return compiler.locale.term("and")
    if value == "symbol":
        return compiler.locale.term("and", "symbol") if has_symbol(compiler) else "&"

    return ""


def has_symbol(compiler: Compiling) -> bool:
    """
    Whether the locale has a symbol of its own for "and".
    """
    return any(key.name == "and" and key.form == "symbol" for key in compiler.locale.terms)

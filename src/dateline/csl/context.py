"""
What is known while one item is being rendered; made anew for every rendering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeAlias

from dateline.csl.errors import InvalidItem, RenderingTooLarge
from dateline.csl.locale import Locale
from dateline.csl.runs import EMPTY, Runs, join, join_all, text
from dateline.csl.values import Item, clean


#: Rendering elements visited for one item; real styles need a few hundred.
MAX_STEPS: Final = 50_000

#: As many characters of text count as a step.
CHARACTERS: Final = 10


class Part(NamedTuple):
    """
    What an element rendered, and whether it called variables and found any.

    A group needs to know (CSL 1.0.2, "Group").
    """

    runs: Runs = EMPTY
    called: bool = False
    found: bool = False


NOTHING: Final = Part()

#: A variable was called and was empty.
MISSING: Final = Part(EMPTY, called=True)


def found(runs: Runs) -> Part:
    """
    What a variable rendered, which counts as empty if it printed nothing.
    """
    return Part(runs, called=True, found=bool(runs))


Render: TypeAlias = "Callable[[Context], Part]"


@dataclass(frozen=True, slots=True)
class Cite:
    """
    An item cited at a place, with what the author of the text adds.

    >>> Cite({"id": "a"}, locator="12-15").label
    'page'
    """

    item: Mapping[str, Any]
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    #: The names stand in the sentence already: "Smith (2024) says".
    suppress_author: bool = False

    def __post_init__(self) -> None:
        for name in ("locator", "label", "prefix", "suffix"):
            value = getattr(self, name)
            if not isinstance(value, str):
                raise InvalidItem(name, "a text", value)


class Disambiguation(NamedTuple):
    """
    What is added to a cite because it would look like another one.
    """

    #: Names shown beyond the number that et-al allows.
    names: int = 0
    #: How far each given name is shown, by the number of
    #: its list and its place in it: 0 not, 1 initials, 2 in full.
    given: tuple[tuple[tuple[int, int], int], ...] = ()
    #: Whether ``disambiguate="true"`` tests true.
    condition: bool = False
    year_suffix: str = ""


PLAIN: Final = Disambiguation()


@dataclass(slots=True)
class Context:
    """
    State of one rendering of one item.
    """

    item: Item
    locale: Locale
    default_language: str
    cite: Cite
    number: int = 0
    positions: frozenset[str] = frozenset()
    note_number: int = 0
    disambiguation: Disambiguation = PLAIN
    #: Set where sort keys are made: macros then render names and dates sortably.
    sorting: bool = False
    #: Names limits of the sort key: names-min, names-use-first, names-use-last.
    key_limits: Mapping[str, str] = field(default_factory=dict)
    #: Variables already printed by a substitution.
    suppressed: set[str] = field(default_factory=set)
    #: Variables found, one set for each substitution under way.
    watching: list[set[str]] = field(default_factory=list)
    suffix_printed: bool = False
    #: Whether the style says itself where the year suffix goes.
    explicit_year_suffix: bool = False
    #: The delimiter of the group under way.
    delimiter: str = ""
    #: Set where a cite of the same names has just been printed.
    omit_names: bool = False
    steps: int = 0
    #: How each name list was shown, for disambiguation: see names.py.
    shown: list[Any] = field(default_factory=list)

    def step(self, printed: str = "") -> None:
        """
        Count one more element, and the text that it prints.

        Raises:
            RenderingTooLarge: If that is more than any real style needs.
        """
        self.steps += 1 + len(printed) // CHARACTERS
        if self.steps > MAX_STEPS:
            expected = f"rendered in at most {MAX_STEPS} steps"
            raise RenderingTooLarge("item", expected, self.item.id)

    def note(self, variable: str) -> None:
        """
        Remember that a variable has been printed.
        """
        for watched in self.watching:
            watched.add(variable)

    def has_printed(self, variable: str) -> bool:
        """
        Whether a substitution has printed a variable, be it the one under way: then it is not printed again.
        """
        return variable in self.suppressed or any(variable in watched for watched in self.watching)

    def value(self, variable: str) -> str:
        """
        A text or number variable, those of the citation included.
        """
        if variable in self.suppressed:
            return ""
        if variable == "locator":
            return clean(self.cite.locator)
        if variable == "citation-number":
            return str(self.number) if self.number else ""
        if variable == "year-suffix":
            return self.disambiguation.year_suffix
        if variable == "first-reference-note-number":
            return str(self.note_number) if self.note_number else ""

        return self.item.text(variable)

    @property
    def english(self) -> bool:
        """
        Whether the item's titles may be set in title case.

        Items without a language follow the style (CSL 1.0.2, "Title Case Conversion").
        """
        language = self.item.language or self.default_language
        return language.lower().startswith("en")

    def join(self, left: Runs, right: Runs) -> Runs:
        """
        Two pieces side by side, by the locale's rules.
        """
        quoted = self.locale.punctuation_in_quote
        return join(left, right, punctuation_in_quote=quoted)

    def join_all(self, parts: Iterable[Runs], delimiter: str = "") -> Runs:
        """
        All pieces that are not empty, with the delimiter between them.
        """
        quoted = self.locale.punctuation_in_quote
        return join_all(parts, text(delimiter), punctuation_in_quote=quoted)

    def affix(self, runs: Runs, prefix: str, suffix: str) -> Runs:
        """
        *runs* between its affixes; nothing if there is nothing in between.
        """
        if not runs:
            return runs
        if prefix:
            runs = self.join(text(prefix), runs)
        if suffix:
            runs = self.join(runs, text(suffix))

        return runs

"""
``cs:date``: whole and partial dates, ranges, seasons (CSL 1.0.2, "Date").
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from dateline.csl.compiling import Compiling
from dateline.csl.context import MISSING, Context, Part, Render, found
from dateline.csl.elements import required
from dateline.csl.errors import InvalidStyle
from dateline.csl.formatting import Decoration, read_decoration
from dateline.csl.locale import Locale
from dateline.csl.markup import parse_markup
from dateline.csl.numbers import ordinal
from dateline.csl.runs import EMPTY, Runs, text, wrap
from dateline.csl.tree import Element
from dateline.csl.when import Day, When


#: Which parts each value of ``date-parts`` keeps.
KEPT: Final = {
    "year": {"year"},
    "year-month": {"year", "month"},
    "year-month-day": {"year", "month", "day"},
}

#: From large to small; the largest part that differs sets the range delimiter.
SIZES: Final = ("year", "month", "day")


#: Earlier years are printed with their era.
FIRST_PLAIN_YEAR: Final = 1000


class DatePart(NamedTuple):
    """
    A year, month or day, and how it is printed.
    """

    name: str
    form: str
    decorate: Decoration
    range_delimiter: str


def compile_date(element: Element, compiler: Compiling) -> Render:
    """
    A function that renders ``cs:date``.
    """
    variable = required(element, "variable")
    parts, delimiter = date_format(element, compiler.locale)
    decorate = read_decoration(element)
    printer = DatePrinter(parts, delimiter)

    def render(context: Context) -> Part:
        context.step()
        when = None if context.has_printed(variable) else context.item.date(variable)
        if when is None:
            return MISSING
        context.note(variable)
        if context.sorting:
            kept = tuple(part.name for part in parts)
            return found(text(sort_key(when, kept)))
        runs = printer(context, when)
        return decorate(context, found(runs))

    return render


def date_format(element: Element, locale: Locale) -> tuple[tuple[DatePart, ...], str]:
    """
    The parts of a date in order, and what stands between them.
    """
    own = tuple(element.named("date-part"))
    form = element.get("form")
    if form is None:
        return tuple(read_part(part) for part in own), element.get("delimiter") or ""
    localized = locale.dates.get(form)
    if localized is None:
        raise InvalidStyle("form of cs:date", "text or numeric", form)
    overrides = {part.get("name"): part for part in own}
    kept = KEPT.get(element.get("date-parts") or "year-month-day", set())
    parts = tuple(
        read_part(overlaid(part, overrides.get(part.get("name"))))
        for part in localized.named("date-part")
        if part.get("name") in kept
    )

    return parts, localized.get("delimiter") or ""


def overlaid(part: Element, override: Element | None) -> Element:
    """
    A locale's date part with the style's own attributes laid over it.

    Affixes are excepted (CSL 1.0.2, "Localized Dates").
    """
    if override is None:
        return part
    own = {key: value for key, value in override.attributes.items() if key not in {"prefix", "suffix"}}

    return Element(part.tag, {**part.attributes, **own})


def read_part(element: Element) -> DatePart:
    """
    A ``cs:date-part``.
    """
    name = required(element, "name")
    if name not in SIZES:
        raise InvalidStyle("name of cs:date-part", "year, month or day", name)
    usual = "numeric" if name == "day" else "long"

    return DatePart(
        name,
        element.get("form") or usual,
        read_decoration(element),
        element.get("range-delimiter") or "–",
    )


class DatePrinter(NamedTuple):
    """
    Prints dates in one format.
    """

    parts: tuple[DatePart, ...]
    delimiter: str

    def __call__(self, context: Context, when: When) -> Runs:
        """
        The date, range or words.
        """
        if when.start is None:
            return parse_markup(when.literal)
        if when.end is not None:
            return self.range(context, when.start, when.end)
        runs = self.day(context, when.start, self.parts)
        if when.open_end and runs:
            return context.join(runs, text(self.parts[-1].range_delimiter))

        return runs

    def day(self, context: Context, day: Day, parts: tuple[DatePart, ...]) -> Runs:
        """
        One day, as far as it is known.
        """
        pieces = (self.piece(context, day, part) for part in parts)
        return context.join_all(pieces, self.delimiter)

    def piece(self, context: Context, day: Day, part: DatePart) -> Runs:
        """
        One part with its affixes; a missing part leaves nothing.
        """
        if not day.get(part.name):
            return EMPTY
        runs = text(FORMS[part.name](day, part.form, context.locale))
        if part.name == "year":
            runs = self.with_suffix(context, runs)

        return part.decorate(context, Part(runs)).runs

    def with_suffix(self, context: Context, runs: Runs) -> Runs:
        """
        The year with the letter that tells it from others of the same year.

        CSL 1.0.2, "Disambiguation", disambiguate-add-year-suffix.
        """
        letter = context.disambiguation.year_suffix
        if not letter or context.explicit_year_suffix or context.suffix_printed:
            return runs
        context.suffix_printed = True

        return runs + wrap(text(letter), "year-suffix")

    def range(self, context: Context, start: Day, end: Day) -> Runs:
        """
        A range; parts that both ends share are printed once (CSL 1.0.2, "Date Ranges").
        """
        differing = [
            place for place, part in enumerate(self.parts) if start.get(part.name) != end.get(part.name)
        ]
        if not differing:
            return self.day(context, start, self.parts)
        names = {self.parts[place].name for place in differing}
        if "year" in names:
            differing = list(range(len(self.parts)))
        elif "month" in names:
            differing = [place for place, part in enumerate(self.parts) if part.name != "year"]
        first, last = differing[0], differing[-1] + 1
        delimiter = next(
            part.range_delimiter
            for size in SIZES
            for part in self.parts
            if part.name == size and part.name in names
        )
        left, right = self.ends(context, start, end, self.parts[first:last])
        middle = left + text(delimiter) + right
        before = self.day(context, start, self.parts[:first])
        after = self.day(context, end, self.parts[last:])

        return context.join_all((before, middle, after), self.delimiter)

    def ends(self, context: Context, start: Day, end: Day, parts: tuple[DatePart, ...]) -> tuple[Runs, Runs]:
        """
        Both ends; the affixes that would meet at the delimiter are dropped.
        """
        before = tuple(part for part in parts if start.get(part.name))
        after = tuple(part for part in parts if end.get(part.name))
        if before:
            before = (*before[:-1], bare(before[-1], "suffix"))
        left = self.day(context, start, before)
        if after:
            # The outer suffix belongs to the range as a whole.
            after = (bare(after[0], "prefix"), *after[1:])

        return left, self.day(context, end, after)


def bare(part: DatePart, side: str) -> DatePart:
    """
    *part* without one of its affixes.
    """
    old = part.decorate
    prefix = "" if side == "prefix" else old.prefix
    suffix = "" if side == "suffix" else old.suffix
    new = Decoration(prefix, suffix, old.marks, old.case, old.quotes, old.strip_periods, old.display)

    return DatePart(part.name, part.form, new, part.range_delimiter)


def print_year(day: Day, form: str, locale: Locale) -> str:
    """
    A year; those before 1000 carry their era (CSL 1.0.2, "AD and BC").
    """
    year = day.year
    if form == "short" and year >= FIRST_PLAIN_YEAR:
        return f"{year % 100:02d}"
    if year < 0:
        return f"{-year}{locale.term('bc')}"
    if year < FIRST_PLAIN_YEAR:
        return f"{year}{locale.term('ad')}"

    return str(year)


def print_month(day: Day, form: str, locale: Locale) -> str:
    """
    A month, or the season that stands in its place.
    """
    if not day.month:
        return locale.term(f"season-{day.season:02d}")
    if form == "numeric":
        return str(day.month)
    if form == "numeric-leading-zeros":
        return f"{day.month:02d}"

    return locale.term(f"month-{day.month:02d}", form)


def print_day(day: Day, form: str, locale: Locale) -> str:
    """
    A day of the month.
    """
    if form == "numeric-leading-zeros":
        return f"{day.day:02d}"
    limited = locale.ordinal_first_day_only and day.day != 1
    if form == "ordinal" and not limited:
        gender = locale.gender(f"month-{day.month:02d}")
        return ordinal(day.day, locale, gender)

    return str(day.day)


FORMS: Final[dict[str, Callable[[Day, str, Locale], str]]] = {
    "year": print_year,
    "month": print_month,
    "day": print_day,
}


def sort_key(when: When, kept: tuple[str, ...] = SIZES) -> str:
    """
    A date as text that sorts by time; missing parts come first (CSL 1.0.2, "Sorting").

    >>> sort_key(When(Day(2024, 5, 17)))
    '12024.05.17'
    """
    if when.start is None:
        return when.literal
    ends = (when.start, when.end) if when.end else (when.start,)

    return "-".join(day_key(day, kept) for day in ends)


def day_key(day: Day, kept: tuple[str, ...]) -> str:
    """
    A day as text that sorts by time, years before Christ included.
    """
    month = day.month if "month" in kept else 0
    date = day.day if "day" in kept else 0

    return f"{day.year + 10000:05d}.{month:02d}.{date:02d}"

"""
What a text prints of its own origin: the dateline before the report, an agency in it, the day it came out.

Only what stands in one of the usual forms is taken; the rest stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import evolve, field, frozen

from dateline.building.columns import RawArticle
from dateline.building.drafting import BY, Filled
from dateline.building.gazetteers import Gazetteer
from dateline.building.printed_dates import PrintedDate, printed_date
from dateline.dates import PartialDate
from dateline.ids import EntityId
from dateline.provenance import FieldSource
from dateline.records import Credit, Dateline
from dateline.spans import Span
from dateline.validators import as_tuple
from dateline.vocabulary import Basis


#: Names under which wire services are printed in datelines.
AGENCIES: Final = (
    *("AAP", "AFP", "Agence France-Presse", "Anadolu", "Anadolu Agency", "ANI", "ANSA", "AP"),
    *("Associated Press", "The Associated Press", "Bloomberg", "Canadian Press", "The Canadian Press"),
    *("CP", "dpa", "DPA", "EFE", "IANS", "Interfax", "Interfax-Ukraine", "Kyodo", "Kyodo News", "PA"),
    *("PA Media", "PTI", "Reuters", "REUTERS", "RIA Novosti", "TASS", "Ukrinform", "UNI", "UPI"),
    *("Xinhua", "Yonhap"),
)

#: Words in capitals that open a line like the name of a place and are none.
LABELS: Final = frozenset(
    (
        *("ADVISORY", "ALERT", "ANALYSIS", "BREAKING", "BREAKING NEWS", "BRIEF", "COLUMN", "COMMENT"),
        *("CORRECTION", "EDITORIAL", "EXCLUSIVE", "EXPLAINER", "FACTBOX", "FEATURE", "FLASH", "GRAPHIC"),
        *("INTERVIEW", "JUST IN", "LIVE", "NEWS", "NOTE", "OPINION", "PHOTO", "PHOTOS", "READ MORE"),
        *("SPECIAL REPORT", "SUMMARY", "TIMELINE", "UPDATE", "UPDATED", "URGENT", "VIDEO", "WATCH"),
        *("WRAPUP", "WORLD NEWS"),
    )
)

#: Lines at the beginning of a text among which a dateline, or a line with the day of publication, is sought.
_LINES: Final = 15

#: Words of a place, with what stands after a comma.
_WORDS: Final = 6

#: Characters after the dash by which a report is told from a headline.
_REPORT: Final = 40

#: A line's beginning, up to a dash between spaces or a long dash, or to an agency between slashes.
_HEAD: Final = re.compile(
    r"(?:([^—–/]{2,120}?)\s*(?:—|–|\s--?\s|--)|([^—–/]{0,120}/[^/]{2,40}/)[.,]?\s)\s*(?=\S)"
)

#: An agency at the end of it, or at the beginning of a report without a place.
_AGENCY: Final = re.compile(r"[.,]?\s*(?:\(([^()\n]{2,40})\)|/([^/\n]{2,40})/)\s*$")

#: Without figures, which are of a date that there is not.
_PLACE: Final = re.compile(
    r"[^\W\d_](?:(?:[^\W\d]|['’. -])*[^\W\d]\.?)?(?:, [^\W\d_](?:(?:[^\W\d]|['’. -])*[^\W\d]\.?)?)?"
)

_PUBLISHED: Final = re.compile(r"(?:first\s+)?(?:published|posted)(?:\s+on|\s+at)?\s*:?\s+", re.IGNORECASE)


@frozen
class Datelines:
    """
    The rule for the line in front of a report: ``dateline``, and ``agencies`` where it names one.

    A place is taken if a date or a known agency stands beside it, or if it is one of the *places*.
    One in capitals with neither is inferred from its form.
    A date is stated if its year is printed. If not, it is inferred from the day of publication;
    from a day of capture only as uncertain, ``2022-03-02?``.
    """

    #: Where entities of kind place are looked up by the name as printed.
    places: Gazetteer | None = None

    #: As printed.
    agencies: tuple[str, ...] = field(default=AGENCIES, converter=as_tuple)

    def __call__(self, raw: RawArticle) -> Iterator[Filled]:
        """
        The dateline of *raw*, and its agency.
        """
        for start, line in _lines(raw.text):
            found = self._line(line, start)
            if found is not None:
                yield from self._filled(found, raw)
                return

    def _line(self, line: str, start: int) -> _Line | None:
        match = _HEAD.match(line)
        if match is None:
            return None
        head, agency = self._agency(match[1] or match[2], start)
        head, date = _dated(head, start)
        place = head.rstrip(" ,")
        found = _Line(start=start, place=place, agency=agency, date=date)
        if not place:
            return None if agency is None else found
        if not _PLACE.fullmatch(place) or len(place.split()) > _WORDS or _is_label(place):
            return None
        if agency is not None or date is not None or self._entity(place) is not None:
            return found
        is_report = len(line) - match.end() >= _REPORT and not line[match.end() :].isupper()

        return evolve(found, is_form=True) if place.partition(",")[0].isupper() and is_report else None

    def _agency(self, head: str, start: int) -> tuple[str, tuple[str, Span] | None]:
        match = _AGENCY.search(head)
        name = match and (match[1] or match[2])
        if not match or name not in self.agencies:
            return head, None
        where = match.start(match.lastindex or 0)

        return head[: match.start()], (name, Span(start + where, start + where + len(name)))

    def _entity(self, place: str) -> EntityId | None:
        entity = None if self.places is None else self.places.entity(place)

        return entity if entity is not None and entity.startswith("place/") else None

    def _filled(self, line: _Line, raw: RawArticle) -> Iterator[Filled]:
        if line.agency is not None:
            name, span = line.agency
            yield Filled(field="agencies", value=(Credit(name=name),), basis=Basis.STATED, evidence=(span,))
        if line.place:
            yield self._dateline(line, raw)

    def _dateline(self, line: _Line, raw: RawArticle) -> Filled:
        end = line.start + len(line.place) if line.date is None else line.date.end
        date, of_date = _date_of(line.date, raw)
        entity = self._entity(line.place)
        of_entity = FieldSource(
            fields=("dateline.entity",),
            basis=Basis.UNKNOWN if entity is None else Basis.INFERRED,
            note=None if entity is None else "the only entity of the gazetteer that bears the printed name",
            by=BY,
        )

        return Filled(
            field="dateline",
            value=Dateline(place=line.place, entity=entity, date=date),
            basis=Basis.INFERRED if line.is_form else Basis.STATED,
            evidence=(Span(line.start, end),),
            note="it has the form of a dateline: a line begins with it, in capitals, before a dash"
            if line.is_form
            else None,
            parts=(of_entity,) if of_date is None else (of_entity, of_date),
        )


@frozen
class PublicationLines:
    """
    The rule for ``published``: a line at the beginning of the text that says "published" and a full date.

    A date that stands alone may be the collector's, and is not taken.
    """

    def __call__(self, raw: RawArticle) -> Iterator[Filled]:
        """
        The day on which *raw* says that it came out.
        """
        for start, line in _lines(raw.text):
            match = _PUBLISHED.match(line)
            found = None if match is None else printed_date(line, match.end())
            if found is not None and found.date is not None:
                span = Span(start + found.start, start + found.end)
                yield Filled(field="published", value=found.date, basis=Basis.STATED, evidence=(span,))
                return


@frozen(kw_only=True)
class _Line:
    """
    A dateline as found.
    """

    start: int

    #: Empty where the line names an agency only.
    place: str

    agency: tuple[str, Span] | None

    #: Positions count in the text.
    date: PrintedDate | None

    #: Whether nothing but its form shows it.
    is_form: bool = False


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for _ in range(_LINES):
        end = text.find("\n", start)
        yield start, text[start : len(text) if end < 0 else end]
        if end < 0:
            return
        start = end + 1


def _dated(head: str, start: int) -> tuple[str, PrintedDate | None]:
    """
    What stands before the date that *head* ends with, and the date.
    """
    for match in re.finditer(r"^|[,.]?\s+", head):
        found = printed_date(head, match.end())
        if found is not None and not head[found.end :].strip(" ,."):
            return head[: match.start()], evolve(found, start=start + found.start, end=start + found.end)

    return head, None


def _date_of(printed: PrintedDate | None, raw: RawArticle) -> tuple[PartialDate | None, FieldSource | None]:
    """
    The date of a dateline, and its source where that is not the dateline's own.
    """
    part = ("dateline.date",)
    if printed is None:
        return None, FieldSource(fields=part, basis=Basis.ABSENT, by=BY)
    if printed.date is not None:
        return printed.date, None
    span = Span(printed.start, printed.end)
    for day, of, mark in ((raw.given.get("published"), "publication", ""), (raw.captured, "capture", "?")):
        found = None if day is None or not _is_day(day) else printed.last_before(day.earliest)
        if found is not None:
            note = f"the last such day up to that of {of}, {day}"
            source = FieldSource(fields=part, basis=Basis.INFERRED, evidence=(span,), note=note, by=BY)
            return PartialDate(f"{found}{mark}"), source

    return None, FieldSource(fields=part, basis=Basis.UNKNOWN, by=BY)


def _is_label(place: str) -> bool:
    return place.upper() in LABELS or any(word in LABELS for word in place.split())


def _is_day(date: PartialDate) -> bool:
    return not date.qualifier and date.earliest == date.latest

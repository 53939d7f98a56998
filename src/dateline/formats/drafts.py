"""
Draft articles: what a file of another format says of articles, each field with that file as its source.

A draft has no claims, no mentions and no text; what the file does not say is unknown.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Callable, Iterable
from typing import Any, Final

from attrs import define, evolve, field, frozen

from dateline.corpus import Corpus
from dateline.errors import Fault, InvalidDocument, InvalidRecord, InvalidValue
from dateline.formats.draft_ids import identified
from dateline.formats.foreign_json import Number
from dateline.formats.values_in import is_blank
from dateline.ids import ArticleId
from dateline.provenance import FieldSource
from dateline.records import Article, sourced_fields
from dateline.vocabulary import Basis, Status


@frozen(kw_only=True)
class Drafts:
    """
    What was read from a file of another format, and what was not.
    """

    #: Its name.
    file: str

    #: The articles that were read, as drafts.
    corpus: Corpus

    #: Each value that could not be taken: where it stands, why, and as ``subject`` the field it was for.
    faults: tuple[Fault, ...] = ()

    #: Each item that is no article, or the same as an earlier one; nothing is wrong with them.
    passed_over: tuple[Fault, ...] = ()

    def complete(self) -> Corpus:
        """
        The articles, if every value could be taken.

        Raises:
            InvalidRecord: If any could not; all are named.
            InvalidDocument: If none of the items is an article.
        """
        if self.faults:
            raise InvalidRecord(self.file, self.faults)
        if self.passed_over and not self.corpus:
            first = self.passed_over[0]
            raise InvalidDocument(
                self.file, None, f"must hold a news article, but it {first.message}", first.path
            )

        return self.corpus


@define
class Item:
    """
    One article of a file while it is read: the values taken so far, and the faults.
    """

    #: Where it stands in the file.
    path: str

    values: dict[str, Any] = field(factory=dict)

    faults: list[Fault] = field(factory=list)

    def take(self, name: str, value: Any, step: str, parse: Callable[[Any], Any]) -> None:
        """
        Take *value*, which stands at *step*, for the field *name*; what is blank says nothing.
        """
        taken = self._parsed(name, value, step, parse)
        if taken is not None:
            self.values[name] = taken

    def take_each(self, name: str, values: Iterable[tuple[str, Any]], parse: Callable[[Any], Any]) -> None:
        """
        Take several for the field *name*, each with the step that it stands at.
        """
        parsed = (self._parsed(name, value, step, parse) for step, value in values)
        taken = tuple(value for value in parsed if value is not None)
        if taken:
            self.values[name] = taken

    def refuse(self, name: str, step: str, problem: str) -> None:
        """
        Report what stands at *step*.
        """
        self.faults.append(Fault(self.path + step, problem, name))

    def _parsed(self, name: str, value: Any, step: str, parse: Callable[[Any], Any]) -> Any:
        if is_blank(value):
            return None
        try:
            return parse(value)
        except InvalidValue as error:
            self.refuse(name, step, str(evolve(error, actual=_brief(error.actual))))
            return None


def drafts(
    items: Iterable[Item], file: str, faults: Iterable[Fault] = (), passed_over: Iterable[Fault] = ()
) -> Drafts:
    """
    The drafts of some items of a *file*.

    *faults* are those of the file itself; *passed_over* are items of it that are no articles.

    >>> item = Item("$", {"headline": "Ferry returns"})
    >>> article = drafts([item], "folder/ferries.json").corpus["ferry-returns"]
    >>> print(article.sourced("headline").source.reference)
    ferries.json
    >>> print(article.sourced("published").source.basis)
    unknown
    """
    found, over = list(items), list(passed_over)
    kept = list(_distinct(found, over))
    ids = identified([item.values for item in kept])
    reference = reference_to(file)
    articles = [_article(id_, item, reference) for id_, item in zip(ids, kept, strict=True)]
    of_items = (fault for item in found for fault in item.faults)

    return Drafts(
        file=file,
        corpus=Corpus.of(articles),
        faults=(*faults, *of_items),
        passed_over=tuple(over),
    )


def reference_to(file: str) -> str:
    r"""
    A file as the reference of what was looked up in it: a URI as it stands, else the name without folders.

    >>> reference_to("C:\\archive\\2021.json"), reference_to("https://example.org/2021.json")
    ('2021.json', 'https://example.org/2021.json')
    """
    # A name that the system could not decode has lone surrogates, which no record may hold.
    name = file.encode("utf-8", "replace").decode()
    if not re.match(r"[a-z][a-z0-9+.-]*://", name):
        name = re.split(r"[/\\]", name.rstrip("/\\"))[-1]

    return name if name.strip() else _UNNAMED


_UNNAMED: Final = "<unnamed>"

#: Characters of either end of a value that a message may show.
_ENDS: Final = 100


def _brief(value: Any) -> Any:
    # A message shows only the ends; many articles may refer to one value of many megabytes.
    if isinstance(value, str) and len(value) > 2 * _ENDS:
        return value[:_ENDS] + value[-_ENDS:]

    return Number(reprlib.repr(value)) if isinstance(value, (list, dict)) else value


def _distinct(items: Iterable[Item], passed_over: list[Fault]) -> Iterable[Item]:
    seen: dict[frozenset[tuple[str, Any]], str] = {}
    for item in items:
        key = frozenset(item.values.items())
        if not key:
            passed_over.append(Fault(item.path, "says nothing that a record holds"))
        elif key in seen:
            passed_over.append(Fault(item.path, f"says the same as {seen[key]}"))
        else:
            seen[key] = item.path
            yield item


def _article(id_: ArticleId, item: Item, reference: str) -> Article:
    known = tuple(name for name in sourced_fields(Article) if name in item.values)
    others = tuple(name for name in sourced_fields(Article) if name not in item.values)
    source = FieldSource(
        fields=known, basis=Basis.LOOKED_UP, reference=reference, note=f"read from {item.path}"
    )

    return Article(
        id=id_,
        revision=1,
        status=Status.PUBLISHED,
        sources=(source, evolve(source, fields=others, basis=Basis.UNKNOWN)),
        **item.values,
    )

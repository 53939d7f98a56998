"""
A subset as something to cite, to make again and to verify: dataset, predicate and digest of the result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import evolve, field, frozen

from dateline import where
from dateline.bases import Base
from dateline.catalog import load
from dateline.corpus import Corpus
from dateline.errors import DigestMismatch, InvalidDocument, InvalidPredicate, InvalidValue, Uncitable
from dateline.ids import Digest, Pin, parse_digest
from dateline.references import printed_selection, selection_text, unmarked
from dateline.strict_json import parse_json


#: A printed selection anywhere in a text. In what is cited, no "@" stands in a predicate: it is escaped.
_PRINTED: Final = re.compile(
    r"(?<![\w@#.-])[a-z0-9]+(?:-[a-z0-9]+)*@[0-9.]+(?:#sha256:[0-9a-f]{64})?"
    r" \| [^@]+? \| sha256:[0-9a-f]{64}(?![0-9a-f])"
)

_EXPECTED: Final = "hold one selection, 'dataset@version | predicate | sha256:…'"

#: As word processors quote. They are none of the signs that a cited predicate holds.
_STRAIGHT: Final = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))


def _canonical(text: str) -> str:
    # As every reference prints it: what stands in one can be compared with what stands in another.
    printed = str(printed_selection(where.parse(text)))
    # What is printed can be longer than what was read.
    where.parse(printed)

    return printed


@frozen(repr=False)
class Selection(Base):
    """
    Which articles of which dataset a subset holds, and the digest by which it is known again.

    It prints as one line, and is read back from it.

    Raises:
        InvalidPredicate: If the predicate is no printed one.
        InvalidValue: If the digest is none.

    >>> import dateline
    >>> ukraine = dateline.load("ukraine-2022")
    >>> selection = Selection.of(ukraine.filter(dateline.where.place("Mykolaiv")))
    >>> selection.predicate
    'where.place("Mykolaiv")'
    >>> Selection.parse(str(selection)) == selection
    True
    """

    #: Of the dataset; without a digest it names a version, whose content the installed package vouches for.
    pin: Pin

    #: In its printed form.
    predicate: str = field(converter=_canonical)

    #: Of the subset.
    digest: Digest = field(converter=parse_digest)

    @classmethod
    def of(cls, subset: Corpus) -> Selection:
        """
        The selection that *subset* is.

        Raises:
            Uncitable: If the corpus is of no dataset, or nothing was selected.
            UnprintablePredicate: If a callable took part in selecting.
            InvalidPredicate: If the predicate is too long, or nested too deeply, to be read back.

        >>> import dateline
        >>> ukraine = dateline.load("ukraine-2022")
        >>> Selection.of(ukraine)
        Traceback (most recent call last):
            ...
        dateline.errors.Uncitable: corpus ukraine-2022 2.0.0 cannot be cited: \
no predicate selected it; cite its pin
        """
        pin, predicate = subset.pin, subset.selection
        if pin is None:
            raise Uncitable("corpus", "it is of no dataset; make it with Corpus.of(…, pin=…)")
        if predicate is None:
            raise Uncitable(_named(pin), "no predicate selected it; cite its pin")

        return cls(pin, predicate.written(), subset.digest)

    @classmethod
    def parse(cls, text: str) -> Selection:
        """
        Read a selection from its printed form, ``pin | predicate | digest``.

        Raises:
            InvalidValue: If a part is missing, or pin or digest are malformed.
            InvalidPredicate: If the predicate is no printed one.

        >>> Selection.parse("ukraine-2022@1.0.0")
        Traceback (most recent call last):
            ...
        dateline.errors.InvalidValue: selection must hold one selection, \
'dataset@version | predicate | sha256:…', got 'ukraine-2022@1.0.0'
        """
        pin, bar, rest = str(text).partition(" | ")
        predicate, second, digest = rest.rpartition(" | ")
        if not (bar and second):
            raise InvalidValue("selection", _EXPECTED, text)

        return cls(Pin.parse(pin), predicate, digest)

    def __str__(self) -> str:
        return selection_text(self.pin, self.predicate, self.digest)


def reproduce(
    citation: Selection | str | Mapping[str, Any],
    *,
    dataset: Corpus | None = None,
) -> Corpus:
    """
    The subset that a citation names, made again and verified.

    *citation* is a :class:`Selection`, a text with a printed one in it, such as what :func:`dateline.cite`
    gives in a style that ships, or CSL-JSON, as text or as an item.
    Nothing in it is run: the predicate is read by :func:`dateline.where.parse`.
    A dataset that is not installed is given as *dataset*.

    Raises:
        InvalidValue: If the text holds no selection or several, or *dataset* is another one.
        InvalidPredicate: If its predicate cannot be read.
        DigestMismatch: If the dataset, or else the subset, is not the one that was cited.
        NoSuchEntity: If the predicate names an entity that the dataset does not have.
        And whatever :func:`dateline.load` raises.

    >>> import dateline
    >>> subset = dateline.load("ukraine-2022").filter(dateline.where.published(since="2022-11"))
    >>> reproduce(dateline.cite(subset)) == subset
    True
    """
    selection = citation if isinstance(citation, Selection) else _read(citation)
    whole = load(selection.pin) if dataset is None else _checked(dataset, selection.pin)
    subset = whole.filter(where.parse(selection.predicate))
    if subset.digest != selection.digest:
        subject = f"subset of {_named(selection.pin)} by {selection.predicate}"
        raise DigestMismatch(subject, selection.digest, subset.digest)

    return subset


def _named(pin: Pin) -> str:
    return f"corpus {pin.dataset} {pin.version}"


def _checked(dataset: Corpus, pin: Pin) -> Corpus:
    # The digest of the records that are there, not of those that their pin promises.
    if dataset.pin is None or evolve(dataset.pin, digest=None) != evolve(pin, digest=None):
        raise InvalidValue("dataset", f"be {pin.dataset} {pin.version}, as cited", dataset)
    if dataset.selection is not None:
        raise InvalidValue("dataset", "be whole", dataset)
    if pin.digest not in (None, dataset.digest):
        raise DigestMismatch(_named(pin), str(pin.digest), dataset.digest)

    return dataset


def _read(citation: object) -> Selection:
    if isinstance(citation, Mapping):
        return _one([citation], citation)
    if not isinstance(citation, str):
        raise InvalidValue("citation", _EXPECTED, citation)
    items = _json(citation)

    return _printed(citation) if items is None else _one(items, citation)


def _json(text: str) -> list[Any] | None:
    if not text.lstrip().startswith(("[", "{")):
        return None
    try:
        found = parse_json(text.encode(), "citation")
    except (InvalidDocument, UnicodeEncodeError):
        # References can begin with a bracket as well.
        return None

    return found if isinstance(found, list) else [found]


def _one(items: list[Any], citation: object) -> Selection:
    customs = [item.get("custom") for item in items if isinstance(item, Mapping)]
    found = [custom for custom in customs if isinstance(custom, Mapping) and "selection" in custom]
    if len(found) != 1:
        raise InvalidValue("citation", _EXPECTED, citation)
    pin, predicate, digest = (found[0].get(name) for name in ("dataset", "selection", "digest"))

    return Selection(Pin.parse(str(pin)), str(predicate), str(digest))


def _printed(text: str) -> Selection:
    try:
        return Selection.parse(text.strip())
    except (InvalidValue, InvalidPredicate):
        # Then there is something around it. Lines may be wrapped, and joiners put in to allow that.
        found = {match[0] for match in _PRINTED.finditer(unmarked(text))}
    if len(found) != 1:
        raise InvalidValue("citation", _EXPECTED, text)
    (printed,) = found
    try:
        return Selection.parse(printed)
    except InvalidPredicate:
        return Selection.parse(printed.translate(_STRAIGHT))

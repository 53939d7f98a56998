"""
The table of formats, and the verbs: dump a corpus to a file, read one back.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from dateline import files
from dateline.corpus import Claims, Corpus
from dateline.errors import InvalidDocument, InvalidValue, NoSuchFormat
from dateline.formats import (
    biblatex,
    bibtex,
    cff,
    csl_json,
    csv_,
    endnote_xml,
    jsonl,
    records_json,
    ris,
)
from dateline.own_releases import read_release
from dateline.records import Article
from dateline.references import Item, corpus_items
from dateline.suggesting import nearest


@frozen(kw_only=True)
class Format:
    """
    A way to write a corpus down, and perhaps to read it again.
    """

    name: str

    #: The endings of a file's name that mean it; no two formats share one.
    suffixes: tuple[str, ...]

    media_type: str

    write: Callable[[Any], str]

    #: What it leaves out; empty if reading gives back what was written.
    drops: str = ""

    #: From bytes and a file's name, for messages; None if it is only written.
    read: Callable[[bytes, str], Corpus] | None = None

    #: As ``write``, but no cell is a formula to a spreadsheet program; None if it has no cells.
    write_safe: Callable[[Any], str] | None = None

    #: Single references; None if it is not for references.
    write_items: Callable[[Iterable[Item]], str] | None = None

    #: Whether it can hold claims without their articles.
    takes_claims: bool = False

    #: Other names for it.
    aliases: tuple[str, ...] = ()

    @property
    def lossless(self) -> bool:
        """
        Whether reading gives back what was written.
        """
        return not self.drops


def _of_references(
    name: str, suffix: str, media_type: str, write_items: Callable[[Iterable[Item]], str]
) -> Format:
    return Format(
        name=name,
        suffixes=(suffix,),
        media_type=media_type,
        write=lambda corpus: write_items(corpus_items(corpus)),
        write_items=write_items,
        drops="everything but the references to the articles and the dataset",
    )


_FORMATS: Final = (
    Format(
        name="jsonl",
        suffixes=(".jsonl", ".ndjson"),
        media_type="application/jsonl",
        write=jsonl.write,
        read=jsonl.read,
    ),
    Format(
        name="json",
        suffixes=(".json",),
        media_type="application/json",
        write=records_json.write,
        read=records_json.read,
    ),
    Format(
        name="csv-articles",
        suffixes=(".csv",),
        media_type="text/csv",
        write=csv_.write_articles,
        write_safe=functools.partial(csv_.write_articles, spreadsheet_safe=True),
        aliases=("csv",),
        drops="claims, entities, sources, text fingerprints, and all of a credit but its name",
    ),
    Format(
        name="csv-claims",
        suffixes=(".claims.csv",),
        media_type="text/csv",
        write=csv_.write_claims,
        write_safe=functools.partial(csv_.write_claims, spreadsheet_safe=True),
        takes_claims=True,
        drops="articles, entities, sources, the tags of evidence and the notes of relations",
    ),
    _of_references(
        "csl-json",
        ".csl.json",
        "application/vnd.citationstyles.csl+json",
        csl_json.write_items,
    ),
    _of_references("bibtex", ".bib", "application/x-bibtex", bibtex.write_items),
    _of_references("biblatex", ".biblatex.bib", "application/x-bibtex", biblatex.write_items),
    _of_references("ris", ".ris", "application/x-research-info-systems", ris.write_items),
    _of_references("endnote-xml", ".endnote.xml", "application/xml", endnote_xml.write_items),
    _of_references("cff", ".cff", "application/yaml", cff.write_items),
)

#: Every format by its name.
FORMATS: Final = {format_.name: format_ for format_ in _FORMATS}

_BY_NAME: Final = FORMATS | {alias: format_ for format_ in _FORMATS for alias in format_.aliases}
_BY_SUFFIX: Final = {suffix: format_ for format_ in _FORMATS for suffix in format_.suffixes}


def dump(
    thing: Corpus | Claims | Article | Iterable[Article],
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002 - the word that users look for
    *,
    spreadsheet_safe: bool = False,
) -> None:
    """
    Save a corpus, or some articles, in the *format* named, else in that of the file's suffix.

    Of CSV there are two: articles, which ``.csv`` means, and claims (``csv-claims``, or the suffix
    ``.claims.csv``), which takes a choice of claims too. With *spreadsheet_safe* an apostrophe is
    put before every cell that a spreadsheet program could run as a formula, and before those that
    begin with one. What a format leaves out is said by its ``drops`` in ``FORMATS``.

    Raises:
        NoSuchFormat: If nothing has that name or suffix.
        InvalidValue: If the format cannot hold *thing*, or a text in it is not Unicode.
        InvalidRecord: If two of the articles have the same id.
        NotWritten: If the file cannot be saved; an old one is untouched.

    >>> import tempfile
    >>> from dateline.testing import tiny_corpus
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     dump(tiny_corpus(), f"{folder}/tiny.jsonl")
    ...     read(f"{folder}/tiny.jsonl") == tiny_corpus()
    True
    """
    found = _named(format) if format is not None else _of_file(path)
    files.write(path, _written(thing, found, safe=spreadsheet_safe).encode())


def dumps(
    thing: Corpus | Claims | Article | Iterable[Article],
    format: str,  # noqa: A002 - as above
    *,
    spreadsheet_safe: bool = False,
) -> str:
    """
    A corpus, or some articles, as text in a format; all as for :func:`dump`.

    >>> from dateline.testing import make_article
    >>> print(dumps(make_article(), "bibtex")[:23])
    @article{ferry-returns,
    """
    return _written(thing, _named(format), safe=spreadsheet_safe)


def read(
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002 - as above
) -> Corpus:
    """
    The corpus in a file of a lossless format: that which its suffix means, unless one is named.

    A folder is read as a release of your own, of which nobody vouches for more than its manifest says.

    Raises:
        NotRead: If the file cannot be read.
        NoSuchFormat: If nothing has that name or suffix.
        InvalidValue: If the format is one that is only written.
        InvalidDocument: If the file is not what the format demands; file and line are named.
        InvalidRecord: If a record breaks a rule, or an id stands twice.
        DigestMismatch: If a record was lost or changed.
        DamagedRelease: If a file of a release is missing or has another size.
        NewerSchema: If the records need a later package.
    """
    if format is None and Path(path).is_dir():
        return read_release(path)
    found = _readable(_named(format) if format is not None else _of_file(path))

    return found(files.read(path), os.fspath(path))


def reads(
    text: str | bytes,
    format: str,  # noqa: A002 - as above
) -> Corpus:
    """
    The corpus that *text* holds in a lossless format; all as for :func:`read`.

    >>> from dateline.testing import tiny_corpus
    >>> reads(dumps(tiny_corpus(), "json"), "json") == tiny_corpus()
    True
    """
    found = _readable(_named(format))
    try:
        data = text.encode() if isinstance(text, str) else text
    except UnicodeEncodeError:
        raise InvalidDocument(f"<{format}>", None, "must not hold a lone surrogate") from None

    return found(data, f"<{format}>")


def _written(thing: object, format_: Format, *, safe: bool) -> str:
    write = format_.write_safe if safe else format_.write
    if write is None:
        raise InvalidValue("spreadsheet_safe", "go with a format that has cells", format_.name)
    text = write(_held(thing, format_))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidValue("text", "not hold a lone surrogate", text[error.start]) from None

    return text


def _held(thing: object, format_: Format) -> Corpus | Claims:
    if isinstance(thing, Article):
        thing = (thing,)
    if isinstance(thing, Iterable) and not isinstance(thing, (Corpus, Claims, str, bytes)):
        # A view maps ids to its articles.
        records = tuple(thing.values() if hasattr(thing, "values") else thing)
        thing = Corpus.of(records) if all(isinstance(one, Article) for one in records) else records
    if isinstance(thing, Corpus) or (isinstance(thing, Claims) and format_.takes_claims):
        return thing
    takes = "a corpus, articles or claims" if format_.takes_claims else "a corpus or articles"
    raise InvalidValue(f"what to write as {format_.name}", f"be {takes}", thing)


def _named(name: str) -> Format:
    found = _BY_NAME.get(name)
    if found is None:
        raise NoSuchFormat(str(name), nearest(str(name), _BY_NAME), tuple(sorted(_BY_NAME)))

    return found


def _of_file(path: str | os.PathLike[str]) -> Format:
    name = Path(path).name.lower()
    # The longest first: .csl.json before .json.
    for suffix in sorted(_BY_SUFFIX, key=len, reverse=True):
        if name.endswith(suffix):
            return _BY_SUFFIX[suffix]
    suffix = Path(name).suffix
    raise NoSuchFormat(suffix or name, nearest(suffix, _BY_SUFFIX), tuple(sorted(_BY_SUFFIX)))


def _readable(format_: Format) -> Callable[[bytes, str], Corpus]:
    if format_.read is None:
        lossless = ", ".join(sorted(other.name for other in _FORMATS if other.read))
        raise InvalidValue("format to read", f"be lossless ({lossless})", format_.name)

    return format_.read

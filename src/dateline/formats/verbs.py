"""
The verbs: dump a corpus to a file, read one back, read what other formats tell of articles.
"""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline import files
from dateline.corpus import Claims, Corpus, check_claims
from dateline.errors import InvalidDocument, InvalidValue, NotWritten, ReleaseExists
from dateline.formats import finding, folders
from dateline.formats.drafts import Drafts
from dateline.formats.finding import draftable, named, of_file, of_file_to_read, readable
from dateline.formats.form import Format, Words
from dateline.formats.table import FORMATS
from dateline.own_releases import read_release
from dateline.records import Article
from dateline.sorting import CorpusDigest


def dump(
    thing: Corpus | Claims | Article | Iterable[Article],
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002 - the word that users look for
    *,
    spreadsheet_safe: bool = False,
    words: Words | None = None,
) -> None:
    """
    Save a corpus, or some articles, in the *format* named, else in that of the file's suffix.

    Of CSV there are two: articles, which ``.csv`` means, and claims (``csv-claims``, or the suffix
    ``.claims.csv``), which takes a choice of claims too. With *spreadsheet_safe* an apostrophe is
    put before every cell that a spreadsheet program could run as a formula, and before those that
    begin with one. What a format leaves out is told by :func:`losses`. Some formats are a folder,
    of which they have to be given the name, and which must not be there yet.

    No words of the articles' texts are written, unless *words* is a reading, which :func:`dateline.attach`
    gives, and the format can quote them (``web-annotation``): then the file says whose they are.

    JSON Lines, CSV and Parquet are written piece by piece. Articles that an iterator gives are written
    as they come in JSON Lines and CSV, and none of them is held, so that there may be any number.

    Raises:
        NoSuchFormat: If nothing has that name or suffix.
        InvalidValue: If the format cannot hold *thing*, or cells or words that are asked for,
            or a text is not Unicode.
        InvalidRecord: If two of the articles have the same id.
        NotWritten: If the file cannot be saved; an old one is untouched. If the folder is there already.
        MissingExtra: If the format needs packages that are not installed.
        BrokenFormat: If an installed package announces the format and does not give it.

    >>> import tempfile
    >>> from dateline.testing import tiny_corpus
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     dump(tiny_corpus(), f"{folder}/tiny.jsonl")
    ...     read(f"{folder}/tiny.jsonl") == tiny_corpus()
    True
    """
    found = named(format) if format is not None else of_file(path)
    write_folder = found.save_folder or found.write_folder
    if words is not None:
        files.write(path, _quoted(thing, found, words, safe=spreadsheet_safe).encode())
    elif write_folder is not None and not spreadsheet_safe:
        _save_folder(write_folder(_held(thing, found)), path)
    elif found.save is not None and (found.write_safe is not None or not spreadsheet_safe):
        _save(thing, found, path, safe=spreadsheet_safe)
    else:
        files.write(path, _written(thing, found, safe=spreadsheet_safe))


def dumps(
    thing: Corpus | Claims | Article | Iterable[Article],
    format: str,  # noqa: A002 - as above
    *,
    spreadsheet_safe: bool = False,
    words: Words | None = None,
) -> str:
    """
    A corpus, or some articles, as text in a format; all as for :func:`dump`.

    Raises:
        InvalidValue: Also if the format is none of text.

    >>> from dateline.testing import make_article
    >>> print(dumps(make_article(), "bibtex")[:23])
    @article{ferry-returns,
    """
    found = named(format)
    if words is not None:
        return _quoted(thing, found, words, safe=spreadsheet_safe)
    if found.write is None:
        raise InvalidValue("format of a text", "be one, which others are saved in with dump()", found.name)

    return _written(thing, found, safe=spreadsheet_safe).decode()


def read(
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002 - as above
    *,
    columns: Mapping[str, str] | None = None,
    separator: str | None = None,
) -> Corpus:
    """
    The corpus in a file or folder: of the format that its suffix means, unless one is named.

    A lossless format gives back what was written. Others tell of articles: each becomes a draft whose
    every field has the file as its reference. *columns* says which column of a table (CSV, JSON Lines or
    Parquet, or a folder of such) holds which field; several names in one cell are taken apart at *separator*.
    Items that are no articles, or say the same as an earlier one, are passed over;
    :func:`read_drafts` names them.
    A folder of no format is read as a release of your own, of which nobody vouches for more than
    its manifest says.

    Raises:
        NotRead: If the file cannot be read.
        NoSuchFormat: If nothing has that name or suffix.
        InvalidValue: If the format is one that is only written, or *columns* has no such field.
        InvalidDocument: If the file is not what the format demands; file and line are named.
        InvalidRecord: If a record breaks a rule, or an id stands twice.
        DigestMismatch: If a record was lost or changed.
        DamagedRelease: If a file of a release is missing or has another size.
        NewerSchema: If the records need a later package.
        MissingExtra: If the format needs packages that are not installed.
        BrokenFormat: If an installed package announces the format and does not give it.
    """
    if columns is not None:
        return read_drafts(path, format, columns=columns, separator=separator).complete()
    if format is None and _is_bare_folder(path):
        return read_release(path)
    found = named(format) if format is not None else of_file_to_read(path)
    if found.read_folder is not None:
        return found.read_folder(folders.contents(path), os.fspath(path))

    return _readable(found)(files.read(path), os.fspath(path))


def read_drafts(
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002 - as above
    *,
    columns: Mapping[str, str] | None = None,
    separator: str | None = None,
) -> Drafts:
    """
    What a file or folder of another format tells of articles, and what of it could not be taken.

    As :func:`read`, but a value that no record may have is reported instead of raised, and the rest is read.
    Without *columns*, those of a table that are called like fields are read.

    Raises:
        NotRead: If the file cannot be read.
        NoSuchFormat: If nothing has that name or suffix.
        InvalidValue: If the format tells no drafts, or *columns* has no such field.
        InvalidDocument: If the file is not what the format demands.
        MissingExtra: If the format needs packages that are not installed.
        BrokenFormat: If an installed package announces the format and does not give it.
    """
    if format is None:
        found = FORMATS["hugging-face"] if _is_bare_folder(path) else of_file_to_read(path)
    else:
        found = named(format)
    if found.folder_drafts is not None and files.asked(path, Path.is_dir):
        contents = folders.contents(path)
        return found.folder_drafts(contents, os.fspath(path), columns=columns, separator=separator)

    return _draftable(found, columns, separator)(files.read(path), os.fspath(path))


def reads(
    text: str | bytes,
    format: str,  # noqa: A002 - as above
    *,
    columns: Mapping[str, str] | None = None,
    separator: str | None = None,
) -> Corpus:
    r"""
    The corpus that *text*, or the bytes of a file, holds in a format; all as for :func:`read`.

    >>> from dateline.testing import tiny_corpus
    >>> reads(dumps(tiny_corpus(), "json"), "json") == tiny_corpus()
    True
    >>> reads("title,day\nFerry sails,2021-04-01\n", "csv", columns={"headline": "title"})
    <Corpus (1 article, 0 claims)>
    """
    found, name = named(format), f"<{format}>"
    try:
        data = text.encode() if isinstance(text, str) else text
    except UnicodeEncodeError:
        raise InvalidDocument(name, None, "must not hold a lone surrogate") from None
    if columns is not None:
        return _draftable(found, columns, separator)(data, name).complete()

    return _readable(found)(data, name)


def _written(thing: object, format_: Format, *, safe: bool) -> bytes:
    write: Callable[[Any], str | bytes] | None = format_.write or format_.write_bytes
    if safe:
        write = format_.write_safe
    if write is None:
        raise InvalidValue("spreadsheet_safe", "go with a format that has cells", format_.name)
    with _unicode():
        content = write(_held(thing, format_))
        return content.encode() if isinstance(content, str) else content


def _quoted(thing: object, format_: Format, words: Words, *, safe: bool) -> str:
    if format_.write_words is None or safe:
        raise InvalidValue("words", "go with a format that quotes them and has no cells", format_.name)
    if not callable(getattr(words, "quoted", None)):
        raise InvalidValue("words", "be a reading, which attach() gives", words)

    return format_.write_words(_held(thing, format_), words)


def _save(thing: object, format_: Format, path: str | os.PathLike[str], *, safe: bool) -> None:
    # Articles that come one by one are not gathered.
    several = _articles(thing, format_) if isinstance(thing, Iterator) else _held(thing, format_)
    options = {"spreadsheet_safe": True} if safe else {}
    save: Callable[..., None] = format_.save  # type: ignore[assignment]
    with _unicode(), files.replacing(path) as draft:
        save(several, draft, **options)


def _articles(things: Iterator[object], format_: Format) -> Iterator[Article]:
    with CorpusDigest() as seen:
        for thing in things:
            if not isinstance(thing, Article):
                raise _unfit(format_, thing)
            check_claims(thing, "corpus")
            seen.add("article", thing.id, "")
            yield thing
        # For what it refuses: an id that stands twice.
        seen.of("corpus")


@contextlib.contextmanager
def _unicode() -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise InvalidValue("text", "not hold a lone surrogate", error.object[error.start]) from None


def _save_folder(contents: Mapping[str, files.Content], path: str | os.PathLike[str]) -> None:
    try:
        files.publish(path, contents, os.fspath(path))
    except ReleaseExists:
        raise NotWritten(os.fspath(path), "it is there already, and a folder is not replaced") from None


def _held(thing: object, format_: Format) -> Corpus | Claims:
    if isinstance(thing, Article):
        thing = (thing,)
    if isinstance(thing, Iterable) and not isinstance(thing, (Corpus, Claims, str, bytes)):
        # A view maps ids to its articles.
        records = tuple(thing.values() if hasattr(thing, "values") else thing)
        thing = Corpus.of(records) if all(isinstance(one, Article) for one in records) else records
    if isinstance(thing, Corpus) or (isinstance(thing, Claims) and format_.takes_claims):
        return thing
    raise _unfit(format_, thing)


def _unfit(format_: Format, thing: object) -> InvalidValue:
    takes = "a corpus, articles or claims" if format_.takes_claims else "a corpus or articles"

    return InvalidValue(f"what to write as {format_.name}", f"be {takes}", thing)


def _is_bare_folder(path: str | os.PathLike[str]) -> bool:
    return files.asked(path, Path.is_dir) and not finding.is_folder(path)


def _readable(format_: Format) -> Callable[[bytes, str], Corpus]:
    if format_.read_folder is not None:
        raise InvalidValue("format of a text", "be no folder, which read() takes", format_.name)
    if format_.read is None:
        hint = "; or pass columns=…" if format_.row_drafts else ""
        raise InvalidValue("format to read", f"be one of {', '.join(readable())}{hint}", format_.name)

    return format_.read


def _draftable(
    format_: Format, columns: Mapping[str, str] | None, separator: str | None
) -> Callable[[bytes, str], Drafts]:
    if columns is None and format_.read_drafts is not None:
        return format_.read_drafts
    if format_.row_drafts is not None:
        return functools.partial(format_.row_drafts, columns=columns, separator=separator)
    if columns is not None:
        raise InvalidValue("format to read with columns", "be a table", format_.name)
    raise InvalidValue("format to read drafts from", f"be one of {', '.join(draftable())}", format_.name)

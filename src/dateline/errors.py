"""
Every error that dateline raises: a fact as a class, its data as fields.

::

    DatelineError
    ├── InvalidValue (ValueError)            one value is not of its kind
    ├── InvalidRecord (ValueError)           a record breaks rules, each with its path
    ├── InvalidDocument (ValueError)         bytes are not the JSON, JSON Lines or TOML they should be
    ├── MissingSource (TypeError)            a field was to change without a source
    ├── MissingExtra (ImportError)           something needs packages that are not installed
    ├── BrokenFormat (ImportError)           a package announces a format and does not give it
    ├── NotFound (LookupError)
    │   ├── NoSuchDataset, NoSuchVersion, NoSuchArticle, NoSuchClaim, NoSuchEntity (KeyError)
    │   └── NoSuchStyle, NoSuchFormat (ValueError too)
    ├── AmbiguousName (LookupError)          a name that several entities bear
    ├── PredicateError
    │   ├── AmbiguousTruth (TypeError)       a predicate was used as a truth value
    │   ├── UnprintablePredicate (TypeError) a predicate holds code that cannot be written down
    │   ├── NotPushedDown (TypeError)        a predicate holds code that only Python can run
    │   └── InvalidPredicate (ValueError)    a printed predicate cannot be read back
    ├── TextNotAttached (LookupError)        no text was recognised for an article
    ├── SpanNotFound (LookupError)           a span was not found in a changed text
    ├── TextsNotProved (ValueError)          not every article has its exact text
    ├── WordsWithheld (TypeError)            texts were to leave by a way on which nobody would see it
    ├── DigestMismatch (ValueError)          bytes or records are not the ones that were named
    ├── DamagedRelease (ValueError)          a release folder is not as it was published
    │   └── DamagedStore (ValueError)        a store is not as it was written
    ├── NewerSchema (ValueError)             data made for a later package
    ├── NotWritten (OSError)                 a file could not be saved; what was there is untouched
    ├── NotRead (OSError)                    a file could not be read
    ├── ReleaseExists (FileExistsError)      a version is frozen
    ├── FolderBusy (BlockingIOError)         somebody else is writing the folder
    ├── ProcessLost (RuntimeError)           a process ended before its work was done
    ├── VersionRule (ValueError)             a version number promises less change than there is
    └── Uncitable (ValueError)               a thing cannot be cited as asked
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define


class DatelineError(Exception):
    """
    The common base: catch it to catch everything that this package raises on purpose.
    """


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)


@define(frozen=True)
class Fault:
    """
    One thing wrong with a document, and where it is.
    """

    #: A path such as ``$.claims[2].said``; ``$`` is the document.
    path: str

    message: str

    #: What the rule is about, such as "span" or "unit"; empty if that is not known.
    subject: str = ""

    def __str__(self) -> str:
        return f"{self.message} @ {self.path}"


@define(slots=False, repr=False)
class InvalidValue(DatelineError, ValueError):
    """
    A single value is not what its kind demands.
    """

    #: What the value was to be, such as "article id".
    subject: str

    #: What would have been right, in words that follow "must".
    expected: str

    #: What came instead.
    actual: object

    def __str__(self) -> str:
        return f"{self.subject} must {self.expected}, got {shortened(self.actual)}"


@define(slots=False, repr=False)
class InvalidRecord(DatelineError, ValueError):
    """
    A record breaks one or more rules; all of them are given.
    """

    #: What was to become a record, such as "Article" or "articles.jsonl:3".
    subject: str

    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        return f"{self.subject}: " + "; ".join(str(fault) for fault in self.faults)


@define(slots=False, repr=False)
class InvalidDocument(DatelineError, ValueError):
    """
    Bytes that are not the well-formed document they were taken for.
    """

    #: The file or stream, as the user named it.
    file: str

    #: The line, counted from 1; None if it concerns the whole.
    line: int | None

    problem: str

    #: A path inside the document, where that is known.
    path: str = "$"

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.problem} @ {self.path}"


@define(slots=False, repr=False)
class MissingSource(DatelineError, TypeError):
    """
    A field was to be revised without a source for the new value.
    """

    fields: tuple[str, ...]

    def __str__(self) -> str:
        return f"revise() needs a source that covers {_listed(self.fields)}; pass source=FieldSource(…)"


@define(slots=False, repr=False)
class MissingExtra(DatelineError, ImportError):
    """
    Something needs packages that come with an extra of this one, and they are not installed.
    """

    #: The extra's name, such as "html".
    extra: str

    #: What needs it, such as "page.html, an HTML page,".
    needed_for: str

    def __str__(self) -> str:
        return f"{self.needed_for} needs the extra {self.extra!r}: pip install 'dateline[{self.extra}]'"


@define(slots=False, repr=False)
class BrokenFormat(DatelineError, ImportError):
    """
    An installed package announces a format that cannot be used.
    """

    #: The format's name or suffix, as it was announced.
    format: str

    #: The package that announces it.
    package: str

    problem: str

    def __str__(self) -> str:
        return f"format {self.format!r} of the package {self.package!r} cannot be used: {self.problem}"


@define(slots=False, repr=False)
class NotFound(DatelineError, LookupError):
    """
    Nothing stands under the given name.
    """

    #: What was asked for.
    name: str

    #: The nearest names that do exist, best first.
    nearest: tuple[str, ...] = ()

    #: Everything that exists, where that list is short.
    known: tuple[str, ...] = ()

    #: The noun for messages; a class attribute of each kind.
    noun = "thing"

    def __str__(self) -> str:
        text = f"no {self.noun} {self.name!r}"
        if self.nearest:
            return f"{text}; did you mean {_listed(self.nearest)}?"
        if self.known:
            return f"{text}; there is {_listed(self.known)}"

        return text


class NoSuchDataset(NotFound, KeyError):
    """
    No dataset of that name is installed.
    """

    noun = "dataset"


class NoSuchVersion(NotFound, KeyError):
    """
    The dataset is installed, but not in that version.
    """

    noun = "dataset version"


class NoSuchArticle(NotFound, KeyError):
    """
    The corpus has no article under that id.
    """

    noun = "article"


class NoSuchClaim(NotFound, KeyError):
    """
    The corpus has no claim under that id.
    """

    noun = "claim"


class NoSuchEntity(NotFound, KeyError):
    """
    No entity has that id, name or printed variant.
    """

    noun = "entity"


@define(slots=False, repr=False)
class NoSuchStyle(NotFound, ValueError):
    """
    No citation style of that name ships or is installed, nor is it a file.
    """

    noun = "citation style"

    #: What could help besides; empty if nothing is known to.
    hint: str = ""

    def __str__(self) -> str:
        text = NotFound.__str__(self)

        return f"{text} ({self.hint})" if self.hint else text


class NoSuchFormat(NotFound, ValueError):
    """
    No format has that name, or none has that file suffix.
    """

    noun = "format"


@define(slots=False, repr=False)
class AmbiguousName(DatelineError, LookupError):
    """
    Several entities bear the name; the id says which is meant.
    """

    name: str

    #: The ids of all that bear it, sorted.
    candidates: tuple[str, ...]

    def __str__(self) -> str:
        return f"name {self.name!r} could be {_listed(self.candidates)}; use the id"


class PredicateError(DatelineError):
    """
    A predicate cannot be used in this way.
    """


@define(slots=False, repr=False)
class AmbiguousTruth(PredicateError, TypeError):
    """
    A predicate was asked whether it is true, as ``and``, ``or`` and ``not`` do.
    """

    predicate: str

    def __str__(self) -> str:
        return f"{self.predicate} has no truth value; combine predicates with & | ~, not and, or, not"


@define(slots=False, repr=False)
class UnprintablePredicate(PredicateError, TypeError):
    """
    A predicate contains a callable of the user's, which has no written form.
    """

    predicate: str

    def __str__(self) -> str:
        return f"{self.predicate} holds a callable, so it can be run but not written down"


@define(slots=False, repr=False)
class NotPushedDown(PredicateError, TypeError):
    """
    A predicate contains a callable of the user's, which no engine of frames can run.
    """

    predicate: str

    def __str__(self) -> str:
        return f"{self.predicate} holds a callable, which runs on records only: filter with locally=True"


@define(slots=False, repr=False)
class InvalidPredicate(PredicateError, ValueError):
    """
    A text is no printed predicate.
    """

    text: str

    problem: str

    #: The nearest names of predicates, best first.
    nearest: tuple[str, ...] = ()

    def __str__(self) -> str:
        hint = f"; did you mean {_listed(self.nearest)}?" if self.nearest else ""
        return f"predicate {shortened(self.text)}: {self.problem}{hint}"


@define(slots=False, repr=False)
class TextNotAttached(DatelineError, LookupError):
    """
    Words were asked for of an article for which no text was recognised.
    """

    article: str

    #: What became of it when texts were attached.
    outcome: str

    def __str__(self) -> str:
        return f"no text is attached for {self.article!r}; {self.outcome}"


@define(slots=False, repr=False)
class SpanNotFound(DatelineError, LookupError):
    """
    Words were asked for that were not found again in a changed text, or not with certainty.
    """

    #: The article and the offsets, such as "kherson-seized:12-40".
    span: str

    #: What became of it: "lost" or "ambiguous".
    status: str

    def __str__(self) -> str:
        return f"the words of {self.span} are {self.status} in the attached text"


@define(slots=False, repr=False)
class TextsNotProved(DatelineError, ValueError):
    """
    Every article's text was to be proved, and some are not.
    """

    #: One line for each article that has none.
    outcomes: tuple[str, ...]

    def __str__(self) -> str:
        return f"every text must be exact or equal, got {'; '.join(self.outcomes)}"


@define(slots=False, repr=False)
class WordsWithheld(DatelineError, TypeError):
    """
    Attached texts were about to leave the process without anybody asking for them by name.
    """

    #: What holds them, such as "a reading".
    holder: str

    def __str__(self) -> str:
        return (
            f"{self.holder} holds texts that may be in copyright and is not pickled; pass on its outcomes, "
            "or save words by name with Reading.dump_words()"
        )


@define(slots=False, repr=False)
class DigestMismatch(DatelineError, ValueError):
    """
    Content does not have the digest that was asked for.
    """

    #: What was digested: a file's name, or "corpus ukraine-2022 1.0.0".
    subject: str

    expected: str

    actual: str

    def __str__(self) -> str:
        return f"{self.subject} must have digest {self.expected}, got {self.actual}"


@define(slots=False, repr=False)
class DamagedRelease(DatelineError, ValueError):
    """
    A release folder is not as it was published.
    """

    #: Dataset and version, such as "ukraine-2022 1.0.0".
    release: str

    #: The file concerned.
    file: str

    problem: str

    def __str__(self) -> str:
        return f"release {self.release} is damaged: {self.file} {self.problem}; install or copy it again"


@define(slots=False, repr=False)
class DamagedStore(DamagedRelease):
    """
    A store is not as it was written.
    """

    def __str__(self) -> str:
        found = f"store {self.release} is damaged: {self.file} {self.problem}"
        return f"{found}; take it from a copy or write it again"


@define(slots=False, repr=False)
class NewerSchema(DatelineError, ValueError):
    """
    The data need a later package than this one.
    """

    subject: str

    #: The oldest package version that can read them.
    min_reader: str

    #: The version of this package.
    reader: str

    def __str__(self) -> str:
        return f"{self.subject} needs dateline {self.min_reader} or later, this is {self.reader}"


@define(slots=False, repr=False)
class NotWritten(DatelineError, OSError):
    """
    A file could not be saved; what stood there before still stands.
    """

    file: str

    problem: str

    def __str__(self) -> str:
        return f"{self.file} was not written: {self.problem}"


@define(slots=False, repr=False)
class NotRead(DatelineError, OSError):
    """
    A file could not be read.
    """

    file: str

    problem: str

    def __str__(self) -> str:
        return f"{self.file} was not read: {self.problem}"


@define(slots=False, repr=False)
class ReleaseExists(DatelineError, FileExistsError):
    """
    The version is published already, and a published version never changes.
    """

    release: str

    folder: str

    def __str__(self) -> str:
        return f"release {self.release} exists in {self.folder}; give the change a new version"


@define(slots=False, repr=False)
class ProcessLost(DatelineError, RuntimeError):
    """
    A process ended before its work was done: it was killed, or what it ran ended it.
    """

    #: Where the rows begin that it, or others beside it, was at.
    places: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"a process ended before its part was done; begun were those from {', '.join(self.places)}; "
            "if each ends at once, the script lacks: if __name__ == '__main__'"
        )


@define(slots=False, repr=False)
class FolderBusy(DatelineError, BlockingIOError):
    """
    Somebody else is writing the folder; whoever was killed does not hold it any more.
    """

    #: What is being made there, such as "store news 1.0.0".
    subject: str

    folder: str

    def __str__(self) -> str:
        return f"{self.subject} is being written by another process, in {self.folder}"


@define(slots=False, repr=False)
class VersionRule(DatelineError, ValueError):
    """
    The new version number does not say what has changed.
    """

    previous: str

    version: str

    #: The step that the difference demands: "major", "minor" or "patch".
    needed: str

    def __str__(self) -> str:
        return f"version after {self.previous} must be a {self.needed} step, got {self.version}"


@define(slots=False, repr=False)
class Uncitable(DatelineError, ValueError):
    """
    There is not enough to cite the thing by.
    """

    subject: str

    problem: str

    def __str__(self) -> str:
        return f"{self.subject} cannot be cited: {self.problem}"


def shortened(value: object, limit: int = 80) -> str:
    """
    The repr of *value*, cut in the middle so that it fits a line.

    >>> shortened("x" * 100, limit=20)
    "'xxxxxxxx…xxxxxxxxx'"
    """
    text = repr(value)
    if len(text) <= limit:
        return text
    head = limit // 2 - 1

    return f"{text[:head]}…{text[head + 1 - limit :]}"

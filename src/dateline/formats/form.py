"""
A format: how a corpus is written down in it, and perhaps read again.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from typing import Any, Final, Protocol

from attrs import frozen

from dateline.corpus import Corpus
from dateline.files import Content
from dateline.formats.drafts import Drafts
from dateline.formats.losses import LOSSLESS, Losses
from dateline.ids import ArticleId
from dateline.records import Article
from dateline.references import Item
from dateline.spans import Span


#: The group of entry points by which other packages announce formats.
GROUP: Final = "dateline.formats"


class Words(Protocol):
    """
    Texts that were attached to articles, such as a :class:`dateline.texts.reading.Reading`.
    """

    def quoted(self, article: Article, span: Span) -> str | None:
        """
        The words of a span of an article; None if there is no text of it, or they were not found.
        """
        ...

    @property
    def notice(self) -> str:
        """
        What whoever holds the words should know.
        """
        ...

    def rights(self) -> Mapping[ArticleId, str]:
        """
        For each article with a text, whose its words are.
        """
        ...


@frozen(kw_only=True)
class Format:
    """
    A way to write a corpus down, and perhaps to read it again.

    Another package adds one by entry points of the group ``dateline.formats`` that lead to
    a ``Format``: one whose name is the format's, and one for each suffix, dot included.
    It has one of ``write``, ``write_bytes`` and ``write_folder``.
    """

    name: str

    #: The endings of a file's name that mean it; no two formats share one, and a folder has none.
    suffixes: tuple[str, ...] = ()

    #: Endings of files of others that are read as it, and never written.
    read_suffixes: tuple[str, ...] = ()

    media_type: str

    #: What stands in it, in a few words.
    holds: str

    #: Gives what becomes of each field; a function, so that nothing is imported before somebody asks.
    losses: Callable[[], Losses]

    #: A corpus as text.
    write: Callable[[Any], str] | None = None

    #: A corpus as a file that is not text.
    write_bytes: Callable[[Any], bytes] | None = None

    #: As ``write`` or ``write_bytes``, but piece by piece into a file: of a corpus, or of articles as they
    #: come; with ``spreadsheet_safe`` if it has cells.
    save: Callable[..., None] | None = None

    #: A corpus as a folder: the files by their names, without folders in it.
    write_folder: Callable[[Any], Mapping[str, bytes]] | None = None

    #: As ``write_folder``, but for a file there may be what writes it piece by piece.
    save_folder: Callable[[Any], Mapping[str, Content]] | None = None

    #: From bytes and a file's name, for messages; None if it is only written. What a lossy format
    #: tells are drafts of articles.
    read: Callable[[bytes, str], Corpus] | None = None

    #: From the files of a folder by their names, and the folder's name.
    read_folder: Callable[[Mapping[str, bytes], str], Corpus] | None = None

    #: As ``read``, for a lossy format, but what could not be taken is reported.
    read_drafts: Callable[[bytes, str], Drafts] | None = None

    #: From the bytes of a table, a file's name, and which column holds which field.
    row_drafts: Callable[..., Drafts] | None = None

    #: The same from the files of a folder by their names.
    folder_drafts: Callable[..., Drafts] | None = None

    #: As ``write``, but no cell is a formula to a spreadsheet program; None if it has no cells.
    write_safe: Callable[[Any], str] | None = None

    #: As ``write``, with words of attached texts, whose second argument they are; None if it quotes none.
    write_words: Callable[[Any, Words], str] | None = None

    #: Single references; None if it is not for references.
    write_items: Callable[[Iterable[Item]], str] | None = None

    #: Whether it can hold claims without their articles.
    takes_claims: bool = False

    #: Other names for it.
    aliases: tuple[str, ...] = ()

    #: The extra that brings what it needs; None if it needs nothing more.
    extra: str | None = None

    #: The modules that it needs of other packages.
    needs: tuple[str, ...] = ()

    @property
    def lossless(self) -> bool:
        """
        Whether reading gives back what was written.
        """
        is_read = self.read is not None or self.read_folder is not None

        return is_read and dict(self.losses()) == dict(LOSSLESS)

    @property
    def is_installed(self) -> bool:
        """
        Whether all that it needs can be imported.
        """
        return all(find_spec(module) is not None for module in self.needs)


def later(module: str, name: str) -> Callable[..., Any]:
    """
    A function of a module that is imported when the function is called.

    >>> later("json", "dumps")([1])
    '[1]'
    """

    def call(*arguments: Any, **options: Any) -> Any:
        return getattr(importlib.import_module(module), name)(*arguments, **options)

    return call


def declared(module: str, name: str = "LOSSES") -> Callable[[], Losses]:
    """
    What a module declares, which is imported when somebody asks.

    >>> declared("dateline.formats.jsonl")() == LOSSLESS
    True
    """

    def losses() -> Losses:
        found: Losses = getattr(importlib.import_module(module), name)

        return found

    return losses

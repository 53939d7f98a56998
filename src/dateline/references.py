"""
Articles, claims, datasets and subsets as items of CSL-JSON, which every citation is made from.

Nothing is made up to fill a gap: what a record does not know, the item does not have.
"""

from __future__ import annotations

import ast
import itertools
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from attrs import evolve

from dateline import where
from dateline.corpus import Corpus
from dateline.dates import PartialDate
from dateline.digests import record_digest
from dateline.errors import InvalidValue, PredicateError, Uncitable, UnprintablePredicate
from dateline.ids import Pin
from dateline.predicates import Predicate
from dateline.provenance import source_of
from dateline.records import Article, Claim, Credit
from dateline.styles.wording import ENGLISH, Wording
from dateline.vocabulary import Basis


#: A mapping in CSL-JSON 1.0.2.
Item: TypeAlias = dict[str, Any]

#: What can be cited.
Citable: TypeAlias = Article | Claim | Corpus

#: Breaks a ``<i>`` that a headline really contains: CSL-JSON has markup, but no escapes.
JOINER: Final = "\u2060"

# Control, direction and other invisible characters, and halves of pairs: none is text, and some
# make a line read as what it is not. The joiners inside words of Persian or Hindi (U+200C, U+200D) stay.
_INVISIBLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_LITERAL: Final = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
# Letters and digits, single spaces, and single signs between letters are left alone by every typography.
_KEPT: Final = re.compile(r"[^\W_]|(?<=[^\W_])[-/:.,_](?=[^\W_])|(?<=[^ ]) (?=[^ ])|^-(?=[0-9])")
_MARKUP: Final = re.compile(r"<(?=/?(?:i|b|sub|sup|sc|span)\b)")


def item_of(thing: Citable, corpus: Corpus | None = None, words: Wording = ENGLISH) -> Item:
    """
    The item of an article, a claim, or a corpus, which is a dataset or a subset of one.

    A claim needs the *corpus* that it is in; an article names its dataset if it is given one.
    *words* are those that describe it, where we do so in our own.

    Raises:
        Uncitable: If a claim comes without its corpus, the corpus holds something else under the id,
            or a corpus is of no dataset.
        NoSuchClaim, NoSuchArticle: If the claim or the article is not in the corpus.
        InvalidValue: If *thing* is something else.
    """
    if isinstance(thing, Article):
        return article_item(thing, corpus, words)
    if isinstance(thing, Claim):
        return claim_item(thing, corpus, words)
    if isinstance(thing, Corpus):
        return dataset_item(thing, words)
    raise InvalidValue("thing to cite", "be an article, a claim or a corpus", thing)


def cited(things: Iterable[Citable], corpus: Corpus | None = None, words: Wording = ENGLISH) -> list[Item]:
    """
    The items of several things, each once.
    """
    items = {item["id"]: item for item in (item_of(thing, corpus, words) for thing in things)}

    return list(items.values())


def corpus_items(corpus: Corpus) -> list[Item]:
    """
    The items of all articles of a corpus and, last, of the dataset or subset that it is.
    """
    items = [article_item(article, corpus) for article in corpus.values()]

    return items if corpus.pin is None else [*items, dataset_item(corpus)]


def article_item(article: Article, corpus: Corpus | None = None, words: Wording = ENGLISH) -> Item:
    """
    The item of an article.

    An article whose headline is not known gets a description in brackets, as in APA (section 9.22).

    Raises:
        Uncitable: If the corpus holds something else under the article's id.
        NoSuchArticle: If the article is not in it.

    >>> from dateline.testing import make_article
    >>> item = article_item(make_article(headline=None))
    >>> item["title"], item["container-title"]
    ('[Untitled news article; record ferry-returns]', 'The Harbour Gazette')
    """
    if corpus is not None and corpus[article.id] != article:
        raise Uncitable(f"article {article.id}", "the corpus holds a different article under this id")
    publisher = None if article.publisher is None else text(article.publisher.name)
    custom = {"record": article.id, "revision": article.revision, "digest": record_digest(article)}
    if corpus is not None and corpus.pin is not None:
        custom["dataset"] = str(corpus.pin)

    return _filled(
        {
            "id": article.id,
            "type": "article-newspaper",
            "title": _title(article, words),
            "author": [name for name in map(_name, article.bylines) if name],
            "container-title": publisher,
            "issued": None if article.published is None else csl_date(article.published),
            "URL": None if article.url is None else web_address(article.url),
            "language": article.language,
            "keyword": _keyword(topic.label for topic in article.topics),
            "custom": custom | _recorded(article.published),
        }
    )


def claim_item(claim: Claim, corpus: Corpus | None, words: Wording = ENGLISH) -> Item:
    """
    The item of a claim: its article's, with the claim as its genre and the statement as its note.

    Raises:
        Uncitable: If there is no corpus, or it holds something else under the claim's id.
        NoSuchClaim: If the claim is not in it.
    """
    if corpus is None:
        raise Uncitable(f"claim {claim.id}", "it does not know its article; pass corpus=…")
    article = corpus.claims.article(claim)
    if corpus.claims[claim.id] != claim:
        raise Uncitable(f"claim {claim.id}", "the corpus holds a different claim under this id")
    item = article_item(article, corpus, words)
    item["custom"] |= {"record": claim.id, "article": article.id}
    within = "" if corpus.pin is None else words.within.format(dataset_title(corpus), corpus.version)

    return item | {
        "id": claim.id,
        "genre": f"{words.claim.format(claim.id)}{within}",
        "annote": text(claim.statement),
    }


def dataset_item(corpus: Corpus, words: Wording = ENGLISH) -> Item:
    """
    The item of the dataset that a corpus is, at its version, or of the subset of it.

    A subset says how many articles it has and, if its predicate can be written down, the selection
    that it is: dataset, predicate and digest, as :func:`dateline.reproduce` takes them.

    Raises:
        Uncitable: If the corpus is of no dataset.
    """
    pin, about = corpus.pin, corpus.description
    if pin is None:
        raise Uncitable("corpus", "it is of no dataset; make it with Corpus.of(…, pin=…)")
    subset = is_subset(corpus)
    released = None if about is None else about.released
    selection = readable_selection(corpus)
    custom = {"dataset": str(pin), "digest": corpus.digest} | _recorded(released)
    if selection is not None:
        custom["selection"] = selection
    key = f"{pin.dataset}-{pin.version}"

    return _filled(
        {
            "id": f"{key}-{corpus.digest[7:15]}" if subset else key,
            "type": "dataset",
            "title": dataset_title(corpus),
            "author": [{"literal": text(name)} for name in (about.creators if about else ())],
            "issued": None if released is None else csl_date(released),
            "version": pin.version,
            "genre": _selected(corpus, pin, selection, words) if subset else words.data_set,
            "URL": web_address(about.url) if about and about.url else None,
            "language": about and about.language,
            "keyword": _keyword(about.keywords if about else ()),
            "custom": custom,
        }
    )


def _keyword(words: Iterable[str]) -> str:
    # One text in CSL: whoever takes it apart again finds as many words as there were.
    return "; ".join(text(word).replace(";", ",") for word in words)


def dataset_title(corpus: Corpus) -> str:
    """
    The title of the dataset that a corpus is of, or its name; empty if it is of none.
    """
    # A title may have no visible character.
    title = "" if corpus.description is None else text(corpus.description.title)

    return title or corpus.dataset or ""


def is_subset(corpus: Corpus) -> bool:
    """
    Whether a corpus has not just the records of its dataset.

    >>> from dateline import where
    >>> from dateline.testing import tiny_corpus
    >>> is_subset(tiny_corpus()), is_subset(tiny_corpus().filter(where.id("ferry-halts")))
    (False, True)
    """
    whole = None if corpus.pin is None else corpus.pin.digest

    # A selection that kept everything may keep less of the next version.
    return corpus.selection is not None or whole not in (None, corpus.digest)


def csl_date(date: PartialDate) -> dict[str, Any]:
    """
    A date in CSL-JSON.

    CSL cannot say "one of these days": of a choice, the parts that all readings share are given,
    as circa; if not even the year is shared, the range of years. A qualifier becomes circa too.

    >>> csl_date(PartialDate("2022-02-24/2022-03~"))
    {'date-parts': [[2022, 2, 24], [2022, 3]], 'circa': True}
    >>> csl_date(PartialDate("[2022-03-02,2022-03-03]"))
    {'date-parts': [[2022, 3]], 'circa': True}
    """
    printed = str(date)
    points = [[int(part) for part in point.split("-")] for point in re.findall(r"[0-9-]+", printed)]
    is_choice = printed.startswith("[")
    if is_choice:
        points = [_shared(points)] if _shared(points) else [points[0][:1], points[-1][:1]]
    found: dict[str, Any] = {"date-parts": points}

    return found | {"circa": True} if is_choice or date.qualifier else found


def text(value: str) -> str:
    r"""
    A text of a record as a value of CSL-JSON: one visible line, in which nothing is markup.

    >>> text("Rain,\n\u202esays \x07 mayor")
    'Rain, says mayor'
    """
    return _MARKUP.sub(f"<{JOINER}", unmarked(value))


def unmarked(value: str) -> str:
    """
    A value of CSL-JSON as plain text: one line, without invisible characters.
    """
    shown = _INVISIBLE.sub("", " ".join(value.split()))

    return " ".join(shown.split())


def web_address(url: str) -> str:
    r"""
    A URL in which no character is left that could end a field or hide: they are percent-encoded.

    >>> web_address("https://example.org/a}\u202eb?c=%20&d=é")
    'https://example.org/a%7D%E2%80%AEb?c=%20&d=é'
    """
    return "".join(quote(sign, errors="replace") if _is_unsafe(sign) else sign for sign in url)


def _is_unsafe(sign: str) -> bool:
    return sign in '{}\\^`|<>"' or unicodedata.category(sign)[0] in "CZ"


def _title(article: Article, words: Wording) -> str:
    headline = text(article.headline or "")
    if headline:
        return headline
    source = source_of(article.sources, "headline")
    is_absent = source is not None and source.basis is Basis.ABSENT
    noun = words.untitled if is_absent else words.unknown

    return f"[{noun}; {words.record.format(article.id)}]"


def _name(credit: Credit) -> dict[str, str]:
    if not text(credit.family or ""):
        literal = text(credit.name)
        return {"literal": literal} if literal else {}
    family, given = text(credit.family or ""), text(credit.given or "")

    return {"family": family, "given": given} if given else {"family": family}


def _selected(corpus: Corpus, pin: Pin, selection: str | None, words: Wording) -> str:
    kept = (words.one if len(corpus) == 1 else words.several).format(len(corpus))
    # Without the dataset's digest: that of the result is enough to tell whether it is the same.
    short = evolve(pin, digest=None)
    # Where no predicate can be read back, the digest still tells whether one has the same records.
    named = corpus.digest if selection is None else selection_text(short, selection, corpus.digest)

    return f"{words.data_set}; {kept}: {named}"


def selection_text(pin: Pin, printed: str, digest: str) -> str:
    """
    The one line that a subset can be made again from: dataset, printed predicate and the subset's digest.
    """
    return f"{pin} | {printed} | {digest}"


def readable_selection(corpus: Corpus) -> str | None:
    """
    The predicate of a subset as it is printed; None if there is none, or none that could be read back.
    """
    printed = None if corpus.selection is None else printed_selection(corpus.selection)
    try:
        return printed if printed and where.parse(printed) == corpus.selection else None
    except PredicateError:
        return None


def printed_selection(selection: Predicate) -> str | None:
    r"""
    A predicate as code with double quotes; None if it has no written form.

    It is code that survives being typeset: what typography or markup could change is written as an escape.

    >>> from dateline import where
    >>> printed_selection(where.place("Old Quay") & ~where.contains("it's -- wet"))
    'where.place("Old Quay") & ~where.contains("it\\x27s \\x2d\\x2d wet")'
    """
    try:
        return _LITERAL.sub(_requoted, selection.written())
    except UnprintablePredicate:
        return None


def _requoted(literal: re.Match[str]) -> str:
    # Single quotes would be printed as curly ones, and be no code any more.
    value = ast.literal_eval(literal[0])
    kept = {match.start() for match in _KEPT.finditer(value) if _is_stable(match[0])}
    signs = (sign if place in kept else _escape(sign) for place, sign in enumerate(value))

    return f'"{"".join(signs)}"'


def _is_stable(sign: str) -> bool:
    # Programs that copy text may compose it. Marks, which would be composed with a letter, are never kept.
    return unicodedata.is_normalized("NFKC", sign)


def _escape(sign: str) -> str:
    ascii_ = ascii(sign)[1:-1]

    return ascii_ if ascii_.startswith(("\\x", "\\u", "\\U")) else f"\\x{ord(sign):02x}"


def _recorded(date: PartialDate | None) -> dict[str, str]:
    # CSL says less than EDTF where a date is a choice or qualified.
    return {} if date is None or _is_plain(date) else {"issued": str(date)}


def _is_plain(date: PartialDate) -> bool:
    return bool(re.fullmatch(r"[0-9-]+", str(date)))


def _shared(points: list[list[int]]) -> list[int]:
    alike = itertools.takewhile(lambda parts: len(set(parts)) == 1, zip(*points, strict=False))

    return [parts[0] for parts in alike]


def _filled(fields: Item) -> Item:
    return {name: value for name, value in fields.items() if value}

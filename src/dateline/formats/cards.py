"""
The card of a dataset: Markdown for people, whose head in YAML tells the library ``datasets`` of its tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from dateline.corpus import Corpus
from dateline.descriptions import Description
from dateline.formats.yaml_ import lines
from dateline.references import unmarked


#: The name of the file in which a card is looked for.
CARD: Final = "README.md"

# The licences of which the hub knows the name, of those that records may have.
_LICENCES: Final = re.compile(
    r"cc0-1\.0|cc-by(-nc)?(-sa|-nd)?-(2\.0|2\.5|3\.0|4\.0)|odbl|pddl|apache-2\.0|mit"
)

# What Markdown and HTML take for something else.
_MARKS: Final = re.compile(r"[\\`*_\[\]<>&#|~$]")


def card(corpus: Corpus, configs: Iterable[Mapping[str, Any]], notes: Iterable[str]) -> bytes:
    r"""
    The card of a corpus: a configuration for each table, and *notes*, which are Markdown, at its end.

    Source: https://huggingface.co/docs/hub/datasets-manual-configuration

    >>> from dateline.testing import tiny_corpus
    >>> print(card(tiny_corpus(), [{"config_name": "claims"}], []).decode().partition("---\n\n")[0])
    ---
    pretty_name: "The Larkhaven Ferry in the News"
    license: "cc-by-4.0"
    language:
      - "en"
    configs:
      - config_name: "claims"
    <BLANKLINE>
    """
    described = {} if corpus.description is None else _described(corpus.description)
    head = {**described, "configs": list(configs)}
    filled = {name: value for name, value in head.items() if value}
    text = ("---", *lines(filled), "---", "", *_body(corpus), *notes)

    return "".join(f"{line}\n" for line in text).encode()


def _described(description: Description) -> dict[str, Any]:
    licence = description.licence.lower()

    return {
        "pretty_name": description.title,
        "license": licence if _LICENCES.fullmatch(licence) else "other",
        "language": [description.language.partition("-")[0].lower()],
        "tags": list(description.keywords),
    }


def _body(corpus: Corpus) -> Iterator[str]:
    description = corpus.description
    yield "# News articles as records" if description is None else f"# {shown(description.title)}"
    yield ""
    if description is not None:
        yield f"{shown(description.description)}\n"
        makers = shown(", ".join(description.creators))
        by = f"By {makers}. " if makers else ""
        yield f"{by}Licence: {description.licence}.\n"
    if corpus.pin is not None:
        yield f"Dataset: `{corpus.pin}`\n"
    yield f"Digest of these records: `{corpus.digest}`\n"


def shown(text: str) -> str:
    r"""
    A text in one line of Markdown, where it stays text, without invisible characters.

    >>> print(shown("a_b <c>"))
    a\_b \<c\>
    """
    return _MARKS.sub(r"\\\g<0>", unmarked(text))

"""
The calls that the README shows, as a type checker sees them; never run.
"""

from __future__ import annotations

from collections.abc import Mapping

import dateline
from dateline import where
from dateline.corpus import Corpus
from dateline.records import Article, Claim, Relation
from dateline.testing import TEXTS, tiny_corpus


ukraine: Corpus = dateline.load("ukraine-2022")
pinned: Corpus = dateline.load("ukraine-2022", version="1.0.0")

article: Article = ukraine["kherson-seized"]
claim: Claim = article.claims[0]
perhaps: Article | None = ukraine.get("kherson-seized")
or_else: Claim | str = ukraine.claims.get("kherson-seized/c99", "none")
november: Corpus = ukraine.filter(where.place("Kherson") & where.published(since="2022-11"))

reference: str = dateline.cite(article)
styled: str = dateline.cite(claim, "mla", corpus=ukraine)
dataset: str = dateline.cite(ukraine, "bibtex")
references: str = dateline.bibliography(november, "ieee")

dateline.dump(ukraine, "ukraine.jsonl")
text: str = dateline.dumps(ukraine, "csl-json")
same: bool = dateline.read("ukraine.jsonl") == ukraine
note: str = dateline.losses("ris")["article.url"][1]
drafts: dateline.Corpus = dateline.read("table.csv", columns={"headline": "title"})

reading: dateline.Reading = dateline.attach(ukraine, "my-copies/")
invented: dateline.Reading = dateline.attach(tiny_corpus(), TEXTS, strict=True)
outcomes: Mapping[str, dateline.Outcome] = reading.outcomes
outcome: dateline.Outcome = reading.outcomes["kherson-seized"]
related: tuple[tuple[Relation, Claim], ...] = ukraine.related("kherson-seized/c19")
match: dateline.Match = outcome.match
proved: bool = outcome.is_proved
words: str = reading.words(article.claims[0])
passages: tuple[dateline.Passage, ...] = reading.passages(claim)
status: dateline.SpanStatus = passages[0].status
summary: str = reading.summary
reading.dump_words("words.jsonl")

"""
The calls that the README shows, as a type checker sees them; never run.
"""

from __future__ import annotations

import dateline
from dateline import where
from dateline.corpus import Corpus
from dateline.records import Article, Claim


ukraine: Corpus = dateline.load("ukraine-2022")
pinned: Corpus = dateline.load("ukraine-2022", version="1.0.0")

article: Article = ukraine["kherson-seized"]
claim: Claim = article.claims[0]
november: Corpus = ukraine.filter(where.place("Kherson") & where.published(since="2022-11"))

reference: str = dateline.cite(article)
styled: str = dateline.cite(claim, "mla", corpus=ukraine)
dataset: str = dateline.cite(ukraine, "bibtex")
references: str = dateline.bibliography(november, "ieee")

dateline.dump(ukraine, "ukraine.jsonl")
text: str = dateline.dumps(ukraine, "csl-json")
same: bool = dateline.read("ukraine.jsonl") == ukraine

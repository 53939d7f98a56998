"""
The language of a text, where that is sure.
"""

from __future__ import annotations

import importlib.util

import pytest

from dateline.building import Columns, Languages, draft
from dateline.building.columns import raw_article
from dateline.errors import MissingExtra
from dateline.validation import validate


ENGLISH = "The ferry to the old quay sailed again on Monday after eleven weeks in dry dock, the master said. "
GERMAN = "Die Fähre zum alten Kai fährt seit Montag wieder, nach elf Wochen im Dock, sagte der Hafenmeister. "


def language(text):
    """
    The language that the rule gives a text, with its source.
    """
    article = draft(raw_article({"id": "a", "text": text}, Columns(), "archive"), [Languages()])
    validate(article)

    return article.sourced("language")


@pytest.mark.parametrize(("text", "expected"), [(ENGLISH * 3, "en"), (GERMAN * 3, "de")])
def test_a_language_is_inferred(text, expected):
    """
    A long text has its language, inferred, and the note names detector and certainty.
    """
    found = language(text)

    assert (found.value, found.source.basis) == (expected, "inferred")
    assert "90% certain" in found.source.note


@pytest.mark.parametrize("text", [ENGLISH[:60], "1 2 3 " * 90, "qwx zzz vvv " * 20])
def test_an_unsure_language_is_unknown(text):
    """
    A short text, figures, and what is of no language have none.
    """
    assert language(text).source.basis == "unknown"


def test_without_the_detector_the_rule_says_what_to_install(monkeypatch):
    """
    The rule cannot be made where its package is missing.
    """
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(MissingExtra, match=r"dateline\[language\]"):
        Languages()

"""
Changes of case (CSL 1.0.2, "Text-case"): character by character, formatting untouched.
"""

from __future__ import annotations

import re
from typing import Final

from dateline.csl.runs import Runs, rewrite


#: Words that a title does not capitalise inside (CSL 1.0.2, "Title Case Conversion",
#: leaves the list to processors; prepositions of any length, as the common ones do).
STOP_WORDS: Final = frozenset(
    [
        "a",
        "about",
        "above",
        "across",
        "afore",
        "after",
        "against",
        "al",
        "along",
        "alongside",
        "amid",
        "amidst",
        "among",
        "amongst",
        "an",
        "and",
        "apropos",
        "apud",
        "around",
        "as",
        "aside",
        "astride",
        "at",
        "atop",
        "barring",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "besides",
        "between",
        "beyond",
        "but",
        "by",
        "circa",
        "despite",
        "down",
        "during",
        "et",
        "except",
        "for",
        "from",
        "given",
        "in",
        "inside",
        "into",
        "lest",
        "like",
        "modulo",
        "near",
        "next",
        "nor",
        "of",
        "off",
        "on",
        "onto",
        "or",
        "out",
        "over",
        "per",
        "plus",
        "pro",
        "qua",
        "sans",
        "since",
        "so",
        "than",
        "the",
        "through",
        "throughout",
        "till",
        "to",
        "toward",
        "towards",
        "under",
        "underneath",
        "until",
        "unto",
        "up",
        "upon",
        "versus",
        "via",
        "vs",
        "v",
        "with",
        "within",
        "without",
        "yet",
        "d",
        "de",
        "von",
        "van",
        "c",
        "ca",
    ]
)

WORD: Final = re.compile(r"[^\s\-–—/\u00a0]+")

#: Greek letters in titles are symbols ("β-carotene").
GREEK: Final = re.compile("[\u0370-\u03ff]")

#: A word after one of these starts a new part of the title, quotes and brackets between them.
RESTART: Final = (":", "?", "!")
#: It may do so after this, which ends "U.S." and "vs." as well.
MAYBE: Final = (".",)


def change_case(runs: Runs, case: str, *, english: bool) -> Runs:
    """
    *runs* in another case; title case only for English text.

    >>> from dateline.csl.runs import plain, text
    >>> plain(change_case(text("the end of mRNA"), "title", english=True))
    'The End of mRNA'
    """
    if case == "title" and not english:
        return runs
    change = CASES.get(case)

    return rewrite(runs, change) if change else runs


def capitalize_term(runs: Runs) -> Runs:
    """
    *runs* with a capital if they begin with words of the locale, not of the item.
    """
    # A bracket or space in front is no word.
    first = next((run for run in runs if any(map(str.isalnum, run.text))), None)
    if first is not None and any(mark.kind == "term" for mark in first.marks):
        return change_case(runs, "capitalize-first", english=True)

    return runs


def upper(text: str) -> list[str]:
    """
    Every letter a capital.
    """
    return [letter.upper() for letter in text]


def lower(text: str) -> list[str]:
    """
    No letter a capital.
    """
    return [letter.lower() for letter in text]


def capitalize_first(text: str) -> list[str]:
    """
    The first letter of the first word a capital, if the word has none.
    """
    letters = list(text)
    found = WORD.search(text)
    if found:
        raise_word(letters, found[0], found.start())

    return letters


def capitalize_all(text: str) -> list[str]:
    """
    The first letter of each word a capital.
    """
    letters = list(text)
    for found in re.finditer(r"[^\s\-]+", text):
        raise_word(letters, found[0], found.start())

    return letters


def sentence(text: str) -> list[str]:
    """
    The first letter a capital; the rest small if all were capitals.
    """
    if text.isupper():
        return capitalize_first("".join(lower(text)))

    return capitalize_first(text)


def title(text: str) -> list[str]:
    """
    Words capitalised, but for stop words inside.
    """
    # A headline in capitals stays one: which of its words are acronyms is not known.
    if text.isupper():
        return list(text)
    letters = list(text)
    words = list(WORD.finditer(text))
    for index, found in enumerate(words):
        before = text[: found.start()]
        bare = found[0].strip("\"'“”‘’«»()[],;:.?!").lower()
        inner = 0 < index < len(words) - 1
        # "Pro-Environmental", but "Out-of-Fashion".
        hyphened = text[found.end() : found.end() + 1] == "-" and not before.endswith("-")
        if inner and bare in STOP_WORDS and not hyphened and not ends(before, RESTART):
            if not ends(before, MAYBE) and (found[0].istitle() or len(bare) == 1):
                letters[found.start() : found.end()] = found[0].lower()
            continue
        raise_word(letters, found[0], found.start())

    return letters


def ends(before: str, marks: tuple[str, ...]) -> bool:
    """
    Whether one of some *marks* stands at the end of *before*, quotes and brackets behind it.
    """
    return before.rstrip().rstrip("\"'“‘«([").rstrip().endswith(marks)


def raise_word(letters: list[str], word: str, start: int) -> None:
    """
    Capitalise one word in place, unless it has capitals of its own.
    """
    if not word.islower() and any(letter.isupper() for letter in word):
        return
    for offset, letter in enumerate(word):
        if letter.isalpha():
            if GREEK.match(letter):
                return
            # Some letters become two ("ß"): those stay.
            if len(letter.upper()) == 1:
                letters[start + offset] = letter.upper()
            return
        if letter.isdigit():
            return


CASES: Final = {
    "uppercase": upper,
    "lowercase": lower,
    "capitalize-first": capitalize_first,
    "capitalize-all": capitalize_all,
    "sentence": sentence,
    "title": title,
}

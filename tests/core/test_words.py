"""
The small things at the ground: closed lists of words, rules on values, what is shown and suggested.
"""

from __future__ import annotations

import html
import pickle
from decimal import Decimal
from types import SimpleNamespace

import pytest
import strategies as make
from hypothesis import given
from hypothesis import strategies as st

from dateline import validators, vocabulary
from dateline.display import html_table, printable
from dateline.errors import InvalidValue
from dateline.ids import ENTITY_KINDS, parse_version
from dateline.suggesting import nearest
from dateline.vocabulary import DefinedEnum, EntityKind


WORDS = [
    kind for kind in vars(vocabulary).values() if isinstance(kind, type) and issubclass(kind, DefinedEnum)
]
FIELD = SimpleNamespace(name="field")


@pytest.mark.parametrize("kind", [kind for kind in WORDS if kind is not DefinedEnum])
def test_every_word_is_defined(kind):
    """
    Each member is its word, has a sentence as definition, and is found by its word only.
    """
    for member in kind:
        assert member == str(member) == member.value == f"{member}"
        assert member.definition.endswith(".")
        assert member is kind(member.value) is kind(member)
        assert member is pickle.loads(pickle.dumps(member))  # noqa: S301
    assert len({member.definition for member in kind}) == len(kind)


@pytest.mark.parametrize("kind", [kind for kind in WORDS if kind is not DefinedEnum])
@pytest.mark.parametrize("word", ["", "nope", "STATED", " stated", None, 1, ["stated"]], ids=repr)
def test_no_other_word_is_taken(kind, word):
    """
    What is none of the words is refused with all of them.
    """
    with pytest.raises(InvalidValue) as caught:
        kind(word)

    assert f"be one of {', '.join(kind)}" == caught.value.expected


def test_entity_kinds_are_the_same_everywhere():
    """
    The words that open ids are those of the closed list.
    """
    assert set(ENTITY_KINDS) == set(EntityKind)


@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    [
        (validators.text_up_to(3), ["a", "abc", " a "], ["", " ", "\u3000", "abcd", None, 1, b"a"]),
        (validators.checked(parse_version), ["1.0.0"], ["1", None]),
        (validators.optional(validators.is_positive), [None, 1], [0, "1"]),
        (validators.each(validators.is_positive), [(), (1, 2)], [(0,), (1, 0), ("1",)]),
        (validators.is_positive, [1, 10**20], [0, -1, True, 1.0, "1", None]),
        (
            validators.is_decimal,
            [Decimal(0), Decimal("-1.50"), Decimal("9" * 30), Decimal("1E+29"), Decimal("1E-29")],
            [
                Decimal("9" * 31),
                Decimal("1E+30"),
                Decimal("1E-30"),
                Decimal("NaN"),
                Decimal("-Infinity"),
                1,
                "1",
            ],
        ),
        (validators.matches("a+", "aa"), ["a", "aaa"], ["", "b", "a\n", "ab", None, 1]),
    ],
    ids=lambda value: getattr(value, "__qualname__", repr(value)),
)
def test_rules(rule, right, wrong):
    """
    A rule passes what it names and refuses all else by its own error.
    """
    for value in right:
        rule(None, FIELD, value)
    for value in wrong:
        with pytest.raises(InvalidValue):
            rule(None, FIELD, value)


def test_only_finite_decimals_can_be_written():
    """
    A number without an end has no digits.
    """
    assert [False, False, True] == [validators.writable(Decimal(text)) for text in ("NaN", "Infinity", "0")]


@pytest.mark.properties
@given(st.text())
def test_printable_text_drives_no_terminal(text):
    """
    No control or direction character, no lone surrogate is left; what was harmless stays as it was.
    """
    shown = printable(text)

    assert shown.replace("\u2028", "").replace("\u2029", "").encode().decode().isprintable() or any(
        character.isspace() for character in shown
    )
    assert "\x1b" not in shown
    assert "\n" not in shown
    if text.isprintable():
        assert text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("a\nb", "a\\nb"),
        ("\u202e", "\\u202e"),
        ("\ud800", "\\ud800"),
        ("é\U0001f4f0", "é\U0001f4f0"),
    ],
)
def test_printable_examples(text, shown):
    """
    What could drive a terminal is written as Python escapes it.
    """
    assert shown == printable(text)


@pytest.mark.properties
@given(st.text(), st.lists(st.tuples(st.text(), st.none() | st.text() | st.integers())))
def test_a_table_is_escaped(title, rows):
    """
    No title, name or value opens a tag of its own.
    """
    table = html_table(title, rows)

    assert 2 + 2 + len(rows) * 6 == table.count("<") == table.count(">")
    assert html.escape(title) in table


def test_a_table_drives_no_terminal():
    """
    Control characters in a value are written as escapes, before the markup is.
    """
    assert "<td>\\x1b[2J&lt;b&gt;</td>" in html_table("T", [("n", "\x1b[2J<b>")])


def test_the_nearest_come_best_first():
    """
    Nearest names are few, in order, whatever their case, and none if nothing is close.
    """
    known = ["Kyiv", "Kherson", "Kharkiv", "Khersonn", "Odesa"]

    assert ("Kherson", "Khersonn") == nearest("KHERSON", known)
    assert ("Kherson",) == nearest("kherson", known, count=1)
    assert () == nearest("zzz", known)
    assert () == nearest("Kyiv", [])


@pytest.mark.properties
@given(make.texts(), st.lists(make.texts(), max_size=5))
def test_the_nearest_are_known(wanted, known):
    """
    Nothing is suggested that is not there, and what is there is found.
    """
    assert set(nearest(wanted, known)) <= set(known)
    assert nearest(wanted, [*known, wanted])[0].casefold() == wanted.casefold()

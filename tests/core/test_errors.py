"""
Errors: each ours and a built-in one too, each a fact with fields, each a message with what came.
"""

from __future__ import annotations

import builtins
import copy
import inspect
import pickle
import re

import pytest
import strategies as make
from hypothesis import given
from hypothesis import strategies as st

from dateline import errors
from dateline.errors import DatelineError, Fault, shortened


#: One error of each class, and its message.
EXAMPLES = [
    (DatelineError("on purpose"), "on purpose"),
    (errors.InvalidValue("article id", "look like 'a'", "B"), "article id must look like 'a', got 'B'"),
    (
        errors.InvalidRecord("Span", (Fault("$.start", "m"), Fault("$", "n", "span"))),
        "Span: m @ $.start; n @ $",
    ),
    (errors.InvalidDocument("a.jsonl", 3, "must be JSON"), "a.jsonl:3: must be JSON @ $"),
    (errors.InvalidDocument("a.json", None, "must be JSON", "$.a"), "a.json: must be JSON @ $.a"),
    (
        errors.MissingSource(("headline", "url")),
        "revise() needs a source that covers 'headline', 'url'; pass source=FieldSource(…)",
    ),
    (
        errors.MissingExtra("html", "a.html, an HTML page,"),
        "a.html, an HTML page, needs the extra 'html': pip install 'dateline[html]'",
    ),
    (
        errors.BrokenFormat("turtle", "rdf-things", "no such file"),
        "format 'turtle' of the package 'rdf-things' cannot be used: no such file",
    ),
    (
        errors.TextNotAttached("rain", "rain: missing"),
        "no text is attached for 'rain'; rain: missing",
    ),
    (
        errors.SpanNotFound("rain:0-4", "lost"),
        "the words of rain:0-4 are lost in the attached text",
    ),
    (
        errors.TextsNotProved(("rain: near", "snow: missing")),
        "every text must be exact or equal, got rain: near; snow: missing",
    ),
    (
        errors.WordsWithheld("a reading"),
        (
            "a reading holds texts that may be in copyright and is not pickled; pass on its outcomes, "
            "or save words by name with Reading.dump_words()"
        ),
    ),
    (errors.NotFound("x"), "no thing 'x'"),
    (errors.NoSuchDataset("x", (), ("a", "b")), "no dataset 'x'; there is 'a', 'b'"),
    (errors.NoSuchVersion("9.0.0", (), ("1.0.0",)), "no dataset version '9.0.0'; there is '1.0.0'"),
    (errors.NoSuchArticle("x", ("y",), ("z",)), "no article 'x'; did you mean 'y'?"),
    (errors.NoSuchClaim("x"), "no claim 'x'"),
    (errors.NoSuchEntity("x", ("y", "z")), "no entity 'x'; did you mean 'y', 'z'?"),
    (errors.NoSuchStyle("x"), "no citation style 'x'"),
    (errors.NoSuchFormat("x"), "no format 'x'"),
    (errors.AmbiguousName("x", ("a", "b")), "name 'x' could be 'a', 'b'; use the id"),
    (errors.PredicateError("p"), "p"),
    (
        errors.AmbiguousTruth("where.place('x')"),
        "where.place('x') has no truth value; combine predicates with & | ~, not and, or, not",
    ),
    (errors.UnprintablePredicate("<f>"), "<f> holds a callable, so it can be run but not written down"),
    (
        errors.NotPushedDown("<f>"),
        "<f> holds a callable, which runs on records only: filter with locally=True",
    ),
    (errors.InvalidPredicate("x", "is no call"), "predicate 'x': is no call"),
    (errors.InvalidPredicate("x", "is no word", ("y",)), "predicate 'x': is no word; did you mean 'y'?"),
    (errors.DigestMismatch("a.jsonl", "sha256:0", "sha256:1"), "a.jsonl must have digest sha256:0, got sha256:1"),  # noqa: E501 - a row of a table
    (errors.DamagedRelease("u 1.0.0", "a.jsonl", "is missing"), "release u 1.0.0 is damaged: a.jsonl is missing; install or copy it again"),  # noqa: E501 - a row of a table
    (errors.DamagedStore("u 1.0.0", "a.parquet", "is missing"), "store u 1.0.0 is damaged: a.parquet is missing; take it from a copy or write it again"),  # noqa: E501 - a row of a table
    (errors.NewerSchema("u 2.0.0", "3.0", "0.1"), "u 2.0.0 needs dateline 3.0 or later, this is 0.1"),
    (errors.NotWritten("a.json", "disk full"), "a.json was not written: disk full"),
    (errors.NotRead("a.json", "is a folder"), "a.json was not read: is a folder"),
    (errors.ReleaseExists("u 1.0.0", "releases"), "release u 1.0.0 exists in releases; give the change a new version"),  # noqa: E501 - a row of a table
    (errors.FolderBusy("store u 1.0.0", ".1.0.0.draft"), "store u 1.0.0 is being written by another process, in .1.0.0.draft"),  # noqa: E501 - a row of a table
    (errors.ProcessLost(("a.jsonl:1",)), "a process ended before its part was done; begun were those from a.jsonl:1; if each ends at once, the script lacks: if __name__ == '__main__'"),  # noqa: E501 - a row of a table
    (errors.VersionRule("1.0.0", "1.0.1", "major"), "version after 1.0.0 must be a major step, got 1.0.1"),
    (errors.Uncitable("a", "has no claim"), "a cannot be cited: has no claim"),
]  # fmt: skip

CLASSES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, Exception) and kind.__module__ == errors.__name__
]

#: These stand over others and are not raised themselves.
ABSTRACT = {DatelineError, errors.PredicateError}


def drawn():
    """
    The tree in the module's docstring: for each class the one above it and the built-in ones.
    """
    found, above = {}, {}
    for line in errors.__doc__.partition("::")[2].split("\n"):
        match = re.match(r"([ │├└─]*)([A-Z][A-Za-z]+(?:, [A-Z][A-Za-z]+)*)(?: \((\w+)(?: too)?\))?", line)
        if match is None:
            continue
        depth = len(match[1])
        parent = next((above[level] for level in sorted(above, reverse=True) if level < depth), None)
        above = {level: name for level, name in above.items() if level < depth}
        for name in match[2].split(", "):
            above[depth] = name
            found[name] = (parent, match[3])

    return found


def test_there_is_an_example_of_each_class():
    """
    No error is left out of these tests.
    """
    assert set(CLASSES) == {type(error) for error, _ in EXAMPLES}


def test_the_tree_is_as_drawn():
    """
    The tree at the top of the module has every class in its place, with the built-in ones it is too.
    """
    tree = drawn()

    assert {kind.__name__ for kind in CLASSES} == set(tree)
    for name, (parent, builtin) in tree.items():
        kind = getattr(errors, name)
        assert parent is None or getattr(errors, parent) in kind.__bases__, name
        assert builtin is None or getattr(builtins, builtin) in kind.__mro__, name


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if kind not in ABSTRACT])
def test_each_error_is_ours_and_a_built_in_one(kind):
    """
    Whoever catches DatelineError, or the built-in error for such a case, catches it.
    """
    builtin = {base for base in kind.__mro__ if base.__module__ == "builtins"}

    assert issubclass(kind, DatelineError)
    assert builtin - {Exception, BaseException, object}


@pytest.mark.parametrize(("error", "message"), EXAMPLES, ids=str)
def test_messages_say_what_what_for_and_what_came(error, message):
    """
    The message of each error has subject, expectation and what came, in one line without a full stop.
    """
    assert message == str(error)
    assert not message.endswith(".")


@pytest.mark.parametrize("error", [error for error, _ in EXAMPLES], ids=str)
def test_errors_survive_pickling(error):
    """
    An error comes back from another process with its class, fields and message.
    """
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301
        assert (type(error), str(error), repr(error)) == (type(again), str(again), repr(again))
        assert error.args == again.args


@pytest.mark.parametrize("error", [error for error, _ in EXAMPLES], ids=str)
def test_errors_can_be_raised_and_chained(error):
    """
    An error can be raised, and a cause and a traceback set on it.
    """
    with pytest.raises(DatelineError) as caught:
        raise error from ValueError("cause")

    assert error is caught.value
    assert isinstance(error.__cause__, ValueError)


def test_the_data_of_an_error_are_its_fields():
    """
    What a message says can be had without reading it.
    """
    error = errors.NoSuchArticle("x", ("y",))

    assert ("x", ("y",), (), "article") == (error.name, error.nearest, error.known, error.noun)


@pytest.mark.properties
@given(st.text() | st.binary() | st.lists(st.text()), st.integers(5, 120))
def test_what_came_is_cut_to_fit(value, limit):
    """
    A value in a message has its whole repr, or both ends of it in just the characters allowed.
    """
    whole, short = repr(value), shortened(value, limit)

    assert (whole == short) if len(whole) <= limit else len(short) == limit
    if whole != short:
        head, _, tail = short.partition("…") if "…" not in whole else (short[: limit // 2 - 1], "", "")
        assert whole.startswith(head)
        assert whole.endswith(tail)


@pytest.mark.properties
@given(make.texts())
def test_no_message_drives_a_terminal(text):
    """
    Whatever came, a message holds no control or direction character.
    """
    assert str(errors.InvalidValue("text", "be nice", text)).isprintable()
    assert str(errors.NoSuchEntity(text, (text,))).isprintable()


def test_faults_are_values():
    """
    Faults are equal by path, message and subject.
    """
    assert {Fault("$", "m"), Fault("$", "m"), Fault("$", "m", "s")} == {Fault("$", "m", "s"), Fault("$", "m")}

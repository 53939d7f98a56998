"""
Four renderings of the same runs, each with its own escapes.
"""

from __future__ import annotations

import pytest

from dateline.csl.markup import parse_markup
from dateline.csl.output import QuoteMarks, RichText
from dateline.csl.runs import MEETING, join, plain, text, wrap


HOSTILE = r"""<script>alert("x")</script> & \input{x} $a_1^2$ #1 ~50% *[a](b)* `c` | d"""


def rich(value: str) -> RichText:
    """
    A value as finished text.
    """
    return RichText(parse_markup(value))


def test_html_escapes_what_could_be_a_tag():
    """
    No value can open a tag, an entity or an attribute.
    """
    html = rich(HOSTILE).html()

    assert "<" not in html
    assert "&" not in html.replace("&#38;", "").replace("&#60;", "").replace("&#62;", "")


def test_latex_escapes_what_could_be_a_command():
    """
    Each special character of LaTeX prints as itself.
    """
    expected = (
        r"\textbackslash{}input\{x\} \$a\_1\textasciicircum{}2\$ \#1 \textasciitilde{}50\% \& <"
    ).replace("<", r"\textless{}")

    assert expected == rich(r"\input{x} $a_1^2$ #1 ~50% & <").latex()


def test_markdown_escapes_what_could_be_markup():
    """
    Each character that Markdown could read is behind a backslash.
    """
    expected = r"\*\[a\](b)\* \`c\` \| a\_b \<i\> \\"

    assert expected == rich("*[a](b)* `c` | a_b <i> \\").markdown()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<i>a <i>b</i> c</i>", '<i>a <span style="font-style:normal;">b</span> c</i>'),
        ("<b>a</b><sup>b</sup><sub>c</sub>", "<b>a</b><sup>b</sup><sub>c</sub>"),
        ("<i>a <b>b</i> c</b>", "<i>a &#60;b&#62;b</i> c&#60;/b&#62;"),
        ("a < b", "a &#60; b"),
        ("say \"what 'he' said\"", "say “what ‘he’ said”"),
        ("it's the dogs' day", "it’s the dogs’ day"),
    ],
)
def test_markup_in_values(value, expected):
    """
    Complete markup is formatting, quotes get their level, all else is text.
    """
    assert expected == rich(value).html()


def test_quotes_follow_the_language():
    """
    The same runs print with the quotation marks of the language at hand.
    """
    german = QuoteMarks("„", "“", "‚", "‘")

    assert "„a ‚b‘“" == str(RichText(parse_markup("\"a 'b'\""), german))


@pytest.mark.parametrize(("pair", "met"), MEETING.items())
def test_punctuation_meets_by_the_table(pair, met):
    """
    Two marks at a seam become what the table says.
    """
    joined = join(text("a" + pair[0]), text(pair[1] + "b"), punctuation_in_quote=False)

    assert f"a{met}b" == plain(joined)


@pytest.mark.parametrize(("inside", "expected"), [(True, "“a.”"), (False, "“a”.")])
def test_a_full_stop_moves_inside_quotes_where_it_should(inside, expected):
    """
    The language decides on which side of a closing quote a full stop stands.
    """
    joined = join(wrap(text("a"), "quotes"), text("."), punctuation_in_quote=inside)

    assert expected == str(RichText(joined))


def test_equal_print_is_equality():
    """
    Two texts are equal if they print the same, and hash so.
    """
    assert rich("<i>a</i>") == rich("<i>a</i>")
    assert rich("<i>a</i>") != rich("a")
    assert 1 == len({rich("<i>a</i>"), rich("<i>a</i>")})

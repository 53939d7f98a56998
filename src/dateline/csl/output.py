"""
Finished rich text, and its four renderings: plain, HTML, Markdown, LaTeX.

All four are made of the same runs; quotes get their level here, and formatting
inside formatting of the same kind turns upright (CSL 1.0.2, "Formatting", flip-flopping).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from dateline.csl.runs import EMPTY, Mark, Run, Runs


class QuoteMarks(NamedTuple):
    """
    Opening and closing quotation marks, outer and inner.
    """

    open: str = "“"
    close: str = "”"
    open_inner: str = "‘"
    close_inner: str = "’"


ENGLISH: Final = QuoteMarks()


class Format(NamedTuple):
    """
    A way to write: how characters are escaped, and what stands around a mark.
    """

    escape: Callable[[str], str]
    around: Mapping[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RichText:
    r"""
    A finished piece of text, equal to another if it prints the same.

    >>> from dateline.csl.markup import parse_markup
    >>> title = RichText(parse_markup('Why <i>Titanic</i> "sells" & sinks'))
    >>> print(title)
    Why Titanic “sells” & sinks
    >>> print(title.html())
    Why <i>Titanic</i> “sells” &#38; sinks
    >>> print(title.markdown())
    Why *Titanic* “sells” & sinks
    >>> print(title.latex())
    Why \textit{Titanic} “sells” \& sinks
    """

    runs: Runs = EMPTY
    quotes: QuoteMarks = ENGLISH

    def __str__(self) -> str:
        return write(self, PLAIN)

    def __bool__(self) -> bool:
        return bool(self.runs)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RichText):
            return NotImplemented

        return self.html() == other.html()

    def __hash__(self) -> int:
        return hash(self.html())

    def html(self) -> str:
        """
        HTML, with ``& < >`` escaped; it may stand as text of any element.
        """
        return write(self, HTML)

    def markdown(self) -> str:
        """
        CommonMark, with all that could be taken for markup escaped.
        """
        return MARKDOWN_START.sub(r"\g<0>\\", write(self, MARKDOWN))

    def latex(self) -> str:
        """
        LaTeX for a running paragraph, with all special characters escaped.
        """
        return write(self, LATEX)


@dataclass(frozen=True, slots=True, eq=False)
class Entry(RichText):
    """
    One entry of a bibliography, with the id of the item it is about.
    """

    #: The item's id, as text.
    id: str = ""
    #: What the style sets apart in front, such as a number in brackets; part of the text as well
    #: (CSL 1.0.2, "Whitespace", second-field-align). None if it sets nothing apart.
    margin: RichText | None = None


def write(rich: RichText, format_: Format) -> str:
    """
    *rich* in the given format: marks are opened and closed as paths differ.
    """
    written: list[str] = []
    path: list[tuple[Mark, str]] = []
    for run in (*rich.runs, Run("")):
        same = common(path, run.marks)
        while len(path) > same:
            written.append(path.pop()[1])
        for mark in run.marks[same:]:
            before, after = sides(mark, [open_ for open_, _ in path], rich, format_)
            written.append(before)
            path.append((mark, after))
        written.append(format_.escape(run.text))

    return "".join(written)


def common(path: list[tuple[Mark, str]], marks: tuple[Mark, ...]) -> int:
    """
    How many marks at the front of both are the very same.
    """
    count = 0
    for (open_, _), mark in zip(path, marks, strict=False):
        if open_ is not mark:
            break
        count += 1

    return count


def sides(mark: Mark, outer: list[Mark], rich: RichText, format_: Format) -> tuple[str, str]:
    """
    What stands before and after a mark, given the marks around it.
    """
    if mark.kind in {"quotes", "single-quotes"}:
        before, after = quotes(mark, outer, rich.quotes)
        return format_.escape(before), format_.escape(after)
    if mark.kind == "nodecor":
        return upright(outer, format_)
    value = mark.value
    around = [open_.value for open_ in outer if open_.kind == mark.kind]
    current = flipped(around)
    if value == "normal" and current == "normal":
        return "", ""
    if value == current and mark.kind in FLIPPING:
        value = "normal"

    return format_.around.get((mark.kind, value), ("", ""))


def quotes(mark: Mark, outer: list[Mark], marks: QuoteMarks) -> tuple[str, str]:
    """
    The quotation marks for a mark by its depth.

    Curly ones in data stay as they are, unless the language quotes with them.
    """
    if not is_levelled(mark, marks):
        return ("“", "”") if mark.kind == "quotes" else ("‘", "’")
    depth = sum(is_levelled(open_, marks) for open_ in outer)

    return marks[2:] if depth % 2 else marks[:2]


def is_levelled(mark: Mark, marks: QuoteMarks) -> bool:
    """
    Whether the mark is a quotation mark of the language, whose form depends on its depth.
    """
    if mark.kind == "quotes":
        return not mark.value or mark.value == marks.open

    return mark.kind == "single-quotes" and marks.open == "‘"


def upright(outer: list[Mark], format_: Format) -> tuple[str, str]:
    """
    What takes all formatting around off a stretch of text.
    """
    before = after = ""
    for kind in sorted(FLIPPING):
        values = [open_.value for open_ in outer if open_.kind == kind]
        if flipped(values) != "normal":
            opening, closing = format_.around.get((kind, "normal"), ("", ""))
            before, after = before + opening, closing + after

    return before, after


def flipped(values: list[str]) -> str:
    """
    What formatting of one kind is in force after *values*, outermost first.
    """
    current = "normal"
    for value in values:
        current = "normal" if value == current else value

    return current


FLIPPING: Final = frozenset({"font-style", "font-weight", "font-variant"})

HTML_ESCAPES: Final = str.maketrans({"&": "&#38;", "<": "&#60;", ">": "&#62;"})

MARKDOWN_SPECIAL: Final = re.compile(
    # An entity may go on in the next run.
    r"[\\`*_{}\[\]<>~|^$]|(?<!\w)#|!(?=\[)|&(?=#?\w*(?:;|$))"
)

LATEX_ESCAPES: Final = str.maketrans(
    {
        "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
        "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", "\\": r"\textbackslash{}",
        "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
        '"': r"\textquotedbl{}", "`": r"\textasciigrave{}", "\u00a0": "~",
    }
)  # fmt: skip


#: What makes a list, a rule or a heading of a whole line.
MARKDOWN_START: Final = re.compile(r"\A\s*(?:\d+(?=[.)])|(?=[-+=]))")

#: Line breaks come from styles only, and a blank line ends a paragraph.
BREAK: Final = re.compile(r"[\r\n]+")


def escape_markdown(text: str) -> str:
    """
    *text* with a backslash before each character that Markdown could read.
    """
    return MARKDOWN_SPECIAL.sub(r"\\\g<0>", BREAK.sub(" ", text))


def escape_latex(text: str) -> str:
    """
    *text* with each special character as a command, and hyphens in a row kept from becoming a dash.
    """
    return re.sub("-(?=-)", "-{}", BREAK.sub(" ", text).translate(LATEX_ESCAPES))


def span(property_: str, value: str) -> tuple[str, str]:
    """
    An HTML span with one style property.
    """
    return f'<span style="{property_}:{value};">', "</span>"


def block(name: str) -> tuple[str, str]:
    """
    An HTML division of the class that readers of CSL output know.
    """
    return f'<div class="csl-{name}">', "</div>"


#: Parts that HTML sets apart, in a single line.
IN_LINE: Final = {
    ("display", "left-margin"): ("", " "),
    ("display", "block"): ("", " "),
    ("display", "indent"): (" ", ""),
}

PLAIN: Final = Format(str, IN_LINE)

HTML: Final = Format(
    lambda text: text.translate(HTML_ESCAPES),
    {
        ("font-style", "italic"): ("<i>", "</i>"),
        ("font-style", "oblique"): ("<em>", "</em>"),
        ("font-style", "normal"): span("font-style", "normal"),
        ("font-variant", "small-caps"): span("font-variant", "small-caps"),
        ("font-variant", "normal"): span("font-variant", "normal"),
        ("font-weight", "bold"): ("<b>", "</b>"),
        ("font-weight", "light"): span("font-weight", "light"),
        ("font-weight", "normal"): span("font-weight", "normal"),
        ("text-decoration", "underline"): span("text-decoration", "underline"),
        ("vertical-align", "sup"): ("<sup>", "</sup>"),
        ("vertical-align", "sub"): ("<sub>", "</sub>"),
        ("vertical-align", "baseline"): span("baseline", "normal"),
        ("display", "block"): block("block"),
        ("display", "left-margin"): block("left-margin"),
        ("display", "right-inline"): block("right-inline"),
        ("display", "indent"): block("indent"),
    },
)

MARKDOWN: Final = Format(
    escape_markdown,
    {
        **IN_LINE,
        ("font-style", "italic"): ("*", "*"),
        ("font-style", "oblique"): ("*", "*"),
        # Markdown has no way out of italics but HTML's.
        ("font-style", "normal"): span("font-style", "normal"),
        ("font-variant", "small-caps"): span("font-variant", "small-caps"),
        ("font-variant", "normal"): span("font-variant", "normal"),
        ("font-weight", "bold"): ("**", "**"),
        ("font-weight", "normal"): span("font-weight", "normal"),
        ("vertical-align", "sup"): ("<sup>", "</sup>"),
        ("vertical-align", "sub"): ("<sub>", "</sub>"),
    },
)

LATEX: Final = Format(
    escape_latex,
    {
        **IN_LINE,
        ("font-style", "italic"): ("\\textit{", "}"),
        ("font-style", "oblique"): ("\\textsl{", "}"),
        ("font-style", "normal"): ("\\textup{", "}"),
        ("font-variant", "small-caps"): ("\\textsc{", "}"),
        ("font-variant", "normal"): ("\\textup{", "}"),
        ("font-weight", "bold"): ("\\textbf{", "}"),
        ("font-weight", "normal"): ("\\textmd{", "}"),
        ("text-decoration", "underline"): ("\\underline{", "}"),
        ("vertical-align", "sup"): ("\\textsuperscript{", "}"),
        ("vertical-align", "sub"): ("\\textsubscript{", "}"),
    },
)

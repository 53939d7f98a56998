"""
Values that nobody should send, and what the output must look like all the same.
"""

from __future__ import annotations

import collections
import re
from html.parser import HTMLParser

from dateline.csl import CslError


def nested(depth):
    """
    A list in a list and so on, deeper than Python prints.
    """
    value = []
    for _ in range(depth):
        value = [value]

    return value


#: Texts that have a meaning in some format, or none in any.
TEXTS = [
    "",
    " \t\n\u2028",
    "<script>alert('x')</script>",
    "</i></b></span></div>",
    "<i><b>both</i></b>",
    "<i>open",
    '<span class="nocase">a <sc>b</sc></span> <img src=x onerror="y">',
    '<span class="nodecor" onclick="x">a</span>',
    '&<span class="nocase">lt;</span>script>',
    "<i>" * 200,
    "<i>a<b>" * 100 + "</b></i>" * 100,
    "<!-- a --> <![CDATA[b]]> <?php c ?>",
    "&lt;script&gt; &#60;b&#62; &amp;",
    "“‘\"'’”" * 50,
    "'\"'\"' don't \"",
    "\\input{/etc/hosts} \\\\ $x^2_1$ 5% of #1 & {} ~ `a' ``b'' -- ---",
    "[a](javascript:x) ![b](c) **d** _e_ `f` ~~g~~ | h | <https://i> \\*",
    "# Heading",
    "- item",
    "1. item",
    "---",
    "===",
    "\u202eright\u202c to \u2066left\u2069",
    "\x00\x07\x1b[31m\x7f\x85\ue000\U000e0041\U000f0000\ufeff\ufffa",
    "\ud800 lone \udfff",
    "\U0001f1fa\U0001f1e6 e\u0301\u0301\u0301 \u0301",
    "\u0661\u0662 \u00b2 \u2167",
    "9" * 5_000,
    f"{'1' * 5_000}-{'2' * 5_000}",
    "1-" * 500,
    "a-" * 500,
    "." * 500,
    ", " * 500,
    "Mc'-" * 200,
    "May 17, " + "1" * 5_000,
    "a" * 1_000_000,
]

#: What is no text.
OTHERS = [
    None, True, False, 0, -1, 2.5, float("nan"), float("inf"), 10**30,
    [], {}, [[]], [None], [{}], {"a": 1}, [1, 2], (1, 2), {1, 2}, range(3), b"bytes",
    object(), collections.deque([[2020]]),
]  # fmt: skip

#: What Python itself does not print.
UNPRINTABLE = [10**5_000, nested(5_000)]

VALUES = [*TEXTS, *OTHERS, *UNPRINTABLE]

#: Tags and attributes of our HTML (and of Markdown, for which there is no other way).
EMITTED = re.compile(
    r"(?:i|b|em|sup|sub)"
    r"|span style=font-(?:style|weight|variant):(?:normal|small-caps|light);"
    r"|span style=text-decoration:underline;|span style=baseline:normal;"
    r"|div class=csl-(?:block|left-margin|right-inline|indent)"
)

LATEX_EMITTED = re.compile(
    r"\\[&%$#_{}]"
    r"|\\text(?:backslash|asciitilde|asciicircum|asciigrave|less|greater|bar|quotedbl)\{\}|-\{\}|~"
    r"|\\text(?:it|sl|up|sc|bf|md|superscript|subscript)\{|\\underline\{|\}"
)


class Tags(HTMLParser):
    """
    Reads HTML as a browser does, and keeps tags, text and whatever else there is.
    """

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text, self.others = [], [], [], []
        self.handle_decl = self.unknown_decl = self.handle_pi = self.handle_comment = self.others.append

    def handle_starttag(self, tag, attrs):
        """
        A tag begins.
        """
        self.open.append(tag)
        self.seen.append(" ".join([tag, *(f"{name}={value}" for name, value in attrs)]))

    def handle_endtag(self, tag):
        """
        The innermost tag ends, and no other.
        """
        assert tag == self.open.pop()

    def handle_data(self, data):
        """
        Text between tags.
        """
        self.text.append(data)


def read_html(html):
    """
    The parser after the last character.
    """
    tags = Tags()
    tags.feed(html)
    tags.close()

    return tags


def assert_harmless(rich):
    """
    Whatever was put in, nothing has come out but text and the formatting that we know.
    """
    tags = read_html(rich.html())

    assert [] == tags.open
    assert [] == tags.others
    assert [] == [tag for tag in tags.seen if not EMITTED.fullmatch(tag)]
    latex = rich.latex()
    assert latex.replace("\\{", "").count("{") == latex.replace("\\}", "").count("}")
    assert not re.search(r'[\\&%$#_{}^~"<>|`\n]', LATEX_EMITTED.sub("", latex))
    for text in (str(rich), latex, rich.html(), rich.markdown()):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)


def assert_survives(render):
    """
    What *render* returns is harmless, or it raises a typed error that can be printed.
    """
    message, made = "an error has a message", ()
    try:
        made = render()
    except CslError as error:
        message = str(error)
    assert message
    for rich in made:
        assert_harmless(rich)


def assert_item_survives(style, item):
    """
    The same for a cite and an entry.
    """
    assert_survives(lambda: [style.cite([item]), *style.bibliography([item])])

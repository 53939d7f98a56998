"""
Invented records whose every text is one that some format takes for something else.
"""

from __future__ import annotations

from dateline.corpus import Corpus
from dateline.descriptions import Description
from dateline.ids import DatasetName, Pin, Version
from dateline.records import Credit, Topic
from dateline.testing import make_article, tiny_corpus


#: A word that no format has a use for, in place of a hostile text.
HARMLESS = "Harmless"

#: Each is legal as a headline, an outlet's or a person's name, a topic or a statement.
TEXTS = (
    "50% & $x^2$ #1 a_b ~c {open} ^d \\e",
    "\\input{/etc/passwd} \\write18{ls} \\csname x\\endcsname",
    "lone { brace",
    "lone } brace",
    "\\} \\{ } {",
    "} @misc{evil, title = {x}",
    "\"double\" and 'single' and 7\" and rock 'n' roll",
    "’tis the dogs' “day” ``so'' ‹x›",
    "grave ` and acute ´ and ?` !` signs",
    "dashes -- and --- and – and —",
    "ligatures << >> ,, '' fi ffl",
    "^^M and ^^5c and %0a",
    "Two\r\nlines\u2028and\u0085more",
    "Rain\r\nER  - \r\nTY  - BOOK\r\nTI  - evil",
    "<i>tag</i> <script>alert(1)</script> &amp;&#38;<!-- --> ]]>",
    '</title></record><record><title>x <![CDATA[x]]> <!DOCTYPE x [<!ENTITY y "z">]> &y;',
    "key: value # comment - {a: [b, *c, &d]} !!python/object:os.system | > @",
    "...\n---\ntitle: evil",
    "no",
    "null",
    "1e3",
    "2022-03-02",
    "a=b, c=d and others",
    "and others",
    "Київ та Харків під обстрілом",
    "北京 キーウ שלום سلام",
    "Škoda façade naïve Łódź Đorđe ß ĳ ǆ",
    "BBC and NATO say McDonald is in iPhone at 7A",
    "50 % of 100 % [VIDEO] (updated) * / :;,. ? !",
    "\U0001f4f0 \u202eabc\u202c \x1b[2J \x00 \u2066x\u2069 \ufeff",
    "\\begin{document} \\end{document} % \\endinput",
    "|pipes| a|b",
    "7 =cmd|' /C calc'!A0",
    "</script><script>alert(1)</script>",
    "'); DROP TABLE claims; --",
    "tab\tand, comma; and\nER  - \nline",
)

URL = "https://example.org/~a/{b}\\c?d=%20&e=_f$#g'h^^M`\u202e"


def article(number, text):
    """
    An article that has *text* wherever text can stand.
    """
    return make_article(
        id=f"hostile-{number:02}",
        headline=text,
        publisher=Credit(name=text),
        bylines=(Credit(name=text), Credit(name="x", family=text, given="Ana")),
        topics=(Topic(code="medtop:20000337", label=text),),
        url=URL,
    )


def corpus(*texts):
    """
    A dataset with an article for each of the *texts*, the first of which it is described by.
    """
    articles = tuple(article(number, text) for number, text in enumerate(texts))
    entities = tuple(tiny_corpus().entities.values())
    pin = Pin(DatasetName("hostile"), Version("1.0.0"), Corpus.of(articles, entities).digest)
    description = Description(
        name=DatasetName("hostile"),
        title=texts[0],
        description="Invented.",
        licence="CC-BY-4.0",
        creators=(texts[0],),
        released="2021-04-01",
        keywords=(texts[0],),
    )

    return Corpus.of(articles, entities, pin=pin, description=description)

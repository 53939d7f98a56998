"""
One style in many hands at once.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from dateline.csl import Cite, Style
from dateline.csl.bundled import bundled_style
from dateline.styles import names


THREADS = 8

#: Renderings in each style, and how many of them are different.
RENDERINGS = 250
DIFFERENT = 125

#: People and years that repeat, so that cites have to be told apart.
ITEMS = [
    {
        "id": str(number),
        "type": ("webpage", "article-newspaper", "dataset", "report")[number % 4],
        "title": f"A <i>title</i> {number} of 'some' kind",
        "author": [{"family": "Noor", "given": "Ada"[: number % 4]}, {"literal": f"Desk {number % 3}"}],
        "issued": {"date-parts": [[2000 + number % 5, 1 + number % 12]]},
        "URL": f"https://example.org/{number}",
    }
    for number in range(60)
]


@pytest.fixture(autouse=True)
def eager():
    """
    Let threads take turns far more often than usual.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def rendering(style, number):
    """
    One of several kinds of rendering, in all formats.
    """
    items = ITEMS[number % 50 : number % 50 + 1 + number % 4]
    if number % 3 == 0:
        made = style.bibliography(items)
    elif number % 3 == 1:
        made = (style.cite([Cite(items[0], locator=str(number)), *items[1:]], among=ITEMS[:5]),)
    else:
        made = style.citations([items, items[:1], items[:1]])

    return [(str(each), each.html(), each.markdown(), each.latex()) for each in made]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["apa", "chicago-notes-bibliography"])
def test_many_threads_print_what_one_does(name):
    """
    Entries and cites of mixed items are the same from eight threads as from one.
    """
    style = Style.bundled(name)
    expected = [rendering(style, number) for number in range(DIFFERENT)]
    with ThreadPoolExecutor(THREADS) as pool:
        actual = list(pool.map(lambda number: rendering(style, number % DIFFERENT), range(RENDERINGS)))

    assert expected * (RENDERINGS // DIFFERENT) == actual


@pytest.mark.parametrize("name", names())
def test_a_style_compiled_by_many_threads_at_once_is_the_same(name):
    """
    Threads that meet at the compiler each get a whole style.
    """
    expected = rendering(Style.bundled(name), 3)
    xml = bundled_style(name).replace("</style>", "<!-- not compiled before --></style>")
    barrier = Barrier(THREADS)

    def compile_and_render(_):
        barrier.wait()
        return rendering(Style.parse(xml), 3)

    with ThreadPoolExecutor(THREADS) as pool:
        actual = list(pool.map(compile_and_render, range(THREADS)))

    assert [expected] * THREADS == actual

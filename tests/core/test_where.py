"""
Predicates: the laws by which they combine, what they refuse, and how they are written and read back.
"""

from __future__ import annotations

import functools
import pickle
from decimal import Decimal

import pytest
import strategies as make
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from dateline import where
from dateline.errors import (
    AmbiguousTruth,
    DatelineError,
    InvalidPredicate,
    InvalidValue,
    UnprintablePredicate,
)
from dateline.names import ONLY_IDS
from dateline.predicates import And, ClaimLeaf, Leaf, Not, Or, Predicate, as_predicate, together
from dateline.records import Article


#: For each word a predicate and its written form.
WRITTEN = [
    (where.id("a", "a/c01"), "where.id('a', 'a/c01')"),
    (where.published(), "where.published()"),
    (where.published(since="2022", until="2022-11", certainly=True), "where.published(since='2022', until='2022-11', certainly=True)"),  # noqa: E501 - a row of a table
    (where.said(until="2022-03-02"), "where.said(until='2022-03-02')"),
    (where.happened(since="2022"), "where.happened(since='2022')"),
    (where.place("Kherson"), "where.place('Kherson')"),
    (where.mentions("it's", 'a "b"'), "where.mentions(\"it's\", 'a \"b\"')"),
    (where.about("a\nb"), "where.about('a\\nb')"),
    (where.claimant("\u202e"), "where.claimant('\\u202e')"),
    (where.publisher("Київ"), "where.publisher('Київ')"),
    (where.language("en", "uk"), "where.language('en', 'uk')"),
    (where.topic("war"), "where.topic('war')"),
    (where.kind("control", "aid"), "where.kind('control', 'aid')"),
    (where.stance("denies"), "where.stance('denies')"),
    (where.quantity(unit="day", at_least=-1000, at_most="2.50"), "where.quantity(unit='day', at_least='-1000', at_most='2.5')"),  # noqa: E501 - a row of a table
    (where.contains("x"), "where.contains('x')"),
    (where.basis("stated", field="said"), "where.basis('stated', field='said')"),
    (where.any_claim(where.id("a") & where.id("b")), "where.any_claim(where.id('a') & where.id('b'))"),
    (where.any_claim(where.id("a"), where.id("b")), "where.any_claim(where.id('a'), where.id('b'))"),
    (where.id("a") & where.id("b") & where.id("c"), "where.id('a') & where.id('b') & where.id('c')"),
    (where.id("a") | where.id("b") & where.id("c"), "where.id('a') | where.id('b') & where.id('c')"),
    ((where.id("a") | where.id("b")) & where.id("c"), "(where.id('a') | where.id('b')) & where.id('c')"),
    (~(where.id("a") & where.id("b")), "~(where.id('a') & where.id('b'))"),
    (~(where.id("a") | where.id("b")), "~(where.id('a') | where.id('b'))"),
    (~~where.id("a") & ~where.id("b"), "~~where.id('a') & ~where.id('b')"),
]  # fmt: skip

#: Texts that are no predicate, and what is said of each.
HOSTILE = [
    ("", "is not written as one"),
    ("where", "may only hold predicates joined by & | ~"),
    ("where.place", "may only hold predicates joined by & | ~"),
    ("1", "may only hold predicates joined by & | ~"),
    ("'where.id(1)'", "may only hold predicates joined by & | ~"),
    ("True", "may only hold predicates joined by & | ~"),
    ("where.id('a') and where.id('b')", "may only hold predicates joined by & | ~"),
    ("not where.id('a')", "may only hold predicates joined by & | ~"),
    ("-where.id('a')", "may only hold predicates joined by & | ~"),
    ("where.id('a') ^ where.id('b')", "may only hold predicates joined by & | ~"),
    ("where.id('a') == where.id('a')", "may only hold predicates joined by & | ~"),
    ("where.id('a') if 1 else where.id('b')", "may only hold predicates joined by & | ~"),
    ("[where.id('a')]", "may only hold predicates joined by & | ~"),
    ("(where.id('a'),)", "may only hold predicates joined by & | ~"),
    ("(x := where.id('a'))", "may only hold predicates joined by & | ~"),
    ("lambda: where.id('a')", "may only hold predicates joined by & | ~"),
    ("[where.id('a') for x in y]", "may only hold predicates joined by & | ~"),
    ("(lambda: 1)()", "may only call the words of dateline.where"),
    ("__import__('os').system('false')", "may only call the words of dateline.where"),
    ("where.os.system('false')", "may only call the words of dateline.where"),
    ("where.id('a').on_articles()", "may only call the words of dateline.where"),
    ("dateline.where.id('a')", "may only call the words of dateline.where"),
    ("there.id('a')", "may only call the words of dateline.where"),
    ("where['id']('a')", "may only call the words of dateline.where"),
    ("where.id('a')('b')", "may only call the words of dateline.where"),
    ("await where.id('a')", "may only hold predicates joined by & | ~"),
    ("eval('1')", "there is no 'eval'"),
    ("__import__('os')", "there is no '__import__'"),
    ("where.__init__('os')", "there is no '__init__'"),
    ("where.parse('where.id(1)')", "there is no 'parse'"),
    ("where.ast('a')", "there is no 'ast'"),
    ("where.Decimal('1')", "there is no 'Decimal'"),
    ("where.id(__import__('os').system('false'))", "may only hold text, whole numbers, True, False and None as values"),  # noqa: E501 - a row of a table
    ("where.id(x)", "may only hold text, whole numbers, True, False and None as values"),
    ("where.id('a' + 'b')", "may only hold text, whole numbers, True, False and None as values"),
    ("where.id('a' * 99999999)", "may only hold text, whole numbers, True, False and None as values"),
    ("where.id(9 ** 9 ** 9)", "may only hold text, whole numbers, True, False and None as values"),
    ("where.id(f'{1}')", "may only hold text, whole numbers, True, False and None as values"),
    ("where.id(b'a')", "may only hold text, whole numbers, True, False and None as values"),
    ("where.id(*['a'])", "may only hold text, whole numbers, True, False and None as values"),
    ("where.id(['a'])", "may only hold text, whole numbers, True, False and None as values"),
    ("where.quantity(at_least=1.5)", "may only hold text, whole numbers, True, False and None as values"),
    ("where.quantity(at_least=-1)", "may only hold text, whole numbers, True, False and None as values"),
    ("where.quantity(**{'unit': 'a'})", "may only hold text, whole numbers, True, False and None as values"),
    ("where.quantity(**None)", "quantity does not take these arguments"),
    ("where.quantity('day')", "quantity does not take these arguments"),
    ("where.published(when='2022')", "published does not take these arguments"),
    ("where.id('a', field='b')", "id does not take these arguments"),
    ("where.any_claim(where.id('a'), field='b')", "any_claim does not take these arguments"),
    ("where.published(since='2022', since='2023')", "published is given an argument twice"),
    ("where.any_claim('a')", "may only hold predicates joined by & | ~"),
    ("where.any_claim(lambda claim: True)", "may only hold predicates joined by & | ~"),
    ("where.id('a') where.id('b')", "is not written as one"),
    ("where.id('a'); where.id('b')", "is not written as one"),
    ("x = where.id('a')", "is not written as one"),
    ("import os", "is not written as one"),
    ("where.id('a", "is not written as one"),
    ("where.id('\x00')", "is not written as one"),
    ("\ud800", "is not written as one"),
    ("(" * 300 + "where.id('a')" + ")" * 300, "is not written as one"),
    ("~" * 9000 + "where.id('a')", "is not written as one"),
    ("~" * 900 + "where.id('a')", "must not nest deeper than 100"),
    ("~" * 100 + "where.id('a')", "must not nest deeper than 100"),
    ("where.any_claim(" * 60 + "~" * 50 + "where.id('a')" + ")" * 60, "must not nest deeper than 100"),
    ("where.id('" + "a" * 10_000 + "')", "must be text of at most 10000 characters"),
    (" " * 10_001, "must be text of at most 10000 characters"),
    ("where.id()", "where.id must name at least one value, got ()"),
    ("where.id('A')", "article id must look like 'kherson-seized', got 'A'"),
    ("where.id('place/a')", "claim id must look like 'kherson-seized/c01', got 'place/a'"),
    ("where.id(5)", "article id must look like 'kherson-seized', got 5"),
    ("where.place(None)", "where.place must be given text that is not blank, got None"),
    ("where.place(' ')", "where.place must be given text that is not blank, got ' '"),
    ("where.contains('')", "where.contains must be given text that is not blank, got ''"),
    ("where.published(since=2022)", "bound of a range of dates must look like '2022', '2022-11' or '2022-11-30', got 2022"),  # noqa: E501 - a row of a table
    ("where.published(since='2022~')", "bound of a range of dates must have no qualifier, got '2022~'"),
    ("where.said(since='2023', until='2022')", "where.said must not end before it begins, got '2023, 2022'"),
    ("where.said(certainly=5)", "certainly of where.said must be True or False, got 5"),
    ("where.quantity(unit=5)", "unit of where.quantity must be text that is not blank, got 5"),
    ("where.quantity(unit='')", "unit of where.quantity must be text that is not blank, got ''"),
    ("where.quantity(at_least=True)", "limit of a quantity must be a decimal number, got True"),
    ("where.quantity(at_least='much')", "limit of a quantity must be a decimal number, got 'much'"),
    ("where.quantity(at_least='NaN')", "limit of a quantity must be a decimal number, got 'NaN'"),
    ("where.quantity(at_most='-Infinity')", "limit of a quantity must be a decimal number, got '-Infinity'"),
    ("where.quantity(at_most='1E+999999999')", "limit of a quantity must be a decimal number, got '1E+999999999'"),  # noqa: E501 - a row of a table
    ("where.quantity(at_least=2, at_most='1.5')", "where.quantity must end where it begins or above, got '2, 1.5'"),  # noqa: E501 - a row of a table
    ("where.basis('stated', field='hapened')", "field of where.basis must be one with a source, such as 'happened', got 'hapened'"),  # noqa: E501 - a row of a table
    ("where.basis('stated', field='revision')", "field of where.basis must be one with a source, such as 'published', got 'revision'"),  # noqa: E501 - a row of a table
    ("where.basis('stated', field='x')", "field of where.basis must be one with a source, such as 'published', got 'x'"),  # noqa: E501 - a row of a table
    ("where.basis('stated', field=5)", "field of where.basis must be text that is not blank, got 5"),
    ("where.basis('guessed')", "basis must be one of stated, inferred, looked_up, curated, absent, unknown, got 'guessed'"),  # noqa: E501 - a row of a table
    ("where.kind()", "where.kind must name at least one value, got ()"),
    ("where.kind(None)", None),
    ("where.any_claim()", "where.any_claim must be given at least one predicate, got ()"),
]  # fmt: skip


@pytest.mark.parametrize(("predicate", "text"), WRITTEN, ids=[text for _, text in WRITTEN])
def test_a_predicate_is_written_as_it_is_made(predicate, text):
    """
    The repr of a predicate is the code that makes it, and reading it gives an equal one.
    """
    assert text == repr(predicate) == predicate.written()
    assert predicate == where.parse(text)
    assert hash(predicate) == hash(where.parse(text))
    assert predicate == eval(text, {"where": where})  # noqa: S307 - written in this file


def test_every_word_is_tested():
    """
    No predicate of the module is left out above.
    """
    assert {kind.word for kind in leaf_classes(Leaf)} == {
        text.split("(")[0].removeprefix("where.") for _, text in WRITTEN if text.startswith("where.")
    }


def leaf_classes(kind):
    """
    The classes of predicates that have a word.
    """
    found = [kind] if "word" in vars(kind) else []

    return found + [leaf for below in kind.__subclasses__() for leaf in leaf_classes(below)]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("place('a')", "where.place('a')"),
        ("  where . place ( 'a' )  ", "where.place('a')"),
        ("where.place('a'\n)", "where.place('a')"),
        ("where.place('a' 'b')", "where.place('ab')"),
        ("((where.place('a')))", "where.place('a')"),
        ("id('a') & (id('b') & id('c'))", "id('a') & id('b') & id('c')"),
        ("id('a') | (id('b') | id('c'))", "id('a') | id('b') | id('c')"),
        ("where.quantity(at_least=5)", "where.quantity(at_least='5.0')"),
        ("where.quantity(unit=None)", "where.quantity()"),
        ("where.published(certainly=False)", "where.published()"),
    ],
)
def test_predicates_are_equal_by_their_written_form(text, same):
    """
    Spaces, needless brackets and defaults do not count.
    """
    assert where.parse(text) == where.parse(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("id('a') & id('b')", "id('b') & id('a')"),
        ("id('a') & id('b')", "id('a') | id('b')"),
        ("id('a', 'b')", "id('b', 'a')"),
        ("~~id('a')", "id('a')"),
        ("place('a')", "about('a')"),
        ("said()", "happened()"),
        ("any_claim(id('a') & id('b'))", "any_claim(id('a'), id('b'))"),
        ("published(since='2022')", "published(since='2022-01')"),
    ],
)
def test_predicates_written_otherwise_differ(one, other):
    """
    Equality is of the written form, not of what is kept.
    """
    assert where.parse(one) != where.parse(other)


@pytest.mark.parametrize(
    ("text", "problem"), HOSTILE, ids=[repr(text)[:50] + str(len(text or "")) for text, _ in HOSTILE]
)
def test_what_is_no_predicate_is_refused(text, problem):
    """
    Nothing but the words of the module, joined by & | ~, is read, and nothing is run.
    """
    with pytest.raises(InvalidPredicate) as caught:
        where.parse(text)

    assert problem in (None, caught.value.problem)
    assert len(str(caught.value)) < 300


def test_a_misspelt_word_has_near_ones():
    """
    A slip of the pen is answered with the nearest words.
    """
    with pytest.raises(InvalidPredicate, match="there is no 'plaice'; did you mean 'place'"):
        where.parse("where.plaice('a') & where.id('a')")


@pytest.mark.properties
@given(st.text(alphabet="where.id('a')|&~ ,=any_claim", max_size=40) | st.text(max_size=20))
@pytest.mark.filterwarnings("ignore")
def test_any_text_is_a_predicate_or_refused(text):
    """
    Whatever the text, the only error is that it is no predicate.
    """
    try:
        predicate = where.parse(text)
    except InvalidPredicate:
        return

    assert predicate == where.parse(predicate.written())


def test_as_many_predicates_as_fit_are_read():
    """
    A long row of predicates is no deep one.
    """
    for join in ("&", "|"):
        text = join.join(["id('a')"] * 1200)
        predicate = where.parse(text)
        assert 1200 == len(predicate.inner())
        assert where.parse("~" * 97 + f"({text})").inner()


@pytest.mark.properties
@given(make.corpora_with_predicates(count=2))
def test_a_predicate_survives_printing(corpus_and_predicates):
    """
    Reading a written predicate gives an equal one, which is written alike; pickling, too.
    """
    for predicate in corpus_and_predicates[1:]:
        again = where.parse(predicate.written())
        assert (predicate, hash(predicate), repr(predicate)) == (again, hash(again), repr(again))
        assert predicate == pickle.loads(pickle.dumps(predicate))  # noqa: S301


@pytest.mark.properties
@given(make.corpora_with_predicates(count=2, least=2))
def test_filters_combine(corpus_and_predicates):
    """
    One filter after another is their conjunction, for articles and for claims.
    """
    corpus, p, q = corpus_and_predicates
    for records in (corpus, corpus.claims):
        both = list(records.filter(p & q))
        assert both == list(records.filter(p).filter(q)) == list(records.filter(p, q))
        assert both == [id for id in records.filter(p) if id in records.filter(q)]
        assert list(records.filter(p | q)) == [
            id for id in records if id in records.filter(p) or id in records.filter(q)
        ]


@pytest.mark.properties
@given(make.corpora_with_predicates(count=1, least=2))
def test_a_predicate_parts_the_corpus(corpus_and_predicate):
    """
    Each record is kept by a predicate or by its contrary, by one of the two, in order.
    """
    corpus, p = corpus_and_predicate
    for records in (corpus, corpus.claims):
        kept, rest = list(records.filter(p)), list(records.filter(~p))
        assert set(kept).isdisjoint(rest)
        assert sorted([*kept, *rest]) == sorted(records)
        assert kept == [id for id in records if id in kept]
        assert kept == list(records.filter(~~p)) == list(records.filter(p & p)) == list(records.filter(p | p))


@pytest.mark.properties
@given(make.corpora_with_predicates(count=3, least=2))
def test_the_laws_of_boole_and_de_morgan(corpus_and_predicates):
    """
    Conjunction and disjunction commute, distribute, and turn into one another when negated.
    """
    corpus, p, q, r = corpus_and_predicates
    for records in (corpus, corpus.claims):

        def kept(predicate, records=records):
            return list(records.filter(predicate))

        assert kept(~(p & q)) == kept(~p | ~q)
        assert kept(~(p | q)) == kept(~p & ~q)
        assert kept(p & q) == kept(q & p)
        assert kept(p & (q | r)) == kept(p & q | p & r)
        assert kept(p | p & q) == kept(p)
        assert kept((p & q) & r) == kept(p & (q & r))


@pytest.mark.properties
@given(make.corpora_with_predicates(count=2, least=2))
def test_any_claim_asks_one_claim(corpus_and_predicates):
    """
    An article is kept by ``any_claim`` if one of its claims is kept by all that it holds.
    """
    corpus, p, q = corpus_and_predicates
    articles = {id.partition("/")[0] for id in corpus.claims.filter(p & q)}

    assert articles == set(corpus.filter(where.any_claim(p, q))) == set(corpus.filter(where.any_claim(p & q)))
    assert set(corpus.claims.filter(where.any_claim(p & q))) == {
        claim.id for id in articles for claim in corpus[id].claims
    }


def test_rows_are_flat():
    """
    A row of three is equal however it is bracketed, and has three parts.
    """
    a, b, c = (where.id(id) for id in "abc")

    assert And((a, b, c)) == (a & b) & c == a & (b & c) == together([a & b, c]) == together([a, b, c])
    assert Or((a, b, c)) == (a | b) | c == a | (b | c)
    assert (a, b, c) == (a & b & c).inner()
    assert (a & b, c) == (a & b | c).inner()
    assert (a,) == (~a).inner()
    assert Not(Not(a)) == ~~a
    assert () == a.inner()
    assert a is together([a])


@pytest.mark.parametrize("predicate", [predicate for predicate, _ in WRITTEN], ids=repr)
def test_a_predicate_is_neither_true_nor_false(predicate):
    """
    ``and``, ``or``, ``not`` and ``if`` are refused, since they would drop a predicate.
    """
    for ask in (bool, lambda p: p and p, lambda p: p or p, lambda p: not p, lambda p: 1 if p else 0):
        with pytest.raises(AmbiguousTruth, match=r"has no truth value; combine predicates with & | ~"):
            ask(predicate)


def test_callables_combine_but_cannot_be_written():
    """
    A callable may stand on either side; what holds one cannot be written down.
    """

    def short(record):
        return len(record.id) < 2

    one, other = (Article(id=id, revision=1, status="published") for id in ("a", "aa"))
    leaf = where.id("a", "aa")
    for predicate in (leaf & short, short & leaf, ~(~as_predicate(short) | (lambda _: False)), short | ~leaf):
        assert predicate(one)
        assert not predicate(other)
        with pytest.raises(
            UnprintablePredicate, match="holds a callable, so it can be run but not written down"
        ):
            predicate.written()
        with pytest.raises(InvalidPredicate):
            where.parse(repr(predicate))
    with pytest.raises(UnprintablePredicate):
        where.any_claim(short).written()
    assert "short>" in repr(leaf & short)
    assert leaf & short == leaf & short
    assert leaf & short != leaf & (lambda record: short(record))  # noqa: PLW0108
    assert "<callable bool>" == repr(as_predicate(bool))


def test_a_callable_without_a_name_is_shown_by_its_class():
    """
    An object that can be called is shown as what it is.
    """
    nameless = functools.partial(bool)

    assert "<callable partial>" == repr(as_predicate(nameless))


@pytest.mark.parametrize("value", [None, 1, "where.id('a')", True], ids=repr)
def test_only_predicates_combine(value):
    """
    A predicate joins predicates and callables only, on either side.
    """
    for join in (
        lambda: where.id("a") & value,
        lambda: where.id("a") | value,
        lambda: value & where.id("a"),
        lambda: value | where.id("a"),
        lambda: where.any_claim(value),
    ):
        with pytest.raises(InvalidValue, match=r"predicate must come from dateline\.where or be callable"):
            join()


@pytest.mark.parametrize("kind", [Predicate, ClaimLeaf])
def test_the_bases_hold_for_nothing(kind):
    """
    What is common to predicates is no predicate itself.
    """
    for ask in (kind().on_articles, kind().on_claims):
        with pytest.raises(NotImplementedError):
            ask(ONLY_IDS)


def test_the_base_of_article_leaves_holds_for_nothing():
    """
    A test of articles says itself what it tests.
    """
    from dateline.predicates import ArticleLeaf  # noqa: PLC0415

    with pytest.raises(NotImplementedError):
        ArticleLeaf().test(ONLY_IDS)


def test_a_predicate_does_not_change():
    """
    A predicate is a value.
    """
    with pytest.raises(FrozenInstanceError):
        where.id("a").ids = ("b",)

    assert 2 == len({where.id("a"), where.id("a"), where.id("b")})


@pytest.mark.parametrize("value", [0.1, float("nan"), [], "", "1e", object], ids=repr)
def test_limits_are_decimals(value):
    """
    A float is no limit: it is not the number that was written.
    """
    with pytest.raises(InvalidValue, match="limit of a quantity must be a decimal number"):
        where.quantity(at_least=value)


@pytest.mark.properties
@given(make.decimals())
def test_limits_are_written_in_normal_form(number):
    """
    Equal limits make equal predicates, whatever their zeros.
    """
    predicate = where.quantity(at_least=number)

    assert (
        predicate == where.quantity(at_least=str(number)) == where.quantity(at_least=number * Decimal("1.0"))
    )
    assert "E" not in predicate.written()
    assert predicate == where.parse(predicate.written())


def test_every_refusal_is_ours():
    """
    Whoever catches DatelineError catches all refusals of a predicate.
    """
    assert issubclass(InvalidPredicate, DatelineError)
    assert issubclass(InvalidPredicate, ValueError)
    assert issubclass(AmbiguousTruth, TypeError)

"""
What formats say of their losses is what they do.
"""

from __future__ import annotations

import pickle
import re
from collections import Counter

import pytest
from formats.variations import ALONE, VARIATIONS, made

import dateline
from dateline.errors import NoSuchFormat
from dateline.formats import FORMATS
from dateline.formats.losses import FIELDS, LOSSLESS, Fate
from dateline.formats.reports import LossReport, losses


LOSSY = [name for name, format_ in FORMATS.items() if not format_.lossless]

MADE = made()

# They change with every field, but nobody can read one in them.
DIGEST = re.compile(rb"[0-9a-f]{64}")


def written(corpus, name):
    """
    The bytes of a corpus in a format, or the files of a folder.
    """
    format_ = FORMATS[name]
    for needed in format_.needs:
        pytest.importorskip(needed, reason=f"{needed} is not installed")
    content = (format_.write or format_.write_bytes or format_.write_folder)(corpus)

    return content.encode() if isinstance(content, str) else content


def legible(content):
    """
    An output as one run of bytes, without the digests in it.
    """
    data = content if isinstance(content, bytes) else repr(sorted(content.items())).encode()

    return DIGEST.sub(b"", data)


def found(field, name):
    """
    What becomes of a field, by what comes of other values in it: all told apart, some, or none.
    """
    outputs = Counter(legible(written(corpus, name)) for corpus in (MADE, *VARIATIONS[field]))
    if len(outputs) == 1:
        return {Fate.DROPPED}

    return {Fate.KEPT, Fate.RENAMED} if set(outputs.values()) == {1} else {Fate.COARSENED}


def test_every_field_is_varied():
    """
    There are other values for every field, and none of them is the one that it has.
    """
    assert set(ALONE) == set(VARIATIONS)
    assert [] == [field for field, corpora in VARIATIONS.items() if made() in corpora or len(corpora) < 2]


@pytest.mark.parametrize("field", ALONE)
@pytest.mark.parametrize("name", LOSSY)
def test_a_field_has_the_declared_fate(name, field):
    """
    The output of a lossy format tells all values of a field apart, some of them, or none, as is declared.
    """
    assert losses(name)[field][0] in found(field, name)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - set(LOSSY)))
def test_lossless_formats_give_everything_back(name):
    """
    Whatever stands in a field comes back from a lossless format.
    """
    read = FORMATS[name].read or FORMATS[name].read_folder
    for corpus in (MADE, *(corpora[0] for corpora in VARIATIONS.values())):
        again = read(written(corpus, name), "x")

        assert corpus == again
        assert corpus.digest == again.digest


@pytest.mark.parametrize("name", FORMATS)
def test_only_fields_are_declared(name):
    """
    What is declared are fields of records, and what is not kept as it is has a note.
    """
    declared = FORMATS[name].losses()

    assert set() == set(declared) - set(FIELDS)
    assert [] == [
        field
        for field, (fate, note) in declared.items()
        if fate in {Fate.RENAMED, Fate.COARSENED} and not note
    ]


def test_a_report_is_a_mapping_of_all_fields():
    """
    The report has every field, whether it is declared or not, in the order of the records.
    """
    report = dateline.losses("ris")

    assert FIELDS == tuple(report)
    assert len(FIELDS) == len(report)
    assert (Fate.DROPPED, "") == report["entity.name"]
    assert "article.sail" not in report
    assert dict(LOSSLESS) == dateline.losses("json")


def test_a_report_prints_what_is_lost():
    """
    A report counts, then names each field that is not kept as it is.
    """
    lines = repr(losses("csv-claims")).split("\n")

    assert "<Losses of csv-claims: 11 kept, 1 renamed, 5 coarsened, 30 dropped>" == lines[0]
    assert "claim.relations   coarsened  kind and claim, without the note" in lines
    assert lines[-1].startswith("dropped: article.revision, article.status, ")
    assert "<Losses of jsonl: 47 kept>" == repr(losses("jsonl"))


def test_a_report_is_a_table_in_notebooks():
    """
    In a notebook, a report is a table with a row for each field, in which nothing is markup.
    """
    report = LossReport(format="<i>", rows=(("article.id", Fate.KEPT, "a < b\x07"),))

    assert (
        "<table><caption>Losses of &lt;i&gt;: 1 kept</caption>"
        '<tr><th scope="row">article.id</th><td>kept</td><td>a &lt; b\\x07</td></tr></table>'
    ) == report._repr_html_()


def test_a_report_can_be_pickled():
    """
    A report survives being passed to another process.
    """
    report = losses("csv")

    assert report == pickle.loads(pickle.dumps(report))  # noqa: S301 - made here


def test_an_unknown_format_is_answered_with_the_nearest():
    """
    Whoever mistypes a format's name is told the nearest.
    """
    with pytest.raises(NoSuchFormat, match=r"no format 'rise'; did you mean 'ris'"):
        dateline.losses("rise")

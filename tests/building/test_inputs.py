"""
Files of raw articles: each row once, with its place, or told why not.
"""

from __future__ import annotations

import json
import sys

import pyarrow
import pytest
from building.raw import WRITERS, row, rows
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from dateline.building import Columns, map_batches, read_files
from dateline.building.batches import READ_FILE
from dateline.building.inputs import raw_batches, stretches
from dateline.errors import InvalidDocument, NoSuchFormat, NotRead


def outcomes(path, size=3, columns=Columns()):  # noqa: B008 - frozen
    """
    For each row of a file its place, its id as it came, and its faults.
    """
    return [
        (one["row_number"], one["given_id"], one["faults"])
        for stretch in stretches(path, size)
        for batch in map_batches(raw_batches(stretch, columns), columns=columns)
        for one in batch.to_pylist()
    ]


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_row_is_read_once(tmp_path, suffix):
    """
    However a file is divided, its rows come out once each, in order.
    """
    path = WRITERS[suffix](tmp_path / f"raw{suffix}", rows(25))

    for size in (1, 3, 10, 100):
        assert [name for _, name, _ in outcomes(path, size)] == [one["id"] for one in rows(25)]
        assert sum(stretch.rows for stretch in stretches(path, size)) == 25


def test_the_formats_say_the_same(tmp_path):
    """
    The same rows make the same records, whatever they come from.
    """
    paths = [write(tmp_path / f"raw{suffix}", rows(12)) for suffix, write in WRITERS.items()]
    made = [
        [one for batch in map_batches(read_files([path])) for one in batch["record"].to_pylist()]
        for path in paths
    ]

    assert made[0] == made[1] == made[2]
    assert None not in made[0]


def test_rows_of_json_lines_are_told_by_their_line(tmp_path):
    """
    Blank lines are no rows, and each bad one is told by the number of its line.
    """
    path = tmp_path / "raw.jsonl"
    lines = [
        b'\xef\xbb\xbf{"id": "a", "text": "x"}',
        b"",
        b"{",
        b"[1]",
        b'{"id": "b", "text": "\xe9"}',
        b'{"id": "c", "text": {"a": 1}}',
        b'{"id": 7, "text": "x", "title": null, "score": 0.5}\r',
        b'{"id": "d", "text": "\\ud800"}',
        b"[" * 200_000,
        b'{"id": "e", "text": "x", "author": ["A", 1]}',
        '{"id": "f", "text": "a\u2028b\u0085c", "author": ["A", "B"]}'.encode(),
    ]
    path.write_bytes(b"\n".join(lines))
    found = outcomes(path)

    assert [(number, name) for number, name, faults in found if not faults] == [(1, "a"), (7, "7"), (11, "f")]
    assert [number for number, _, faults in found if faults] == [3, 4, 5, 6, 8, 9, 10]
    assert "must be JSON" in found[1][2][0]
    assert "must be UTF-8, but byte 21 is not" in found[3][2][0]


def test_rows_of_csv_are_told_by_the_line_that_they_begin_on(tmp_path):
    """
    A cell may have line ends, a row may lack cells, text may be no UTF-8; each row has its place.
    """
    path = tmp_path / "raw.csv"
    path.write_bytes(
        b'\xef\xbb\xbfid,text,note\r\na,"two\nlines",\r\n\r\n'
        b'b,x\r\nc,caf\xe9,\r\nd,"say ""hi""",\r\ne,"never closed\n'
    )

    assert [(number, name) for number, name, faults in outcomes(path, 1) if not faults] == [
        (2, "a"),
        (7, "d"),
    ]
    assert [(number, faults) for number, _, faults in outcomes(path, 1) if faults] == [
        (5, ["must have 3 cells like the heading, got 2 @ $"]),
        (6, ["text must be UTF-8, but byte 3 is not, got 'unexpected end of data' @ text"]),
        (8, ["must be CSV: unexpected end of data, in a row that goes on to line 8 @ $"]),
    ]


def test_long_cells_are_read(tmp_path):
    """
    A text may be longer than what the csv module takes by default.
    """
    path = WRITERS[".csv"](tmp_path / "raw.csv", [row(1, text="word " * 50_000)])

    assert outcomes(path) == [(2, "gazette/1", [])]


def test_long_cells_are_read_beside_other_files(tmp_path):
    """
    Of two files that are read by turns neither takes from the other what long cells need.
    """
    long = [row(number, text="word " * 50_000) for number in range(2)]
    first, second = (
        WRITERS[suffix](tmp_path / f"{name}{suffix}", long) for name, suffix in (("a", ".csv"), ("b", ".csv"))
    )
    by_turns = map_batches(read_files([first, second]))
    next(by_turns)
    list(read_files([second]))

    assert 0 == next(by_turns)["record"].null_count


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
@pytest.mark.parametrize("suffix", WRITERS)
def test_names_of_files_need_not_be_text(tmp_path, suffix):
    """
    What is told of a file is its name as far as it is text.
    """
    path = WRITERS[suffix](tmp_path / f"raw{suffix}", rows(2)).rename(tmp_path / f"r\udcffw{suffix}")
    told = [batch.column(READ_FILE)[0].as_py() for batch in read_files([path])]

    assert [str(path).replace("\udcff", "?")] == told


def test_a_damaged_row_group_is_told_row_by_row(tmp_path):
    """
    Rows whose bytes are damaged are faults with their places, and the others are records.
    """
    path = WRITERS[".parquet"](tmp_path / "raw.parquet", rows(30))
    group = parquet.ParquetFile(path).metadata.row_group(1)
    data = bytearray(path.read_bytes())
    start = group.column(1).dictionary_page_offset or group.column(1).data_page_offset
    data[start : start + 40] = b"\xff" * 40
    path.write_bytes(bytes(data))
    found = outcomes(path, 10)

    assert [number for number, _, _ in found] == list(range(1, 31))
    assert [number for number, _, faults in found if faults] == list(range(11, 21))


def test_columns_may_have_other_names(tmp_path):
    """
    The caller says which column holds what.
    """
    path = tmp_path / "raw.jsonl"
    path.write_text(json.dumps({"key": "a", "maintext": "x", "authors": "A"}), encoding="utf-8")
    columns = Columns(id="key", text="maintext", bylines="authors")

    assert outcomes(path, columns=columns) == [(1, "a", [])]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("raw.txt", b"x", NoSuchFormat),
        ("raw", b"x", NoSuchFormat),
        ("raw.parquet", b"x", InvalidDocument),
        ("raw.csv", b"", InvalidDocument),
        # Line ends of old: where rows end would be a guess.
        ("raw.csv", b"id,text\na,b\rc,d\n", InvalidDocument),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path, name, content, error):
    """
    What cannot be divided into rows is refused whole, by name.
    """
    (tmp_path / name).write_bytes(content)

    with pytest.raises(error):
        list(stretches(tmp_path / name))


@pytest.mark.parametrize("name", ["raw.jsonl", "raw\0.jsonl"])
def test_a_missing_file_is_told(tmp_path, name):
    """
    A file that is not there is named.
    """
    with pytest.raises(NotRead, match="raw"):
        list(stretches(tmp_path / name))


def test_files_without_rows_have_no_stretches(tmp_path):
    """
    An empty file has nothing to read.
    """
    (tmp_path / "raw.jsonl").write_bytes(b"\n\n")
    (tmp_path / "raw.csv").write_bytes(b"id,text\n")
    parquet.write_table(pyarrow.table({"id": pyarrow.array([], "string")}), tmp_path / "raw.parquet")

    assert not any(outcomes(path) for path in tmp_path.iterdir())


@pytest.mark.properties
@given(
    st.lists(st.tuples(st.text(), st.text(st.characters(exclude_categories=["Cs"]))), max_size=8),
    st.integers(1, 4),
)
def test_csv_is_divided_between_rows_only(tmp_path_factory, cells, size):
    """
    Whatever stands in cells, the stretches of a file hold its rows, no more, no fewer, each whole.
    """
    path = tmp_path_factory.mktemp("csv") / "raw.csv"
    found = [
        row(number, text=f"x{text}", title=title.encode("utf-8", "replace").decode())
        for number, (title, text) in enumerate(cells)
    ]
    WRITERS[".csv"](path, found)
    read = [
        one["text"]
        for stretch in stretches(path, size)
        for batch in raw_batches(stretch, Columns())
        for one in batch.to_pylist()
    ]

    assert [text.decode() for text in read] == [one["text"] for one in found]


def test_a_quote_that_is_never_closed_hides_no_rows(tmp_path):
    """
    Rows that a stray quote swallows are no text of another article: the row is told, as far as it goes.
    """
    path = tmp_path / "raw.csv"
    path.write_text('id,text\n1,good\n2,"unclosed\n3,hello\n4,wor"ld\n5,again\n')

    for size in (1, 2, 100):
        assert outcomes(path, size) == [
            (2, "1", []),
            (3, None, ["must be CSV: ',' expected after '\"', in a row that goes on to line 5 @ $"]),
            (6, "5", []),
        ]


def test_a_large_row_group_is_several_stretches(tmp_path):
    """
    However a tool has grouped its rows, a stretch has about as many as were asked for, each row once.
    """
    path = tmp_path / "raw.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows(95)), path, row_group_size=70)
    found = list(stretches(path, 20))

    assert [one.rows for one in found] == [18, 18, 18, 16, 25]
    assert [one.number for one in found] == [1, 19, 37, 55, 71]
    assert [number for number, _, _ in outcomes(path, 20)] == list(range(1, 96))
    assert [name for _, name, _ in outcomes(path, 20)] == [one["id"] for one in rows(95)]


def test_small_row_groups_are_gathered(tmp_path):
    """
    Groups that are smaller than a stretch are put together, as many as it has room for.
    """
    path = tmp_path / "raw.parquet"
    found = rows(29)
    with parquet.ParquetWriter(path, pyarrow.Table.from_pylist(found).schema) as out:
        for start, stop in ((0, 4), (4, 8), (8, 15), (15, 25), (25, 29)):
            out.write_table(pyarrow.Table.from_pylist(found[start:stop]))

    assert [one.rows for one in stretches(path, 10)] == [8, 7, 10, 4]
    assert [name for _, name, _ in outcomes(path, 10)] == [one["id"] for one in found]


def test_batches_of_a_row_group_are_cut_to_a_stretch(tmp_path, monkeypatch):
    """
    A stretch may begin and end inside of what is read at a time.
    """
    monkeypatch.setattr("dateline.building.inputs.BATCH", 4)
    path = tmp_path / "raw.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows(30)), path)

    assert [name for _, name, _ in outcomes(path, 10)] == [one["id"] for one in rows(30)]

"""
DuckDB: asked in SQL of Parquet files, and of tables in memory where they lie.

It alone knows duckdb.
"""

from __future__ import annotations

import contextlib
import functools
import glob
import os
import secrets
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import evolve, field, frozen

from dateline.errors import DatelineError, InvalidDocument, MissingExtra, NotRead, shortened
from dateline.frames import sql
from dateline.frames.forms import Form


#: Rows that are held as Python objects at a time.
ROWS: Final = 1_000

#: Files of a table that are asked at a time, where articles and their claims lie side by side.
FILES: Final = 64

#: Makes a frame of the kind that was given, of the rows with some ids.
Back = Callable[[list[str]], Any]


@frozen(eq=False)
class DuckDB:
    """
    Tables that DuckDB reads.
    """

    _connection: Any

    #: What stands after FROM for each table.
    tables: Mapping[str, str]

    #: The same for some files after the other, where articles and their claims are known to lie together.
    #: Asked so, what DuckDB holds does not grow with the files.
    _shares: Sequence[Mapping[str, str]] = ()

    #: Files of a table that may have been written by different packages, and so have different columns.
    _mixed: Mapping[str, Sequence[Path]] = field(factory=dict)

    #: Tables of ``pyarrow``, by the names under which they stand there.
    _held: Mapping[str, Any] = field(factory=dict)

    #: The way back for tables that were given as frames.
    back: Mapping[str, Back] = field(factory=dict)

    name: str = "duckdb"

    _lock: Any = field(factory=threading.Lock, repr=False)

    _process: int = field(factory=os.getpid, init=False)

    def __attrs_post_init__(self) -> None:
        self._know(self._connection)

    @functools.cached_property
    def _columns(self) -> dict[str, frozenset[str]]:
        return {table: frozenset(self._names(table)) for table in self.tables}

    def _names(self, table: str) -> Iterator[str]:
        """
        The columns of a table; of several files those that all have, not only the first.
        """
        found = [name for name, *_ in self.ask(f"DESCRIBE SELECT * FROM {self.tables[table]}")]
        others = self._mixed.get(table, ())
        if not others:
            return iter(found)
        counted = "SELECT name FROM parquet_schema([{}]) GROUP BY name HAVING count(DISTINCT file_name) = {}"
        names = {name for (name,) in self.ask(counted.format(_list(others), len(others)))}

        return filter(names.__contains__, found)

    def columns(self, table: str) -> frozenset[str] | None:
        return self._columns.get(table)

    def rows(self, table: str, form: Form) -> DuckRows:
        places = [self.tables, *(tables for tables in self._shares if table in tables)]
        whole, *shares = (Share(tables, _kept(table, form, tables)) for tables in places)

        return DuckRows(self, table, whole, tuple(shares) or (whole,))

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """
        The few rows that a query gives.

        Raises:
            InvalidDocument: If a file is damaged.
        """
        self._check_process()
        with sound(), self._lock:
            found: list[tuple[Any, ...]] = self._connection.execute(query, list(values)).fetchall()

        return found

    def relation(self, query: str) -> Any:
        """
        What a query gives, on a connection of its own: there may be many rows, and they are not read yet.
        """
        self._check_process()
        with sound():
            return self._know(self._connection.cursor()).sql(query)

    def _check_process(self) -> None:
        # The threads of DuckDB are not there in the copy of a process, which would wait for them for ever.
        if os.getpid() != self._process:
            raise NotRead("scan", "was opened in another process: scan anew in this one")

    def _know(self, connection: Any) -> Any:
        for name, table in self._held.items():
            connection.register(name, table)

        return connection


@frozen
class Share:
    """
    Rows of some files, or of all.
    """

    #: What stands after FROM for each table of these files.
    tables: Mapping[str, str]

    #: What stands there for the rows.
    rows: str

    def asked(self, query: str) -> Share:
        """
        The rows that a query gives of them.
        """
        return evolve(self, rows=f"({query})")

    def with_records(self) -> Share:
        articles = f"SELECT id AS article, record FROM {self.tables['articles']}"

        return self.asked(
            f"SELECT * FROM (SELECT id, article FROM {self.rows}) JOIN ({articles}) USING (article)"
        )


@frozen(eq=False)
class DuckRows:
    """
    Rows of a table; the methods are those of :class:`dateline.frames.tables.Rows`.
    """

    _engine: DuckDB

    _table: str

    _whole: Share

    #: The same in parts, of which no two have a row in common.
    _shares: tuple[Share, ...]

    def count(self) -> int:
        counts = (self._engine.ask(f"SELECT count(*) FROM {share.rows}") for share in self._shares)

        return sum(int(found) for [(found,)] in counts)

    def batches(self, *columns: str) -> Iterator[Any]:
        with sound():
            for share in self._shares:
                found = self._engine.relation(f"SELECT {', '.join(columns)} FROM {share.rows}")
                yield from found.to_arrow_reader(ROWS)

    def distinct(self, column: str) -> DuckRows:
        return self._of(f"SELECT DISTINCT {column} FROM {self._whole.rows}")

    def sorted(self, limit: int | None = None) -> DuckRows:
        first = "" if limit is None else f" LIMIT {limit}"

        return self._of(f"SELECT * FROM {self._whole.rows} ORDER BY id{first}")

    def with_records(self) -> DuckRows:
        return evolve(
            self,
            whole=self._whole.with_records(),
            shares=tuple(share.with_records() for share in self._shares),
        )

    def native(self) -> Any:
        """
        As there: a relation, or a frame of the kind that was given.
        """
        back = self._engine.back.get(self._table)
        if back is None:
            return self._engine.relation(f"SELECT * FROM {self._whole.rows}")

        return back([row for batch in self.batches("id") for row in batch.column("id").to_pylist()])

    def _of(self, query: str) -> DuckRows:
        whole = self._whole.asked(query)

        return evolve(self, whole=whole, shares=(whole,))


def over_files(
    files: Mapping[str, Sequence[Path]], *, in_parts: bool = False, empty: Mapping[str, Any] | None = None
) -> DuckDB:
    """
    DuckDB over the Parquet files of each table, and the tables of ``pyarrow`` that are *empty*.

    With *in_parts*, the claims in a file are those of the articles in the file of the same place.

    Raises:
        MissingExtra: If DuckDB is not installed.
    """
    shares = list(_shares(files["articles"], files["claims"])) if in_parts else []
    connection = _connect()
    if len(shares) == 1:
        # What files say of their columns is kept. Of more files it would be much.
        connection.execute("SET parquet_metadata_cache = true")

    places, held = _in_memory(empty or {})
    places |= {table: _parquet(names) for table, names in files.items() if names}

    mixed = {} if in_parts else {table: names for table, names in files.items() if len(names) > 1}

    return DuckDB(connection, places, shares, mixed, held)


def _shares(articles: Sequence[Path], claims: Sequence[Path]) -> Iterator[dict[str, str]]:
    for first in range(0, len(articles), FILES):
        some = slice(first, first + FILES)
        yield {"articles": _parquet(articles[some]), "claims": _parquet(claims[some])}


def over_tables(tables: Mapping[str, Any], back: Mapping[str, Back]) -> DuckDB:
    """
    DuckDB over tables of ``pyarrow``, and the way *back* to the kind of frame that each was.

    Raises:
        MissingExtra: If DuckDB is not installed.
    """
    places, held = _in_memory(tables)

    return DuckDB(_connect(), places, held=held, back=back)


def _in_memory(tables: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """
    What stands after FROM for tables of ``pyarrow``, and the tables under these names.
    """
    places = {name: f"held_{name}" for name in tables}

    return places, {places[name]: table for name, table in tables.items()}


def metadata(engine: DuckDB, file: Path) -> dict[bytes, bytes]:
    """
    What a Parquet file says about itself.

    Raises:
        InvalidDocument: If it is no such file, or damaged.
    """
    query = "SELECT key, value FROM parquet_kv_metadata(?)"

    return dict(engine.ask(query, _exactly(file)))


@contextlib.contextmanager
def sound() -> Iterator[None]:
    """
    Whatever an engine says of tables, as an error of ours.
    """
    try:
        yield
    except DatelineError:
        raise
    except Exception as error:
        raise InvalidDocument("scan", None, f"must be sound tables: {shortened(str(error), 300)}") from error


def _kept(table: str, form: Form, tables: Mapping[str, str]) -> str:
    return f"{tables[table]} WHERE {sql.condition(form, table, tables)}"


def _parquet(files: Iterable[Path]) -> str:
    # What stands before an equals sign in a folder's name is no column.
    return f"read_parquet([{_list(files)}], hive_partitioning = FALSE)"


def _list(files: Iterable[Path]) -> str:
    return ", ".join(sql.text(_exactly(file)) for file in files)


def _exactly(file: Path) -> str:
    # A name is no pattern, nor is ~ somebody's home, and whoever asks may have gone to another folder.
    return glob.escape(str(file.absolute()))


def _connect() -> Any:
    try:
        import duckdb  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise MissingExtra("frames", "a scan") from error
    # Nothing is fetched, and what does not fit into memory goes where temporary files go.
    config = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    # What threads hold, and what they have let go, would else grow with the number of files. More threads
    # read local files no faster. Given back is what is freed at once beyond four million bytes, as blocks
    # of 4 MiB are; for less it would cost more than it saves.
    config |= {"async_threads": "2", "allocator_bulk_deallocation_flush_threshold": "4MB"}
    # Made when it is needed, and removed by DuckDB; two at once must not share one.
    scratch = str(Path(tempfile.gettempdir()) / f"dateline-duckdb-{secrets.token_hex(6)}")

    connection = duckdb.connect(config=config | {"temp_directory": scratch})
    # Where there is no file of a program, as in python -c, it would be drawn into what is printed.
    connection.execute("SET enable_progress_bar = false")

    return connection

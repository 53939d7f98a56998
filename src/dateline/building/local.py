"""
A build on one machine: several processes draft at once, and whoever is killed goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, Final

from attrs import asdict, field, frozen

import dateline
from dateline import files
from dateline.building.batches import map_batches
from dateline.building.columns import Columns
from dateline.building.drafting import Rule, identity
from dateline.building.inputs import STRETCH, Stretch, raw_batches, stretches
from dateline.building.parts import PARTS, Part, Receipt, RowFaults
from dateline.building.progress import Progress, Tell, bar
from dateline.building.repeated import refuse_repeated
from dateline.errors import InvalidDocument, InvalidValue, ProcessLost
from dateline.formats.drafts import reference_to
from dateline.records import Article
from dateline.validators import check_whole


#: What the build was asked for; what came of it, and the rows that became no record.
PLAN: Final = "plan.json"
REPORT: Final = "report.json"
FAULTS: Final = "faults.jsonl"

_Plain = dict[str, Any]


@frozen(kw_only=True)
class Build:
    """
    A build that is done: as many rows as its input had, each a record or told with its faults.
    """

    folder: Path

    rows: int

    records: int

    #: Rows that became no record.
    faults: int

    parts: int = field(repr=False)

    def articles(self) -> Iterator[Article]:
        """
        The drafts in the order of the input, one part of them in memory at a time.

        Raises:
            InvalidDocument: If a part is no longer as it was written.
        """
        for part in _parts(self.folder, self.parts):
            yield from part.articles()

    def row_faults(self) -> Iterator[RowFaults]:
        """
        Each row that became no record, in the order of the input; errors as of :meth:`articles`.
        """
        for part in _parts(self.folder, self.parts):
            yield from part.faults()


@frozen(kw_only=True)
class _Task:
    """
    What every part is made with.
    """

    folder: Path

    rules: tuple[Rule, ...]

    columns: Columns

    reference: str | None

    def make(self, number: int, stretch: Stretch) -> Receipt:
        """
        Make one part.
        """
        reference = self.reference or reference_to(stretch.file)
        raw = raw_batches(stretch, self.columns)
        made = map_batches(raw, self.rules, columns=self.columns, reference=reference)

        return Part(self.folder, number).write(made)


def build(  # noqa: PLR0913 - each is a choice of its own, and most are named
    paths: Iterable[str | os.PathLike[str]],
    into: str | os.PathLike[str],
    rules: Sequence[Rule] = (),
    *,
    columns: Columns = Columns(),  # noqa: B008 - frozen
    reference: str | None = None,
    processes: int | None = None,
    stretch: int = STRETCH,
    tell: Tell = bar,
) -> Build:
    r"""
    Draft records of all raw articles in some Parquet, JSON Lines and CSV files, in the folder *into*.

    *rules* and *columns* are as for :func:`map_batches`; without a *reference* a value was looked up in its
    file. There is a part for each *stretch* of so many rows, made by one of so many *processes*, as many as
    there are cores by default; with 1, or a single part to make, all is done in this one. *tell* is told
    how far it is.

    Called again with the same, after whatever end, it keeps the parts that are whole and makes the others,
    and comes to the same result, byte for byte. Rows that become no record are in ``faults.jsonl``.

    Raises:
        InvalidDocument: If *into* holds a build of other files, rules or columns; or as
            :func:`dateline.building.stretches` says.
        InvalidValue: If a rule cannot be told from others, or cannot be sent to another process;
            or if a number is below 1.
        FolderBusy: If somebody else is building in *into*.
        NotRead: If a file is missing.
        NotWritten: If a part cannot be saved.
        ProcessLost: If a process ends before its part is done; parts that were done are kept.

    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "raw.jsonl").write_text('{"id": "rain", "text": "It rained."}\n{"id": "snow"}\n')
    >>> made = build([folder / "raw.jsonl"], folder / "made", processes=1)
    >>> [article.id for article in made.articles()]
    ['rain']
    >>> [(faults.row, faults.faults) for faults in made.row_faults()]
    [(2, ("text must not be blank, got '' @ text",))]
    """
    if isinstance(paths, (str, os.PathLike)):
        raise InvalidValue("paths", "be a list of files", os.fspath(paths))
    workers = (os.cpu_count() or 1) if processes is None else processes
    for name, number in (("processes", workers), ("stretch", stretch)):
        check_whole(name, number, 1)
    folder = Path(into)
    names = [os.fspath(path) for path in paths]
    task = _Task(folder=folder, rules=tuple(rules), columns=columns, reference=reference)
    settings = _settings(task, stretch)
    with files.held(folder, "build"):
        todo = _planned(settings, names, folder)
        done = _make_all(task, todo, workers, tell)
        parts = _parts(folder, len(todo))
        refused = refuse_repeated(parts)
        faults = done.rows - done.records + refused

        return _report(
            Build(folder=folder, rows=done.rows, records=done.rows - faults, faults=faults, parts=len(parts))
        )


def _settings(task: _Task, stretch: int) -> _Plain:
    # Rules may hold names by the million: their digest says whether they are the same.
    names = hashlib.sha256("\n".join(map(identity, task.rules)).encode("utf-8", "surrogatepass"))

    return {
        "columns": asdict(task.columns),
        "dateline": dateline.__version__,
        "reference": task.reference,
        "rules": f"sha256:{names.hexdigest()}",
        "stretch": stretch,
    }


def _planned(settings: _Plain, paths: list[str], folder: Path) -> list[Stretch]:
    """
    The stretches of a build: its own if it was begun before, which must be of the same.
    """
    settings["inputs"] = [[path, files.digest(path, path)] for path in paths]
    path = folder / PLAN
    if path.exists():
        return _begun(path, settings)
    divided = [one for name in paths for one in stretches(name, settings["stretch"])]
    plan = {**settings, "stretches": [asdict(one) for one in divided]}
    (folder / PARTS).mkdir(exist_ok=True)
    files.write(path, json.dumps(plan, indent=1).encode())

    return divided


def _begun(path: Path, settings: _Plain) -> list[Stretch]:
    try:
        found: _Plain = json.loads(files.read(path))
        other = [name for name, value in settings.items() if found.get(name) != value]
        divided = [Stretch(**one) for one in found["stretches"]]
    except (ValueError, TypeError, AttributeError, KeyError):
        problem = "must be the plan of a build, as it was written; remove the folder, or choose another"
        raise InvalidDocument(str(path), None, problem) from None
    if other:
        problem = f"was begun with other {', '.join(other)}; go on with those, or choose another folder"
        raise InvalidDocument(str(path), None, problem)

    return divided


def _make_all(task: _Task, todo: Sequence[Stretch], processes: int, tell: Tell) -> Progress:
    done = Progress(rows=0, records=0, total=sum(stretch.rows for stretch in todo))
    missing = []
    for number, stretch in enumerate(todo):
        receipt = Part(task.folder, number).receipt()
        if receipt is None:
            missing.append((number, stretch))
        else:
            done = done.plus(receipt.rows, receipt.records)
    for receipt in _made(task, missing, processes):
        done = done.plus(receipt.rows, receipt.records)
        tell(done)

    return done


def _made(task: _Task, missing: Sequence[tuple[int, Stretch]], processes: int) -> Iterator[Receipt]:
    if processes == 1 or len(missing) <= 1:
        yield from (task.make(number, stretch) for number, stretch in missing)
        return
    for rule in task.rules:
        _check_sendable(rule)
    # Not forked: pyarrow has threads. Rules travel once to each process, not with each part.
    context = multiprocessing.get_context("spawn")
    workers = min(processes, len(missing))
    with ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(task,)) as pool:
        running: dict[Future[Receipt], Stretch] = {}
        rest = iter(missing)
        try:
            while True:
                while len(running) < 2 * workers and (one := next(rest, None)) is not None:
                    running[pool.submit(_make, *one)] = one[1]
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    yield future.result()
                    del running[future]
        except BrokenExecutor as error:
            # One of them, but nobody says which.
            raise ProcessLost(tuple(f"{one.file}:{one.number}" for one in running.values())) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _check_sendable(rule: Rule) -> None:
    try:
        ForkingPickler.dumps(rule)
    except Exception as error:
        expected = (
            "be one that another process can be sent, such as a function of a module; or set processes=1"
        )
        raise InvalidValue("rule", expected, rule) from error


#: The task of a process, which its pool gives it when it begins.
_task: _Task


def _begin(task: _Task) -> None:
    global _task  # noqa: PLW0603 - the way in which a pool hands over what all calls share
    _task = task
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """
    Wait for the end of the process that began this one, and then end at once.
    """
    # Of a parent that was killed the pool would not tell, and its processes would wait for ever.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _make(number: int, stretch: Stretch) -> Receipt:
    return _task.make(number, stretch)


def _parts(folder: Path, count: int) -> list[Part]:
    return [Part(folder, number) for number in range(count)]


def _report(build: Build) -> Build:
    """
    Save what came of it, and the faults.
    """
    with files.replacing(build.folder / FAULTS) as out:
        for faults in build.row_faults():
            out.write(json.dumps(asdict(faults), ensure_ascii=False).encode() + b"\n")
    counts = {"rows": build.rows, "records": build.records, "faults": build.faults}
    files.write(build.folder / REPORT, json.dumps(counts).encode() + b"\n")
    # Drafts of parts, left by processes that were killed.
    for left in (build.folder / PARTS).glob(".*"):
        left.unlink(missing_ok=True)

    return build

"""
Ids that stand twice in a build, in whatever parts: the first keeps its record, the others become faults.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, Final

from dateline.building import engine
from dateline.building.parts import Part


#: Bytes of the digest by which ids are compared at first; eight for each id are held, not the ids.
_BYTES: Final = 8


def refuse_repeated(parts: Sequence[Part]) -> int:
    """
    Make a fault of every record whose id an earlier one has; how many there were.

    Ids are compared by short digests first, so that memory is for those and not for the ids.
    """
    suspects = _repeated(array("Q", (_short(id) for part in parts for id in part.ids() if id is not None)))
    if not suspects:
        return 0
    first: dict[str, str] = {}
    count = 0
    for part in parts:
        rows = {row: id for row, id in enumerate(part.ids()) if id is not None and _short(id) in suspects}
        found = dict(_later(part, rows, first))
        if found:
            part.refuse(found)
        count += len(found)

    return count


def _later(part: Part, rows: dict[int, str], first: dict[str, str]) -> Iterator[tuple[int, str]]:
    places = part.places(tuple(rows))
    for (row, identifier), place in zip(rows.items(), places, strict=True):
        if identifier in first:
            yield row, f"id {identifier!r} must stand once, but stands in {first[identifier]} already @ id"
        else:
            first[identifier] = place


def _repeated(hashes: array[int]) -> frozenset[int]:
    pyarrow, compute = engine.arrow(), engine.compute()
    found: Any = pyarrow.Array.from_buffers(pyarrow.uint64(), len(hashes), [None, pyarrow.py_buffer(hashes)])
    ordered = found.take(compute.array_sort_indices(found))

    return frozenset(ordered[1:].filter(compute.equal(ordered[1:], ordered[:-1])).to_pylist())


def _short(identifier: str) -> int:
    return int.from_bytes(hashlib.blake2b(identifier.encode(), digest_size=_BYTES).digest(), "big")

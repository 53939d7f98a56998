"""
Print what mlcroissant finds wrong in a release, and the records of its sets: ``load_records.py FOLDER``.

A process of its own, since what the library brings along warns of itself.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def plain(value):
    """
    A value that a record holds, as JSON has it.
    """
    if isinstance(value, bytes):
        return value.decode()

    return value.date().isoformat() if hasattr(value, "date") else value


def main(folder):
    """
    Read each set of records that the metadata in *folder* tell of.
    """
    import mlcroissant  # noqa: PLC0415

    dataset = mlcroissant.Dataset(jsonld=Path(folder, "croissant.json"))
    issues = dataset.metadata.ctx.issues
    # From one dataset, as people do it: what reading a set leaves behind may spoil the next.
    records = {
        found.id: [
            {field.partition("/")[2]: plain(value) for field, value in record.items()}
            for record in dataset.records(found.id)
        ]
        for found in dataset.metadata.record_sets
    }
    json.dump({"issues": sorted(issues.errors | issues.warnings), "records": records}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])

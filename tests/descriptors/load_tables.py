"""
Print the rows of each table of a release as ``datasets`` reads them: ``load_tables.py FOLDER HOME``.

A process of its own, since the library looks at its settings when it is imported.
"""

from __future__ import annotations

import json
import os
import sys


def main(folder, home):
    """
    Read each table that the card in *folder* tells of, with the library's files in *home*.
    """
    os.environ.update(HF_HOME=home, HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1")
    import datasets  # noqa: PLC0415

    datasets.disable_progress_bars()
    names = datasets.get_dataset_config_names(folder)
    tables = {name: datasets.load_dataset(folder, name, split="train", cache_dir=home) for name in names}
    # A day prints as itself.
    json.dump({name: table.to_list() for name, table in tables.items()}, sys.stdout, default=str)


if __name__ == "__main__":
    main(*sys.argv[1:])

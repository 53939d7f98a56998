"""
Records at scale: batches of raw articles become drafts, on one machine or many.
"""

from __future__ import annotations

from dateline.building.batches import map_batches, raw_articles, schema, spark_schema
from dateline.building.columns import Columns, RawArticle
from dateline.building.copies import Copies
from dateline.building.datelines import Datelines, PublicationLines
from dateline.building.drafting import Filled, Rule, draft
from dateline.building.duplicates import Group, near_duplicates
from dateline.building.gazetteers import Gazetteer
from dateline.building.inputs import read_files
from dateline.building.languages import Languages
from dateline.building.local import Build, build
from dateline.building.parts import RowFaults
from dateline.building.progress import Progress


__all__ = [
    "Build",
    "Columns",
    "Copies",
    "Datelines",
    "Filled",
    "Gazetteer",
    "Group",
    "Languages",
    "Progress",
    "PublicationLines",
    "RawArticle",
    "RowFaults",
    "Rule",
    "build",
    "draft",
    "map_batches",
    "near_duplicates",
    "raw_articles",
    "read_files",
    "schema",
    "spark_schema",
]

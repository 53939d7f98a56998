"""
Which formats which other program takes, by tests that ask it; exits with 1 unless every one does.

A program that is not installed is absent, which is no better than a failure unless it is allowed:
``python scripts/interop_table.py --allow-absent biber BibTeX``; without names, all may be absent.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest


ROOT: Final = Path(__file__).resolve().parents[1]

_FORMATS: Final = "tests/formats/test_"
_DESCRIPTORS: Final = "tests/descriptors/test_"
_ENGINES: Final = f"{_FORMATS}other_engines.py::test_"
_SAME: Final = f"{_FORMATS}injection.py::test_a_parser_finds_the_same"
_BACK: Final = f"{_FORMATS}read_back.py::test_fields_come_back"
_BACK_TOO: Final = f"{_FORMATS}read_back.py::test_references_of_others_come_back"

#: For each format and each program that is asked, the tests that ask it: all of their cases.
CELLS: Final = {
    ("jsonl", "DuckDB"): [f"{_FORMATS}arrow.py::test_duckdb_reads_json_lines"],
    ("jsonl", "pandas"): [f"{_ENGINES}pandas_reads_json_lines"],
    ("jsonl", "Polars"): [f"{_ENGINES}polars_reads_json_lines"],
    ("json", "json"): [f"{_SAME}[json]"],
    ("sqlite", "sqlite3"): [f"{_SAME}[sqlite]", f"{_FORMATS}sqlite.py::test_words_are_found"],
    ("sqlite", "Datasette"): [f"{_ENGINES}datasette_opens_the_database"],
    ("parquet", "pyarrow"): [f"{_SAME}[parquet]"],
    ("parquet", "DuckDB"): [f"{_FORMATS}arrow.py::test_duckdb_reads_parquet"],
    ("parquet", "pandas"): [f"{_ENGINES}pandas_reads_parquet", f"{_ENGINES}the_page_of_frames_is_right"],
    ("parquet", "Polars"): [f"{_ENGINES}polars_reads_parquet", f"{_ENGINES}the_page_of_frames_is_right"],
    ("hugging-face", "datasets"): [f"{_ENGINES}datasets_reads_the_folder"],
    ("hugging-face", "PyYAML"): [f"{_SAME}[hugging-face]"],
    ("csv-articles", "csv"): [f"{_SAME}[csv-articles]"],
    ("csv-articles", "pandas"): [f"{_ENGINES}pandas_reads_csv"],
    ("csv-articles", "Polars"): [f"{_ENGINES}polars_reads_csv"],
    ("csv-claims", "csv"): [f"{_SAME}[csv-claims]"],
    ("schema.org", "official tables"): [
        f"{_FORMATS}schema_org.py::test_it_is_in_the_vocabulary",
        f"{_FORMATS}schema_org.py::test_everything_is_in_the_vocabulary",
        f"{_FORMATS}schema_org.py::test_planted_errors_are_found",
    ],
    ("schema.org", "rdflib"): [f"{_FORMATS}schema_org.py::test_it_is_rdf"],
    ("schema.org", "html.parser"): [f"{_SAME}[schema.org]"],
    ("ninjs", "official schema"): [
        f"{_FORMATS}ninjs.py::test_it_is_valid",
        f"{_FORMATS}ninjs.py::test_everything_is_valid",
        f"{_FORMATS}ninjs.py::test_planted_errors_are_found",
    ],
    ("web-annotation", "tests of the W3C"): [
        f"{_FORMATS}web_annotation.py::test_it_is_valid",
        f"{_FORMATS}web_annotation.py::test_everything_is_valid",
        f"{_FORMATS}web_annotation.py::test_planted_errors_are_found",
    ],
    ("web-annotation", "rdflib"): [f"{_FORMATS}web_annotation.py::test_it_is_rdf"],
    ("prov", "official schema"): [
        f"{_FORMATS}prov.py::test_it_is_valid",
        f"{_FORMATS}prov.py::test_planted_errors_are_found",
    ],
    ("prov", "prov"): [
        f"{_FORMATS}prov.py::test_another_library_reads_both",
        f"{_FORMATS}prov.py::test_another_library_reads_everything",
    ],
    ("prov", "rdflib"): [f"{_FORMATS}prov.py::test_it_is_rdf"],
    ("prov-n", "prov"): [
        f"{_FORMATS}prov.py::test_another_library_reads_both",
        f"{_FORMATS}prov.py::test_another_library_refuses_damage",
    ],
    ("geojson", "GeoJSON schema"): [
        f"{_FORMATS}geojson.py::test_it_is_valid",
        f"{_FORMATS}geojson.py::test_everything_is_valid",
        f"{_FORMATS}geojson.py::test_planted_errors_are_found",
    ],
    ("csl-json", "official schema"): [f"{_FORMATS}references.py::test_csl_json_is_valid"],
    ("csl-json", "pandoc"): [f"{_BACK}[pandoc-csl-json]", f"{_BACK_TOO}[pandoc-csl-json]"],
    ("bibtex", "pandoc"): [f"{_BACK}[pandoc-bibtex]", f"{_BACK_TOO}[pandoc-bibtex]"],
    ("bibtex", "BibTeX"): [f"{_FORMATS}latex.py::test_bibtex"],
    ("bibtex", "Citation.js"): [f"{_BACK}[citation-js-bibtex]", f"{_BACK_TOO}[citation-js-bibtex]"],
    ("biblatex", "pandoc"): [f"{_BACK}[pandoc-biblatex]", f"{_BACK_TOO}[pandoc-biblatex]"],
    ("biblatex", "biber"): [
        f"{_FORMATS}latex.py::test_biblatex",
        f"{_FORMATS}latex.py::test_initials_are_cut_from_no_command",
    ],
    ("ris", "rispy"): [f"{_SAME}[ris]", f"{_FORMATS}injection.py::test_rispy_knows_every_tag"],
    ("ris", "pandoc"): [f"{_BACK}[pandoc-ris]", f"{_BACK_TOO}[pandoc-ris]"],
    ("ris", "Citation.js"): [f"{_BACK}[citation-js-ris]", f"{_BACK_TOO}[citation-js-ris]"],
    ("endnote-xml", "pandoc"): [f"{_BACK}[pandoc-endnote-xml]", f"{_BACK_TOO}[pandoc-endnote-xml]"],
    ("cff", "official schema"): [
        f"{_FORMATS}cff.py::test_our_own_is_valid",
        f"{_FORMATS}cff.py::test_it_is_valid",
        f"{_FORMATS}cff.py::test_it_is_not_valid_if_damaged",
    ],
    ("croissant.json", "mlcroissant"): [
        f"{_DESCRIPTORS}croissant.py::test_the_records_are_the_rows",
        f"{_DESCRIPTORS}croissant.py::test_hostile_texts_are_no_error",
        f"{_DESCRIPTORS}croissant.py::test_mlcroissant_sees_what_is_wrong",
    ],
    ("croissant.json", "rdflib"): [f"{_DESCRIPTORS}croissant.py::test_it_is_linked_data"],
    ("croissant.json", "official tables"): [
        f"{_DESCRIPTORS}croissant.py::test_the_properties_are_schema_orgs"
    ],
    ("datapackage.json", "official profile"): [
        f"{_DESCRIPTORS}data_package.py::test_it_is_valid",
        f"{_DESCRIPTORS}data_package.py::test_any_is_valid",
        f"{_DESCRIPTORS}data_package.py::test_the_profile_sees_what_is_wrong",
    ],
    ("datapackage.json", "frictionless"): [
        f"{_DESCRIPTORS}data_package.py::test_frictionless_finds_nothing",
        f"{_DESCRIPTORS}data_package.py::test_frictionless_reads_hostile_texts",
        f"{_DESCRIPTORS}data_package.py::test_frictionless_sees_what_is_wrong",
    ],
    ("ro-crate-metadata", "roc-validator"): [
        f"{_DESCRIPTORS}ro_crate.py::test_it_is_valid",
        f"{_DESCRIPTORS}ro_crate.py::test_a_fault_is_found",
    ],
    ("ro-crate-metadata", "rocrate"): [f"{_DESCRIPTORS}ro_crate.py::test_rocrate_reads_it"],
    ("dataset card", "datasets"): [
        f"{_DESCRIPTORS}card.py::test_datasets_reads_each_table",
        f"{_DESCRIPTORS}card.py::test_text_stays_text",
        f"{_DESCRIPTORS}card.py::test_one_text_alone_stays_text",
    ],
    ("datacite.json", "JSON schema"): [
        f"{_DESCRIPTORS}datacite.py::test_it_is_valid",
        f"{_DESCRIPTORS}datacite.py::test_a_fault_is_found",
    ],
    ("datacite.json", "official XSD"): [
        f"{_DESCRIPTORS}datacite.py::test_its_xml_is_valid",
        f"{_DESCRIPTORS}datacite.py::test_a_fault_in_the_xml_is_found",
    ],
    ("CITATION.cff", "official schema"): [
        f"{_DESCRIPTORS}citation.py::test_it_is_valid",
        f"{_DESCRIPTORS}citation.py::test_a_fault_is_found",
    ],
    ("manifest-sha256", "sha256sum"): [
        f"{_DESCRIPTORS}sha256_manifest.py::test_sha256sum_finds_every_file",
        f"{_DESCRIPTORS}sha256_manifest.py::test_sha256sum_finds_a_changed_file",
    ],
    ("schema.json", "jsonschema"): [
        f"{_DESCRIPTORS}record_schema.py::test_every_line_is_valid",
        f"{_DESCRIPTORS}record_schema.py::test_a_wrong_line_is_not",
    ],
}


class Matrix:
    """
    A plugin of pytest that runs the tests of the cells alone, and gathers what becomes of them.
    """

    def __init__(self) -> None:
        self.outcomes: dict[str, set[str]] = defaultdict(set)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: Any, items: list[Any]) -> None:
        """
        Leave out the tests that no cell names.
        """
        named = {test for tests in CELLS.values() for test in tests}
        others = [item for item in items if not named & set(_names(item.nodeid))]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]

    def pytest_runtest_logreport(self, report: Any) -> None:
        """
        Note an outcome under both names of the test.
        """
        if report.when == "call" or report.outcome != "passed":
            for name in _names(report.nodeid):
                self.outcomes[name].add(report.outcome)

    def of_cell(self, tests: list[str]) -> str:
        """
        Passed, failed or, if a test is skipped or not there, absent.
        """
        found = [self.outcomes.get(test, set()) for test in tests]
        if any("failed" in outcomes for outcomes in found):
            return "failed"

        return "passed" if all(outcomes == {"passed"} for outcomes in found) else "absent"


def _names(nodeid: str) -> Iterator[str]:
    yield nodeid
    yield nodeid.partition("[")[0]


def main() -> int:
    """
    Run the tests, print the table, and say whether all is well.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--allow-absent", metavar="PROGRAM", nargs="*", help="programs that may be absent")
    allowed = parser.parse_args().allow_absent
    matrix = Matrix()
    files = sorted({test.partition("::")[0] for tests in CELLS.values() for test in tests})
    code = pytest.main([*files, "-q", "-rs", f"--rootdir={ROOT}"], plugins=[matrix])
    wrong = 0
    for (name, program), tests in CELLS.items():
        outcome = matrix.of_cell(tests)
        excused = outcome == "absent" and allowed is not None and (allowed == [] or program in allowed)
        wrong += outcome != "passed" and not excused
        print(f"{name:18} {program:18} {outcome}{' (allowed)' if excused else ''}")
    print(f"{len(CELLS)} cells, {wrong} not as they should be")

    return int(bool(code) or bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

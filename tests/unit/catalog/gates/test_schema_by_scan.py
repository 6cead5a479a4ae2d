"""Who judges what: the scan alone, the library on the rows that may be at fault, the library on all."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from frictionless import Report

from catalog.export import Table
from catalog.gates.schema_judging import Judged, judge
from catalog.gates.schema_library import MOST_FAULTS, Contract, errors_of, validate
from catalog.gates.schema_patterns import read_alike
from catalog.gates.schema_rows import ReleaseRows
from charter.apply import ReleaseColumn

Fields = Mapping[str, Mapping[str, object]]


def rows_of(folder: Path, columns: Mapping[str, pa.Array]) -> ReleaseRows:
    pq.write_table(pa.table(dict(columns)), folder / "rows.parquet")
    return ReleaseRows(
        Table(folder / "rows.parquet", tuple(ReleaseColumn(name, "texte", "technical") for name in columns))
    )


def contract(fields: Fields, key: Sequence[str] = ()) -> Contract:
    described = [{"name": name, **field} for name, field in fields.items()]
    return Contract("a", {"fields": described, "primaryKey": [*key], "missingValues": [""]})  # type: ignore[dict-item]


def alike(rows: ReleaseRows, asked: Contract, folder: Path) -> Judged:
    """Judge, and hold the errors to those of the library on the CSV."""
    judged = judge(rows, asked, scratch=folder)
    assert errors_of(judged.report) == errors_of(validate(rows.whole(folder / "whole.csv"), asked))
    return judged


UNREAD = (r"(?i)a", r"a(?=b)", r"(a)\1", r"[^\d]", r"\D", r"\bx", "a{,2}", "a++", "[[:a:]]", "[a&&b]", "(", "a{2")
NUMBERS = {
    "n": pa.array([1, 2, None, 2, 9], pa.int64()),
    "d": pa.array([Decimal("1.50"), Decimal("-0.25"), None, Decimal("1.5"), Decimal(0)], pa.decimal128(10, 2)),
    "b": pa.array([True, False, None, True, True], pa.bool_()),
}


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"n": {"type": "integer"}, "d": {"type": "number"}, "b": {"type": "boolean"}}, ["blank-row"]),
        ({"n": {"type": "integer", "constraints": {"minimum": 2, "maximum": 8}}, "d": {"type": "number"}, "b": {}}, 3),
        (
            {
                "n": {"type": "number", "constraints": {"unique": True}},
                "d": {"constraints": {"pattern": r"\d.*"}},
                "b": {},
            },
            3,
        ),
        (
            {
                "n": {"type": "string", "constraints": {"enum": ["1", "2"]}},
                "d": {"type": "number"},
                "b": {"type": "year"},
            },
            6,
        ),
        ({"n": {"type": "boolean"}, "d": {"type": "number", "constraints": {"unique": True}}, "b": {}}, 5),
    ],
)
def test_stored_numbers_are_judged_as_their_text_in_the_csv(tmp_path: Path, fields: Fields, errors: Any) -> None:
    found = errors_of(alike(rows_of(tmp_path, NUMBERS), contract(fields), tmp_path).report)
    assert errors in (len(found), [error["type"] for error in found])


def test_a_right_release_is_passed_by_the_scan_and_told_as_the_library_would(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, {"a": pa.array(["x", "y"]), "b": pa.array(["1", "2"])})
    asked = contract({"a": {"type": "string"}, "b": {"type": "integer"}}, ["a"])
    judged = judge(rows, asked, scratch=tmp_path)
    library = validate(rows.whole(tmp_path / "data.csv"), asked)
    assert (judged.executor, judged.read) == ("duckdb", 0)
    for told in (judged.report, library):
        told["stats"]["seconds"] = told["tasks"][0]["stats"]["seconds"] = 0
    assert judged.report == library


def test_the_report_is_one_that_the_library_reads(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, {"a": pa.array(["x", "y", "x"])})
    judged = judge(rows, contract({"a": {"type": "string"}}, ["a"]), scratch=tmp_path)
    read = Report.from_descriptor(json.loads(json.dumps(judged.report)))
    assert read.flatten(["type", "rowNumber", "note"]) == [["primary-key", 4, "the same as in the row at position 2"]]


def test_the_library_reads_the_rows_that_may_be_at_fault_and_no_other(tmp_path: Path) -> None:
    cells = [f"{place}" for place in range(5_000)]
    cells[1_000], cells[4_000] = "x", "+7"
    judged = alike(rows_of(tmp_path, {"n": pa.array(cells)}), contract({"n": {"type": "integer"}}), tmp_path)
    assert (judged.executor, judged.rows, judged.read) == ("duckdb, frictionless", 5_000, 2)
    assert [(error["type"], error["rowNumber"]) for error in errors_of(judged.report)] == [("type-error", 1_002)]


def test_a_report_keeps_the_first_faults_only(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, {"n": pa.array(["1", "x"] * 2_000), "t": pa.array(["", None] * 2_000)})
    judged = alike(rows, contract({"n": {"type": "integer"}, "t": {"constraints": {"required": True}}}), tmp_path)
    assert len(errors_of(judged.report)) == MOST_FAULTS
    assert judged.report["tasks"][0]["warnings"] == [f"reached error limit: {MOST_FAULTS}"]


def test_rows_that_only_look_at_fault_are_all_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.gates.schema_judging._FEW", 10)
    cells = ["+1"] * 30 + ["x"]
    judged = alike(rows_of(tmp_path, {"n": pa.array(cells)}), contract({"n": {"type": "integer"}}), tmp_path)
    assert judged.read == 31
    assert [error["rowNumber"] for error in errors_of(judged.report)] == [32]


@pytest.mark.parametrize(
    ("fields", "key", "why", "column"),
    [
        ({"a": {"type": "duration"}}, (), "descriptor", ""),
        ({"a": {"type": "string", "constraints": {"pattern": "(?=x).*"}}}, (), "field", "a"),
        ({"a": {"type": "date", "format": "%d/%m/%Y"}}, (), "descriptor", ""),
        ({"a": {"type": "integer"}}, ("a",), "key", ""),
    ],
)
def test_what_the_scan_does_not_know_the_library_reads_whole(
    tmp_path: Path, fields: Fields, key: tuple[str, ...], why: str, column: str
) -> None:
    judged = alike(rows_of(tmp_path, {"a": pa.array(["1", "+1", "x"])}), contract(fields, key), tmp_path)
    assert (judged.executor, judged.read, judged.why, judged.column) == ("frictionless", 3, why, column)


@pytest.mark.parametrize(
    ("pattern", "read"),
    [
        (r"\d{14}", r"\d{14}"),
        (r"^[a-zA-Z\-\u00C0-\u00FF]+$", "^[a-zA-Z\\-À-ÿ]+$"),
        (r"a.b", r"a[^\n]b"),
        (r"(?:(?:^|,)(a|b))+$", r"(?:(?:^|,)(a|b))+$"),
        *((pattern, None) for pattern in UNREAD),
    ],
)
def test_a_pattern_is_scanned_only_where_both_engines_read_it_alike(pattern: str, read: str | None) -> None:
    assert read_alike(pattern) == read


def test_a_right_release_needs_no_library(tmp_path: Path) -> None:
    rows_of(tmp_path, {"a": pa.array(["x"])})
    asked = """
import sys
from pathlib import Path
from catalog.export import Table
from catalog.gates.schema_judging import judge
from catalog.gates.schema_library import Contract
from catalog.gates.schema_rows import ReleaseRows
from charter.apply import ReleaseColumn
folder = Path(sys.argv[1])
rows = ReleaseRows(Table(folder / "rows.parquet", (ReleaseColumn("a", "texte", "technical"),)))
print(judge(rows, Contract("a", {"fields": [{"name": "a"}]}), scratch=folder).executor, "frictionless" in sys.modules)
"""
    said = subprocess.run([sys.executable, "-c", asked, str(tmp_path)], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["duckdb", "False"]

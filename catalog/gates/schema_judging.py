"""The judgement of rows by a Table Schema: by one scan where it is sure, by the library itself where it is not.

The scan finds the rows that may be at fault and those whose key stands twice; the library then reads these rows alone,
and its errors are those that it would find in the whole file. What the scan does not know is read whole by the library.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import duckdb
import pyarrow as pa

from catalog.gates.schema_csv import CsvRows
from catalog.gates.schema_library import (
    MOST_FAULTS,
    Contract,
    Descriptor,
    Written,
    clean_report,
    errors_of,
    validate,
)
from catalog.gates.schema_plan import NUMBER, Outside, Rules, Scan, scan_of
from catalog.gates.schema_rows import NAME, Source
from catalog.gates.schema_scan import Rows

if TYPE_CHECKING:
    from pydantic import JsonValue

SCAN: Final = "duckdb"
LIBRARY: Final = "frictionless"
_FEW: Final = 20_000
"""Rows that are handed to the library at first: as a rule they hold more faults than a report keeps."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The library's report on the rows, and who gave it: all of it, or on `read` rows that the scan was not sure of.

    `why` and `column` say what made the library read all.
    """

    report: Descriptor
    executor: str
    rows: int
    read: int
    why: str = ""
    column: str = ""


def judge(source: Source, contract: Contract, *, rules: Rules | None = None, scratch: Path) -> Judged:
    """Judge the rows; the report is that of the library on the CSV file, without a word of its cells."""
    with source.opened(scratch) as rows:
        scan = scan_of(contract.schema, rows.cells(null_is_empty=source.null_is_empty), rules)
        if isinstance(scan, Outside):
            return _whole(source, contract, scan, scratch)
        try:
            return _scanned(source, contract, _Open(rows, scan), scratch)
        except duckdb.Error as error:
            return _whole(source, contract, Outside(type(error).__name__), scratch)


def judge_file(file: Path, contract: Contract, *, scratch: Path) -> Judged:
    """Judge a CSV file in UTF-8, as the library would find it."""
    source = CsvRows.read(file, scratch)
    if source is None:
        return _read(Written(file, ours=False), contract, Outside("file"))
    return judge(source, contract, scratch=scratch)


@dataclass(frozen=True, slots=True)
class _Open:
    """The rows and what is asked of them."""

    rows: Rows
    scan: Scan


def _whole(source: Source, contract: Contract, outside: Outside, scratch: Path) -> Judged:
    return _read(source.whole(scratch / NAME), contract, outside)


def _read(written: Written, contract: Contract, outside: Outside) -> Judged:
    report = validate(written, contract)
    rows = sum(int(task["stats"].get("rows", 0)) for task in report["tasks"])
    return Judged(report, LIBRARY, rows, rows, outside.reason, outside.column)


def _scanned(source: Source, contract: Contract, opened: _Open, scratch: Path) -> Judged:
    names = tuple(str(field["name"]) for field in cast("list[dict[str, JsonValue]]", contract.schema["fields"]))
    counted = opened.rows.count(opened.scan)
    if counted.unread:
        return _whole(source, contract, Outside("key"), scratch)
    twice = opened.rows.repeated(opened.scan)
    if not counted.suspects and twice == "false" and source.labels == names:
        return Judged(clean_report(source.labels, counted.rows), SCAN, counted.rows, 0)
    for most in (_FEW, counted.rows):
        numbers = array("q")
        found = opened.rows.located(f"{opened.scan.suspect} OR {twice}", most=most)
        written = source.some(_numbered(found, numbers), scratch / NAME)
        report = validate(replace(written, numbers=numbers, rows=counted.rows), contract)
        if len(numbers) < most or len(errors_of(report)) >= MOST_FAULTS:
            break
    return Judged(report, f"{SCAN}, {LIBRARY}", counted.rows, len(numbers))


def _numbered(batches: Iterator[pa.RecordBatch], numbers: "array[int]") -> Iterator[pa.RecordBatch]:
    """Give the rows again, their numbers noted."""
    for batch in batches:
        numbers.extend(batch.column(NUMBER).to_pylist())
        yield batch

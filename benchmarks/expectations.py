"""Judging a suite of twenty expectations: CPU of the scan against great-expectations on pandas, and the scan's memory.

Targets: a million rows at a quarter of the library's cost at most, the library's frame being read from the same file
and imports left out of both; 20 million rows within 1 GB of resident memory. Each measure in a process of its own.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import process_time
from typing import Final

import duckdb

from catalog.gates import expectations_library as library
from catalog.gates.expectations_scan import Scan, compiled
from catalog.gates.outcome import Outcome
from catalog.gates.subject import Expected

ROWS: Final = 1_000_000
MOST_ROWS: Final = 20_000_000
TARGET: Final = 0.25
MOST_MB: Final = 1_000

_MAP: Final = "expect_column_values_to_"
_HOUR: Final = r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}T"
SUITE: Final = (
    Expected(f"{_MAP}not_be_null", {"column": "site"}),
    Expected(f"{_MAP}not_be_null", {"column": "heure"}),
    Expected(f"{_MAP}not_be_null", {"column": "kwh", "mostly": 0.9}),
    Expected(f"{_MAP}be_unique", {"column": "reference"}),
    Expected(f"{_MAP}be_between", {"column": "passages", "min_value": 0, "max_value": 10_000}),
    Expected(f"{_MAP}be_between", {"column": "foyers", "min_value": 0}),
    Expected(f"{_MAP}be_between", {"column": "kwh", "min_value": 0, "max_value": 1_000_000}),
    Expected(f"{_MAP}be_in_set", {"column": "statut", "value_set": ["publie", "masque"]}),
    Expected(f"{_MAP}not_be_in_set", {"column": "site", "value_set": ["X"]}),
    Expected(f"{_MAP}match_regex", {"column": "site", "regex": "^S[0-9]{3}"}),
    Expected(f"{_MAP}match_regex", {"column": "heure", "regex": _HOUR}),
    Expected(f"{_MAP}not_match_regex", {"column": "reference", "regex": "@"}),
    Expected("expect_column_value_lengths_to_equal", {"column": "site", "value": 4}),
    Expected("expect_column_value_lengths_to_be_between", {"column": "reference", "min_value": 2, "max_value": 12}),
    Expected("expect_compound_columns_to_be_unique", {"column_list": ["site", "heure"]}),
    Expected("expect_column_mean_to_be_between", {"column": "passages", "min_value": 1, "max_value": 9_000}),
    Expected("expect_column_max_to_be_between", {"column": "kwh", "max_value": 1_000_000}),
    Expected("expect_column_unique_value_count_to_be_between", {"column": "site", "min_value": 1, "max_value": 1_000}),
    Expected(
        "expect_column_pair_values_a_to_be_greater_than_b",
        {"column_A": "passages", "column_B": "foyers", "ignore_row_if": "either_value_is_missing", "mostly": 0.1},
    ),
    Expected("expect_table_row_count_to_be_between", {"min_value": 1}),
)
_ROWS_OF: Final = """
    'S' || lpad((i % 200)::VARCHAR, 3, '0') AS site,
    strftime(TIMESTAMP '2020-01-01' + INTERVAL (i // 200) HOUR, '%Y-%m-%dT%H:00:00+01:00') AS heure,
    (hash(i) % 10000)::BIGINT AS passages, (hash(i * 7) % 5000)::BIGINT AS foyers,
    CASE WHEN i % 50 = 0 THEN NULL ELSE (hash(i + 1) % 100000)::BIGINT END AS kwh,
    'L' || i::VARCHAR AS reference, CASE WHEN i % 50 = 0 THEN 'masque' ELSE 'publie' END AS statut
"""


def made(folder: Path, rows: int) -> Path:
    """Write a made-up release of so many rows: zstd, as releases are."""
    file = folder / f"{rows}.parquet"
    duckdb.sql(" ".join(("SELECT", _ROWS_OF, "FROM", f"range({rows}) t(i)"))).write_parquet(
        str(file), compression="zstd"
    )
    return file


def by_scan(file: Path) -> list[Outcome | None]:
    """Judge the suite by the scan alone."""
    with tempfile.TemporaryDirectory() as scratch, Scan.opened(file, Path(scratch)) as scan:
        table = scan.table()
        return scan.outcomes([each for expected in SUITE if (each := compiled(expected, table))])


def by_library(file: Path) -> list[Outcome]:
    """Judge the suite by great-expectations alone, once it is imported."""
    return library.outcomes(SUITE, file)


def measure(who: str, file: Path) -> None:
    """Print the CPU seconds and the peak of this process, imports apart from the seconds."""
    if who == "library":
        library.load()
    before = process_time()
    outcomes = by_scan(file) if who == "scan" else by_library(file)
    spent = process_time() - before
    if len(outcomes) != len(SUITE) or not all(outcome and outcome.success for outcome in outcomes):
        raise SystemExit(1)
    print(spent, getrusage(RUSAGE_SELF).ru_maxrss / 1024)


def measured(who: str, file: Path) -> tuple[float, float]:
    """Return the CPU seconds and the peak, in MB, of a process that judges the suite."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.expectations", who, str(file)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    spent, peak = map(float, told.split())
    return spent, peak


def main() -> int:
    """Print both measures; 0 if both targets hold."""
    with tempfile.TemporaryDirectory() as folder:
        file = made(Path(folder), ROWS)
        (scan, small), (theirs, large) = measured("scan", file), measured("library", file)
        print(f"{ROWS:,} rows: scan {scan:.2f} CPU s, {small:.0f} MB; library {theirs:.2f} CPU s, {large:.0f} MB")
        print(f"ratio {scan / theirs:.2f} (target {TARGET})")
        spent, peak = measured("scan", made(Path(folder), MOST_ROWS))
        print(f"{MOST_ROWS:,} rows: scan {spent:.1f} CPU s, {peak:.0f} MB (target {MOST_MB})")
    return int(scan / theirs > TARGET or peak > MOST_MB)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        raise SystemExit(main())

"""Claims: of a million rows, Parquet, CSV and NDJSON together cost at most 8 times the plain Parquet write of the same
rows held in memory; with all that is served and derived of them (JSON, index, compressed copies) at most 25 times.
NDJSON is written twice: alone for the first claim, and as a publication does, in one reading with JSON, for the second.

CPU is this process's own, user and system, all threads; the median of three, yardstick and claim taken in
turn. `python -m benchmarks.publication [rows]`.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.cpu_time import Work, cpu_s
from benchmarks.records import COLUMNS, table
from catalog.copies import compress
from catalog.export import Table, write_texts
from catalog.exports import export
from catalog.indexing import make_index

FIRST_TARGET = 8.0
WHOLE_TARGET = 25.0
ROUNDS = 3
FIRST = ("parquet", "csv", "ndjson")
TOGETHER = "ndjson and json"
TEXTS = ("data.csv", "data.ndjson", "data.json")


def measured(rows: pa.Table, folder: Path) -> dict[str, list[float]]:
    """Return what each step costs, in CPU seconds, round by round."""
    source, version, beside = folder / "release.parquet", folder / "version", folder / "copies"
    pq.write_table(rows, source, compression="zstd")
    steps: dict[str, Work] = {"plain": lambda: pq.write_table(rows, folder / "plain.parquet", compression="zstd")}
    for name in FIRST:
        made = export(name)
        steps[name] = lambda made=made: made.write(Table(source, COLUMNS), version / made.file_name)  # type: ignore[misc]
    both = {version / made.file_name: made.pieces for made in map(export, ("ndjson", "json")) if made.pieces}
    steps[TOGETHER] = lambda: write_texts(Table(source, COLUMNS), both)
    steps["index"] = lambda: make_index(version, beside, COLUMNS)
    steps["copies"] = lambda: compress(version, beside, TEXTS)
    taken: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(ROUNDS):
        for each in (version, beside):
            shutil.rmtree(each, ignore_errors=True)
            each.mkdir()
        for name, step in steps.items():
            taken[name].append(cpu_s(step))
    return taken


def main(rows: int = 1_000_000) -> int:
    """Measure, print, and return 0 if both targets hold."""
    with tempfile.TemporaryDirectory() as temporary:
        taken = {name: median(costs) for name, costs in measured(table(rows), Path(temporary)).items()}
    plain = taken.pop("plain")
    print(f"publication, {rows:,} rows; plain Parquet write {plain:.2f} CPU s; times it: ", end="")
    print(", ".join(f"{name} {cost / plain:.1f}" for name, cost in taken.items()))
    first, whole = sum(taken[name] for name in FIRST), sum(taken.values()) - taken["ndjson"]
    first, whole = first / plain, whole / plain
    print(f"publication, Parquet, CSV and NDJSON: {first:.1f} times (target {FIRST_TARGET:.0f})")
    print(f"publication, all that is served and derived: {whole:.1f} times (target {WHOLE_TARGET:.0f})")
    return int(first > FIRST_TARGET or whole > WHOLE_TARGET)


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))

"""Claim: the four gates together cost at most twice a plain scan of the release, CPU over CPU, same file, same run.

A release without free text: codes, labels, instants, days, whole numbers, amounts, a status; its schema and key, its
expectations, and the version before it, of which the gates' notes are there, as beside a version that is served. The
yardstick is DuckDB adding up a hash of every cell of every column. Both are medians of rounds, in one process, imports
and models apart; what a gate reads for those after it, it pays. `python -m benchmarks.gates [rows]`: or a million.
"""

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Final

import duckdb
from pydantic import JsonValue

from benchmarks.cpu_time import cpu_s
from catalog.gates import GATES
from catalog.gates.subject import Expected, Former, Gate, Subject, SubjectColumn
from catalog.gates.values import forget
from charter.apply import ReleaseColumn

ROWS: Final = 1_000_000
ROUNDS: Final = 5
TARGET: Final = 2.0
SCAN: Final = "plain scan"

_CELLS: Final = """
    'S' || lpad((i % 200)::VARCHAR, 3, '0') AS site,
    (['57041', '57038', '57096'])[1 + i % 3] AS commune,
    (['voirie', 'eau', 'espaces-verts'])[1 + i // 7 % 3] AS service,
    strftime(TIMESTAMP '2020-01-01' + INTERVAL (i // 200) HOUR, '%Y-%m-%dT%H:00:00+01:00') AS heure,
    strftime(DATE '2020-01-01' + (i // 4800)::INTEGER, '%Y-%m-%d') AS jour,
    (hash(i) % 10000)::BIGINT AS passages, (hash(i * 7) % 5000)::BIGINT AS foyers,
    (hash(i * 3) % 100000 / 100.0)::DECIMAL(18, 2) AS montant, 'publie' AS statut
"""
_COLUMNS: Final[tuple[tuple[ReleaseColumn, str, dict[str, JsonValue]], ...]] = (
    (ReleaseColumn("site", "code", "dimension"), "string", {"required": True, "pattern": "S[0-9]{3}"}),
    (ReleaseColumn("commune", "code", "dimension"), "string", {"enum": ["57041", "57038", "57096"]}),
    (ReleaseColumn("service", "texte", "dimension"), "string", {"required": True}),
    (ReleaseColumn("heure", "date-heure", "technical"), "datetime", {"required": True}),
    (ReleaseColumn("jour", "date", "technical"), "date", {"required": True}),
    (ReleaseColumn("passages", "entier", "measure"), "integer", {"minimum": 0}),
    (ReleaseColumn("foyers", "entier", "measure"), "integer", {"minimum": 0}),
    (ReleaseColumn("montant", "decimal", "measure"), "number", {"minimum": 0}),
    (ReleaseColumn("statut", "code", "status"), "string", {"enum": ["publie", "masque"]}),
)
_VALUES: Final = "expect_column_values_to_"
_EXPECTED: Final = (
    Expected(f"{_VALUES}not_be_null", {"column": "passages", "mostly": 0.9}),
    Expected(f"{_VALUES}be_between", {"column": "passages", "min_value": 0, "max_value": 10_000}),
    Expected(f"{_VALUES}match_regex", {"column": "heure", "regex": "^20[0-9]{2}-"}),
    Expected("expect_compound_columns_to_be_unique", {"column_list": ["site", "heure"]}),
)


def made(folder: Path, rows: int, *, first: int = 0) -> Path:
    """Write so many rows: zstd, as releases are."""
    file = folder / f"{first}.parquet"
    cells = duckdb.sql(" ".join(("SELECT", _CELLS, f"FROM range({first}, {first + rows}) t(i) ORDER BY site, heure")))
    cells.write_parquet(str(file), compression="zstd")
    return file


def subject(folder: Path, rows: int) -> Subject:
    """Return a release and the version before it."""
    columns = tuple(SubjectColumn(each) for each, *_ in _COLUMNS)
    fields: list[JsonValue] = [{"name": each.name, "type": kind, "constraints": told} for each, kind, told in _COLUMNS]
    schema: dict[str, JsonValue] = {"fields": fields, "primaryKey": ["site", "heure"], "missingValues": [""]}
    former = Subject("mesure", made(folder, rows, first=200), rows, columns, schema, (), _EXPECTED)
    noted = {kind: gate(place).judge(former, scratch=folder).kept for kind, place in GATES.items()}
    release = replace(former, rows=made(folder, rows))
    return replace(release, former=Former(former.rows, 1, "2026-11-01", noted))


def plain_scan(file: Path) -> None:
    """Read every cell of every column."""
    with duckdb.connect(config={"threads": 2}) as connection:
        rows = connection.read_parquet(str(file))
        rows.aggregate(", ".join(f"sum(hash({name}))" for name in rows.columns)).fetchall()


def gate(place: str) -> Gate:
    """Return a gate, warm."""
    module, _, name = place.partition(":")
    opened: Gate = getattr(import_module(module), name)()
    opened.warm()
    return opened


def passed(gate: Gate, judged: Subject, folder: Path) -> None:
    """Judge a release that has no fault."""
    if faults := gate.judge(judged, scratch=folder).faults:
        raise RuntimeError(faults)


def spent(gates: Mapping[str, Gate], judged: Subject, folder: Path) -> dict[str, float]:
    """Return the CPU seconds of the plain scan and of each gate in turn, on a release that none has seen yet."""
    forget()
    works = {SCAN: partial(plain_scan, judged.rows)}
    works |= {kind: partial(passed, each, judged, folder) for kind, each in gates.items()}
    return {kind: cpu_s(work) for kind, work in works.items()}


def main(rows: int) -> int:
    """Measure the gates and the scan, round by round; 0 if the gates hold the target."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        judged = subject(folder, rows)
        gates = {kind: gate(place) for kind, place in GATES.items()}
        rounds = [spent(gates, judged, folder) for _ in range(ROUNDS)]
    taken = {kind: median(each[kind] for each in rounds) for kind in rounds[0]}
    scan, together = taken.pop(SCAN), median(sum(each.values()) - each[SCAN] for each in rounds)
    for kind, seconds in taken.items():
        print(f"{kind:14} {seconds:.3f} CPU s, {seconds / scan:.2f} plain scans")
    print(f"{rows:,} rows of {len(_COLUMNS)} columns: plain scan {scan:.3f} CPU s, all gates {together:.3f} CPU s")
    print(f"ratio {together / scan:.1f} (target {TARGET})")
    return int(together / scan > TARGET)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))

"""Claim: the schema gate costs at most a twentieth of frictionless' own validation, CPU over CPU, same rows, same run.

A release of 12 columns (texts, codes, instants, days, numbers, a position, a status) with its types, constraints and
key. The yardstick is `Resource.validate` on the CSV of the same rows, its import and the writing of the CSV left out;
the gate is `SchemaGate.judge` on the release's Parquet file, in a process of its own, everything in. The library reads
at most `YARDSTICK` rows, for it takes time by the row. `python -m benchmarks.schema_gate [rows]`: a million, or fewer.
"""

import multiprocessing
import re
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import duckdb

from catalog.export import Table
from catalog.exports import export
from catalog.gates.schema import SchemaGate
from catalog.gates.subject import Subject, SubjectColumn
from charter.apply import ReleaseColumn

TARGET = 20.0
ROWS = 1_000_000
YARDSTICK = 100_000
MOST_MIB = 700

_ROWS = """
SELECT 'P-' || lpad(CAST(i AS VARCHAR), 8, '0') AS code,
    (['57041', '57038', '57096'])[1 + i % 3] AS commune,
    strftime(TIMESTAMP '2026-01-01' + to_seconds(i), '%Y-%m-%dT%H:%M:%S') AS releve_a,
    'rue ' || (i % 3000) AS rue,
    CAST(hash(i) % 500 AS BIGINT) AS volume,
    CAST(hash(i * 3) % 100000 / 100.0 AS DECIMAL(18, 2)) AS montant,
    i % 2 = 0 AS abonne,
    strftime(DATE '2026-01-01' + CAST(i % 300 AS INTEGER), '%Y-%m-%d') AS jour,
    left(md5(CAST(i AS VARCHAR)), 20) AS numero,
    CAST(CAST(6 + (i % 1000) / 1000.0 AS DECIMAL(6, 3)) AS VARCHAR) || ',49.5' AS position,
    CAST(i % 24 AS BIGINT) AS heure,
    'publie' AS statut
FROM range({rows}) t(i) ORDER BY code"""
FIELDS: list[dict[str, Any]] = [
    {"name": "code", "type": "string", "constraints": {"required": True, "pattern": "P-[0-9]{8}"}},
    {"name": "commune", "type": "string", "constraints": {"required": True, "enum": ["57041", "57038", "57096"]}},
    {"name": "releve_a", "type": "datetime"},
    {"name": "rue", "type": "string", "constraints": {"minLength": 3, "maxLength": 30}},
    {"name": "volume", "type": "integer", "constraints": {"required": True, "minimum": 0, "maximum": 500}},
    {"name": "montant", "type": "number", "constraints": {"minimum": 0}},
    {"name": "abonne", "type": "boolean"},
    {"name": "jour", "type": "date", "constraints": {"minimum": "2026-01-01"}},
    {"name": "numero", "type": "string", "constraints": {"pattern": "[0-9a-f]{20}"}},
    {"name": "position", "type": "geopoint"},
    {"name": "heure", "type": "integer", "constraints": {"minimum": 0, "maximum": 23}},
    {"name": "statut", "type": "string", "constraints": {"required": True, "enum": ["publie", "masque"]}},
]
SCHEMA: dict[str, Any] = {"fields": FIELDS, "primaryKey": ["code"], "missingValues": [""]}
_KINDS = {"statut": "status"}
_TYPES = {"volume": "entier", "heure": "entier", "montant": "decimal", "abonne": "booleen"}


def made(folder: Path, rows: int) -> Subject:
    """Write a release of so many rows."""
    file = folder / f"{rows}.parquet"
    duckdb.execute("SET enable_progress_bar = false")
    duckdb.execute(f"COPY ({_ROWS.format(rows=rows)}) TO '{file}' (FORMAT parquet)")
    names = [field["name"] for field in FIELDS]
    columns = (ReleaseColumn(name, _TYPES.get(name, "texte"), _KINDS.get(name, "technical")) for name in names)
    return Subject("mesure", file, rows, tuple(map(SubjectColumn, columns)), SCHEMA, (), ())


def by_gate(subject: Subject, folder: Path) -> tuple[float, int]:
    """Return the CPU seconds of a judgement, and the MiB that the process held at most."""
    gate = SchemaGate()
    gate.warm()
    return _timed(lambda: gate.judge(subject, scratch=folder).faults)


def by_library(subject: Subject, folder: Path) -> tuple[float, int]:
    """Return the same for frictionless."""
    from frictionless import Resource, Schema  # noqa: PLC0415 - the process of the gate is measured without it

    file = folder / f"{subject.count}.csv"
    export("csv").write(Table(subject.rows, tuple(each.published for each in subject.columns)), file)
    described = Resource(path=file.name, basepath=str(folder), schema=Schema.from_descriptor(SCHEMA))
    return _timed(lambda: described.validate().flatten())


def _timed(judged: Callable[[], Any]) -> tuple[float, int]:
    started = time.process_time()
    if found := judged():
        raise RuntimeError(found)
    spent = time.process_time() - started
    held = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return spent, int(held[1]) >> 10 if held else 0


def apart(measure: Callable[[Subject, Path], tuple[float, int]], subject: Subject, folder: Path) -> tuple[float, int]:
    """Measure in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
        return alone.submit(measure, subject, folder).result()


def main(rows: int) -> int:
    """Measure both and compare."""
    with tempfile.TemporaryDirectory(prefix="eclor-schema-gate-") as name:
        folder = Path(name)
        read = min(rows, YARDSTICK)
        ours, held = apart(by_gate, made(folder, rows), folder)
        theirs, needed = apart(by_library, made(folder, read), folder)
    ratio = (theirs / read) / (ours / rows)
    print(f"frictionless: {read:,} rows in {theirs:.2f} CPU s, {read / theirs:,.0f} rows a second, {needed} MiB")
    print(f"schema gate: {rows:,} rows in {ours:.2f} CPU s, {rows / ours:,.0f} rows a second, {held} MiB")
    print(f"{ratio:.1f} times less a row (target {TARGET:.0f}), {held} MiB (at most {MOST_MIB})")
    return int(ratio < TARGET or held > MOST_MIB)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))

"""Whatever a release holds, each export gives it back through readers that are not ours."""

import csv
import json
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.export import Table
from catalog.exports import export
from charter.release_parts import ReleaseColumn

COLUMNS = (
    ReleaseColumn("site", "code", "dimension"),
    ReleaseColumn("remarque", "texte", "technical"),
    ReleaseColumn("surface", "decimal", "technical", decimals=2),
    ReleaseColumn("foyers", "entier", "measure"),
    ReleaseColumn("statut", "code", "status"),
)
TYPES = pa.schema(
    [
        ("site", pa.string()),
        ("remarque", pa.string()),
        ("surface", pa.decimal128(18, 2)),
        ("foyers", pa.int64()),
        ("statut", pa.string()),
    ]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters='",;\n\r\t'), max_size=12)
ROWS = st.lists(
    st.tuples(
        TEXTS,
        st.none() | TEXTS.filter(bool),
        st.none() | st.decimals(min_value=-(10**9), max_value=10**9, places=2),
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.sampled_from(["publie", "masque"]),
    ),
    max_size=30,
)


def released(rows: list[tuple[object, ...]], folder: str) -> Table:
    path = Path(folder) / "release.parquet"
    columns = list(zip(*rows, strict=True)) or [()] * len(TYPES)
    pq.write_table(pa.table([list(column) for column in columns], schema=TYPES), path)
    return Table(path, COLUMNS)


def written(name: str, table: Table, folder: str) -> Path:
    path = Path(folder) / export(name).file_name
    export(name).write(table, path)
    return path


def objects(rows: list[tuple[object, ...]]) -> list[dict[str, object]]:
    return [dict(zip(TYPES.names, row, strict=True)) for row in rows]


@given(rows=ROWS)
@settings(deadline=None)
def test_csv_gives_the_rows_back(rows: list[tuple[object, ...]]) -> None:
    with TemporaryDirectory() as folder:
        path = written("csv", released(rows, folder), folder)
        with path.open(encoding="utf-8", newline="") as file:
            header, *read = csv.reader(file)
    assert header == TYPES.names
    assert read == [["" if value is None else str(value) for value in row] for row in rows]


@given(rows=ROWS)
@settings(deadline=None)
def test_json_and_ndjson_give_the_rows_back(rows: list[tuple[object, ...]]) -> None:
    with TemporaryDirectory() as folder:
        table = released(rows, folder)
        array = json.loads(written("json", table, folder).read_bytes(), parse_float=Decimal)
        lines = written("ndjson", table, folder).read_bytes().split(b"\n")
    assert array == objects(rows)
    assert lines.pop() == b""
    assert [json.loads(line, parse_float=Decimal) for line in lines] == objects(rows)


@given(rows=ROWS)
@settings(deadline=None, max_examples=50)
def test_parquet_gives_the_rows_back_to_duckdb(rows: list[tuple[object, ...]]) -> None:
    with TemporaryDirectory() as folder:
        path = written("parquet", released(rows, folder), folder)
        read = duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchall()
    assert read == rows


@given(rows=ROWS)
@settings(deadline=None, max_examples=50)
def test_the_sqlite_rows_count_from_one_in_order(rows: list[tuple[object, ...]]) -> None:
    with TemporaryDirectory() as folder:
        path = written("rows", released(rows, folder), folder)
        with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as database:
            read = database.execute("SELECT * FROM rows ORDER BY _n").fetchall()
    exact = [(n, *row[:2], row[2] and float(row[2]), *row[3:]) for n, row in enumerate(rows, 1)]
    assert [(row[0], *row[1:3], row[3] and float(row[3]), *row[4:]) for row in read] == exact


@given(rows=ROWS)
@settings(deadline=None, max_examples=20)
def test_the_same_release_gives_the_same_bytes(rows: list[tuple[object, ...]]) -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as again:
        for name in ("csv", "json", "ndjson", "parquet", "rows"):
            first = written(name, released(rows, folder), folder).read_bytes()
            assert written(name, released(rows, again), again).read_bytes() == first

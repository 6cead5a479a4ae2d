"""The index of rows holds what SQLite itself makes of each cell's digits, whatever the way that the cell went in."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.export import Table
from catalog.exports import rows_sqlite
from charter.release_parts import ReleaseColumn

SHAPES = ((3, 0), (10, 2), (15, 6), (15, 15), (16, 2), (30, 9))
COLUMNS = (
    ReleaseColumn("argent", "decimal", "measure"),
    ReleaseColumn("n", "entier", "measure"),
    ReleaseColumn("vrai", "booleen", "technical"),
)
Row = tuple[Decimal | None, int | None, bool | None]


@st.composite
def rows_of_decimals(draw: st.DrawFn) -> tuple[tuple[int, int], list[Row]]:
    shape = draw(st.sampled_from(SHAPES))
    most = 10 ** shape[0] - 1
    money = st.none() | st.integers(-most, most).map(lambda unscaled: Decimal(unscaled).scaleb(-shape[1]))
    whole = st.none() | st.integers(-(2**63), 2**63 - 1)
    return shape, draw(st.lists(st.tuples(money, whole, st.none() | st.booleans()), max_size=20))


@given(made=rows_of_decimals())
@settings(deadline=None, max_examples=60)
def test_cells_are_what_sqlite_makes_of_their_digits(made: tuple[tuple[int, int], list[Row]]) -> None:
    shape, rows = made
    kinds = (pa.decimal128(*shape), pa.int64(), pa.bool_())
    cells = list(zip(*rows, strict=True)) or [()] * len(kinds)
    with TemporaryDirectory() as folder:
        path, source = Path(folder) / "rows.sqlite", Path(folder) / "data.parquet"
        arrays = [pa.array(column, kind) for column, kind in zip(cells, kinds, strict=True)]
        pq.write_table(pa.table(arrays, names=[column.name for column in COLUMNS]), source)
        rows_sqlite.write(Table(source, COLUMNS), path)
        with closing(sqlite3.connect(path)) as database:
            held = database.execute("SELECT argent, typeof(argent), n, vrai FROM rows ORDER BY _n").fetchall()
            database.execute("CREATE TABLE digits (argent NUMERIC, n INTEGER, vrai TEXT)")
            told = [(None if money is None else format(money, "f"), n, vrai) for money, n, vrai in rows]
            database.executemany("INSERT INTO digits VALUES (?, ?, ?)", told)
            expected = database.execute("SELECT argent, typeof(argent), n, vrai FROM digits ORDER BY rowid").fetchall()
    assert held == expected

"""A session's raw table, and the order in which it writes many rows."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from eclor.engine.limits import Limits, Range
from eclor.engine.ordering import MANY_ROWS
from eclor.engine.session import opened_session

SCHEMA = pa.schema([("code", pa.string()), ("at", pa.timestamp("us"))])


def test_only_the_rows_of_the_ranges_are_read(tmp_path: Path) -> None:
    file = tmp_path / "raw.parquet"
    instants = [datetime.fromisoformat(f"2026-05-{day:02}T00:00:00") for day in range(1, 11)] + [None]
    pq.write_table(pa.table({"code": [str(n) for n in range(11)], "at": instants}, schema=SCHEMA), file)
    raw = ibis.table({"code": "string"}, name="raw")
    ranges = [
        Range("at", datetime.fromisoformat("2026-05-02T00:00:00"), datetime.fromisoformat("2026-05-04T00:00:00")),
        Range("at", datetime.fromisoformat("2026-05-09T00:00:00"), datetime.fromisoformat("2026-06-01T00:00:00")),
    ]
    with opened_session((file,), Limits(tmp_path / "work")) as session:
        session.bind(["code"], ranges, schema=SCHEMA)
        assert sorted(session.arrow(raw)["code"].to_pylist()) == ["1", "2", "8", "9"]
        session.bind(["code"], (), schema=SCHEMA)
        assert session.arrow(raw).num_rows == 11


def test_a_dataset_without_a_file_is_empty(tmp_path: Path) -> None:
    with opened_session((), Limits(tmp_path)) as session:
        session.bind(["code"], (), schema=SCHEMA)
        assert session.arrow(ibis.table({"code": "string"}, name="raw")).num_rows == 0


@pytest.mark.parametrize("values", [40, MANY_ROWS])
def test_many_rows_come_out_in_byte_order_whether_texts_are_few_or_many(tmp_path: Path, values: int) -> None:
    rows = MANY_ROWS + 50_000
    file, out = tmp_path / "raw.parquet", tmp_path / "work" / "out.parquet"
    text = f"chr(97 + (i % 5)::INT) || chr(200 + (i % 40)::INT) || (hash(i) % {values})"
    duckdb.sql(
        f"SELECT CASE WHEN i % 97 = 0 THEN NULL ELSE {text} END AS code, TIMESTAMP '2026-05-01' AS at "
        f"FROM range({rows}) t(i)"
    ).write_parquet(str(file))
    raw = ibis.table({"code": "string"}, name="raw")
    with opened_session((file,), Limits(tmp_path / "work")) as session:
        out.parent.mkdir(exist_ok=True)
        session.bind(["code"], (), schema=SCHEMA, sorted_by=["code"])
        assert session.write(raw.order_by(ibis.asc("code", nulls_first=True)).view(), out) == rows
    written = pq.read_table(out)["code"].combine_chunks()
    assert written.type == pa.string()
    texts = written.to_pylist()
    assert texts == sorted(texts, key=lambda text: b"" if text is None else text.encode())
    assert pc.count_distinct(written).as_py() == pc.count_distinct(pq.read_table(file)["code"]).as_py()


def test_days_bound_days(tmp_path: Path) -> None:
    file = tmp_path / "raw.parquet"
    pq.write_table(pa.table({"day": [date(2026, 5, 1), date(2026, 5, 2), date(2026, 6, 1)]}), file)
    raw = ibis.table({"day": "date"}, name="raw")
    with opened_session((file,), Limits(tmp_path / "work")) as session:
        session.bind(
            ["day"], [Range("day", date(2026, 5, 2), date(2026, 6, 1))], schema=pa.schema([("day", pa.date32())])
        )
        assert session.arrow(raw)["day"].to_pylist() == [date(2026, 5, 2)]

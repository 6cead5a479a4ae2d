"""Some of a session's files may be read alone, on either engine."""

from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from eclor.engine.limits import Engine, Limits, Range
from eclor.engine.session import opened_session

SCHEMA = pa.schema([("code", pa.string()), ("number", pa.int64())])


@pytest.mark.parametrize("engine", [Engine.DUCKDB, pytest.param(Engine.SPARK, marks=pytest.mark.spark)])
@pytest.mark.usefixtures("spark")
def test_some_files_of_a_session_are_read_alone(tmp_path: Path, engine: Engine) -> None:
    files = tuple(tmp_path / f"{name}.parquet" for name in "ab")
    for place, file in enumerate(files):
        rows = {"code": [f"{file.stem}{number}" for number in range(3)], "number": [10 * place + n for n in range(3)]}
        pq.write_table(pa.table(rows, SCHEMA), file)
    raw = ibis.table({"code": "string"}, name="raw")
    with opened_session(files, Limits(tmp_path / "work", engine=engine)) as session:
        found = []
        for asked, ranges in (((files[1],), ()), ((), ()), (None, ()), (files, [Range("number", 2, 11)])):
            session.bind(["code"], ranges, schema=SCHEMA, files=asked)
            found.append(sorted(session.arrow(raw)["code"].to_pylist()))
    assert found == [["b0", "b1", "b2"], [], ["a0", "a1", "a2", "b0", "b1", "b2"], ["a2", "b0"]]

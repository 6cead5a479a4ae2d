"""The gates' engines read what they judge, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from catalog.gates.cells import Cells
from catalog.gates.expectations_scan import Scan
from catalog.gates.values import values_of


@contextmanager
def engine(name: str, file: Path, scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    match name:
        case "expectations":
            with Scan.opened(file, scratch) as scan:
                yield scan.engine()
        case "values":
            yield values_of(file).connection
        case _:
            with Cells.opened(file, scratch) as cells:
                yield cells.engine()


@pytest.mark.parametrize("name", ["expectations", "values", "personal-data"])
def test_a_gate_reads_no_other_file(name: str, tmp_path: Path) -> None:
    file, other, scratch = tmp_path / "release.parquet", tmp_path / "other.parquet", tmp_path / "scratch"
    scratch.mkdir()
    for written in (file, other):
        pq.write_table(pa.table({"site": ["nord"]}), written)
    with engine(name, file, scratch) as connection:
        assert connection.read_parquet(str(file)).fetchall() == [("nord",)]
        with pytest.raises(duckdb.PermissionException):
            connection.read_parquet(str(other)).fetchall()

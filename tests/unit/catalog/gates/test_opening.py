"""The gates' engines read what they judge, and nothing else."""

from contextlib import AbstractContextManager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from catalog.gates.cells import Cells
from catalog.gates.drifting import Compared
from catalog.gates.expectations_scan import Scan

Opened = AbstractContextManager[Scan] | AbstractContextManager[Compared] | AbstractContextManager[Cells]


def engine(name: str, file: Path, scratch: Path) -> Opened:
    match name:
        case "expectations":
            return Scan.opened(file, scratch)
        case "drift":
            return Compared.opened(file, file, scratch)
        case _:
            return Cells.opened(file, scratch)


@pytest.mark.parametrize("name", ["expectations", "drift", "personal-data"])
def test_a_gate_reads_no_other_file(name: str, tmp_path: Path) -> None:
    file, other, scratch = tmp_path / "release.parquet", tmp_path / "other.parquet", tmp_path / "scratch"
    scratch.mkdir()
    for written in (file, other):
        pq.write_table(pa.table({"site": ["nord"]}), written)
    with engine(name, file, scratch) as opened:
        assert opened.connection.read_parquet(str(file)).fetchall() == [("nord",)]
        with pytest.raises(duckdb.PermissionException):
            opened.connection.read_parquet(str(other)).fetchall()

"""A closed connection reads what it was given, in whatever folder, and nothing else; pandas stays out of it."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from eclor.engine.closing import close_to
from eclor.engine.quoting import text_literal

_CLOSED = """
import sys
from pathlib import Path
import duckdb
from eclor.engine.closing import close_to
close_to(duckdb.connect(), [Path("rows.parquet")], [Path("spill")])
print("pandas" in sys.modules)
"""


def test_it_reads_its_files_and_its_folders_alone(tmp_path: Path) -> None:
    folder, other = tmp_path / "l'eau", tmp_path / "other.parquet"
    folder.mkdir()
    given = tmp_path / "d'ici.parquet"
    with duckdb.connect() as connection:
        for file in (given, other):
            connection.execute(f"COPY (SELECT 1 AS a) TO {text_literal(str(file))}")
        close_to(connection, [given], [folder])
        assert connection.read_parquet(str(given)).fetchall() == [(1,)]
        connection.execute(f"COPY (SELECT 2 AS a) TO {text_literal(str(folder / 'b.parquet'))}")
        for refused in (other, tmp_path / "l" / "b.parquet"):
            with pytest.raises(duckdb.PermissionException):
                connection.read_parquet(str(refused))
        with pytest.raises(duckdb.Error, match="external"):
            connection.execute("SET enable_external_access = true")


def test_closing_needs_no_pandas() -> None:
    told = subprocess.run([sys.executable, "-c", _CLOSED], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"

"""The scan of a schema, held to frictionless on the CSV file itself: same errors, in the same rows and fields."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings

from catalog.export import Table
from catalog.exports import export
from catalog.gates.schema_judging import judge, judge_file
from catalog.gates.schema_library import Contract, errors_of
from catalog.gates.schema_rows import ReleaseRows
from charter.apply import ReleaseColumn
from tests.by_frictionless import by_library, outcome, told
from tests.tables import csv_files, tables


def stored(rows: Sequence[Sequence[Any]], names: list[str], folder: Path) -> Table:
    columns = {name: pa.array([row[place] for row in rows], pa.string()) for place, name in enumerate(names)}
    pq.write_table(pa.table(columns), folder / "rows.parquet")
    return Table(folder / "rows.parquet", tuple(ReleaseColumn(name, "texte", "technical") for name in names))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_the_scan_of_a_release_finds_what_the_library_finds_in_its_csv(
    made: tuple[dict[str, Any], list[list[str]]],
) -> None:
    schema, rows = made
    with TemporaryDirectory() as name:
        folder = Path(name)
        table = stored(rows, [field["name"] for field in schema["fields"]], folder)
        export("csv").write(table, folder / "whole.csv")
        found = outcome(
            lambda: told(errors_of(judge(ReleaseRows(table), Contract("a", schema), scratch=folder).report))
        )
        assert found == outcome(lambda: by_library(folder / "whole.csv", schema))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(csv_files())
def test_the_scan_of_a_broken_csv_finds_what_the_library_finds(made: tuple[dict[str, Any], bytes]) -> None:
    schema, content = made
    with TemporaryDirectory() as name:
        file = Path(name) / "given.csv"
        file.write_bytes(content)
        found = outcome(lambda: told(errors_of(judge_file(file, Contract("a", schema), scratch=Path(name)).report)))
        assert found == outcome(lambda: by_library(file, schema, ours=False))

"""What every format gives back is held to the promise, whatever the type of its measures."""

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from catalog.export import Table
from catalog.exports import export
from catalog.reopening import READERS, Promise, _counted
from charter.release_parts import ReleaseColumn

COLUMNS = (
    ReleaseColumn("site", "code", "dimension"),
    ReleaseColumn("tonnage", "decimal", "measure", decimals=3),
    ReleaseColumn("foyers", "entier", "measure"),
    ReleaseColumn("statut", "code", "status"),
)
PROOF: Any = SimpleNamespace(columns=COLUMNS)
"""All that a reader asks of a proof."""
PROMISE = Promise(
    measures=frozenset({"tonnage", "foyers"}), always=frozenset({"tonnage", "foyers"}), least={"foyers": 11}, zero=False
)


def read_back(name: str, rows: list[tuple[object, ...]], folder: Path) -> tuple[int, int, bool]:
    types = [pa.string(), pa.decimal128(38, 3), pa.int64(), pa.string()]
    columns = [pa.array(list(values), kind) for values, kind in zip(zip(*rows, strict=True), types, strict=True)]
    pq.write_table(pa.table(dict(zip((column.name for column in COLUMNS), columns, strict=True))), folder / "r.parquet")
    export(name.rpartition(".")[2]).write(Table(folder / "r.parquet", COLUMNS), folder / name)
    return _counted(READERS[name](folder / name, PROOF), PROMISE)


@pytest.mark.parametrize("name", READERS)
def test_a_decimal_sum_keeps_the_promise_in_every_format(name: str, tmp_path: Path) -> None:
    rows = [("AUD", Decimal("1250.125"), 12, "publie"), ("VIL", None, None, "masque")]
    assert read_back(name, rows, tmp_path) == (2, 1, True)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "broken",
    [
        ("VIL", Decimal("3.500"), None, "masque"),
        ("VIL", None, 12, "publie"),
        ("VIL", Decimal("3.500"), 10, "publie"),
        ("VIL", Decimal("3.500"), 12, "autre"),
    ],
)
def test_a_row_that_breaks_it_is_found_in_every_format(name: str, broken: tuple[object, ...], tmp_path: Path) -> None:
    rows = [("AUD", Decimal("1250.125"), 12, "publie"), broken]
    assert read_back(name, rows, tmp_path)[2] is False

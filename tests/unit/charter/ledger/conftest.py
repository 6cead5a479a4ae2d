"""What the tests of the ledger look at while a period is settled."""

from pathlib import Path

import pyarrow as pa
import pytest

from charter.arrivals import UnitReader
from charter.raw_table import Table


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many files the unit sets were asked of, each time."""
    counts: list[int] = []
    asked_of = UnitReader._asked

    def counted(reader: UnitReader, expression: Table, files: tuple[Path, ...]) -> pa.Table:
        counts.append(len(files))
        return asked_of(reader, expression, files)

    monkeypatch.setattr(UnitReader, "_asked", counted)
    return counts

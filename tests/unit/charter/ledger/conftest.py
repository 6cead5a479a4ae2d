"""What the tests of the ledger look at while a period is settled."""

from pathlib import Path

import pytest

from charter.arrivals import UnitReader
from eclor.engine.session import Session


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many files the unit sets were asked of, each time."""
    counts: list[int] = []
    shown = UnitReader._shown

    def counted(reader: UnitReader, files: tuple[Path, ...]) -> Session:
        counts.append(len(files))
        return shown(reader, files)

    monkeypatch.setattr(UnitReader, "_shown", counted)
    return counts

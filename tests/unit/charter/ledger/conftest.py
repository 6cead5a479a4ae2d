"""What the tests of the ledger look at while a period is settled."""

from pathlib import Path

import pytest

from charter.arrivals import UnitReader
from charter.memberships import UnitSets


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many files the unit sets were asked of, each time."""
    counts: list[int] = []
    sets = UnitReader.sets

    def counted(reader: UnitReader, files: tuple[Path, ...]) -> UnitSets:
        counts.append(len(files))
        return sets(reader, files)

    monkeypatch.setattr(UnitReader, "sets", counted)
    return counts

"""A published period is revised by the rows that came since alone: the same release and ledger on both engines."""

import dataclasses
from pathlib import Path

import pytest

from anonymizers.cells import CellTable
from charter.arrivals import UnitReader
from charter.due import DuePeriod
from eclor.engine.limits import Engine
from tests.applying import Desk, shown
from tests.arrivals import ESSAY, Came, Store, same

pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("spark")]

LATE = [Came("nord", 5, 10, 22, 2), Came("nord", 5, 20, 12, 300), Came("sud", 6, 0, 3, 1, nobody=2)]
"""Some households come twice into one cell, others were in it, some rows are of nobody."""


def test_late_rows_revise_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)
    store = Store(desk, desk.plan(ESSAY), desk.territory(ESSAY).catalogue)
    store.receives([Came("nord", 5, 0, 20, 3), Came("sud", 6, 0, 20, 3)])
    store.publishes(store.applied())
    store.receives(LATE)

    def of_all_rows(_reader: UnitReader, _cells: CellTable, _due: DuePeriod) -> None:
        pytest.fail("all rows were asked who they are")

    monkeypatch.setattr(UnitReader, "memberships", of_all_rows)
    given = {}
    for engine in Engine:
        store.desk = dataclasses.replace(desk, engine=engine)
        given[engine] = store.applied()
    same(given[Engine.DUCKDB], given[Engine.SPARK])
    rows = {row[:2]: (row[2], row[4]) for row in shown(given[Engine.SPARK])}
    assert rows["nord", "2026-10-05"] == (32, 60 + 44 + 3_600)

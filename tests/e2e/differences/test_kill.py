"""kill -9 on either side of the ledger and the pointer: what counts is what was published, and nothing else."""

import os
import signal
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from catalog.gates.runner import GateRunner
from charter.ledger.store import LedgerStore
from tests.e2e.differences.valley import OPENING, SITES, drop, settle, shown
from tests.e2e.faults.town import SetClock, opened
from tests.e2e.faults.walker import Borrowed, context, lent

SATURDAY = OPENING.replace(day=21)
SUNDAY = OPENING.replace(day=22)
EVENING = OPENING.replace(hour=23, minute=30)


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    return context()


def walk_to(folder: Path, asked: Connection, failpoint: str) -> None:
    """Walk the sites in the evening, and die at a named point of it."""
    os.environ["ECLOR_FAILPOINT"] = failpoint
    with opened(folder / "territory", folder / "home", gates=Borrowed(asked), clock=SetClock(EVENING)) as town:
        town.walked(SITES)


@pytest.mark.parametrize("point", ["publish.written", "ledger.written", "publish.journaled", "publish.renamed"])
def test_a_kill_between_the_ledger_and_the_pointer_leaves_nothing_wrong(
    tmp_path: Path, gates: GateRunner, processes: ForkServerContext, point: str
) -> None:
    settle(tmp_path)
    drop(tmp_path, SITES, "a.csv", SATURDAY, {"VIL": range(20), "AUD": range(20)})
    with opened(tmp_path / "territory", tmp_path / "home", gates=gates, clock=SetClock(OPENING)) as town:
        assert town.walked(SITES, minutes=1).outcome == "published"
    drop(tmp_path, SITES, "b.csv", SATURDAY, {"VIL": range(20, 25), "AUD": range(20, 31)})
    drop(tmp_path, SITES, "c.csv", SUNDAY, {"VIL": range(15)})
    with lent(gates, processes) as asked:
        process = processes.Process(target=walk_to, args=(tmp_path, asked, point))
        process.start()
        process.join()
    assert process.exitcode == -signal.SIGKILL
    clock = SetClock(EVENING.replace(minute=50))
    with opened(tmp_path / "territory", tmp_path / "home", gates=gates, clock=clock) as town:
        town.walked(SITES)
        number = town.version(SITES)
        assert number is not None
        assert shown(town, SITES) == {
            ("AUD", "2026-11-21"): ("31", "31", "publie"),
            ("VIL", "2026-11-21"): ("20", "20", "publie"),
            ("VIL", "2026-11-22"): ("15", "15", "publie"),
        }
        town.assert_whole()
        store = LedgerStore(tmp_path / "home" / "ledger", town.house.world)
        assert [version.number for version in store.versions(SITES)] == [1, number]
        store.sweep()
        halves = {path.name.split(".")[0] for path in (tmp_path / "home" / "ledger").rglob("*.enc")}
        assert halves == {period.part for version in store.versions(SITES) for period in version.periods}
        assert {path.stem for path in (tmp_path / "home" / "keys" / "ledgers").glob("[!.]*.key")} == halves

"""Processes that walk the small town until they are killed, and what must hold afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from threading import Thread

from sqlmodel import select

from catalog.database import reading
from catalog.gates import GATES
from catalog.gates.runner import GateRunner
from catalog.gates.subject import Subject, Verdict
from catalog.models import VersionRow
from catalog.verify import verify_folder
from catalog.witnesses import verify_journal
from tests.e2e.faults.town import BENCHES, NOON, VISITS, SetClock, Town, counts, opened, put, visits

_LAZY = [
    "ibis.backends.duckdb",
    "pandas",
    "highspy",
    "pyarrow.pandas_compat",
    "charter.run",
    "charter.table_release",
    "charter.rows_release",
    "anonymizers.disclosure.protect",
    "harvesters.protocols.csv_table",
    "harvesters.transport.drop",
    "harvesters.transport.http",
    *(f"catalog.exports.{name}" for name in ("csv_table", "json_array", "ndjson", "parquet", "rows_sqlite")),
]
"""What a walk loads only when it needs it: loaded once, so that a kill falls in the walk and not in an import."""
FIRST_DAY = NOON.replace(day=1, month=9)


class Borrowed(GateRunner):
    """Gates that the test keeps warm, asked over a pipe: a process that will be killed need not warm its own."""

    def __init__(self, asked: Connection) -> None:
        self.gates = GATES
        self._asked = asked

    def run(self, gate: str, subject: Subject) -> Verdict:
        self._asked.send((gate, subject))
        verdict: Verdict = self._asked.recv()
        return verdict


@contextmanager
def lent(gates: GateRunner, processes: ForkServerContext) -> Iterator[Connection]:
    """Give the end of a pipe at which these gates answer."""
    here, there = processes.Pipe()

    def answer() -> None:
        with suppress(EOFError, OSError):
            while True:
                gate, subject = here.recv()
                here.send(gates.run(gate, subject))

    thread = Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        there.close()
        thread.join(20)
        here.close()


def context() -> ForkServerContext:
    """Return where processes are forked from: a server that has loaded all that a walk needs."""
    forkserver = get_context("forkserver")
    forkserver.set_forkserver_preload(["tests.e2e.faults.walker", *_LAZY])
    return forkserver


def badges_of(day: datetime) -> int:
    return 15 + day.toordinal() % 7


def drop_day(folder: Path, day: datetime) -> None:
    put(folder, f"{day:%Y-%m-%d}.csv", visits(day, badges=badges_of(day), repeats=2), at=day + timedelta(days=1))


def days_of(folder: Path) -> list[datetime]:
    """Return the days whose file was dropped."""
    return sorted(NOON.fromisoformat(f"{file.stem}T12:00:00+00:00") for file in folder.glob("*.csv"))


def walk_until_killed(folder: Path, asked: Connection, told: Connection, kill: int) -> None:
    """Go on from the last day that was dropped: every day another file, another list of benches, two versions."""
    drop = folder / "passages"
    clock = SetClock(days_of(drop)[-1] + timedelta(days=2, seconds=30 * kill))
    with opened(folder / "territory", folder / "home", gates=Borrowed(asked), clock=clock) as town:
        for _ in count():
            for slug in (VISITS, BENCHES):
                done = town.walked(slug, seconds=1)
                told.send((slug, done.outcome, done.version, done.message_fr))
            town.clock.instant += timedelta(days=1)
            drop_day(drop, days_of(drop)[-1] + timedelta(days=1))


def walk_to_a_failpoint(folder: Path, asked: Connection, told: Connection, failpoint: str) -> None:
    """Walk as above, and die at a named point of it."""
    os.environ["ECLOR_FAILPOINT"] = failpoint
    walk_until_killed(folder, asked, told, 1)


@contextmanager
def restarted(folder: Path, gates: GateRunner, kill: int) -> Iterator[Town]:
    """Open the town again in this process, as the next run does."""
    clock = SetClock(days_of(folder / "passages")[-1] + timedelta(days=2, seconds=30 * kill + 15))
    with opened(folder / "territory", folder / "home", gates=gates, clock=clock) as town:
        yield town


def assert_nothing_torn(town: Town, held: set[str]) -> dict[str, list[int]]:
    """Hold disk, metadata and journal against each other; `held` versions were verified. Return the numbers."""
    catalog = town.house.catalog
    assert not catalog.work.exists() or list(catalog.work.iterdir()) == []
    with reading(catalog.engine) as session:
        known = session.exec(select(VersionRow)).all()
    numbers = {slug: sorted(row.number for row in known if row.dataset == slug) for slug in (VISITS, BENCHES)}
    for slug, found in numbers.items():
        on_disk = sorted(int(path.name) for path in (catalog.published / slug / "versions").glob("*"))
        assert on_disk == found
        assert town.version(slug) == (found[-1] if found else None)
    for row in known:
        if row.folder not in held:
            assert verify_folder(catalog.published / row.folder).version == row.number
            held.add(row.folder)
    verify_journal(catalog.journal, catalog.published)
    return numbers


def assert_nothing_lost_nor_doubled(town: Town, folder: Path) -> None:
    """Every row of every day that was dropped is in the newest version, once: two visits of each badge at each site."""
    shown = counts((town.folder(VISITS, town.version(VISITS) or 0) / "data.csv").read_bytes())
    expected = {
        (site, f"{day:%Y-%m-%d}"): (str(2 * badges_of(day)), str(badges_of(day)), "publie")
        for day in days_of(folder / "passages")
        for site in ("VIL", "AUD")
    }
    assert dict(shown) == expected

"""kill -9 anywhere between harvest and publication, then a restart: nothing torn, nothing lost, nothing twice."""

import os
import signal
import socket
from collections.abc import Iterator
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from random import Random  # noqa: TID251 - seeded, for the moments of the kills

import pytest

from catalog.gates.runner import GateRunner
from tests.e2e.faults.town import BENCHES, VISITS, benches, settle
from tests.e2e.faults.walker import (
    FIRST_DAY,
    assert_nothing_lost_nor_doubled,
    assert_nothing_torn,
    context,
    drop_day,
    lent,
    restarted,
    walk_to_a_failpoint,
    walk_until_killed,
)
from tests.unit.harvesters.transport.conftest import Scripted, answer

pytestmark = pytest.mark.xdist_group("faults")  # one set of warm gates for all

KILLS = 20
SEED = int(os.environ.get("ECLOR_TEST_SEED", "20261124"))
POINTS = [
    "intake.staged",
    "intake.renamed",
    "intake.committed",
    "publish.written",
    "journal.written",
    "publish.journaled",
    "publish.proved",
    "publish.renamed",
    "publish.pointed",
]


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    return context()


@pytest.fixture
def folder(tmp_path: Path, server: Scripted) -> Path:
    """A town that never walked, whose list of benches is another one at each request."""
    numbers = count(30)

    def another(connection: socket.socket, head: bytes) -> None:
        answer(benches(next(numbers)))(connection, head)

    server.says(another)
    settle(tmp_path, serveur=server.url, passages=str(tmp_path / "passages"))
    drop_day(tmp_path / "passages", FIRST_DAY)
    return tmp_path


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_at_each_step_loses_nothing_and_publishes_nothing_twice(
    processes: ForkServerContext, gates: GateRunner, folder: Path, point: str
) -> None:
    here, there = processes.Pipe(duplex=False)
    with lent(gates, processes) as asked:
        process = processes.Process(target=walk_to_a_failpoint, args=(folder, asked, there, point))
        process.start()
        process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert not here.poll(), "it died in its first walk"
    with restarted(folder, gates, 1) as town:
        assert_nothing_torn(town, set())
        for slug, outcomes in ((VISITS, {"published", "unchanged"}), (BENCHES, {"published"})):
            done = town.walked(slug, seconds=1)
            assert (done.outcome in outcomes, done.version) == (True, 1), done.message_fr
        numbers = assert_nothing_torn(town, set())
        assert numbers == {VISITS: [1], BENCHES: [1]}
        assert_nothing_lost_nor_doubled(town, folder)


def test_kills_at_random_moments_tear_lose_and_double_nothing(
    processes: ForkServerContext, gates: GateRunner, folder: Path
) -> None:
    kill_at_random(processes, gates, folder, KILLS)


def kill_at_random(processes: ForkServerContext, gates: GateRunner, folder: Path, kills: int) -> None:
    """Kill a walker so many times, restart after each, and hold all that must hold."""
    moments, held = Random(SEED), set[str]()
    acknowledged: dict[str, int] = {VISITS: 0, BENCHES: 0}
    for kill in range(1, kills + 1):
        here, there = processes.Pipe(duplex=False)
        with lent(gates, processes) as asked:
            process = processes.Process(target=walk_until_killed, args=(folder, asked, there, kill))
            process.start()
            there.close()
            told = [here.recv() for _ in range(moments.randrange(4))]
            process.join(moments.uniform(0, 0.4))
            os.kill(process.pid or 0, signal.SIGKILL)
            process.join()
        for slug, outcome, version, said in [*told, *_told(here)]:
            assert outcome in {"published", "unchanged"}, said
            acknowledged[slug] = max(acknowledged[slug], version or 0)
        with restarted(folder, gates, kill) as town:
            numbers = assert_nothing_torn(town, held)
        assert all((numbers[slug] or [0])[-1] >= number for slug, number in acknowledged.items()), f"seed {SEED}"
    with restarted(folder, gates, kills + 1) as town:
        for slug in (VISITS, BENCHES):
            done = town.walked(slug, seconds=1)
            assert done.outcome in {"published", "unchanged"}, done.message_fr
        numbers = assert_nothing_torn(town, held)
        assert_nothing_lost_nor_doubled(town, folder)
        again = town.walked(VISITS, seconds=1)
        assert (again.outcome, again.version) == ("unchanged", numbers[VISITS][-1])
    assert numbers[VISITS][-1] > kills // 8, "the kills left time to publish"


def _told(here: Connection) -> Iterator[tuple[str, str, int | None, str]]:
    """What the dead one had said; its last word may be cut."""
    try:
        while here.poll():
            yield here.recv()
    except EOFError:
        return

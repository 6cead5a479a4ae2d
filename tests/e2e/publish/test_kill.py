"""kill -9 at a named or a random moment of a publication: the former version or the new one, whole, after a restart."""

import os
import signal
from multiprocessing.context import ForkServerContext
from pathlib import Path
from random import Random  # noqa: TID251 - seeded, for the moments of the kills

import pytest

from catalog.database import reading
from catalog.reading import current_version
from catalog.recovery import Ending, recover
from tests.e2e.publish.publisher import (
    assert_nothing_torn,
    numbers_on_disk,
    opened,
    places_of,
    publish_once,
    publish_until_killed,
)

KILLS = 20


@pytest.mark.parametrize(
    ("point", "endings", "number"),
    [
        ("publish.written", [], 1),
        ("journal.written", [Ending.FINISHED], 2),
        ("publish.journaled", [Ending.FINISHED], 2),
        ("publish.proved", [Ending.FINISHED], 2),
        ("publish.renamed", [Ending.FINISHED], 2),
        ("publish.pointed", [], 2),
    ],
)
def test_a_kill_at_each_step_leaves_one_or_the_other(
    processes: ForkServerContext, folder: Path, point: str, endings: list[Ending], number: int
) -> None:
    process = processes.Process(target=publish_once, args=(folder, point, 5))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    home = opened(folder)
    assert [one.ending for one in recover(home.catalog, home.world)] == endings
    with reading(home.catalog.engine) as session:
        current = current_version(session, "points-de-collecte")
    assert current is not None
    assert (current.number, current.rows) == (number, 2 if number == 1 else 5)
    assert_nothing_torn(home)
    assert home.published(places_of(home, 9)).version == str(number + 1)


def test_a_journaled_version_whose_files_are_lost_is_abandoned_and_its_number_never_given_again(
    processes: ForkServerContext, folder: Path
) -> None:
    process = processes.Process(target=publish_once, args=(folder, "publish.journaled", 5))
    process.start()
    process.join()
    home = opened(folder)
    (work,) = home.catalog.work.iterdir()
    (work / "data.json").chmod(0o644)
    (work / "data.json").write_bytes(b"[]")
    (ended,) = recover(home.catalog, home.world)
    assert (ended.version, ended.ending) == ("2", Ending.ABANDONED)
    assert numbers_on_disk(home, "points-de-collecte") == [1]
    assert home.published(places_of(home, 5)).version == "3"
    assert recover(home.catalog, home.world) == ()


def test_twenty_kills_at_random_moments_tear_nothing(processes: ForkServerContext, folder: Path) -> None:
    moments = Random(20261124)
    acknowledged, held = 0, set()
    for kill in range(KILLS):
        here, there = processes.Pipe(duplex=False)
        process = processes.Process(target=publish_until_killed, args=(folder, there, 10 + 50 * kill))
        process.start()
        assert here.recv() == "ready"
        for _ in range(moments.randrange(3)):
            here.recv()
        process.join(moments.uniform(0, 0.15))
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        home = opened(folder)
        assert_nothing_torn(home, held)
        versions = sum(len(numbers_on_disk(home, slug)) for slug in ("points-de-collecte", "dechetteries-passages"))
        assert versions >= acknowledged
        acknowledged = versions
        home.catalog.engine.dispose()
    assert acknowledged > KILLS

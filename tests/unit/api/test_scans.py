"""How long an engine keeps numbers in memory: as long as it is asked, and never longer than it may."""

import asyncio

from starlette.testclient import TestClient

from api.rows import ROWS
from api.scans import HELD, Scans
from api.turns import Turns
from tests.serving import SERIES
from tests.unit.catalog.publish.released import Home

NUMBERS = frozenset({"foyers"})


class Clock:
    """Seconds that pass when they are told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_numbers_stay_in_memory_while_they_are_asked_for_and_ten_minutes_at_most(
    home: Home, client: TestClient
) -> None:
    version = asyncio.run(client.app.state.parts.shelf.latest(SERIES)).version  # type: ignore[attr-defined]
    clock = Clock()
    scans = Scans(home.catalog.published, Turns(), clock)

    def source_at(seconds: float) -> str:
        clock.now = seconds
        return asyncio.run(scans.source(version, NUMBERS))

    assert [source_at(50.0 * number) for number in range(14)] == [ROWS, *[HELD] * 11, ROWS, HELD]
    assert source_at(720) == ROWS
    scans.close()

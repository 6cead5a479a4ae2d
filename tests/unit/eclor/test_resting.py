"""A dataset rests between two walks."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.flows import SHORTEST
from eclor.resting import Rest

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize(("lasted", "rested"), [(0, 0.5), (0.2, 0.5), (0.4, 0.8), (2, 4), (60, 60)])
def test_it_rests_for_as_long_as_it_walked(lasted: float, rested: float) -> None:
    rest = Rest()
    assert rest.is_over(NOON)
    rest.begin(NOON)
    assert not rest.is_over(after(lasted + 30))
    rest.end(after(lasted))
    assert (rest.is_over(after(rested - 0.01)), rest.is_over(after(rested))) == (lasted > SHORTEST.seconds, True)


def test_told_without_a_pause_it_leaves_at_most_720_versions_an_hour() -> None:
    rest, begun = Rest(), []
    for half in range(6 * 3600):
        if rest.is_over(now := after(half / 2)):
            rest.begin(now)
            rest.end(now)
            begun.append(half / 2)
    assert begun[:360] == [half / 2 for half in range(360)]
    assert begun[360:400] == [179.5 + 10 * number for number in range(1, 41)]
    assert max(sum(1 for one in begun if first <= one < first + 3600) for first in begun) <= 720

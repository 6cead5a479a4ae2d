from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from harvesters.simulators.parameters import Parameters
from harvesters.simulators.queues import queues

INSTANTS = st.integers(1_767_225_600, 1_796_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
"""From January to the end of November 2026."""


def _minutes(parameters: Parameters, instant: datetime) -> dict[str, int]:
    return {queue.site.code: queue.minutes for queue in queues(parameters.waste, parameters.town, 7, instant=instant)}


def test_nobody_waits_where_it_is_closed(parameters: Parameters) -> None:
    assert set(_minutes(parameters, datetime(2026, 11, 22, 14, tzinfo=UTC)).values()) == {0}
    assert _minutes(parameters, datetime(2026, 11, 24, 14, tzinfo=UTC))["AUD"] == 0


def test_a_week_shows_every_class_of_waiting(parameters: Parameters) -> None:
    start = datetime(2026, 11, 23, tzinfo=UTC)
    seen = {
        minutes
        for step in range(7 * 24 * 6)
        for minutes in _minutes(parameters, start + timedelta(minutes=10 * step)).values()
    }
    assert all(any(low <= minutes < high for minutes in seen) for low, high in ((0, 5), (5, 15), (15, 30), (30, 60)))


@settings(max_examples=60, deadline=None)
@given(INSTANTS)
def test_the_queue_moves_slowly_while_a_site_stays_open(parameters: Parameters, instant: datetime) -> None:
    now, then = _minutes(parameters, instant), _minutes(parameters, instant + timedelta(minutes=1))
    for site in now:
        assert now[site] >= 0
        if now[site] and then[site]:
            assert abs(now[site] - then[site]) <= 3


def test_an_observation_is_of_the_whole_minute(parameters: Parameters) -> None:
    first, second = (
        queues(parameters.waste, parameters.town, 7, instant=datetime(2026, 11, 24, 13, 5, second, tzinfo=UTC))
        for second in (1, 59)
    )
    assert first == second
    assert first[0].observed == datetime(2026, 11, 24, 13, 5, tzinfo=UTC)

"""A dataset rests between two walks."""

from datetime import UTC, datetime, timedelta

from eclor.resting import Rest

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_state_that_is_told_rests_for_a_second() -> None:
    rest = Rest()
    assert rest.is_over(NOON)
    rest.begin(NOON)
    assert not rest.is_over(NOON + timedelta(seconds=0.9))
    assert rest.is_over(NOON + timedelta(seconds=1))


def test_told_without_a_pause_it_leaves_at_most_720_versions_an_hour() -> None:
    rest, begun = Rest(), []
    for second in range(3 * 3600):
        if rest.is_over(now := NOON + timedelta(seconds=second)):
            rest.begin(now)
            begun.append(second)
    assert begun[:360] == [*range(360)]
    assert begun[360:400] == [359 + 10 * number for number in range(1, 41)]
    assert max(sum(1 for one in begun if first <= one < first + 3600) for first in begun) <= 720

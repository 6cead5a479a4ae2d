"""A dataset rests between two walks."""

from datetime import UTC, datetime, timedelta

from eclor.resting import Rest

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_a_state_that_is_told_rests_for_two_fifths_of_a_second() -> None:
    rest = Rest()
    assert rest.is_over(NOON)
    rest.begin(NOON)
    rest.end()
    assert (rest.is_over(after(0.39)), rest.is_over(after(0.4))) == (False, True)


def test_the_next_walk_waits_for_the_one_that_goes_on() -> None:
    rest = Rest()
    rest.begin(NOON)
    assert not rest.is_over(after(3600))
    rest.end()
    assert rest.is_over(after(3600))


def test_told_without_a_pause_it_leaves_at_most_720_versions_an_hour() -> None:
    rest, begun = Rest(), []
    for fifth in range(0, 2 * 12 * 3600, 2):
        if rest.is_over(now := after(fifth / 5)):
            rest.begin(now)
            rest.end()
            begun.append(fifth / 5)
    assert begun[:360] == [fifth / 5 for fifth in range(0, 720, 2)]
    assert begun[360:400] == [fifth / 5 for fifth in range(718 + 50, 718 + 50 * 41, 50)]
    assert max(sum(1 for one in begun if first <= one < first + 3600) for first in begun) <= 720

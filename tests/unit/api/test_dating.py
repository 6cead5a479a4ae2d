"""What dates an answer: never before what it tells, never the same for two contents, never ahead of the clock."""

import os
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from api.conditional import NotModified, Validators, Whole, decide
from api.dating import BEHIND, SETTLING, UNDATED, Dates, Modified, http_date
from api.moments import Moments, stamp_of
from tests.unit.catalog.publish.released import MovingClock

NOON = datetime(2026, 11, 24, 12, 0, 0, 200_000, tzinfo=UTC)


def told(modified: Modified) -> datetime:
    ((name, value),) = modified.lines()
    assert name == b"last-modified"
    return parsedate_to_datetime(value.decode())


def is_had(modified: Modified, since: datetime) -> bool:
    return decide("GET", {"if-modified-since": http_date(since)}, Validators('"a"', 1, modified)) == NotModified()


def test_a_date_is_told_once_it_is_over_and_never_ahead_of_what_the_server_says_it_is() -> None:
    clock = MovingClock(NOON)
    modified = Modified(clock.now(), clock)
    for _ in range(200):
        assert told(modified) <= clock.now() - BEHIND
        assert is_had(modified, told(modified)) == (told(modified) == modified.at)
        clock.move(seconds=0.05)
    assert (told(modified), modified.settled) == (modified.at, True)
    assert NOON + SETTLING < modified.at <= NOON + SETTLING + timedelta(seconds=1)


@pytest.mark.parametrize("apart", [0.001, 0.5, 1.5, 6.0])
def test_two_changes_have_no_date_in_common_for_whoever_saw_the_first(apart: float) -> None:
    """The second may come in the same second; readers of the first have the date told, or their own clock's."""
    clock = MovingClock(NOON)
    first = Modified(clock.now(), clock)
    clock.move(seconds=apart)
    had = {told(first), clock.now()}
    second = Modified(clock.now(), clock)
    clock.move(hours=1)
    assert not any(is_had(second, since) for since in had)
    assert is_had(second, told(second))


def test_what_never_changes_at_its_address_has_its_date_at_once_and_never_ahead() -> None:
    clock = MovingClock(NOON)
    assert told(Modified.lasting(NOON - timedelta(days=1), clock)) == datetime(2026, 11, 23, 12, tzinfo=UTC)
    ahead = Modified.lasting(NOON + timedelta(days=1), clock)
    assert told(ahead) <= NOON - BEHIND
    assert is_had(ahead, told(ahead))


def test_a_date_says_nothing_of_what_is_not_dated() -> None:
    about = Validators('"a"', 1, UNDATED)
    for name in ("if-modified-since", "if-unmodified-since"):
        assert decide("GET", {name: http_date(NOON)}, about) == Whole()
    assert UNDATED.lines() == ()


def test_each_dataset_has_the_date_of_its_own_change_and_all_that_of_the_newest() -> None:
    clock = MovingClock(NOON)
    dates = Dates(clock)

    def seen(*, anew: bool = False, **held: object) -> tuple[datetime, datetime, datetime]:
        clock.move(minutes=1)
        dates.see(held, anew=anew)
        return dates.of("a").seen, dates.of("b").seen, dates.every.seen

    start = clock.now()
    first, second, third = (start + timedelta(minutes=minute) for minute in (1, 3, 4))
    assert seen(a=1, b=1) == (first, first, first)
    assert seen(a=1, b=1) == (first, first, first)
    assert seen(a=1, b=2) == (first, second, second)
    assert seen(a=1, b=1) == (first, third, third)
    assert dates.of("unknown").seen == third
    ended = third + timedelta(minutes=1)
    assert seen(a=1, b=1, anew=True) == (ended, ended, ended)
    assert seen(b=1)[1:] == (ended, ended + timedelta(minutes=1))


def test_a_minute_is_dated_by_itself_and_by_any_change_since(tmp_path: Path) -> None:
    clock, file = MovingClock(NOON), tmp_path / "charte.yaml"
    file.write_text("a")
    dates = Dates(clock)
    moments = Moments(dates, [tmp_path])

    def at(**step: float) -> datetime:
        clock.move(**step)
        moments._until = 0.0
        return moments.moment().modified.seen

    minute = timedelta(minutes=1)
    assert at() == NOON
    assert at(seconds=60) == NOON.replace(microsecond=0) + minute
    assert moments.now() == NOON.replace(microsecond=0) + minute
    assert at(seconds=20) == NOON.replace(microsecond=0) + minute
    file.write_text("b")
    assert at(seconds=1) == clock.now()
    assert at(seconds=1) == clock.now() - timedelta(seconds=1)
    dates.see_tried({"a": 1})
    assert at() == clock.now()
    clock.move(seconds=1)
    dates.see({"a": 1}, anew=False)
    assert at() == clock.now()


def test_what_was_put_taken_or_set_back_is_seen(tmp_path: Path) -> None:
    folder = tmp_path / "territory" / "politiques"
    folder.mkdir(parents=True)
    stamps = [stamp_of(tmp_path)]

    def changed() -> bool:
        stamps.append(stamp_of(tmp_path))
        return stamps[-1] != stamps[-2]

    assert not changed()
    file, other = folder / "bancs.yaml", tmp_path / "new"
    file.write_text("a")
    assert changed()
    os.utime(file, (0, 0))
    assert changed()
    other.write_text("b")
    os.utime(other, (0, 0))
    stamps.append(stamp_of(tmp_path))
    other.rename(file)
    assert changed()
    file.unlink()
    assert changed()
    assert stamp_of(file) == ()

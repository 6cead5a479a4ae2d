import itertools
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from harvesters.simulators.clock import exported_day, first_of_last_closed_month
from harvesters.simulators.drop import due_days

PARIS = ZoneInfo("Europe/Paris")
INSTANTS = st.integers(1_767_225_600, 1_796_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
"""From January to the end of November 2026."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_the_last_closed_month_waits_for_its_delay() -> None:
    before, after = at("2026-11-07T23:59:59+01:00"), at("2026-11-08T00:00:00+01:00")
    assert first_of_last_closed_month(before, PARIS, delay_days=7) == date(2026, 9, 1)
    assert first_of_last_closed_month(after, PARIS, delay_days=7) == date(2026, 10, 1)


def test_the_drop_holds_the_last_closed_month_and_every_day_since() -> None:
    days = due_days(at("2026-11-24T13:00:00+01:00"), PARIS, delay_days=7)
    assert (days[0], days[-1], len(days)) == (date(2026, 10, 1), date(2026, 11, 23), 31 + 23)


def test_the_export_starts_with_the_day_before_yesterday() -> None:
    start = at("2026-11-24T13:00:00+01:00")
    assert exported_day(start, start, PARIS) == date(2026, 11, 22)


def test_the_export_then_holds_yesterday_and_turns_at_noon() -> None:
    start = at("2026-11-24T13:00:00+01:00")
    said = {text: exported_day(start, at(text), PARIS) for text in (
        "2026-11-24T14:00:00+01:00", "2026-11-25T11:59:00+01:00", "2026-11-25T12:00:00+01:00",
    )}  # fmt: skip
    assert list(said.values()) == [date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 24)]


@given(
    INSTANTS,
    st.lists(st.integers(0, 12 * 86_400), min_size=2, max_size=40),
)
def test_the_export_never_goes_back_and_never_shows_a_day_that_goes_on(start: datetime, offsets: list[int]) -> None:
    instants = [datetime.fromtimestamp(start.timestamp() + offset, UTC) for offset in sorted(offsets)]
    shown = [exported_day(start, instant, PARIS) for instant in instants]
    assert shown == sorted(shown)
    assert all(day < instant.astimezone(PARIS).date() for day, instant in zip(shown, instants, strict=True))


@given(INSTANTS)
def test_no_day_is_missing_from_the_exports_of_a_week(start: datetime) -> None:
    hours = [datetime.fromtimestamp(start.timestamp() + 3600 * hour, UTC) for hour in range(7 * 24)]
    shown = sorted({exported_day(start, hour, PARIS) for hour in hours})
    assert [later.toordinal() - earlier.toordinal() for earlier, later in itertools.pairwise(shown)] == [1] * (
        len(shown) - 1
    )

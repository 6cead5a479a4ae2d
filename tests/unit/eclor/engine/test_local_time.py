"""The session's cheap local time says what the zone database and the engine's own calendar say."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eclor.engine.duckdb_session import BY_CALENDAR
from eclor.engine.local_time import clock_changes, local_time

INSTANTS = st.datetimes(
    min_value=datetime.fromisoformat("1970-01-01T00:00:00"), max_value=datetime.fromisoformat("2037-12-31T00:00:00")
)
HOUR = timedelta(hours=1)


def by_zone(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/Paris")).replace(tzinfo=None)


def asked(body: str | None, instants: list[datetime]) -> list[datetime]:
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(f"CREATE TEMP MACRO eclor_paris(instant) AS {body}")
    return [connection.execute("SELECT eclor_paris(?::TIMESTAMP)", [instant]).fetchone()[0] for instant in instants]


@settings(max_examples=25, deadline=None)
@given(st.lists(INSTANTS, min_size=1, max_size=5), st.sampled_from([1, 30, 300, 3000]))
def test_both_ways_say_what_the_zone_database_says(instants: list[datetime], span: int) -> None:
    low = min(instants)
    within = [instant for instant in instants if instant <= low + timedelta(days=span)]
    expected = [by_zone(instant) for instant in within]
    assert asked(local_time(low, max(within)), within) == expected
    assert asked(BY_CALENDAR, within) == expected


@pytest.mark.parametrize(
    "change", [datetime.fromisoformat("2026-03-29T01:00:00"), datetime.fromisoformat("2026-10-25T01:00:00")]
)
def test_the_second_of_the_change_is_found(change: datetime) -> None:
    changes = clock_changes(change - timedelta(days=3, seconds=7), change + timedelta(days=2))
    assert changes[1].instant == change
    around = [change - timedelta(microseconds=1), change, change + HOUR]
    assert asked(local_time(around[0] - HOUR, around[-1]), around) == [by_zone(instant) for instant in around]


def test_a_range_that_ends_on_a_change_includes_it() -> None:
    change = datetime.fromisoformat("2026-10-25T01:00:00")
    assert asked(local_time(change - HOUR, change), [change]) == [by_zone(change)]

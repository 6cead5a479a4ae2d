"""The release period that a row's instant tells is that of its bucket by the calendar, whatever the level of time."""

import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.instants import period_of, period_told
from anonymizers.times import Grain, Span, local_day, span_holding, utc_midnight
from anonymizers.treatments import treated
from charter.due import Due
from charter.periods import days_of
from eclor.engine.limits import Limits
from eclor.engine.periods import FEW
from eclor.engine.session import opened_session

DAYS = st.dates(date(2019, 1, 1), date(2031, 1, 1))
TICK = timedelta(microseconds=1)
ORDER = (Grain.HOUR, Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)
LEVELS = [(grain, frequency) for frequency in ORDER[1:] for grain in ORDER[: ORDER.index(frequency) + 1]]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    with tempfile.TemporaryDirectory() as folder, opened_session((), Limits(Path(folder))) as opened:
        opened.know_any_local_time()
        yield opened


def told(session: Any, stored: pa.Array, grain: Grain, frequency: Grain) -> list[date]:
    session._connection.register("given", pa.table({"position": range(len(stored)), "at": stored}))
    session._connection.execute("CREATE OR REPLACE TEMP TABLE raw AS SELECT * FROM given")
    kind = "timestamp(6)" if pa.types.is_timestamp(stored.type) else "date"
    raw = ibis.table({"position": "int64", "at": kind}, name="raw")
    bucket = treated("time_grain", raw["at"], grain=grain)
    period = period_told(raw["at"], period_of(bucket, grain=grain, frequency=frequency))
    answer = session.arrow(raw.select("position", period=period))
    return [row["period"] for row in sorted(answer.to_pylist(), key=lambda row: row["position"])]


def first_days(days: list[date], grain: Grain, frequency: Grain) -> list[date]:
    """The periods of local days, by another hand than the engine's."""
    return [span_holding(grain, day).within(frequency).first for day in days]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LEVELS), st.lists(DAYS, min_size=1, max_size=5), st.booleans(), st.booleans())
def test_both_ways_say_the_period_of_the_bucket(
    session: Any, levels: tuple[Grain, Grain], days: list[date], are_days: bool, are_known: bool
) -> None:
    grain, frequency = levels
    if are_days and grain is Grain.HOUR:
        grain = Grain.DAY
    due = sorted(set(first_days(days, grain, frequency)))
    spans = [days_of(Span(first, frequency), grain) for first in due]
    if are_days:
        stored = [day for low, high in spans for day in (low, high - timedelta(days=1))] + days
        values, local = pa.array(stored, pa.date32()), stored
    else:
        ends = [(utc_midnight(low), utc_midnight(high)) for low, high in spans]
        at = [moment for low, high in ends for moment in (low, low + TICK, high - TICK)]
        at += [utc_midnight(day) + timedelta(hours=11) for day in days]
        values, local = pa.array(at, pa.timestamp("us")), [local_day(moment) for moment in at]
    session.know_periods(
        Due({first: Span(first, frequency) for first in due}, tuple(spans), ()).beginnings if are_known else {}
    )
    assert told(session, values, grain, frequency) == first_days(local, grain, frequency)


def test_beyond_a_few_periods_the_calendar_is_asked(session: Any) -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(FEW + 1)]
    beginnings = {utc_midnight(day): date(1970, 1, 1) for day in days}
    values = pa.array([datetime(2026, 1, 5, 12)], pa.timestamp("us"))  # noqa: DTZ001 - stored instants are naive UTC
    session.know_periods(beginnings)
    assert told(session, values, Grain.HOUR, Grain.DAY) == [date(2026, 1, 5)]
    session.know_periods(dict(list(beginnings.items())[1:]))
    assert told(session, values, Grain.HOUR, Grain.DAY) == [date(1970, 1, 1)]

"""Time as engine columns: local time, the spans and periods that hold an instant, and their labels, Europe/Paris.

A bucket is the key of a cell's time: the first day of its span, or for an hour its naive UTC start. The hour of local
times without offset in the doubled autumn hour is a microsecond past the first reading's start.
"""

from typing import Final, assert_never

import ibis
import ibis.expr.datatypes as dt

from anonymizers.columns import Column, session_function
from anonymizers.times import Grain

_INSTANT: Final = dt.Timestamp(scale=6)

eclor_paris: Final = session_function("eclor_paris", (_INSTANT,), _INSTANT)
"""Naive UTC → naive local time."""

_eclor_period: Final = session_function("eclor_period", (_INSTANT, "date"), "date")
"""The release period that is given; a session that knows which periods a run covers tells it from the instant alone."""


def local_time(column: Column) -> Column:
    """Return the naive local time of a naive UTC instant; that of a day's beginning for a day."""
    return column.cast("timestamp") if column.type().is_date() else eclor_paris(column)


def first_day(local: Column, *, grain: Grain) -> Column:
    """Return the first day of the span that holds a local time.

    By the parts of the day where that is possible: truncating an instant costs the engine twice as much.
    """
    day = local.date()
    match grain:
        case Grain.HOUR | Grain.DAY:
            return day
        case Grain.WEEK:
            return local.truncate("W").date()
        case Grain.MONTH:
            return ibis.date(day.year(), day.month(), 1)
        case Grain.QUARTER:
            return ibis.date(day.year(), day.quarter() * 3 - 2, 1)
        case Grain.YEAR:
            return ibis.date(day.year(), 1, 1)
        case _:
            assert_never(grain)


def period_of(bucket: Column, *, grain: Grain, frequency: Grain) -> Column:
    """Return the first day of the release period to which a bucket belongs; a week goes by its Thursday."""
    local = local_time(bucket)
    return first_day(local + ibis.interval(days=3) if grain is Grain.WEEK else local, grain=frequency)


def period_told(stored: Column, period: Column) -> Column:
    """Return a row's release period, which its stored instant, or day, tells at less cost than the calendar."""
    return _eclor_period(stored.cast(_INSTANT) if stored.type().is_date() else stored, period)


def label_of_bucket(bucket: Column, *, grain: Grain) -> Column:
    """Return the label of a bucket, as LANGUAGE.md section 9 writes it."""
    match grain:
        case Grain.HOUR:
            hour = bucket.truncate("s")
            return instant_label(hour, ambiguous=bucket != hour)
        case Grain.DAY:
            return bucket.cast("string")
        case Grain.WEEK:
            thursday = (bucket.cast("timestamp") + ibis.interval(days=3)).date()
            return thursday.year().cast("string") + "-W" + bucket.week_of_year().cast("string").lpad(2, "0")
        case Grain.MONTH:
            return bucket.strftime("%Y-%m")
        case Grain.QUARTER:
            return bucket.year().cast("string") + "-T" + bucket.quarter().cast("string")
        case Grain.YEAR:
            return bucket.year().cast("string")
        case _:
            assert_never(grain)


def instant_label(column: Column, *, ambiguous: Column) -> Column:
    """Return an instant as ISO 8601 local time with its offset; without offset where it was ambiguous."""
    return instant_text(instant_keys(column, ambiguous=ambiguous))


def instant_keys(column: Column, *, ambiguous: Column) -> tuple[Column, Column]:
    """Return local time and minutes of offset, null where it was ambiguous: they sort as the label does."""
    local = eclor_paris(column)
    minutes = local.delta(column, unit="minute")
    return local, ambiguous.ifelse(ibis.null("int64"), minutes)


def instant_text(keys: tuple[Column, ...]) -> Column:
    """Return the label of an instant from its keys."""
    local, minutes = keys
    known = ibis.cases((minutes == 60, "+01:00"), (minutes == 120, "+02:00"), else_=_offset(minutes))  # noqa: PLR2004
    return local.cast("string").replace(" ", "T") + minutes.isnull().ifelse("", known)


def _offset(minutes: Column) -> Column:
    size = minutes.abs()
    hours, rest = (size - size % 60) / 60, size % 60
    sign = (minutes < 0).ifelse("-", "+")
    return sign + hours.cast("int64").cast("string").lpad(2, "0") + ":" + rest.cast("string").lpad(2, "0")

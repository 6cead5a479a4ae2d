"""Time grain: an instant becomes the local hour, day, ISO week, month, quarter or year that holds it, Europe/Paris."""

from typing import Final, assert_never

import ibis
import ibis.expr.datatypes as dt

from anonymizers.columns import Column
from anonymizers.times import Grain

_UNITS: Final = {
    Grain.WEEK: "W",
    Grain.MONTH: "M",
    Grain.QUARTER: "Q",
    Grain.YEAR: "Y",
}


def _eclor_paris(instant: dt.Timestamp(scale=6)) -> dt.Timestamp(scale=6):  # type: ignore[valid-type]
    """Stand for the session's function of that name: naive UTC → naive local time."""


eclor_paris: Final = ibis.udf.scalar.builtin(_eclor_paris, name="eclor_paris")


def treat(column: Column, *, grain: Grain, ambiguous: Column = None) -> Column:
    """Return the first day of the span that holds the value; for an hour, its naive UTC start.

    `column` is a naive UTC instant, a local day or a year. `ambiguous` says which instants were local times without
    offset in the doubled autumn hour: their hour is one more cell, a microsecond past the first reading's start.
    """
    if grain is Grain.HOUR:
        hour = column.truncate("h")
        return hour if ambiguous is None else ambiguous.ifelse(hour + ibis.interval(microseconds=1), hour)
    if column.type().is_integer():
        return ibis.date(column.cast("int32"), 1, 1)
    return _truncated(_local(column), grain)


def _local(column: Column) -> Column:
    """Return the naive local time of a naive UTC instant; that of a day's beginning for a day."""
    return column.cast("timestamp") if column.type().is_date() else eclor_paris(column)


def _truncated(local: Column, grain: Grain) -> Column:
    """Return a day. The engine truncates a day to a timestamp, so the way is by timestamps and back."""
    return (local if grain is Grain.DAY else local.truncate(_UNITS[grain])).date()


def period(bucket: Column, *, grain: Grain, frequency: Grain) -> Column:
    """Return the first day of the release period to which a bucket of `treat` belongs; a week goes by its Thursday."""
    local = _local(bucket)
    return _truncated(local + ibis.interval(days=3) if grain is Grain.WEEK else local, frequency)


def label(bucket: Column, *, grain: Grain) -> Column:
    """Return the label of a bucket of `treat`, as LANGUAGE.md section 9 writes it."""
    match grain:
        case Grain.HOUR:
            return instant_label(bucket.truncate("s"), ambiguous=bucket.microsecond() > 0)
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

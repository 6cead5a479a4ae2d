"""Time grain: an instant becomes the local hour, day, ISO week, month, quarter or year that holds it, Europe/Paris."""

from typing import Final

import ibis

from anonymizers.columns import Column
from anonymizers.instants import first_day, local_time
from anonymizers.times import Grain

MONOTONE: Final = True
"""A later instant is in no earlier bucket; local times without offset in the doubled hour apart."""


def treat(column: Column, *, grain: Grain, ambiguous: Column = None) -> Column:
    """Return the bucket that holds the value: the first day of its span; for an hour, its naive UTC start.

    `column` is a naive UTC instant, a local day or a year, as a number or a text; a text that is none is missing.
    `ambiguous` says which instants were local times without offset in the doubled autumn hour: their hour is one more
    cell, a microsecond past the first reading's start.
    """
    if grain is Grain.HOUR:
        hour = column.truncate("h")
        return hour if ambiguous is None else ambiguous.ifelse(hour + ibis.interval(microseconds=1), hour)
    year = column.try_cast("int64") if column.type().is_string() else column
    if year.type().is_integer():
        return ibis.date(year.cast("int32"), 1, 1)
    return first_day(local_time(column), grain=grain)

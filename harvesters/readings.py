"""Readings of meters: each with its instant, and refused where its value or its time is none."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from eclor.errors import Place
from harvesters.local_clock import with_offsets
from harvesters.parsing import RefusedRow, Row
from harvesters.times import NoSuchTime, read_date, read_instant

Curve: TypeAlias = Callable[[], Iterator[Row]]
"""Gives the readings of a curve, made anew: all their rows at once take many times what they are made of."""


def events(curves: Iterable[Curve], *, name: str) -> Iterator[Row | RefusedRow]:
    """Yield the readings of curves, each with its `instant`; one whose value or date cannot be read is refused.

    `instant` is `date` with its offset: local times are those of Paris, the doubled hour of autumn in its order.
    """
    number = 0
    for curve in curves:
        for row in _with_instants(curve):
            number += 1
            is_sound = _is_number(row["value"]) and _is_time(str(row["instant"]))
            yield row if is_sound else RefusedRow("payload.enedis-reading", Place(name), {"number": number})


def _with_instants(curve: Curve) -> Iterator[Row]:
    dates = [date if isinstance(date, str) else "" for date in (row["date"] for row in curve())]
    for row, instant in zip(curve(), with_offsets(dates), strict=True):
        yield row | {"instant": instant}


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        try:
            return Decimal(value).is_finite()
        except InvalidOperation:
            return False
    return value is None or (isinstance(value, int | Decimal) and not isinstance(value, bool))


def _is_time(text: str) -> bool:
    for read in (read_date, read_instant):
        try:
            read(text)
        except NoSuchTime:
            return True
        except (ValueError, OverflowError):
            continue
        return True
    return False

"""Step 11 for a table: what a reader sees of the cells, as the rows of a release."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

import numpy as np
import pyarrow as pa

from anonymizers.cells import Booleans, CellTable, Indicator, Integers, Key, Kind
from anonymizers.rounding import nearest, whole_means
from charter.protection import Shielded

STATUS: Final = "statut"
PUBLISHED: Final = "publie"
MASKED: Final = "masque"

_DIGITS: Final = 38


def published_rows(part: Shielded, unsaid: Callable[[Key], bool], *, rounding: int | None) -> pa.Table:
    """Return the rows of one period: dimensions, indicators, `statut`; a masked value is null.

    Left out: a known zero, which a reader knows without a line, and a masked cell whose presence would tell of
    someone (`unsaid`, of a key).
    """
    cells, masked = part.cells, part.protected.masked
    shown = ((cells.rows > 0) | masked) & ~_unsaid(cells, masked, unsaid)
    kept = np.flatnonzero(shown)
    columns: dict[str, pa.Array] = {
        name: pa.array([cells.keys[at][position] for at in kept], pa.string())
        for position, name in enumerate(cells.dimensions)
    }
    for index, indicator in enumerate(cells.indicators):
        values = _shown(part, index, rounding)[kept]
        columns[indicator.name] = _column(values, _hidden(cells, index, masked)[kept], indicator)
    statuses = [MASKED if hidden else PUBLISHED for hidden in masked[kept]]
    return pa.table({**columns, STATUS: pa.array(statuses, pa.string())})


def _unsaid(cells: CellTable, masked: Booleans, unsaid: Callable[[Key], bool]) -> Booleans:
    hidden = (bool(is_masked) and unsaid(key) for key, is_masked in zip(cells.keys, masked, strict=True))
    return np.fromiter(hidden, dtype=np.bool_, count=len(cells.keys))


def _shown(part: Shielded, index: int, rounding: int | None) -> Integers:
    """Return the numbers of an indicator as they are shown; a kept cell's as the version that it is kept from did."""
    values = _published(part.cells, index, rounding)
    for former, kept in part.kept_roundings:
        if former != rounding:
            values = np.where(kept, _published(part.cells, index, former), values)
    return values


def _published(cells: CellTable, index: int, rounding: int | None) -> Integers:
    """Return the numbers of an indicator as they are shown: margins rounded on their own, means whole."""
    indicator = cells.indicators[index]
    if indicator.kind is Kind.MEAN:
        return whole_means(cells.values[index], cells.weights[index], decimals=indicator.decimals)
    if rounding is None:
        return cells.values[index]
    return nearest(cells.values[index], rounding * 10**indicator.decimals)


def _hidden(cells: CellTable, index: int, masked: Booleans) -> Booleans:
    """Return where an indicator shows nothing: masked, or the mean of no value."""
    if cells.indicators[index].kind is Kind.MEAN:
        hidden: Booleans = masked | (cells.weights[index] == 0)
        return hidden
    return masked


def _column(values: Integers, hidden: Booleans, indicator: Indicator) -> pa.Array:
    shown: list[int | None] = [None if absent else int(value) for value, absent in zip(values, hidden, strict=True)]
    decimals = decimals_shown(indicator)
    if not decimals:
        return pa.array(shown, pa.int64())
    exact = [None if value is None else Decimal(value).scaleb(-decimals) for value in shown]
    return pa.array(exact, pa.decimal128(_DIGITS, decimals))


def decimals_shown(indicator: Indicator) -> int:
    """Return how many decimals an indicator shows: those of what is summed, none for a mean or a count."""
    return indicator.decimals if indicator.kind is Kind.SUM else 0

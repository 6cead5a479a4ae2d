"""Components: the parts of a table that a reader can study apart, once what is plain has been worked out."""

from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Integers
from anonymizers.disclosure.constraints import Constraints, Floats, columnwise


@dataclass(frozen=True, slots=True)
class Component:
    """Cells that hang together: `constraints` over `columns`, each free to move in `low` to `high`."""

    columns: Integers
    constraints: Constraints
    low: Floats
    high: Floats


def settled(constraints: Constraints, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Narrow the ranges by every row that has one free cell left, until no such row says anything new."""
    low, high = low.copy(), high.copy()
    rows, unread = constraints.rows, np.ones(len(constraints), dtype=np.bool_)
    while True:
        free = (low < high)[constraints.columns]
        alone = unread & (np.bincount(rows[free], minlength=len(constraints)) == 1)
        if not alone.any():
            return low, high
        unread &= ~alone
        entries = np.flatnonzero(free & alone[rows])
        _narrow(constraints, entries, low, high)


def components(constraints: Constraints, low: Floats, high: Floats) -> list[Component]:
    """Split the cells that are free to move (`low < high`) along the rows that tie them; one Component a part.

    A free cell that no row ties makes no component: only its own range holds it.
    """
    entries = np.flatnonzero((low < high)[constraints.columns])
    tied = np.unique(constraints.columns[entries])
    label = connected(constraints.rows[entries], constraints.columns[entries], len(low))
    by_column = columnwise(constraints, len(low))
    return [Component(own, by_column.over(own), low[own], high[own]) for own in grouped(tied, label[tied])]


def connected(rows: Integers, columns: Integers, count: int) -> Integers:
    """Label `count` columns so that two share a label exactly when a chain of rows joins them."""
    label = np.arange(count)
    while len(rows):
        least = np.full(int(rows.max()) + 1, count)
        np.minimum.at(least, rows, label[columns])
        narrowed = label.copy()
        np.minimum.at(narrowed, columns, least[rows])
        narrowed = narrowed[narrowed]
        if (narrowed == label).all():
            break
        label = narrowed
    return label


def _narrow(constraints: Constraints, entries: Integers, low: Floats, high: Floats) -> None:
    row, column = constraints.rows[entries], constraints.columns[entries]
    upward = constraints.coefficients[entries] > 0
    np.maximum.at(low, column, np.where(upward, constraints.low[row], -constraints.high[row]))
    np.minimum.at(high, column, np.where(upward, constraints.high[row], -constraints.low[row]))


def grouped(members: Integers, label: Integers) -> list[Integers]:
    """Part distinct `members` (ascending) by their `label`, labels ascending."""
    order = np.argsort(label, kind="stable")
    return np.split(members[order], np.flatnonzero(np.diff(label[order])) + 1) if len(members) else []

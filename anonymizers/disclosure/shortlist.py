"""The shortlist: the few cells of a large table among which a good pattern nearly always lies, and a first guess."""

from collections import deque
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.constraints import Columnwise, Constraints, Floats, columnwise, selected
from anonymizers.disclosure.reader import Reader

PAIR: Final = 2
"""Masked cells that a line holds at least, where it tells nobody what one of them is."""
COMPANY: Final = 3
"""Masked cells that a shortlisted line holds: two can be too few where one of them knows itself."""


def shortlist(reader: Reader, hidden: Booleans, prices: Floats) -> Integers:
    """Add the cheapest cells of every row that holds a masked one, until three may move, far enough; ascending."""
    return _Rows(reader, reader.constraints, prices).accompanied(hidden, COMPANY)


def seed(reader: Reader, hidden: Booleans, prices: Floats) -> Integers:
    """Add the cheapest cells of every sum that holds a masked one, until two may move, far enough; ascending."""
    constraints = reader.constraints
    sums = np.flatnonzero((constraints.low == 0.0) & (constraints.high == 0.0))
    return _Rows(reader, selected(constraints, rows=sums, columns=np.arange(len(hidden))), prices).accompanied(
        hidden, PAIR
    )


class _Rows:
    """The rows of a reader, looked at one after the other."""

    __slots__ = ("_by_column", "_constraints", "_prices", "_room", "_wanted")

    def __init__(self, reader: Reader, constraints: Constraints, prices: Floats) -> None:
        self._constraints = constraints
        self._by_column: Columnwise = columnwise(constraints, len(prices))
        self._prices = prices
        self._room = -reader.hidden_low
        self._wanted = np.zeros(len(prices))
        self._wanted[reader.needs.cells] = reader.needs.up + self._room[reader.needs.cells]

    def accompanied(self, hidden: Booleans, company: int) -> Integers:
        """Complete every row that holds a hidden cell; what is added to one row may leave another to complete."""
        kept = hidden.copy()
        touched = np.bincount(
            self._constraints.rows, weights=kept[self._constraints.columns], minlength=len(self._constraints)
        )
        waiting = deque(np.flatnonzero(touched).tolist())
        queued = touched > 0
        while waiting:
            row = waiting.popleft()
            queued[row] = False
            added = self._missing(row, kept, company)
            if added is not None:
                kept[added] = True
                others = self._by_column.rows[self._by_column.starts[added] : self._by_column.starts[added + 1]]
                others = others[~queued[others]]
                queued[others] = True
                waiting.extend(others.tolist())
        return np.flatnonzero(kept)

    def _missing(self, row: int, kept: Booleans, company: int) -> int | None:
        """Return the cheapest cell to add to a row where too few cells move, or one cannot rise as far as it should."""
        entries = slice(self._constraints.starts[row], self._constraints.starts[row + 1])
        members = self._constraints.columns[entries]
        inside = kept[members]
        if not inside.any():
            return None
        if int(inside.sum()) >= company and self._rises(
            members[inside], self._constraints.coefficients[entries][inside]
        ):
            return None
        prices = np.where(inside, np.inf, self._prices[members])
        cheapest = int(np.argmin(prices))
        return int(members[cheapest]) if np.isfinite(prices[cheapest]) else None

    def _rises(self, cells: Integers, signs: Floats) -> bool:
        """Say whether each of some cells of a row can rise as far as it should.

        Parts and their margin rise together without end; among parts alone, the others fall as far as they can.
        """
        apart = bool((signs[0] != signs).any())
        return apart or float(self._room[cells].sum()) >= float(self._wanted[cells].max())

"""Routing: the cheapest way for a masked cell to move, every line still adding up; what moves must be masked."""

from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.components import settled
from anonymizers.disclosure.constraints import UNBOUNDED, Floats, side_by_side
from anonymizers.disclosure.programme import DUAL_SIMPLEX, Columns, Programme
from anonymizers.disclosure.reader import Reader

MASKED_PRICE: Final = 2.0**-12
"""What a move of an already masked cell costs: nearly nothing, yet the shorter way wins."""


class Router:
    """Answer, for one reader, how a target can move: masked cells for nearly nothing, shown ones at their price.

    A cell's deviation is `up - down + slack`: past what a reader may place it in, at a price, and within what
    rounding leaves open, for free. A shown cell of infinite price never moves past it. Only cells of the scope move.
    """

    __slots__ = ("_cells", "_copies", "_cost", "_high", "_local", "_low", "_programme", "_reader", "_size")

    def __init__(self, reader: Reader, hidden: Booleans, prices: Floats, *, scope: Integers) -> None:
        self._cells = _movable(reader, hidden, prices, scope=scope)
        self._local = np.full(len(hidden), -1, dtype=np.int64)
        self._local[self._cells] = np.arange(len(self._cells))
        self._reader = reader.restricted(self._cells)
        self._size = len(self._cells)
        self._copies = 3 if bool((reader.shown_low < reader.shown_high).any()) else 2
        self._open(prices[self._cells])
        self._mask(np.flatnonzero(hidden[self._cells]))
        constraints = side_by_side(self._reader.constraints, (1.0, -1.0, 1.0)[: self._copies], size=self._size)
        columns = Columns(self._cost, self._low, self._high)
        self._programme = Programme(constraints, columns, simplex=DUAL_SIMPLEX)

    def hide(self, cells: Integers) -> None:
        """Take `cells` for masked from now on."""
        local = self._inside(cells)
        if len(local):
            self._mask(local)
            columns = self._columns(local)
            self._programme.bound(columns, self._low[columns], self._high[columns])
            self._programme.price(columns, self._cost[columns])

    def route(self, target: int, amount: float, *, still: Integers) -> Floats | None:
        """Return the cheapest deviations of all cells in which `target` moves by `amount` and `still` do not.

        None if there are none within the scope, or if the solver is not sure.
        """
        own = int(self._local[target])
        if own < 0 or amount < self._reader.hidden_low[own]:
            return None
        columns = self._columns(np.append(self._inside(still), own))
        low = np.where(columns == (own if amount > 0 else own + self._size), abs(amount), 0.0)
        self._programme.bound(columns, low, low)
        point = None if self._programme.least() is None else self._programme.point()
        self._programme.bound(columns, self._low[columns], self._high[columns])
        return None if point is None else self._spread(point)

    def _spread(self, point: Floats) -> Floats:
        up, down, *slack = np.split(point, self._copies)
        deviations = np.zeros(len(self._local))
        deviations[self._cells] = sum(slack, start=up - down)
        return deviations

    def _open(self, prices: Floats) -> None:
        reader, none = self._reader, np.zeros(self._size)
        movable = np.isfinite(prices)
        paid = np.where(movable, prices, 0.0)
        down = np.where(movable, reader.shown_low - reader.hidden_low, 0.0)
        self._cost = self._copied(paid, paid, none)
        self._low = self._copied(none, none, reader.shown_low)
        self._high = self._copied(np.where(movable, UNBOUNDED, 0.0), down, reader.shown_high)

    def _mask(self, local: Integers) -> None:
        columns = self._columns(local)
        self._cost[columns] = MASKED_PRICE
        self._low[columns] = 0.0
        endless = np.full(len(local), UNBOUNDED)
        self._high[columns] = self._copied(endless, -self._reader.hidden_low[local], np.zeros(len(local)))

    def _inside(self, cells: Integers) -> Integers:
        local = self._local[cells]
        return local[local >= 0]

    def _columns(self, local: Integers) -> Integers:
        return np.concatenate([local + copy * self._size for copy in range(self._copies)])

    def _copied(self, up: Floats, down: Floats, slack: Floats) -> Floats:
        """Lay the columns side by side; slack is left out where nothing is rounded."""
        return np.concatenate([up, down, slack][: self._copies])


def _movable(reader: Reader, hidden: Booleans, prices: Floats, *, scope: Integers) -> Integers:
    """Keep the cells of the scope that could move at all if every one of them that can be masked were."""
    inside = np.zeros(len(hidden), dtype=np.bool_)
    inside[scope] = True
    low, high = reader.ranges(inside & (hidden | np.isfinite(prices)))
    low, high = settled(reader.constraints, np.where(inside, low, 0.0), np.where(inside, high, 0.0))
    return np.flatnonzero(low < high)

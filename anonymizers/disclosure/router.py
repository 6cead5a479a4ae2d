"""Routing: the cheapest way for a masked cell to move, every line still adding up; what moves must be masked."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.components import Component, settled
from anonymizers.disclosure.constraints import UNBOUNDED, Floats, selected, side_by_side
from anonymizers.disclosure.programme import DUAL_SIMPLEX, Columns, Programme
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.work import Work
from anonymizers.stretches import places_among

MASKED_PRICE: Final = 2.0**-12
"""What a move of a cell masked for itself costs: nearly nothing, yet the shorter way wins."""
ADDED_PRICE: Final = 2.0**-10
"""What a move of another masked cell costs: more, since what no proof needs is shown again in the end."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A solver's answer: the cells at `places` may move by `amounts`, the others standing still."""

    places: Integers
    amounts: Floats


class Router:
    """Answer, for one reader, how a target can move: masked cells for nearly nothing, shown ones at their price.

    A cell's deviation is `up - down + slack`: past what a reader may place it in, at a price, and within what
    rounding leaves open, for free. A shown cell of infinite price never moves past it. Only the cells of `part` move.
    """

    __slots__ = (
        "_asked",
        "_cells",
        "_copies",
        "_cost",
        "_down",
        "_high",
        "_low",
        "_masked",
        "_programme",
        "_shown",
        "_size",
    )

    def __init__(self, reader: Reader, part: Component, hidden: Booleans, prices: Floats, work: Work) -> None:
        """`prices` are those of the cells of the part."""
        self._asked = (-1, False)
        self._cells, self._size = part.columns, len(part.columns)
        self._down = reader.hidden_low[self._cells]
        self._shown = (reader.shown_low[self._cells], reader.shown_high[self._cells])
        self._copies = 3 if bool((self._shown[0] < self._shown[1]).any()) else 2
        own = places_among(reader.needs.cells, self._cells) >= 0
        self._masked = np.where(own, MASKED_PRICE, ADDED_PRICE)
        self._open(prices)
        self._mask(np.flatnonzero(hidden[self._cells]))
        constraints = side_by_side(part.constraints, (1.0, -1.0, 1.0)[: self._copies], size=self._size)
        columns = Columns(self._cost, self._low, self._high)
        self._programme = Programme(constraints, columns, simplex=DUAL_SIMPLEX, work=work)

    def hide(self, cells: Integers, price: float | None = None) -> None:
        """Take `cells` for masked from now on, a move of them costing `price` where it is said."""
        local = self._inside(cells)
        if len(local):
            if price is not None:
                self._masked[local] = price
            self._mask(local)
            self._tell(self._columns(local))

    def show(self, cells: Integers) -> None:
        """Take `cells` for shown from now on, whatever their price."""
        local = self._inside(cells)
        columns, none = self._columns(local), np.zeros(len(local))
        self._low[columns] = self._copied(none, none, self._shown[0][local])
        self._high[columns] = self._copied(none, none, self._shown[1][local])
        self._tell(columns)

    def route(self, target: int, amount: float, *, still: Integers) -> Moved | None:
        """Return the cheapest deviations of all cells in which `target` moves by `amount` and `still` do not.

        None if there are none within the part, or if the solver is not sure.
        """
        [own] = places_among(self._cells, np.array([target])).tolist()
        if own < 0 or amount < self._down[own]:
            return None
        if (target, amount > 0) != self._asked:
            self._programme.afresh()  # from another target's answer the way is longer than from where nothing moves
        self._asked = (target, amount > 0)
        local = self._inside(still)
        return self._solved(np.append(local, own), np.append(np.zeros(len(local)), amount))

    def standing(self, cells: Integers, amounts: Floats) -> Moved | None:
        """Return the cheapest deviations of all cells in which some of the part move by such amounts; None as above."""
        local = places_among(self._cells, cells)
        if (amounts < self._down[local]).any():
            return None
        self._programme.afresh()
        self._asked = (-1, False)
        return self._solved(local, amounts)

    def _solved(self, local: Integers, amounts: Floats) -> Moved | None:
        columns = self._columns(local)
        fixed = self._copied(np.maximum(amounts, 0.0), np.maximum(-amounts, 0.0), np.zeros(len(local)))
        self._programme.bound(columns, fixed, fixed)
        point = self._programme.point() if self._programme.solves() else None
        self._programme.bound(columns, self._low[columns], self._high[columns])
        return None if point is None else self._read(point)

    def _read(self, point: Floats) -> Moved:
        up, down, *slack = point.reshape(self._copies, self._size)
        deviations = sum(slack, start=up - down)
        moved = np.flatnonzero(deviations)
        return Moved(self._cells[moved], deviations[moved])

    def _tell(self, columns: Integers) -> None:
        self._programme.bound(columns, self._low[columns], self._high[columns])
        self._programme.price(columns, self._cost[columns])

    def _open(self, prices: Floats) -> None:
        none, (shown_low, shown_high) = np.zeros(self._size), self._shown
        movable = np.isfinite(prices)
        paid = np.where(movable, prices, 0.0)
        down = np.where(movable, shown_low - self._down, 0.0)
        self._cost = self._copied(paid, paid, none)
        self._low = self._copied(none, none, shown_low)
        self._high = self._copied(np.where(movable, UNBOUNDED, 0.0), down, shown_high)

    def _mask(self, local: Integers) -> None:
        columns = self._columns(local)
        self._cost[columns] = self._copied(self._masked[local], self._masked[local], self._masked[local])
        self._low[columns] = 0.0
        endless = np.full(len(local), UNBOUNDED)
        self._high[columns] = self._copied(endless, -self._down[local], np.zeros(len(local)))

    def _inside(self, cells: Integers) -> Integers:
        local = places_among(self._cells, cells)
        return local[local >= 0]

    def _columns(self, local: Integers) -> Integers:
        return np.concatenate([local + copy * self._size for copy in range(self._copies)])

    def _copied(self, up: Floats, down: Floats, slack: Floats) -> Floats:
        """Lay the columns side by side; slack is left out where nothing is rounded."""
        return np.concatenate([up, down, slack][: self._copies])


def movable(reader: Reader, hidden: Booleans, prices: Floats, *, scope: Integers) -> Component:
    """Keep the cells of the scope that could move at all if every one of them that can be masked were."""
    inside = np.zeros(len(hidden), dtype=np.bool_)
    inside[scope] = True
    low, high = reader.ranges(inside & (hidden | np.isfinite(prices)))
    low, high = settled(reader.constraints, np.where(inside, low, 0.0), np.where(inside, high, 0.0))
    cells = np.flatnonzero(low < high)
    constraints = reader.constraints
    tied = np.zeros(len(constraints), dtype=np.bool_)
    tied[constraints.rows[(low < high)[constraints.columns]]] = True
    return Component(cells, selected(constraints, rows=np.flatnonzero(tied), columns=cells), low[cells], high[cells])

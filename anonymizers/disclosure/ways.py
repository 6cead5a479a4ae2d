"""Ways: how masked cells can go from where a reader supposes them, each part of what is tied asked apart."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.components import components, settled
from anonymizers.disclosure.constraints import Floats, columnwise
from anonymizers.disclosure.feasibility import NOBODY
from anonymizers.disclosure.one_row import spans
from anonymizers.disclosure.programme import PRIMAL_SIMPLEX, Columns, Programme
from anonymizers.disclosure.rays import Rays
from anonymizers.disclosure.reader import Reader, counted_from
from anonymizers.disclosure.router import Moved, Router
from anonymizers.disclosure.work import Work
from anonymizers.stretches import places_among, stretches

STILL: Final = 1e-9
"""How far a solver may leave what does not move: a hundredth of what it allows itself."""
ASIDE_PRICE: Final = 1.0
"""What a move costs of a cell that somebody knows: as much as those of a thousand others."""


@dataclass(frozen=True, slots=True)
class Knower:
    """A reader who knows the cells `known`, and the numbers that it may suppose.

    Next to the point that all start from, these differ by `amounts` in some `cells`; `held` are the cells to which what
    is reached from that point may not come near: it would no longer be sure.
    """

    known: Integers
    cells: Integers
    amounts: Floats
    held: Integers

    def from_point(self, point: Floats) -> Floats:
        """Return the numbers that it may suppose, as deviations from the truth."""
        found = point.copy()
        found[self.cells] += self.amounts
        return found


ANYBODY: Final = Knower(NOBODY, NOBODY, np.zeros(0), NOBODY)
"""A reader who knows no more than is shown."""


class Ways:
    """How far each cell can stand by its own range, `low` to `high`, and how it gets further with others.

    All is counted from a `point` that a reader may suppose, as deviations from the truth. `plain` are the parts of
    which each cell reaches its own range: cells that no row ties, and those of a single row.
    """

    __slots__ = (
        "_aside",
        "_by_column",
        "_hidden",
        "_part",
        "_parts",
        "_point",
        "_programmes",
        "_reader",
        "_routers",
        "_work",
        "high",
        "low",
        "plain",
        "rays",
    )

    def __init__(self, reader: Reader, hidden: Booleans, *, point: Floats, aside: Integers, work: Work) -> None:
        """What moves cells leaves those `aside` alone where it can."""
        self._reader, self._hidden, self._point, self._work = counted_from(point, reader), hidden, point, work
        self._aside = aside[hidden[aside]]
        constraints = self._reader.constraints
        self._by_column = columnwise(constraints, len(hidden))
        self.low, self.high = settled(constraints, *self._reader.ranges(hidden))
        self.rays = Rays(constraints, self.low, self.high)
        self._parts = components(constraints, self.low, self.high)
        self._part = np.full(len(hidden), -1, dtype=np.int64)
        self._routers: dict[int, Router] = {}
        self._programmes: dict[int, Programme] = {}
        for number, part in enumerate(self._parts):
            self._part[part.columns] = number
        self.plain = [np.array([cell]) for cell in np.flatnonzero((self._part < 0) & (self.low < self.high)).tolist()]
        for part in self._parts:
            if len(part.constraints) == 1:
                self.low[part.columns], self.high[part.columns] = spans(part)
                self.plain.append(part.columns)

    def ranges(self, knower: Knower) -> tuple[Floats, Floats]:
        """Return the own range of each cell for who knows some, counted from the point of all."""
        reader, at = self._reader, np.zeros(len(self.low))
        if len(knower.cells):
            at = knower.from_point(at)
            reader = counted_from(at, reader)
        low, high = reader.ranges(self._hidden)
        low[knower.known] = high[knower.known] = 0.0
        low, high = settled(reader.constraints, low, high)
        return low + at, high + at

    def knower(self, known: Integers) -> Knower | None:
        """Return a reader who knows some cells; None if no numbers agree with that, or it is not sure that some do."""
        amounts = -self._point[known]
        off = np.abs(amounts) >= STILL
        moved = [Moved(NOBODY, np.zeros(0))]
        for number in np.unique(self._part[known[off]]).tolist():
            own = self._part[known] == number
            found = self._standing(number, known[own], amounts[own])
            if found is None:
                return None
            moved.append(found)
        cells = np.concatenate([one.places for one in moved])
        order = np.argsort(cells)
        cells, stands = cells[order], np.concatenate([one.amounts for one in moved])[order]
        return Knower(known, cells, stands, np.unique(np.concatenate([known, self._near(cells, stands)])))

    def _standing(self, number: int, cells: Integers, amounts: Floats) -> Moved | None:
        """Return how some cells of a part, or of no part, can move by such amounts."""
        if number >= 0:
            return self._router(number).standing(cells, amounts)
        can = (self.low[cells] <= amounts) & (amounts <= self.high[cells])
        return Moved(cells, amounts) if can.all() else None

    def _near(self, cells: Integers, amounts: Floats) -> Integers:
        """Return the cells of which none may move besides, for sure, where some have moved by such amounts.

        They are those cells, and all of the rows that do not add up as before.
        """
        constraints = self._reader.constraints
        _, rows, sums = self._by_column.sums(cells, amounts, np.zeros_like(cells))
        rows = rows[np.abs(sums) >= STILL]
        lengths = constraints.starts[rows + 1] - constraints.starts[rows]
        return np.concatenate([cells, constraints.columns[stretches(constraints.starts[rows], lengths)]])

    def route(self, cell: int, amount: float, known: Integers) -> Moved | None:
        """Return how a cell can move by an amount, those `known` being true; None if it cannot, or it is not sure."""
        number = int(self._part[cell])
        if number < 0 or (known == cell).any():
            return None
        known = known[self._part[known] == number]
        amounts = -self._point[known]
        if (np.abs(amounts) < STILL).all():
            return self._router(number).route(cell, amount, still=known)
        return self._router(number).standing(np.append(known, cell), np.append(amounts, amount))

    def farthest(self, cell: int, sign: float) -> Moved | None:
        """Return how a cell moves as far up (`sign` 1) or down (-1) as it can, those `aside` standing still.

        None where that is not sure, or has no end. Many other cells move with it.
        """
        number = int(self._part[cell])
        if number < 0:
            return None
        part, programme = self._parts[number], self._programme(number)
        at = places_among(part.columns, np.array([cell]))
        programme.price(at, np.array([-sign]))
        moves = programme.point() if programme.solves() else np.zeros(len(part.columns))
        programme.price(at, np.zeros(1))
        moved = np.flatnonzero(np.abs(moves) >= STILL)
        return Moved(part.columns[moved], moves[moved]) if len(moved) else None

    def _programme(self, number: int) -> Programme:
        if number not in self._programmes:
            part = self._parts[number]
            columns = Columns(np.zeros(len(part.columns)), part.low.copy(), part.high.copy())
            aside = places_among(part.columns, self._aside)
            columns.low[aside[aside >= 0]] = columns.high[aside[aside >= 0]] = 0.0
            self._programmes[number] = Programme(part.constraints, columns, simplex=PRIMAL_SIMPLEX, work=self._work)
        return self._programmes[number]

    def _router(self, number: int) -> Router:
        if number not in self._routers:
            part = self._parts[number]
            never = np.full(len(part.columns), np.inf)
            self._routers[number] = Router(self._reader, part, self._hidden, never, self._work)
            self._routers[number].hide(self._aside, ASIDE_PRICE)
        return self._routers[number]

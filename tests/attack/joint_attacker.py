"""An attacker that poses every public number of every result as one linear programme; and a judge of its intervals.

The reader knows the structure: which cells add up to which, which results were made of the same rows, that rows only
enter. It supposes nothing false: what does not hold of the true rows is left out, so it is a reader who guesses right.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_matrix

from tests.attack.differencing_attacker import (
    Held,
    held_by,
    is_dominated_in,
    is_small,
    is_within,
    keys_of,
    less,
    said,
    units_of,
)
from tests.attack.publishing import INDICATORS, K, Key, Publication, Row

PROTECTION_PERCENT: Final = 20
PROTECTION_LEAST: Final = 2
LEAST: Final = (1, 1, 0)
"""Under a mask stand at least one unit and one row, as zeros are shown; a volume may be nothing."""
TOLERANCE: Final = 1e-6

Cell = tuple[int, Key]
"""A result's number, and a key."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A cell that must stay unknown, and the interval in which somebody places it."""

    cell: Cell
    indicator: int
    true: int
    low: float
    high: float
    knowing: Cell | None


class Reading:
    """All results of a press, and the truth behind each cell, for the judge and for the rightness of guesses alone."""

    def __init__(self, made: Sequence[Publication]) -> None:
        self.made = made
        self.keys = {one.number: keys_of(made, one.shape.dataset) for one in made}
        self.cells: list[Cell] = [(one.number, key) for one in made for key in self.keys[one.number]]
        self.place = {cell: number for number, cell in enumerate(self.cells)}
        self.held: Mapping[Cell, Held] = {
            (one.number, key): held_by([row for row in self._rows(one, key) if one.shape.holds(key, row)])
            for one in made
            for key in self.keys[one.number]
        }

    def _rows(self, one: Publication, key: Key) -> tuple[Row, ...]:
        """Return the rows that a result speaks of: under `geler` those of the first one that has the period."""
        if one.shape.late != "geler":
            return one.rows
        own = [other for other in self.made[: one.number + 1] if other.shape == one.shape]
        return next((other.rows for other in own if any(time == key[1] for _, time in other.cells)), one.rows)

    def said(self, cell: Cell) -> tuple[int, ...] | None:
        """Tell what is public of a cell."""
        return said(self.made[cell[0]], cell[1])

    def true(self, cell: Cell, indicator: int) -> int:
        """Tell what the rows give for a cell."""
        return numbers(self.held[cell])[indicator]

    def former(self, one: Publication) -> Publication | None:
        """Return the result of the same table before this one."""
        own = [other for other in self.made[: one.number] if other.shape == one.shape]
        return own[-1] if own else None

    def sums(self) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
        """Yield each cell with the cells that make it, of its own result or of one that was made of the same rows."""
        for whole in self.made:
            for key in self.keys[whole.number]:
                for parts in self.made:
                    inner = [
                        (parts.number, inside)
                        for inside in self.keys[parts.number]
                        if _is_part(inside, key, own=parts.number == whole.number)
                    ]
                    if inner and self._makes((whole.number, key), inner):
                        yield (whole.number, key), tuple(inner)

    def _makes(self, whole: Cell, parts: Sequence[Cell]) -> bool:
        """Tell whether the rows of the parts are those of the whole."""
        return not less(self.held[whole], [self.held[part] for part in parts])


def numbers(held: Held) -> tuple[int, int, int]:
    """Count what a table shows: units, rows, volume."""
    return len(units_of(held)), sum(rows for rows, _ in held.values()), sum(volume for _, volume in held.values())


def _is_part(inside: Key, whole: Key, *, own: bool) -> bool:
    (site, time), (around, span) = inside, whole
    if inside == whole and own:
        return False
    if around in {"*", "ensemble"}:
        return is_within(time, span) and site != "ensemble"
    return site == around and is_within(time, span) and not own


class Programme:
    """One indicator of every cell of every result; `known` are cells that somebody knows, `out` results are out.

    Of later ones their masks alone are known: that a cell is masked tells that it is not empty, whatever is shown.
    """

    def __init__(self, reading: Reading, indicator: int, known: Sequence[Cell], *, out: int) -> None:
        self._reading, self._indicator, self._out = reading, indicator, out
        self._ranges = [
            self._exactly(cell) if cell in known else self._range(cell, indicator) for cell in reading.cells
        ]
        equal: list[dict[int, float]] = []
        below: list[dict[int, float]] = []
        for whole, parts in reading.sums():
            line = {reading.place[part]: -1.0 for part in parts} | {reading.place[whole]: 1.0}
            if indicator or reading.true(whole, 0) == sum(reading.true(part, 0) for part in parts):
                equal.append(line)
            else:
                below.append(line)
                below += [{reading.place[part]: 1.0, reading.place[whole]: -1.0} for part in parts]
        below += list(self._rising())
        self._equal, self._below = self._matrix(equal), self._matrix(below)

    def _exactly(self, cell: Cell) -> tuple[float, float | None]:
        true = self._reading.true(cell, self._indicator)
        return true, true

    def _range(self, cell: Cell, indicator: int) -> tuple[float, float | None]:
        shown = self._reading.said(cell)
        if shown is not None and cell[0] >= self._out:
            return 0, None
        if shown is None:
            return LEAST[indicator] if self._reading.true(cell, 0) else 0, None
        if shown == numbers(self._reading.held[cell]):
            return shown[indicator], shown[indicator]
        return 0, None  # a number of an earlier version stands there, which the reader does not take for a new one

    def _rising(self) -> Iterator[dict[int, float]]:
        for one in self._reading.made:
            former = self._reading.former(one)
            for key in self._reading.keys[one.number] if former else ():
                assert former is not None
                before, now = (former.number, key), (one.number, key)
                if self._reading.true(before, self._indicator) <= self._reading.true(now, self._indicator):
                    yield {self._reading.place[before]: 1.0, self._reading.place[now]: -1.0}

    def bounds(self, cell: Cell) -> tuple[float, float]:
        """Return the least and the most that a cell can hold."""
        return self._solve(cell, 1.0), -self._solve(cell, -1.0)

    def _solve(self, cell: Cell, sign: float) -> float:
        cost = np.zeros(len(self._ranges))
        cost[self._reading.place[cell]] = sign
        answer = linprog(
            cost,
            A_eq=self._equal,
            b_eq=None if self._equal is None else np.zeros(self._equal.shape[0]),
            A_ub=self._below,
            b_ub=None if self._below is None else np.zeros(self._below.shape[0]),
            bounds=self._ranges,
        )
        if answer.status == 3:
            return -float("inf")
        assert answer.status == 0, answer.message
        return float(answer.fun)

    def _matrix(self, lines: Sequence[Mapping[int, float]]) -> lil_matrix | None:
        if not lines:
            return None
        matrix = lil_matrix((len(lines), len(self._ranges)))
        for number, line in enumerate(lines):
            for column, value in line.items():
                matrix[number, column] = value
        return matrix.tocsr()


def narrowed(made: Sequence[Publication]) -> Iterator[Narrowed]:
    """Yield what any reader, then each one who is alone in a masked cell, places too well."""
    reading = Reading(made)
    wanted = [cell for cell in reading.cells if _must_stay_unknown(reading, cell)]
    alone = sorted({(units_of(reading.held[cell])[0], cell) for cell in reading.cells if _is_alone(reading, cell)})
    people = dict.fromkeys(unit for unit, _ in alone)
    readers = [(), *([cell for unit, cell in alone if unit == person] for person in people)]
    for known in readers:
        for indicator in range(len(INDICATORS)):
            programme = Programme(reading, indicator, known, out=len(made))
            for cell in wanted:
                if cell not in known and _asks(reading, cell, indicator):
                    low, high = programme.bounds(cell)
                    if _is_uncertain(reading, cell, indicator, bounds=(low, high)):
                        continue
                    before = Programme(reading, indicator, known, out=cell[0]).bounds(cell)
                    if not _is_uncertain(reading, cell, indicator, bounds=(low, high), before=before):
                        true = reading.true(cell, indicator)
                        yield Narrowed(cell, indicator, true, low, high, known[0] if known else None)


def _must_stay_unknown(reading: Reading, cell: Cell) -> bool:
    asked = reading.made[cell[0]].shape.margins != "aucun"
    return asked and reading.said(cell) is None and any(_asks(reading, cell, at) for at in range(len(INDICATORS)))


def _asks(reading: Reading, cell: Cell, indicator: int) -> bool:
    held = reading.held[cell]
    return is_small(held) or (indicator > 0 and is_dominated_in(held, indicator - 1))


def _is_alone(reading: Reading, cell: Cell) -> bool:
    return reading.said(cell) is None and len(units_of(reading.held[cell])) == 1


def _is_uncertain(
    reading: Reading,
    cell: Cell,
    indicator: int,
    *,
    bounds: tuple[float, float],
    before: tuple[float, float] = (0, float("inf")),
) -> bool:
    """Tell whether an interval is wide enough on either side, or as wide as before the cell's result came out."""
    true, (low, high) = reading.true(cell, indicator), bounds
    margin = max(PROTECTION_LEAST, ceil(true * PROTECTION_PERCENT / 100))
    reached = max(true + margin, K) if indicator == 0 and is_small(reading.held[cell]) else true + margin
    lowest, highest = max(LEAST[indicator], true - margin, before[0]), min(reached, before[1])
    return high >= highest - TOLERANCE and low <= lowest + TOLERANCE

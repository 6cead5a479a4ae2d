"""System: several tables as one programme, cells of all of them side by side, tied by links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.differencing.links import Link
from anonymizers.disclosure.bounds import ROUGHLY
from anonymizers.disclosure.circles import Circle, Knowers
from anonymizers.disclosure.components import connected, grouped
from anonymizers.disclosure.constraints import Constraints, Floats, side_by_side
from anonymizers.disclosure.feasibility import NOBODY
from anonymizers.disclosure.programme import DUAL_SIMPLEX, LARGEST_PLAIN, PRIMAL_SIMPLEX, Columns, Programme
from anonymizers.disclosure.reach import Reach, Wanted
from anonymizers.disclosure.reader import Needs, Parted, Reader, counted_from
from anonymizers.disclosure.ways import Ways
from anonymizers.disclosure.work import Work

KNOWN_PRICE: Final = 1_000.0
"""What it costs to suppose something else of a cell that somebody knows: as much as of so many others."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a reader knows of one table: cells that are `hidden`, cells that a single contributor knows."""

    reader: Reader
    hidden: Booleans
    circles: tuple[Circle, ...]


@dataclass(frozen=True, slots=True)
class System:
    """The tables stacked: cell c of part p is column `offsets[p] + c`. `new` marks the columns that say something new.

    `circles` are the sets of columns that one contributor knows, nobody's first, and those of its own.
    """

    reader: Reader
    hidden: Booleans
    new: Booleans
    circles: tuple[Circle, ...]
    work: Work

    def narrowed(self) -> Iterator[tuple[Integers, int]]:
        """Yield new columns of one part of the system, and one of that part that they leave too certain together.

        What is known without anything new is nobody's fault any more. Where a reader supposes what is not true, the
        parts that hold such a supposition alone are looked at: of the others, one who supposes nothing false tells as
        much. A part that no numbers at all could make yields a column of what is supposed of it.
        """
        constraints = self.reader.constraints
        label = connected(constraints.rows, constraints.columns, len(self.hidden))
        asked = self.reader.needs.cells if self._is_true else self._supposed
        wanted = np.flatnonzero(np.isin(label, np.intersect1d(label[self.new], label[asked])))
        parted, knowers = Parted(self.reader), Knowers(self.circles)
        for columns in grouped(wanted, label[wanted]):
            inside = tuple(circle.over(columns) for circle in knowers.of(columns))
            part = System(parted.part(columns), self.hidden[columns], self.new[columns], inside, self.work)
            for failing, telling in part.failing():
                yield columns[telling], int(columns[failing])

    @property
    def _is_true(self) -> bool:
        """Say whether the true numbers agree with everything that is supposed."""
        return not len(self._supposed)

    @property
    def _supposed(self) -> Integers:
        """Return the columns of what is supposed and is not true, row by row."""
        constraints = self.reader.constraints
        untrue = (constraints.low > 0) | (constraints.high < 0)
        columns: Integers = constraints.columns[untrue[constraints.rows]]
        return columns

    def tied(self, links: Sequence[Link], offsets: Sequence[int]) -> "System":
        """Add links."""
        constraints = _with_links(self.reader.constraints, links, offsets)
        return replace(self, reader=replace(self.reader, constraints=constraints))

    def failing(self) -> list[tuple[int, Integers]]:
        """Return the columns too well known by anybody, or by one contributor apart from its own, and what tells each.

        What nobody needs the new columns for to know, no contributor does.
        Where one of them finds no numbers that agree with all that is shown and supposed, a column of what is supposed,
        told by all that is new.
        """
        point = self._possible()
        if point is None:
            return self._refuted()
        shown, without = self._reach(self.hidden, point), self._reach(self.hidden | self.new, point)
        shown.look_ahead()
        needs, lost = self.reader.needs, np.zeros((2, len(self.reader.needs.cells)), dtype=np.bool_)
        for circle in (Circle(NOBODY, NOBODY), *self.circles):
            knower = shown.ways.knower(circle.known)
            if knower is None:
                return self._refuted()
            unmet = shown.short(~np.isin(needs.cells, circle.own) & ~lost, knower)
            told = unmet & ~without.short(unmet, knower)
            if told.any():
                supposed = knower.from_point(point)
                cells = zip(needs.cells.tolist(), told.T, strict=True)
                return [(cell, self._telling(cell, ends, circle, supposed)) for cell, ends in cells if ends.any()]
            if not len(circle.known):
                lost = unmet
        return []

    def _refuted(self) -> list[tuple[int, Integers]]:
        """Return a column of what is supposed, told by all that is new: no numbers agree with both."""
        return [(column, np.flatnonzero(self.new)) for column in self._supposed[:1].tolist()]

    def _reach(self, hidden: Booleans, point: Floats) -> Reach:
        """Ask how far what is needed can stand when `hidden` cells are masked, from what a reader may suppose."""
        needs, largest = self.reader.needs, float(self.reader.values.max(initial=0))
        tolerance, at = ROUGHLY * max(1.0, largest / LARGEST_PLAIN), point[needs.cells]
        wanted = Wanted(needs.cells, tolerance - needs.down - at, needs.up - tolerance - at)
        return Reach(Ways(self.reader, hidden, point=point, aside=self._known, work=self.work), wanted)

    @property
    def _known(self) -> Integers:
        """Return the columns that somebody knows."""
        return np.unique(np.concatenate([NOBODY, *(circle.known for circle in self.circles)]))

    def _possible(self) -> Floats | None:
        """Return numbers that agree with all that is shown and supposed; None if there are none.

        They are said as deviations from the true ones, which they are where nothing false is supposed; else as little
        as can be is not true, and of what somebody knows only what must.
        """
        size = len(self.hidden)
        if self._is_true:
            return np.zeros(size)
        low, high = self.reader.ranges(self.hidden)
        price = np.ones(size)
        price[self._known] = KNOWN_PRICE
        columns = Columns(np.tile(price, 2), np.zeros(2 * size), np.concatenate([high, -low]))
        constraints = side_by_side(self.reader.constraints, (1.0, -1.0), size=size)
        programme = Programme(constraints, columns, simplex=DUAL_SIMPLEX, work=self.work)
        if programme.least() is None:
            return None
        rises, falls = programme.point().reshape(2, size)
        point: Floats = rises - falls
        return np.where(np.abs(point - np.rint(point)) < ROUGHLY, np.rint(point), point)

    def _telling(self, cell: int, ends: Booleans, circle: Circle, point: Floats) -> Integers:
        """Return new columns that keep a cell from the `ends` (below, above) that it needs, whatever else is shown.

        They are those that have a price where it stands as low, or as high, as it can: one of them must not be shown.
        """
        reader, told = counted_from(point, self.reader), np.zeros_like(self.new)
        low, high = reader.ranges(self.hidden)
        low[circle.known] = high[circle.known] = 0.0
        for cost in np.array([1.0, -1.0])[ends].tolist():
            costs = np.zeros(len(low))
            costs[cell] = cost
            programme = Programme(reader.constraints, Columns(costs, low, high), simplex=PRIMAL_SIMPLEX, work=self.work)
            if programme.least() is not None:
                told |= self.new & (np.abs(programme.column_prices()) > ROUGHLY)
        return np.flatnonzero(told if told.any() else self.new)


def stacked(parts: Sequence[Part], *, new: Booleans, work: Work) -> tuple[System, tuple[int, ...]]:
    """Lay tables side by side, the one to come first, whose cells `new` show; return where each begins, too.

    What is asked of them is taken from `work`.
    """
    sizes = [len(part.hidden) for part in parts]
    offsets = tuple(np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64).tolist()[:-1])
    readers = [part.reader for part in parts]
    shows = np.zeros(sum(sizes), dtype=np.bool_)
    shows[: sizes[0]] = new
    reader = Reader(
        indicator=readers[0].indicator,
        values=np.concatenate([reader.values for reader in readers]),
        constraints=_stacked_constraints([reader.constraints for reader in readers], offsets),
        hidden_low=np.concatenate([reader.hidden_low for reader in readers]),
        shown_low=np.concatenate([reader.shown_low for reader in readers]),
        shown_high=np.concatenate([reader.shown_high for reader in readers]),
        needs=joined_needs([moved(reader.needs, offset) for reader, offset in zip(readers, offsets, strict=True)]),
    )
    circles = tuple(
        Circle(circle.known + offset, circle.own + offset)
        for part, offset in zip(parts, offsets, strict=True)
        for circle in part.circles
    )
    return System(reader, np.concatenate([part.hidden for part in parts]), shows, circles, work), offsets


def moved(needs: Needs, offset: int) -> Needs:
    """Number the cells from `offset`."""
    return Needs(needs.cells + offset, needs.up, needs.down)


def joined_needs(parts: Sequence[Needs]) -> Needs:
    """Lay needs one after another; a cell may have several."""
    return Needs(
        np.concatenate([part.cells for part in parts]),
        np.concatenate([part.up for part in parts]),
        np.concatenate([part.down for part in parts]),
    )


def _stacked_constraints(parts: Sequence[Constraints], offsets: Sequence[int]) -> Constraints:
    rows = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).tolist()
    return _of_entries(
        np.concatenate([part.rows + first for part, first in zip(parts, rows[:-1], strict=True)]),
        np.concatenate([part.columns + first for part, first in zip(parts, offsets, strict=True)]),
        np.concatenate([part.coefficients for part in parts]),
        low=np.concatenate([part.low for part in parts]),
        high=np.concatenate([part.high for part in parts]),
    )


def _with_links(constraints: Constraints, links: Sequence[Link], offsets: Sequence[int]) -> Constraints:
    if not links:
        return constraints
    lengths = [len(link.cells) for link in links]
    rows = np.repeat(np.arange(len(constraints), len(constraints) + len(links)), lengths)
    columns = np.array([offsets[block] + cell for link in links for block, cell in link.cells], dtype=np.int64)
    weights = np.array([weight for link in links for weight in link.weights], dtype=np.float64)
    return _of_entries(
        np.concatenate([constraints.rows, rows]),
        np.concatenate([constraints.columns, columns]),
        np.concatenate([constraints.coefficients, weights]),
        low=np.concatenate([constraints.low, [link.low for link in links]]),
        high=np.concatenate([constraints.high, [link.high for link in links]]),
    )


def _of_entries(rows: Integers, columns: Integers, coefficients: Floats, *, low: Floats, high: Floats) -> Constraints:
    """Return constraints from entries whose rows ascend."""
    lengths = np.bincount(rows, minlength=len(low))
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)]).astype(np.int64)
    return Constraints(starts, rows, columns, coefficients, low.astype(np.float64), high.astype(np.float64))

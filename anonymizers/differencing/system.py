"""System: several tables as one programme, cells of all of them side by side, tied by links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.differencing.links import Link
from anonymizers.disclosure.bounds import ROUGHLY
from anonymizers.disclosure.circles import Circle
from anonymizers.disclosure.components import connected
from anonymizers.disclosure.constraints import Constraints, Floats
from anonymizers.disclosure.feasibility import NOBODY, spans_of
from anonymizers.disclosure.programme import LARGEST_PLAIN, PRIMAL_SIMPLEX, Columns, Programme
from anonymizers.disclosure.reader import Needs, Reader


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

    def narrowed(self) -> Iterator[tuple[Integers, int]]:
        """Yield the columns of each part of the system, and one of them that what is new leaves too certain.

        What is known without anything new is nobody's fault any more.
        """
        constraints = self.reader.constraints
        label = connected(constraints.rows, constraints.columns, len(self.hidden))
        for own in np.intersect1d(label[self.new], label[self.reader.needs.cells]).tolist():
            columns = np.flatnonzero(label == own)
            for failing in self._restricted(columns).failing():
                yield columns, int(columns[failing])

    def is_feasible(self) -> bool:
        """Say whether any numbers at all agree with everything that is shown and supposed."""
        low, high = self.reader.ranges(self.hidden)
        columns = Columns(np.zeros(len(low)), low, high)
        return Programme(self.reader.constraints, columns, simplex=PRIMAL_SIMPLEX).least() is not None

    def tied(self, links: Sequence[Link], offsets: Sequence[int]) -> "System":
        """Add links."""
        constraints = _with_links(self.reader.constraints, links, offsets)
        return replace(self, reader=replace(self.reader, constraints=constraints))

    def _restricted(self, columns: Integers) -> "System":
        place = np.full(len(self.hidden), -1, dtype=np.int64)
        place[columns] = np.arange(len(columns))
        inside = (circle for circle in self.circles if (place[circle.known] >= 0).any())
        return System(
            self.reader.restricted(columns),
            self.hidden[columns],
            self.new[columns],
            tuple(_held(circle.restricted(place)) for circle in inside),
        )

    def failing(self) -> list[int]:
        """Return the columns too well known by anybody, or by one contributor apart from its own."""
        found: list[int] = []
        for circle in (Circle(NOBODY, NOBODY), *self.circles):
            short = self._short(self.hidden, circle)
            if len(short):
                short = np.setdiff1d(short, self._short(self.hidden | self.new, circle))
            found += np.unique(self.reader.needs.cells[short]).tolist()
            if found:
                break
        return found

    def _short(self, hidden: Booleans, circle: Circle) -> Integers:
        """Return the needs that are not met."""
        needs = self.reader.needs
        spans = spans_of(self.reader, hidden, needs.cells, still=circle.known)
        tolerance = ROUGHLY * max(1.0, float(self.reader.values.max(initial=0)) / LARGEST_PLAIN)
        met = (spans.high >= needs.up - tolerance) & (-spans.low >= needs.down - tolerance)
        return np.flatnonzero(~met & ~np.isin(needs.cells, circle.own))


def stacked(parts: Sequence[Part], *, new: Booleans) -> tuple[System, tuple[int, ...]]:
    """Lay tables side by side, the one to come first, whose cells `new` show; return where each begins, too."""
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
    return System(reader, np.concatenate([part.hidden for part in parts]), shows, circles), offsets


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


def _held(circle: Circle) -> Circle:
    return Circle(circle.known[circle.known >= 0], circle.own[circle.own >= 0])


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

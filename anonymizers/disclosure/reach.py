"""Reach: whether cells can stand as far from the truth as they are asked to, told by as few programmes as will do.

Each answer of a programme is a whole table that a reader must allow. It tells of all its cells how far they can stand,
and again of them all to a single contributor none of whose cells it moves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.components import Component, components, settled
from anonymizers.disclosure.constraints import UNBOUNDED, Floats
from anonymizers.disclosure.one_row import spans
from anonymizers.disclosure.programme import PRIMAL_SIMPLEX, Columns, Programme
from anonymizers.disclosure.rays import Choice, Rays
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.work import Work

STILL: Final = 1e-9
"""How far a solver may leave a cell that does not move: a hundredth of what it allows itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How far `cells` (each as often as need be) are asked to stand: down to `low` or further, up to `high`."""

    cells: Integers
    low: Floats
    high: Floats

    def of(self, places: Integers, cells: Integers) -> "Wanted":
        """Keep what is asked at some places, of cells that have other numbers there."""
        return Wanted(cells, self.low[places], self.high[places])

    def short(self, low: Floats, high: Floats) -> Booleans:
        """Say which low ends (row 0) and high ends (row 1) are not reached by cells that stand so far."""
        return np.stack([low > self.low, high < self.high])


class Reach:
    """What cells can reach behind the same masks, asked one after the other of readers who know more than is shown."""

    __slots__ = ("_hidden", "_tables", "_work")

    def __init__(self, hidden: Booleans, work: Work) -> None:
        self._hidden, self._work = hidden, work
        self._tables: list[Floats] = []

    def note(self, table: Floats) -> None:
        """Note a table, as deviations from the truth, that a reader must allow who knows no more than is shown."""
        self._tables.append(table)

    def allowed(self, still: Integers) -> list[Floats]:
        """Return the tables found so far in which cells stand `still`: who knows these must allow them too."""
        return [table for table in self._tables if np.abs(table[still]).max(initial=0.0) < STILL]

    def short(self, reader: Reader, wanted: Wanted, point: Floats, still: Integers) -> Booleans:
        """Say which ends (low in row 0, high in row 1) a reader excludes who knows the cells `still`.

        `reader` and `wanted` are counted from `point`, numbers that this reader takes for possible; where the solver
        cannot tell for sure, the end is taken for excluded.
        """
        low, high = reader.ranges(self._hidden)
        low[still] = high[still] = 0.0
        low, high = settled(reader.constraints, low, high)
        short = wanted.short(low[wanted.cells], high[wanted.cells])
        tables = [table - point for table in self.allowed(still)]
        for component in components(reader.constraints, low, high):
            place = np.full(len(low), -1)
            place[component.columns] = np.arange(len(component.columns))
            own = np.flatnonzero(place[wanted.cells] >= 0)
            if len(own):
                asked = _Asked(component, wanted.of(own, place[wanted.cells[own]]), self._work)
                asked.look_at([table[component.columns] for table in tables])
                for found in asked.tables():
                    table = point.copy()
                    table[component.columns] += found
                    self.note(table)
                short[:, own] = asked.short
        return short


class _Asked:
    """One part of the cells, and how far the wanted ones stand, `low` and `high`, in what was found so far."""

    __slots__ = ("_component", "_high", "_low", "_wanted", "_work")

    def __init__(self, component: Component, wanted: Wanted, work: Work) -> None:
        self._component, self._wanted, self._work = component, wanted, work
        self._low, self._high = np.zeros((2, len(wanted.cells)))

    @property
    def short(self) -> Booleans:
        """Say which ends are not reached."""
        return self._wanted.short(self._low, self._high)

    def look_at(self, tables: Sequence[Floats]) -> None:
        """Take tables for allowed."""
        for table in tables:
            stands = table[self._wanted.cells]
            self._low, self._high = np.minimum(self._low, stands), np.maximum(self._high, stands)

    def tables(self) -> Iterator[Floats]:
        """Reach what can be reached; yield the tables that programmes find for it."""
        if not self.short.any():
            return
        if len(self._component.constraints) == 1:
            self._low, self._high = (ends[self._wanted.cells] for ends in spans(self._component))
            return
        self._follow_rays()
        if self._open.any():
            yield from self._solved()

    @property
    def _open(self) -> Booleans:
        """Say which ends are short, though the cell's own ends lie further."""
        cells = self._wanted.cells
        return self.short & ~self._wanted.short(self._component.low[cells], self._component.high[cells])

    def _follow_rays(self) -> None:
        rays = Rays(self._component.constraints, self._component.low, self._component.high)
        for place in np.flatnonzero(self._open.any(axis=0)).tolist():
            ray = rays.ray(int(self._wanted.cells[place]), Choice.ROOMIEST)
            if ray is not None:
                self._low[place], self._high[place] = min(self._low[place], -ray.fall), UNBOUNDED

    def _solved(self) -> Iterator[Floats]:
        """Ask for each end that is still short: only the objective changes, so that each starts from the last.

        Versions follow one another and only rise: what an early one rises by its later ones do, what a late one falls
        by its earlier ones do. So highs are asked from the first cell on, lows from the last.
        """
        component = self._component
        columns = Columns(np.zeros(len(component.columns)), component.low, component.high)
        programme = Programme(component.constraints, columns, simplex=PRIMAL_SIMPLEX, work=self._work)
        lows, highs = (np.flatnonzero(ends).tolist() for ends in self._open)
        for end, place in (*((1, place) for place in highs), *((0, place) for place in reversed(lows))):
            if self.short[end, place]:
                yield from self._asked(programme, place, -1.0 if end else 1.0)

    def _asked(self, programme: Programme, place: int, sign: float) -> list[Floats]:
        """Ask how far down (`sign` 1) or up (-1) a cell can stand; return the table of that, if known."""
        cell = self._wanted.cells[place : place + 1]
        programme.price(cell, np.array([sign]))
        least = programme.least()
        tables = [] if least is None or least == -UNBOUNDED else [programme.point()]
        programme.price(cell, np.zeros(1))
        if least == -UNBOUNDED:
            ends = self._low if sign > 0 else self._high
            ends[place] = -sign * UNBOUNDED
        self.look_at(tables)
        return tables

"""Reach: whether cells can stand as far from the truth as they are asked to, told by as few programmes as will do.

What shows it for one reader moves few cells: it is a witness for everybody who knows none of these. A single
contributor is asked about only where every witness found by then moves something that it knows.
"""

from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.constraints import Floats
from anonymizers.disclosure.rays import Choice
from anonymizers.disclosure.router import Moved
from anonymizers.disclosure.ways import ANYBODY, STILL, Knower, Ways
from anonymizers.disclosure.witnesses import Witnesses
from anonymizers.stretches import places_among


@dataclass(frozen=True, slots=True)
class Wanted:
    """How far `cells` (each as often as need be) are asked to stand: down to `low` or further, up to `high`."""

    cells: Integers
    low: Floats
    high: Floats

    def of(self, point: Floats) -> "Wanted":
        """Count from a point."""
        return Wanted(self.cells, self.low - point[self.cells], self.high - point[self.cells])

    def reached(self, low: Floats, high: Floats) -> Booleans:
        """Say which low ends (row 0) and high ends (row 1) are reached by cells that stand so far."""
        return np.stack([low <= self.low, high >= self.high])


class Reach:
    """What cells can reach behind the same masks, asked one after the other of readers who know more than is shown.

    `ways` say how; what is `wanted` is counted from their point.
    """

    __slots__ = ("_excluded", "_rising", "_tables", "_wanted", "ways")

    def __init__(self, ways: Ways, wanted: Wanted) -> None:
        self.ways, self._wanted = ways, wanted
        self._rising, self._tables = Witnesses(len(wanted.cells)), Witnesses(len(wanted.cells))
        low, high = ways.low[wanted.cells], ways.high[wanted.cells]
        self._excluded = ~wanted.reached(low, high)
        for part in ways.plain:
            here = np.isin(wanted.cells, part)
            self._tables.add(part, wanted.reached(np.where(here, low, 0.0), np.where(here, high, 0.0)) & here)

    def look_ahead(self) -> None:
        """Reach what can be reached without what anybody knows, by as few programmes as will do: it tells everybody.

        Versions follow one another and only rise: what an early one rises by its later ones do, what a late one falls
        by its earlier ones do. So highs are asked from the first cell on, lows from the last.
        """
        short = self._after_rays(np.ones((2, len(self._wanted.cells)), dtype=np.bool_) & ~self._excluded, ANYBODY)
        lows, highs = (np.flatnonzero(ends).tolist() for ends in short)
        for end, place in (*((1, place) for place in highs), *((0, place) for place in reversed(lows))):
            if short[end, place]:
                moved = self.ways.farthest(int(self._wanted.cells[place]), 1.0 if end else -1.0)
                short &= ~self._noted(moved)

    def short(self, asked: Booleans, reader: Knower) -> Booleans:
        """Say which `asked` ends (low in row 0, high in row 1) a reader excludes.

        Where the solver cannot tell for sure, the end is taken for excluded.
        """
        short = self._after_rays(asked, reader)
        if not short.any():
            return short
        low, high = (ends[self._wanted.cells] for ends in self.ways.ranges(reader))
        for end, place in np.argwhere(short & self._wanted.reached(low, high)).tolist():
            if short[end, place]:
                amount = float((self._wanted.low, self._wanted.high)[end][place])
                moved = self.ways.route(int(self._wanted.cells[place]), amount, reader.known)
                short &= ~self._noted(moved)
                short[end, place] = moved is None
        return short

    def _after_rays(self, asked: Booleans, reader: Knower) -> Booleans:
        """Return the `asked` ends that are not told by what was found by now, nor by a ray."""
        short = self._unreached(asked & ~self._reached(reader.cells, reader.amounts), reader)
        for place in np.flatnonzero(short.any(axis=0)).tolist():
            self._follow(place, reader)
        return self._unreached(short, reader)

    def _unreached(self, asked: Booleans, reader: Knower) -> Booleans:
        return self._rising.unreached(self._tables.unreached(asked, reader.held), reader.known)

    def _reached(self, cells: Integers, amounts: Floats) -> Booleans:
        """Say which ends are reached where some cells (ascending) stand so far from the point, the others there."""
        stands = np.append(amounts, 0.0)[places_among(cells, self._wanted.cells)]
        return self._wanted.reached(stands, stands)

    def _follow(self, place: int, reader: Knower) -> None:
        """Follow a ray from a cell, if there is one that leaves alone what a reader knows."""
        ray = self.ways.rays.ray(int(self._wanted.cells[place]), Choice.ROOMIEST, reader.known)
        if ray is not None:
            here = np.isin(self._wanted.cells, ray.cells)
            nothing = np.zeros_like(here)
            self._rising.add(ray.cells, np.stack([nothing, here]))
            self._tables.add(ray.cells, np.stack([here & (-ray.fall <= self._wanted.low), nothing]))

    def _noted(self, moved: Moved | None) -> Booleans:
        """Note a way, if there is one; return the ends that it reaches."""
        if moved is None:
            return np.zeros((2, len(self._wanted.cells)), dtype=np.bool_)
        reached = self._reached(moved.places, moved.amounts) & np.isin(self._wanted.cells, moved.places)
        self._tables.add(moved.places[np.abs(moved.amounts) >= STILL], reached)
        return reached

"""An attacker that holds every version of every table, and subtracts sums of cells from sums of cells.

Cells that can have no row in common may be added up, those of one table or of several, older and newer; a sum is
taken from another one that covers all its days and sites, one of the two being of one table. The judge alone knows
the rows. Shares no code with the engine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tests.cell_tables import Key
from tests.releases import Row

CELLS: Final = 5
"""Cells that one difference takes at most."""
_ROW: Final = 1 << 20

Atom = tuple[str, str]
"""A site and a day."""


@dataclass(frozen=True, slots=True)
class Said:
    """A number that some version of a table showed: of which sites and days it speaks, and the rows behind it."""

    table: str
    key: Key
    version: int
    covers: frozenset[Atom]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A difference of sums that speaks of too few units."""

    whole: tuple[Said, ...]
    parts: tuple[Said, ...]
    units: tuple[str, ...]

    def __str__(self) -> str:
        return f"{_sum(self.whole)} less {_sum(self.parts)} speaks of {self.units}"


class Sums:
    """All sums of cells that have no row in common, by what they cover."""

    def __init__(self, said: Sequence[Said]) -> None:
        self._said = [one for one in said if one.covers]
        every = {row.number: row.units[0] for one in self._said for row in one.rows}
        self._numbers = {number: place for place, number in enumerate(every)}
        self._units = sorted({unit or "" for unit in every.values()})
        of_unit = [[unit == own for own in self._units] for unit in map(_named, every.values())]
        self._of_unit = np.array(of_unit, dtype=np.int64).reshape(len(every), len(self._units))
        self._held = np.array([self._vector(one) for one in self._said]).reshape(len(self._said), len(every))
        self._families = list(self._apart())

    def told(self, k: int) -> Iterator[Told]:
        """Yield every difference of up to `CELLS` cells that speaks of one to k - 1 units."""
        by_cover: dict[frozenset[Atom], list[tuple[int, ...]]] = {}
        for family in self._families:
            by_cover.setdefault(self._cover(family), []).append(family)
        for cover, wholes in by_cover.items():
            inside = [family for other, several in by_cover.items() if other <= cover for family in several]
            for whole in wholes:
                yield from self._differences(whole, inside if len(whole) == 1 else wholes, k)

    def _differences(self, whole: tuple[int, ...], families: Sequence[tuple[int, ...]], k: int) -> Iterator[Told]:
        most = CELLS - len(whole)
        others = [family for family in families if 0 < len(family) <= most and {*family}.isdisjoint(whole)]
        others = [family for family in others if self._is_of_one_table(whole) or self._is_of_one_table(family)]
        if not others:
            return
        sums = np.array([self._held[[*family]].sum(axis=0) for family in others])
        left = self._held[[*whole]].sum(axis=0)[None, :] - sums
        counted = ((left != 0).astype(np.int64) @ self._of_unit) > 0
        # A reader has the numbers of rows and their amounts: where those of nobody changed there is nothing to see.
        seen = (left @ self._of_unit != 0).any(axis=1)
        few = (counted.sum(axis=1) > 0) & (counted.sum(axis=1) < k) & seen
        for place in np.flatnonzero(few).tolist():
            units = tuple(unit for unit, seen in zip(self._units, counted[place], strict=True) if seen)
            yield Told(self._named(whole), self._named(others[place]), units)

    def _apart(self) -> Iterator[tuple[int, ...]]:
        """Yield every set of cells that have no site and day in common."""
        reached: list[tuple[int, ...]] = [()]
        for place, one in enumerate(self._said):
            grown = [
                (*family, place)
                for family in reached
                if len(family) < CELLS - 1 and all(one.covers.isdisjoint(self._said[other].covers) for other in family)
            ]
            yield from grown
            reached += grown

    def _is_of_one_table(self, family: tuple[int, ...]) -> bool:
        return len({self._said[place].table for place in family}) == 1

    def _cover(self, family: tuple[int, ...]) -> frozenset[Atom]:
        return frozenset().union(*(self._said[place].covers for place in family))

    def _vector(self, one: Said) -> NDArray[np.int64]:
        """Lay out what each row adds to the numbers: itself, and its amount."""
        held = np.zeros(len(self._numbers), dtype=np.int64)
        for row in one.rows:
            held[self._numbers[row.number]] += _ROW + row.amounts[0]
        return held

    def _named(self, family: tuple[int, ...]) -> tuple[Said, ...]:
        return tuple(self._said[place] for place in family)


def _sum(side: Sequence[Said]) -> str:
    return " + ".join(f"{one.table}{one.key} v{one.version}" for one in side)


def _named(unit: str | None) -> str:
    return unit or ""

"""An attacker that combines all that was ever shown with any coefficients; the judge asks who is left, by elimination.

Each number is a sum over rows. Some combination speaks of fewer than k units alone if a row of theirs stands in the
numbers as no combination of the rows of all others does: a question of ranks, asked of each such set of units. Of a
row, its presence and its amount count; one that cancels out for those it is of is not seen. Shares no code with the
engine.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

PRIME: Final = 2_147_483_629
"""Ranks are those of whole numbers modulo a prime: one that is lost so would have to be its multiple."""

Rows = Mapping[int, tuple[str, int]]
"""The rows behind a number: of each, by its own number, the unit and the amount."""


@dataclass(frozen=True, slots=True)
class Number:
    """What some cell of some version showed, and the rows behind it."""

    name: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Spoken:
    """A combination of numbers of which only the rows of a few units are left."""

    units: tuple[str, ...]
    parts: tuple[tuple[int, str], ...]

    def __str__(self) -> str:
        return f"{' '.join(f'{factor:+d} {name}' for factor, name in self.parts)} speaks of {self.units}"


def spoken_of(numbers: Sequence[Number], k: int) -> Iterator[Spoken]:
    """Yield every set of fewer than k units of which some combination speaks alone; the smallest sets first."""
    table = _Table.of(numbers)
    found: list[set[str]] = []
    for group in (group for several in range(1, k) for group in combinations(table.of_few(k), several)):
        if not any(one <= {*group} for one in found):
            for free in _null_space(table.columns[~np.isin(table.owners, group)]):
                if any(table.is_seen(free, unit) for unit in group):
                    found.append({*group})
                    yield Spoken(group, _named(free, numbers))
                    break


@dataclass(frozen=True, slots=True)
class _Table:
    """Columns: of each row, in which numbers it stands, then with which amount; and whose row it is."""

    columns: NDArray[np.int64]
    owners: NDArray[np.str_]

    @classmethod
    def of(cls, numbers: Sequence[Number]) -> "_Table":
        of_unit = {number: unit for one in numbers for number, (unit, _) in one.rows.items()}
        held = [[number in one.rows for one in numbers] for number in of_unit]
        paid = [[one.rows.get(number, ("", 0))[1] for one in numbers] for number in of_unit]
        return cls(np.array([*held, *paid], dtype=np.int64), np.array([*of_unit.values()] * 2))

    def of_few(self, k: int) -> list[str]:
        """Return the units that have some column with fewer than k others: one that k share is none of theirs alone."""
        patterns = [_reduced(column).tobytes() for column in self.columns]
        shared = Counter(pattern for pattern, _ in {*zip(patterns, self.owners.tolist(), strict=True)})
        named = zip(patterns, self.owners.tolist(), strict=True)
        return sorted({unit for pattern, unit in named if shared[pattern] < k})

    def is_seen(self, free: NDArray[np.int64], unit: str) -> bool:
        """Tell whether what a combination leaves of a unit is a number of rows or an amount, not a sum of nothing."""
        half = len(self.owners) // 2
        own = self.owners == unit
        kinds = np.arange(len(self.owners)) < half
        sums = (self.columns[own & kind].sum(axis=0) for kind in (kinds, ~kinds))
        return any(int((free * one % PRIME).sum() % PRIME) for one in sums)


def _reduced(column: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a column without its common factor: a row that always adds the same amount says nothing new by it."""
    return column // max(int(np.gcd.reduce(column)), 1)


def _null_space(columns: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return coefficients of the numbers, modulo the prime, that leave nothing of these columns: a basis."""
    rows = np.unique(columns, axis=0) % PRIME
    width = rows.shape[1]
    pivots: list[int] = []
    for column in range(width):
        done = len(pivots)
        places = np.flatnonzero(rows[done:, column])
        if not len(places):
            continue
        first = done + int(places[0])
        rows[[done, first]] = rows[[first, done]]
        rows[done] = rows[done] * pow(int(rows[done, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(rows[:, column])
        others = others[others != done]
        rows[others] = (rows[others] - rows[others, column][:, None] * rows[done] % PRIME) % PRIME
        pivots.append(column)
    basis = []
    for free in sorted({*range(width)} - {*pivots}):
        vector = np.zeros(width, dtype=np.int64)
        vector[free] = 1
        vector[pivots] = -rows[: len(pivots), free] % PRIME
        basis.append(vector)
    return basis


def _named(free: NDArray[np.int64], numbers: Sequence[Number]) -> tuple[tuple[int, str], ...]:
    signed = np.where(free > PRIME // 2, free - PRIME, free)
    return tuple((int(signed[place]), numbers[place].name) for place in np.flatnonzero(signed).tolist())

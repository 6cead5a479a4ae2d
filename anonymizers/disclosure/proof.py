"""Proof: a table that differs from the true one and that a reader cannot tell from it, checked without tolerance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.constraints import Columnwise, Floats

DENOMINATORS: Final = (1, 2_520, 720_720)
"""Vertices of such programmes are whole, or fractions of small denominators: up to 10, then up to 16."""
NEAR: Final = 1e-3
"""How near a whole number the solver's answer must be to be read as one."""
EXACT: Final = 2.0**53
"""Integers below it are exact in a float, and so are their sums."""
AT_ONCE: Final = 100_000
"""Cells that move, of all deviations looked at together: bounded memory."""


@dataclass(frozen=True, slots=True)
class Deviations:
    """How far cells stand from their true values: those at `places` by `numerators`, over one `denominator`."""

    places: Integers
    numerators: Floats
    denominator: int

    def opposite(self) -> "Deviations":
        """Return the same deviations the other way."""
        return Deviations(self.places, -self.numerators, self.denominator)

    def beyond(self, low: Floats, high: Floats) -> Integers:
        """Return the cells that stand under `low` or over `high`, of which there is one a cell of the table."""
        under = self.numerators < low[self.places] * self.denominator
        over = self.numerators > high[self.places] * self.denominator
        return self.places[under | over]


def standing(moved: Sequence[Deviations], known: Columnwise, *, low: Floats, high: Floats) -> list[tuple[bool, bool]]:
    """Say of each deviations whether a reader who knows the rows and the ends of each cell must allow them, and turned.

    In exact arithmetic; numbers too large for it do not stand: when in doubt, no. What stands still is allowed: only
    the rows of the cells that move are added up, of many deviations together.
    """
    if sum(len(own.places) for own in moved) <= AT_ONCE or len(moved) == 1:
        return _standing(moved, known, low, high)
    half = len(moved) // 2
    return [ways for part in (moved[:half], moved[half:]) for ways in standing(part, known, low=low, high=high)]


def _standing(moved: Sequence[Deviations], known: Columnwise, low: Floats, high: Floats) -> list[tuple[bool, bool]]:
    if not moved:
        return []
    owner = np.repeat(np.arange(len(moved)), [len(own.places) for own in moved])
    places, amounts = (np.concatenate(of) for of in zip(*((own.places, own.numerators) for own in moved), strict=True))
    denominators = np.array([own.denominator for own in moved], dtype=np.float64)
    of_row, row, sums = known.sums(places, amounts, owner)
    cells = low[places] * denominators[owner], high[places] * denominators[owner]
    rows = known.low[row] * denominators[of_row], known.high[row] * denominators[of_row]
    exact = np.bincount(owner, weights=np.abs(amounts), minlength=len(moved)) < EXACT
    stands, turned = exact.copy(), exact
    for way, sign in ((stands, 1.0), (turned, -1.0)):
        way[owner[_beyond(sign * amounts, *cells)]] = False
        way[of_row[_beyond(sign * sums, *rows)]] = False
    return list(zip(stands.tolist(), turned.tolist(), strict=True))


def _beyond(amounts: Floats, low: Floats, high: Floats) -> Booleans:
    beyond: Booleans = (amounts < low) | (amounts > high)
    return beyond


def exact_readings(places: Integers, solved: Floats) -> Iterator[Deviations]:
    """Yield the fractions that a solver's answer can be read as, simplest first."""
    for denominator in DENOMINATORS:
        scaled = solved * denominator
        numerators = np.rint(scaled)
        if float(np.abs(scaled - numerators).max(initial=0.0)) < NEAR:
            moved = np.flatnonzero(numerators)
            yield Deviations(places[moved], numerators[moved], denominator)

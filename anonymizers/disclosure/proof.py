"""Proof: a table that differs from the true one and that a reader cannot tell from it, checked without tolerance."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.cells import Integers
from anonymizers.disclosure.constraints import Columnwise, Floats

DENOMINATORS: Final = (1, 2_520, 720_720)
"""Vertices of such programmes are whole, or fractions of small denominators: up to 10, then up to 16."""
NEAR: Final = 1e-3
"""How near a whole number the solver's answer must be to be read as one."""
EXACT: Final = 2.0**53
"""Integers below it are exact in a float, and so are their sums."""


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

    def stand(self, constraints: Columnwise, *, low: Floats, high: Floats) -> bool:
        """Say whether a reader who knows the constraints and the ends of each cell must allow them.

        In exact arithmetic; numbers too large for it do not stand: when in doubt, no. What stands still is allowed:
        only the rows of the cells that move are added up.
        """
        if float(np.abs(self.numerators).sum()) >= EXACT or len(self.beyond(low, high)):
            return False
        rows, sums = constraints.sums(self.places, self.numerators)
        least, most = constraints.low[rows] * self.denominator, constraints.high[rows] * self.denominator
        return not bool(((sums < least) | (sums > most)).any())


def exact_readings(places: Integers, solved: Floats) -> Iterator[Deviations]:
    """Yield the fractions that a solver's answer can be read as, simplest first."""
    for denominator in DENOMINATORS:
        scaled = solved * denominator
        numerators = np.rint(scaled)
        if float(np.abs(scaled - numerators).max(initial=0.0)) < NEAR:
            moved = np.flatnonzero(numerators)
            yield Deviations(places[moved], numerators[moved], denominator)

"""Proof: a table that differs from the true one and that a reader cannot tell from it, checked without tolerance."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from anonymizers.cells import Booleans
from anonymizers.disclosure.constraints import Constraints, Floats

DENOMINATORS: Final = (1, 2_520, 720_720)
"""Vertices of such programmes are whole, or fractions of small denominators: up to 10, then up to 16."""
NEAR: Final = 1e-3
"""How near a whole number the solver's answer must be to be read as one."""
EXACT: Final = 2.0**53
"""Integers below it are exact in a float, and so are their sums."""


@dataclass(frozen=True, slots=True)
class Deviations:
    """How far cells stand from their true values: whole `numerators`, one a cell, over one `denominator`."""

    numerators: Floats
    denominator: int

    def opposite(self) -> "Deviations":
        """Return the same deviations the other way."""
        return Deviations(-self.numerators, self.denominator)

    def beyond(self, low: Floats, high: Floats) -> Booleans:
        """Say which cells stand under `low` or over `high`."""
        outside: Booleans = (self.numerators < low * self.denominator) | (self.numerators > high * self.denominator)
        return outside

    def stand(self, constraints: Constraints, *, low: Floats, high: Floats) -> bool:
        """Say whether a reader who knows the constraints and the ends of each cell must allow them.

        In exact arithmetic; numbers too large for it do not stand: when in doubt, no.
        """
        if float(np.abs(self.numerators).sum()) >= EXACT or self.beyond(low, high).any():
            return False
        sums = Deviations(constraints.times(self.numerators), self.denominator)
        return not sums.beyond(constraints.low, constraints.high).any()


def exact_readings(solved: Floats) -> Iterator[Deviations]:
    """Yield the fractions that a solver's answer can be read as, simplest first."""
    for denominator in DENOMINATORS:
        scaled = solved * denominator
        numerators = np.rint(scaled)
        if float(np.abs(scaled - numerators).max(initial=0.0)) < NEAR:
            yield Deviations(numerators, denominator)

"""Proof: a table that differs from the true one and that a reader cannot tell from it, checked without tolerance."""

from typing import Final

import numpy as np

from anonymizers.disclosure.constraints import Constraints, Floats

FRACTION: Final = 840
"""Vertices of such programmes are fractions of small denominators: all those up to 8 divide it."""
EXACT: Final = 2.0**53
"""Integers below it are exact in a float, and so are their sums."""


def whole(deviations: Floats) -> Floats:
    """Return the solver's deviations times `FRACTION`, as whole numbers."""
    return np.rint(deviations * FRACTION)


def stands(constraints: Constraints, scaled: Floats, *, low: Floats, high: Floats) -> bool:
    """Say whether whole deviations (times `FRACTION`) satisfy all that a reader knows, in exact arithmetic.

    Numbers too large for exact arithmetic do not stand: when in doubt, no.
    """
    if float(np.abs(scaled).sum()) >= EXACT:
        return False
    sums = constraints.times(scaled)
    return bool(
        (scaled >= low * FRACTION).all()
        and (scaled <= high * FRACTION).all()
        and (sums >= constraints.low * FRACTION).all()
        and (sums <= constraints.high * FRACTION).all()
    )

"""Rounding: published numbers to the nearest multiple of a base, halves up, in integers."""

import numpy as np

from anonymizers.cells import Integers


def nearest(values: Integers, base: int) -> Integers:
    """Round to the nearest multiple of `base`, halves up (LANGUAGE.md section 9, "Rounding")."""
    return (2 * values + base) // (2 * base) * base


def whole_means(sums: Integers, weights: Integers, *, decimals: int) -> Integers:
    """Divide sums by their weights and round to a whole number, halves up; 0 where there is no weight.

    `sums` are scaled by 10 ** `decimals`; a mean is shown whole, in the measure's own unit.
    """
    divisors = np.maximum(weights, 1) * 10**decimals
    return np.where(weights > 0, (2 * sums + divisors) // (2 * divisors), 0)

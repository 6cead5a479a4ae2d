"""Stretches of an array laid end to end, as those of a sorted or grouped one are read without a loop."""

import numpy as np

from anonymizers.cells import Integers


def stretches(starts: Integers, lengths: Integers) -> Integers:
    """Return the places `start`, `start + 1`… of each stretch, `length` of them, one stretch after the other."""
    before = np.cumsum(lengths) - lengths
    places: Integers = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
    return places

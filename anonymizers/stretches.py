"""Stretches of an array laid end to end, as those of a sorted or grouped one are read without a loop."""

import numpy as np

from anonymizers.cells import Integers


def stretches(starts: Integers, lengths: Integers) -> Integers:
    """Return the places `start`, `start + 1`… of each stretch, `length` of them, one stretch after the other."""
    before = np.cumsum(lengths) - lengths
    places: Integers = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
    return places


class Occurrences:
    """Where each number occurs in an array: put in order once, then looked up at the cost of what is looked up."""

    __slots__ = ("_order", "_sorted")

    def __init__(self, numbers: Integers) -> None:
        self._order = np.argsort(numbers, kind="stable")
        self._sorted = numbers[self._order]

    def of(self, wanted: Integers) -> Integers:
        """Return where the `wanted` numbers, of which none is told twice, occur; ascending."""
        first, after = (np.searchsorted(self._sorted, wanted, side=side) for side in ("left", "right"))
        return np.sort(self._order[stretches(first, after - first)])


def places_among(ascending: Integers, wanted: Integers) -> Integers:
    """Return where each `wanted` number stands among `ascending` ones, -1 where it is none of them."""
    if not len(ascending):
        return np.full(len(wanted), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(ascending, wanted), len(ascending) - 1)
    return np.where(ascending[place] == wanted, place, -1)

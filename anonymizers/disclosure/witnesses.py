"""Witnesses: what a reader must allow, kept by which cells it moves and which of the ends that are asked it reaches."""

from collections import defaultdict

import numpy as np

from anonymizers.cells import Booleans, Integers


class Witnesses:
    """Told once to everybody: a witness says as much to whoever knows none of the cells that it moves.

    Ends are an array of two rows, below (row 0) and above (row 1), a column a cell that is asked about.
    """

    __slots__ = ("_moving", "_reached", "_several", "_tally")

    def __init__(self, several: int) -> None:
        self._several = several
        self._reached: list[Integers] = []
        self._moving: defaultdict[int, list[int]] = defaultdict(list)
        self._tally = np.zeros(2 * several, dtype=np.int64)

    def add(self, moved: Integers, reached: Booleans) -> None:
        """Note what moves the cells `moved`, no other, and reaches some ends."""
        ends = np.flatnonzero(reached)
        if len(ends):
            for cell in moved.tolist():
                self._moving[cell].append(len(self._reached))
            self._reached.append(ends)
            self._tally[ends] += 1

    def unreached(self, asked: Booleans, still: Integers) -> Booleans:
        """Return the `asked` ends that nothing reaches by now of what leaves the cells `still` alone."""
        moving = {one for cell in still.tolist() for one in self._moving.get(cell, ())}
        none = np.zeros(0, dtype=np.int64)
        lost = np.bincount(np.concatenate([none, *(self._reached[one] for one in moving)]), minlength=len(self._tally))
        left: Booleans = asked & (self._tally == lost).reshape(2, self._several)
        return left

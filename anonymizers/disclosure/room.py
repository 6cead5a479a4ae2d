"""Room: how far the cells of one row can move for each other, whoever knows some of them, from sums over the row."""

from collections.abc import Container, Iterable, Iterator

import numpy as np

from anonymizers.cells import Integers
from anonymizers.disclosure.constraints import Floats

Claim = tuple[int, int]
"""A need's number and a direction, 1 up or -1 down."""
Claimed = tuple[Claim, int, float]
"""A claim, the cell that it is about, and how far this must be able to go."""


class Room:
    """One way along a row: how far each cell that makes room for another can go, and what the row itself gives.

    A cell moves that way by what the row gives and by what the others can go, together: all that it asks for beyond
    its own end. So one number, the room of the cells that somebody does not know, settles every claim on the row for
    them; sorted, the claims that fall come first. Where another cell has no end, none falls. Exact: sums of integers
    and halves.
    """

    __slots__ = ("_claims", "_endless", "_ends", "_given")

    def __init__(self, cells: Integers, ends: Floats, gives: float, claims: Iterable[Claimed]) -> None:
        """`ends` are 0 or below, one a cell of `cells`."""
        self._ends = dict(zip(cells.tolist(), ends.tolist(), strict=True))
        self._endless = int(np.isinf(ends).sum())
        self._given = gives - float(ends[np.isfinite(ends)].sum())
        asked = [(amount - _finite(self._ends[cell]), claim, cell) for claim, cell, amount in claims]
        self._claims = sorted(asked, reverse=True)

    def lost(self, known: Iterable[int], own: Container[int]) -> Iterator[Claim]:
        """Yield the claims that fall where the cells `known`, all among `own`, stand still; none on its `own` cells."""
        still = [self._ends[cell] for cell in known if cell in self._ends]
        endless = self._endless - sum(np.isinf(end) for end in still)
        room = self._given + sum(_finite(end) for end in still)
        if endless > 1:
            return
        for asked, claim, cell in self._claims:
            if asked <= room:
                return
            if cell not in own and endless == np.isinf(self._ends[cell]):
                yield claim


def both_ways(
    cells: Integers, signs: Floats, spans: tuple[Floats, Floats, float, float], claims: Iterable[Claimed]
) -> tuple[Room, Room]:
    """Return the room up and down a row of `cells` of some `signs`.

    `spans` are from where to where each cell and the sum of the row may stand.
    """
    low, high, least, most = spans
    upward = signs > 0
    sign = dict(zip(cells.tolist(), np.where(upward, 1, -1).tolist(), strict=True))
    claims = list(claims)
    return (
        Room(cells, np.where(upward, low, -high), most, [own for own in claims if own[0][1] == sign[own[1]]]),
        Room(cells, np.where(upward, -high, low), -least, [own for own in claims if own[0][1] != sign[own[1]]]),
    )


def _finite(end: float) -> float:
    return end if np.isfinite(end) else 0.0

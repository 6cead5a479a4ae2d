"""The shortlist: the few cells of a large table among which a good pattern nearly always lies."""

from collections import deque
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.constraints import Constraints, Floats

COMPANY: Final = 3
"""Masked cells that a line should hold: two can be too few where one of them knows itself."""


def shortlist(constraints: Constraints, hidden: Booleans, prices: Floats) -> Integers:
    """Add the cheapest cell of every row that holds one or two masked ones, until no row does; cells ascending."""
    kept = hidden.copy()
    rows_of = _rows_of(constraints, len(hidden))
    waiting = deque(range(len(constraints)))
    queued = np.ones(len(constraints), dtype=np.bool_)
    while waiting:
        row = waiting.popleft()
        queued[row] = False
        added = _cheapest(constraints.columns[constraints.starts[row] : constraints.starts[row + 1]], kept, prices)
        if added is not None:
            kept[added] = True
            touched = [other for other in rows_of[added] if not queued[other]]
            queued[touched] = True
            waiting.extend(touched)
    return np.flatnonzero(kept)


def _cheapest(members: Integers, kept: Booleans, prices: Floats) -> int | None:
    if not 0 < int(kept[members].sum()) < COMPANY:
        return None
    open_to = members[~kept[members] & np.isfinite(prices[members])]
    return int(open_to[np.argmin(prices[open_to])]) if len(open_to) else None


def _rows_of(constraints: Constraints, size: int) -> list[Integers]:
    order = np.argsort(constraints.columns, kind="stable")
    ends = np.searchsorted(constraints.columns[order], np.arange(size + 1))
    return np.split(constraints.rows[order], ends[1:-1])

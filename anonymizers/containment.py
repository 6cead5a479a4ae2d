"""Which outline holds a point: many points at once, borders included.

A point on a border belongs to the first of the outlines that touch it. Two outlines that share an edge leave no gap
along it: the edge is looked at in one direction, whoever's it is.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from anonymizers.laea import Floats
from anonymizers.outlines import Outline

Places: TypeAlias = NDArray[np.int64]

NOWHERE: Final = -1


def holding(longitudes: Floats, latitudes: Floats, outlines: Sequence[Outline]) -> Places:
    """Return, for each point, the place in `outlines` of the first that holds it, `NOWHERE` if none does.

    Cost: a sort of the points, then for each edge those of its latitudes.
    """
    order = np.argsort(latitudes, kind="stable")
    across, up = longitudes[order], latitudes[order]
    found = np.full(len(order), NOWHERE, dtype=np.int64)
    for place, outline in enumerate(outlines):
        found[(found == NOWHERE) & _inside(across, up, outline)] = place
    back = np.empty_like(found)
    back[order] = found
    return back


def _inside(across: Floats, up: Floats, outline: Outline) -> NDArray[np.bool_]:
    """Tell which points, sorted by latitude, an outline holds."""
    odd, touched = np.zeros(len(up), dtype=np.bool_), np.zeros(len(up), dtype=np.bool_)
    edges = np.array([edge for ring in outline for edge in _edges(ring)], dtype=np.float64).reshape(-1, 4)
    first = np.searchsorted(up, edges[:, 1], side="left")
    below = np.searchsorted(up, edges[:, 3], side="left")
    after = np.searchsorted(up, edges[:, 3], side="right")
    for edge, low, high, end in zip(edges.tolist(), first.tolist(), below.tolist(), after.tolist(), strict=True):
        if low == end:
            continue
        x1, y1, x2, y2 = edge
        x, y = across[low:end], up[low:end]
        side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
        touched[low:end] |= (side == 0) & (x >= min(x1, x2)) & (x <= max(x1, x2))
        odd[low:high] ^= side[: high - low] > 0
    return odd | touched


def _edges(ring: Sequence[tuple[float, float]]) -> list[tuple[float, float, float, float]]:
    """Return the edges of a ring, each from its lower end."""
    upwards = (sorted(pair, key=lambda corner: (corner[1], corner[0])) for pair in pairwise(ring))
    return [(*low, *high) for low, high in upwards]

"""Squares of the European grid: their INSPIRE codes, and those that meet the outlines of a territory.

Source of the code: Regulation (EU) 1089/2010, annex IV, 1.4.1.1, and (EU) 2018/1799, article 3: reference system,
resolution, then the northing and the easting of the lower left corner, in whole metres.
"""

from collections.abc import Iterable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from anonymizers.containment import NOWHERE, holding
from anonymizers.laea import Floats, projected
from anonymizers.outlines import Outline, Ring

Numbers: TypeAlias = NDArray[np.int64]

STEP: Final = 20.0
"""Metres between two looks along an outline: within them an edge drawn in degrees is straight to less than a
millimetre."""
_MILLIMETRES: Final = 1000
"""A machine's last digits change no square: metres are rounded to the millimetre first."""
_METRES_A_DEGREE: Final = 111_320.0
_FARTHEST: Final = 1e8
"""Metres: beyond the whole Earth; the antipode of the origin is nowhere."""


def codes(easts: Numbers, norths: Numbers, *, side: int) -> list[str]:
    """Return the codes of squares given by their place among those of a side in metres."""
    return [
        f"CRS3035RES{side}mN{north * side}E{east * side}"
        for east, north in zip(easts.tolist(), norths.tolist(), strict=True)
    ]


def squares_of(longitudes: Floats, latitudes: Floats, *, side: int) -> tuple[Numbers, Numbers]:
    """Return the places, east and north, of the squares that hold points; a border belongs to the square above it."""
    east, north = projected(longitudes, latitudes)
    return _square(east, side), _square(north, side)


def _square(metres: Floats, side: int) -> Numbers:
    within = np.clip(metres, -_FARTHEST, _FARTHEST)
    return np.floor_divide(np.rint(within * _MILLIMETRES).astype(np.int64), side * _MILLIMETRES)


def covering(outlines: Iterable[Outline], *, side: int) -> tuple[str, ...]:
    """Return, in order, the codes of the squares that meet one of the outlines."""
    found: set[tuple[int, int]] = set()
    for outline in outlines:
        for ring in outline:
            found |= _along(ring, side)
        found |= _within(outline, side)
    if not found:
        return ()
    pairs = np.array(sorted(found), dtype=np.int64)
    return tuple(sorted(codes(pairs[:, 0], pairs[:, 1], side=side)))


def _along(ring: Ring, side: int) -> set[tuple[int, int]]:
    """Return the squares that a ring passes through."""
    longitudes, latitudes = _walked(ring)
    east, north = projected(longitudes, latitudes)
    across, up = _square(east, side), _square(north, side)
    found = set(zip(across.tolist(), up.tolist(), strict=True))
    turns = np.flatnonzero((np.diff(across) != 0) & (np.diff(up) != 0))
    for at in turns.tolist():  # from corner to corner: which of the two others was crossed between
        east_line, north_line = (max(each[at], each[at + 1]) * side for each in (across, up))
        east_part = (east_line - east[at]) / (east[at + 1] - east[at])
        north_part = (north_line - north[at]) / (north[at + 1] - north[at])
        if east_part <= north_part:
            found.add((int(across[at + 1]), int(up[at])))
        if north_part <= east_part:
            found.add((int(across[at]), int(up[at + 1])))
    return found


def _walked(ring: Ring) -> tuple[Floats, Floats]:
    corners = np.array(ring, dtype=np.float64)
    longest = np.abs(np.diff(corners, axis=0)).max(axis=1) * _METRES_A_DEGREE
    parts = np.maximum(1, np.ceil(longest / (STEP / 2))).astype(np.int64)
    legs = zip(corners[:-1], corners[1:], parts.tolist(), strict=True)
    walked = [np.linspace(start, end, part, endpoint=False) for start, end, part in legs]
    every = np.concatenate([*walked, corners[-1:]])
    return every[:, 0], every[:, 1]


def _within(outline: Outline, side: int) -> set[tuple[int, int]]:
    """Return the squares that lie inside an outline: those of points strewn over it at less than a side apart."""
    corners = np.array([corner for ring in outline for corner in ring], dtype=np.float64)
    low, high = corners.min(axis=0), corners.max(axis=0)
    step = side / 2 / _METRES_A_DEGREE
    narrow = max(float(np.cos(np.radians(np.abs(corners[:, 1]).max()))), step)
    grid = np.meshgrid(np.arange(low[0], high[0], step / narrow), np.arange(low[1], high[1], step))
    longitudes, latitudes = (axis.ravel() for axis in grid)
    inside = holding(longitudes, latitudes, [outline]) != NOWHERE
    across, up = squares_of(longitudes[inside], latitudes[inside], side=side)
    return set(zip(across.tolist(), up.tolist(), strict=True))

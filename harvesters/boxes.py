"""The box that a position has to lie in (`cadre`): what a source tells of beyond it is somebody else's to publish."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

_SIDES: Final = 4
_DEGREES: Final = re.compile(r"-?\d{1,3}(\.\d+)?", re.ASCII)
_MAX_LON: Final = 180
_MAX_LAT: Final = 90


class Where(Enum):
    """Where a position or a geometry lies."""

    INSIDE = "inside"
    """All of it; what says nothing is not outside."""
    OUTSIDE = "outside"
    EXCHANGED = "exchanged"
    """Outside, and inside with its two numbers exchanged: the latitude was written first."""


@dataclass(frozen=True, slots=True)
class Box:
    """West, south, east, north in degrees of WGS 84; its sides belong to it."""

    west: float
    south: float
    east: float
    north: float

    def where(self, stored: str | None) -> Where:
        """Say where a stored cell lies: « lon,lat », or the text of a GeoJSON geometry by all its corners."""
        if stored is None:
            return Where.INSIDE
        corners = [*_corners(stored)]
        if all(self._holds(lon, lat) for lon, lat in corners):
            return Where.INSIDE
        return Where.EXCHANGED if all(self._holds(lat, lon) for lon, lat in corners) else Where.OUTSIDE

    def _holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north


def read_box(text: str) -> Box | None:
    """Return the box that a text writes as a territory writes its `emprise`; None for any other text."""
    sides = [side.strip() for side in text.split(",")]
    if len(sides) != _SIDES or not all(map(_DEGREES.fullmatch, sides)):
        return None
    west, south, east, north = map(float, sides)
    is_box = -_MAX_LON <= west < east <= _MAX_LON and -_MAX_LAT <= south < north <= _MAX_LAT
    return Box(west, south, east, north) if is_box else None


def _corners(stored: str) -> Iterator[tuple[float, float]]:
    if not stored.startswith("{"):
        lon, lat = stored.split(",")
        yield float(lon), float(lat)
        return
    yield from _positions(json.loads(stored))


def _positions(part: object) -> Iterator[tuple[float, float]]:
    """Yield the positions of a sound geometry, at whatever depth its kind holds them."""
    match part:
        case {"geometries": list() as parts} | {"coordinates": parts}:
            yield from _positions(parts)
        case [int() | float() as lon, int() | float() as lat, *_]:
            yield lon, lat
        case list():
            for one in part:
                yield from _positions(one)
        case _:
            return

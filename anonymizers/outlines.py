"""The outline of a zone: the rings of a GeoJSON polygon, longitude then latitude, holes and islands alike.

A point is inside where a line from it crosses the rings an odd number of times, so a ring inside another is a hole.
"""

from collections.abc import Iterator
from math import isfinite
from typing import Any, Final, TypeAlias

Json: TypeAlias = Any
"""What a JSON text holds, of any shape."""

Ring: TypeAlias = tuple[tuple[float, float], ...]
Outline: TypeAlias = tuple[Ring, ...]

_LEAST_CORNERS: Final = 4
"""RFC 7946: a ring closes on its first corner."""
_LONGITUDES, _LATITUDES = 180, 90


def read_outline(geometry: Json) -> Outline:
    """Read the geometry of a feature; empty where it has none.

    Raises `ValueError`, `KeyError` or `TypeError` for what is no polygon in degrees.
    """
    if geometry is None:
        return ()
    match geometry["type"]:
        case "Polygon":
            polygons = [geometry["coordinates"]]
        case "MultiPolygon":
            polygons = geometry["coordinates"]
        case other:
            raise ValueError(other)
    outline = tuple(_rings(polygons))
    if not outline:
        raise ValueError(geometry["type"])
    return outline


def _rings(polygons: Json) -> Iterator[Ring]:
    for polygon in polygons:
        for corners in polygon:
            ring = tuple(_corner(corner) for corner in corners)
            if len(ring) < _LEAST_CORNERS or ring[0] != ring[-1]:
                raise ValueError(len(ring))
            yield ring


def _corner(corner: Json) -> tuple[float, float]:
    longitude, latitude = (float(number) for number in corner[:2])
    if not (isfinite(longitude) and isfinite(latitude)):
        raise ValueError(corner)
    if abs(longitude) > _LONGITUDES or abs(latitude) > _LATITUDES:
        raise ValueError(corner)
    return longitude, latitude

"""The reference systems of coordinates that are offered, by their formulas: none needs a table or a grid.

WGS 84 in both orders of its axes, and spherical Mercator (EPSG 1024). Others, of national surveys among them, need a
library of projections, which this server does not carry.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import atan, degrees, exp, log, pi, radians, tan
from typing import Final

_RADIUS_M: Final = 6_378_137.0
_MOST_LATITUDE: Final = 85.06
"""Where Mercator's square ends: nearer to a pole it has no use."""
_DECIMALS_M: Final = 3
Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Crs:
    """One system; both ways are from and to longitude, latitude in degrees."""

    uri: str
    to_degrees: Callable[[float, float], Pair]
    from_degrees: Callable[[float, float], Pair]


def _same(x: float, y: float) -> Pair:
    return x, y


def _swapped(x: float, y: float) -> Pair:
    return y, x


def _metres(longitude: float, latitude: float) -> Pair:
    kept = max(-_MOST_LATITUDE, min(_MOST_LATITUDE, latitude))
    northing = _RADIUS_M * log(tan(pi / 4 + radians(kept) / 2))
    return round(_RADIUS_M * radians(longitude), _DECIMALS_M), round(northing, _DECIMALS_M)


def _degrees(easting: float, northing: float) -> Pair:
    kept = max(-4 * _RADIUS_M, min(4 * _RADIUS_M, northing))
    return degrees(easting / _RADIUS_M), degrees(2 * atan(exp(kept / _RADIUS_M)) - pi / 2)


CRS84: Final = Crs("http://www.opengis.net/def/crs/OGC/1.3/CRS84", _same, _same)
"""Longitude, latitude: how everything is kept."""
EPSG_4326: Final = Crs("http://www.opengis.net/def/crs/EPSG/0/4326", _swapped, _swapped)
EPSG_3857: Final = Crs("http://www.opengis.net/def/crs/EPSG/0/3857", _degrees, _metres)
SYSTEMS: Final[Mapping[str, Crs]] = {crs.uri: crs for crs in (CRS84, EPSG_4326, EPSG_3857)}


def moved(coordinates: object, move: Callable[[float, float], Pair]) -> object:
    """Return nested coordinates with each position moved; what is beyond two axes stays as it is."""
    match coordinates:
        case [int() | float() as x, int() | float() as y, *rest]:
            return [*move(x, y), *rest]
        case list():
            return [moved(inner, move) for inner in coordinates]
        case _:
            return coordinates

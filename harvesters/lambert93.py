"""Lambert 93 (EPSG:2154), in which French services still answer, to WGS 84 degrees, longitude first."""

from decimal import Decimal
from typing import Final

from harvesters import coordinates
from harvesters.strict_json import replaced

_EASTINGS: Final = (Decimal(0), Decimal(1_300_000))
_NORTHINGS: Final = (Decimal(6_000_000), Decimal(7_200_000))
"""Metres over metropolitan France: no degrees look like these."""


def is_lambert93(x: Decimal | int, y: Decimal | int) -> bool:
    """Say whether two numbers can only be metres of Lambert 93."""
    return _EASTINGS[0] <= x <= _EASTINGS[1] and _NORTHINGS[0] <= y <= _NORTHINGS[1]


def lon_lat(x: Decimal | int, y: Decimal | int) -> list[Decimal]:
    """Return [lon, lat] of metres of Lambert 93."""
    return coordinates.in_degrees(coordinates.Positions((Decimal(x), Decimal(y)), system="EPSG:2154"))[0]


def in_degrees(value: object) -> object:
    """Return the coordinates of a GeoJSON geometry, at any depth, metres of Lambert 93 made degrees in place."""
    match value:
        case [int() | Decimal() as x, int() | Decimal() as y, *_] if is_lambert93(x, y):
            return lon_lat(x, y)
        case list():
            return replaced(value, in_degrees)
        case _:
            return value

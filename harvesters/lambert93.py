"""Lambert 93 (EPSG:2154), in which French services still answer, to WGS 84 degrees, longitude first."""

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyproj import Transformer

_EASTINGS: Final = (Decimal(0), Decimal(1_300_000))
_NORTHINGS: Final = (Decimal(6_000_000), Decimal(7_200_000))
"""Metres over metropolitan France: no degrees look like these."""
_PLACES: Final = Decimal("0.0000001")


def is_lambert93(x: Decimal | int, y: Decimal | int) -> bool:
    """Say whether two numbers can only be metres of Lambert 93."""
    return _EASTINGS[0] <= x <= _EASTINGS[1] and _NORTHINGS[0] <= y <= _NORTHINGS[1]


def lon_lat(x: Decimal | int, y: Decimal | int) -> list[Decimal]:
    """Return [lon, lat] of metres of Lambert 93."""
    lon, lat = _transformer().transform(float(x), float(y))
    return [Decimal(lon).quantize(_PLACES), Decimal(lat).quantize(_PLACES)]


def in_degrees(coordinates: object) -> object:
    """Return the coordinates of a GeoJSON geometry, at any depth, with metres of Lambert 93 as degrees."""
    match coordinates:
        case [int() | Decimal() as x, int() | Decimal() as y, *_] if is_lambert93(x, y):
            return lon_lat(x, y)
        case list():
            return [in_degrees(item) for item in coordinates]
        case _:
            return coordinates


@lru_cache(maxsize=1)
def _transformer() -> "Transformer":
    from pyproj import Transformer  # noqa: PLC0415 - heavy, and few payloads are in metres

    return Transformer.from_crs("EPSG:2154", "EPSG:4326", always_xy=True)

"""Coordinates as texts say them, to positions in WGS 84 degrees, longitude first (RFC 7946)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyproj import Transformer

_ENDLESS: Final = re.compile("[nNiI]")
"""Letters of NaN and Infinity, which are decimals too."""
_CODE: Final = re.compile(r"(?:EPSG|epsg)(?:[:/]|\.xml#|::|:[\d.]*:|/[\d.]+/)*(\d{4,5})$", re.ASCII)
_WGS84: Final = frozenset({"4326", "4258", "4979"})
"""WGS 84 and ETRS 89, which are one at the metre."""
_METRIC: Final = frozenset({"2154", "3857", "2169", "27572", *(str(code) for code in range(3942, 3951))})
"""Systems met in France and Luxembourg: Lambert 93, its nine zones, the web's, LUREF, the old Lambert II."""
_FARTHEST: Final = 21_000_000
"""Metres, half around the globe: beyond, a projection gives anything."""
_NUMBERS: Final = frozenset({str, Decimal, int})
MOST_LETTERS: Final = 400_000
"""Of one text of coordinates, or all those of a record: a number that is read takes up to fifty times its letters."""
_PLACES: Final = Decimal("0.0000001")


def decimals(text: str) -> tuple[Decimal, ...]:
    """Return the numbers of a text, blanks or commas between; none where one cannot be read, or of 400,000 letters."""
    if len(text) > MOST_LETTERS:
        return ()
    try:
        numbers = tuple(map(Decimal, text.replace(",", " ").split()))
    except InvalidOperation:
        return ()
    if _ENDLESS.search(text) and not all(number.is_finite() for number in numbers):
        return ()
    return numbers


def lon_lat(longitude: object, latitude: object) -> list[Decimal] | None:
    """Return the position of two numbers or texts of numbers; None where one cannot be read."""
    if not {type(longitude), type(latitude)} <= _NUMBERS:
        return None
    try:
        lon, lat = Decimal(str(longitude)), Decimal(str(latitude))
    except InvalidOperation:
        return None
    return [lon, lat] if lon.is_finite() and lat.is_finite() else None


def plain(number: Decimal | int) -> str:
    """Write a number without exponent."""
    text = str(number)
    return f"{Decimal(number):f}" if "E" in text else text


@dataclass(frozen=True, slots=True)
class Positions:
    """Numbers in a row that are positions in some reference system."""

    numbers: tuple[Decimal, ...]
    dimensions: int = 2
    system: str = ""
    """`srsName` as it came; empty or one that is not known by number: WGS 84."""
    latitude_first: bool = False
    """Order of degrees, unless the system is CRS84, which puts longitude first. Metres are easting, northing."""


def in_degrees(positions: Positions) -> list[list[Decimal]]:
    """Return [lon, lat] positions, heights left out; none where the numbers do not add up or the system is unknown."""
    numbers, size = positions.numbers, positions.dimensions
    if not numbers or len(numbers) % size:
        return []
    first, second = numbers[::size], numbers[1::size]
    found = _CODE.search(positions.system.strip())
    code = found[1] if found else "4326"
    if code in _METRIC:
        return _from_metres(first, second, code)
    if code not in _WGS84:
        return []
    if positions.latitude_first and "CRS84" not in positions.system:
        first, second = second, first
    return list(map(list, zip(first, second, strict=True)))


def _from_metres(eastings: Sequence[Decimal], northings: Sequence[Decimal], code: str) -> list[list[Decimal]]:
    if any(abs(metres) > _FARTHEST for metres in (*eastings, *northings)):
        return []
    lons, lats = _transformer(code).transform(list(map(float, eastings)), list(map(float, northings)))
    if not all(abs(degrees) <= 360 for degrees in (*lons, *lats)):  # noqa: PLR2004 - infinite out of a projection's reach
        return []
    return [
        [Decimal(lon).quantize(_PLACES), Decimal(lat).quantize(_PLACES)] for lon, lat in zip(lons, lats, strict=True)
    ]


@lru_cache(maxsize=16)
def _transformer(code: str) -> "Transformer":
    from pyproj import Transformer  # noqa: PLC0415 - heavy, and few payloads are in metres

    return Transformer.from_crs(f"EPSG:{code}", "EPSG:4326", always_xy=True)

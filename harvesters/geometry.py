"""GeoJSON geometries (RFC 7946): which may be kept."""

from decimal import Decimal
from typing import Final, cast

_MAX_LON: Final = Decimal(180)
_MAX_LAT: Final = Decimal(90)
_DIMENSIONS: Final = (2, 3)
_NUMBERS: Final = frozenset({Decimal, int})
"""A bool is no number."""
_RING: Final = 4
"""Positions that the smallest closed ring has."""
_AREAS: Final = ("Polygon", "MultiPolygon")
_LEVELS: Final = {"MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def is_sound(geometry: object) -> bool:
    """Say whether a geometry can be drawn: known type, positions in WGS 84 degrees, closed rings, nothing empty.

    (0, 0) is not sound: it is what an unset position looks like. Nor is an area whose outline crosses itself or
    whose holes lie outside: no program agrees with another on what lies in it. Several areas may overlap.
    """
    if not isinstance(geometry, dict):
        return False
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Point":
        return _is_position(coordinates)
    if kind == "GeometryCollection":
        parts = geometry.get("geometries")
        return isinstance(parts, list) and bool(parts) and all(is_sound(part) for part in parts)
    if not isinstance(kind, str) or kind not in _LEVELS or not _holds_positions(coordinates, _LEVELS[kind]):
        return False
    if not _rings_close(kind, coordinates):
        return False
    return kind not in _AREAS or _is_simple([coordinates] if kind == "Polygon" else coordinates)


def _is_simple(areas: object) -> bool:
    """Say whether each area, whose rings close, has one inside and one outside (OGC 06-103r4, 6.1.11)."""
    import shapely  # noqa: PLC0415 - most payloads have no area

    for area in cast("list[list[list[list[Decimal]]]]", areas):
        shell, *holes = [[(position[0], position[1]) for position in ring] for ring in area]
        if not shapely.is_valid(shapely.Polygon(shell, holes)):
            return False
    return True


def _holds_positions(value: object, level: int) -> bool:
    if not isinstance(value, list) or not value:
        return False
    if level == 1:
        return _are_positions(value)
    return all(_holds_positions(item, level - 1) for item in value)


def _are_positions(values: list[object]) -> bool:
    """Say whether all are positions: pairs of decimals, which most are, all at once."""
    try:
        lons, lats = zip(*cast("list[tuple[Decimal, Decimal]]", values), strict=True)
    except (TypeError, ValueError):
        return all(map(_is_position, values))
    if not all(type(value) is list for value in values) or {*map(type, lons), *map(type, lats)} != {Decimal}:
        return all(map(_is_position, values))
    if max(map(abs, lons)) > _MAX_LON or max(map(abs, lats)) > _MAX_LAT:
        return False
    return all(lon or lat for lon, lat in zip(lons, lats, strict=True))


def _is_position(value: object) -> bool:
    if type(value) is not list or len(value) not in _DIMENSIONS:
        return False
    if not _NUMBERS.issuperset(map(type, value)):
        return False
    lon, lat = value[0], value[1]
    return -_MAX_LON <= lon <= _MAX_LON and -_MAX_LAT <= lat <= _MAX_LAT and bool(lon or lat)


def _rings_close(kind: str, coordinates: object) -> bool:
    if not isinstance(coordinates, list):
        return True
    match kind:
        case "Polygon":
            return all(len(ring) >= _RING and ring[0] == ring[-1] for ring in coordinates)
        case "MultiPolygon":
            return all(_rings_close("Polygon", polygon) for polygon in coordinates)
        case "LineString":
            return len(coordinates) > 1
        case "MultiLineString":
            return all(len(positions) > 1 for positions in coordinates)
        case _:
            return True

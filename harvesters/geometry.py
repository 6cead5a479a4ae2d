"""GeoJSON geometries (RFC 7946): which may be kept, and what of them."""

from decimal import Decimal
from typing import Final, cast

_MAX_LON: Final = Decimal(180)
_MAX_LAT: Final = Decimal(90)
_MAX_HEIGHT: Final = 100_000
"""Metres above the sea, or below: where space begins. A telephone in digits is more."""
_DIMENSIONS: Final = (2, 3)
_NUMBERS: Final = frozenset({Decimal, int})
"""A bool is no number."""
_RING: Final = 4
"""Positions that the smallest closed ring has."""
_AREAS: Final = ("Polygon", "MultiPolygon")
_LEVELS: Final = {"MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def is_sound(geometry: object) -> bool:
    """Say whether a geometry can be drawn: known type, positions in WGS 84 degrees, closed rings, nothing empty.

    (0, 0) is not sound: it is what an unset position looks like. Nor is a height beyond all heights, nor an area
    whose outline crosses itself or whose holes lie outside: no program agrees with another on what lies in it.
    Several areas may overlap.
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


def bare(geometry: dict[str, object]) -> dict[str, object]:
    """Return a sound geometry as its kind and its positions: what else it says, its box too, nobody declared.

    RFC 7946 (6.1) lets any member stand in it, a person's name as well.
    """
    kind = geometry["type"]
    if kind == "GeometryCollection":
        parts = cast("list[dict[str, object]]", geometry["geometries"])
        return {"type": kind, "geometries": [*map(bare, parts)]}
    return {"type": kind, "coordinates": geometry["coordinates"]}


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
    lon, lat, *height = value
    if height and abs(height[0]) > _MAX_HEIGHT:
        return False
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

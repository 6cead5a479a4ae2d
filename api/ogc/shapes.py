"""Geometries of filters and of rows: literals checked once, rows compared with them behind a look at their boxes."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import isfinite
from typing import Final

import shapely
from orjson import dumps
from shapely.geometry.base import BaseGeometry

from api.ogc.crs import CRS84, Crs, moved
from eclor.errors import RequestRefused

_BOX: Final = (4, 6)
_KEPT: Final = 512
"""Shapes kept, of filters and rows alike: each is some tens of kilobytes, or more."""
Box = tuple[float, float, float, float]
_PREDICATES: Final[Mapping[str, Callable[[BaseGeometry, BaseGeometry], object]]] = {
    "s_intersects": shapely.intersects,
    "s_equals": shapely.equals,
    "s_disjoint": shapely.disjoint,
    "s_touches": shapely.touches,
    "s_within": shapely.within,
    "s_overlaps": shapely.overlaps,
    "s_crosses": shapely.crosses,
    "s_contains": shapely.contains,
}


def literal(tree: Mapping[str, object], crs: Crs) -> str:
    """Return a literal geometry as GeoJSON in longitude, latitude. Refuses (400) one that is not valid."""
    try:
        shape = shapely.force_2d(shapely.from_geojson(dumps(_in_degrees(tree, crs))))
    except (shapely.errors.ShapelyError, ValueError, TypeError, RecursionError):
        raise RequestRefused("ogc.bad-geometry") from None
    if shape.is_empty or not all(map(isfinite, shape.bounds)) or not shapely.is_valid(shape):
        raise RequestRefused("ogc.bad-geometry")
    return str(shapely.to_geojson(shape))


def _in_degrees(tree: Mapping[str, object], crs: Crs) -> dict[str, object]:
    if isinstance(parts := tree.get("geometries"), list):
        return {"type": tree.get("type"), "geometries": [_in_degrees(part, crs) for part in parts]}
    given = tree.get("coordinates")
    return {"type": tree.get("type"), "coordinates": given if crs is CRS84 else moved(given, crs.to_degrees)}


def box(numbers: object, crs: Crs) -> str:
    """Return a bounding box as a geometry; west of its east it goes round the antimeridian. Refuses (400) nonsense."""
    if not (isinstance(numbers, list) and len(numbers) in _BOX and all(map(_is_finite, numbers))):
        raise RequestRefused("ogc.bad-geometry")
    half = len(numbers) // 2
    west, south = crs.to_degrees(*numbers[:2])
    east, north = crs.to_degrees(*numbers[half : half + 2])
    if south > north:
        raise RequestRefused("ogc.bad-geometry")
    spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    boxes = [shapely.box(left, south, right, north) for left, right in spans]
    return str(shapely.to_geojson(shapely.union_all(boxes)))


def _is_finite(number: object) -> bool:
    return isinstance(number, int | float) and not isinstance(number, bool) and isfinite(number)


def related(predicate: str, left: str | None, right: str | None) -> bool | None:
    """Say whether a spatial predicate holds of two published geometries or positions; None if one is unknown."""
    if left is None or right is None:
        return None
    first, second = bounds(left), bounds(right)
    if first is None or second is None:
        return None
    if _apart(first, second):
        return predicate == "s_disjoint"
    try:
        return bool(_PREDICATES[predicate](_shape(left), _shape(right)))
    except shapely.errors.ShapelyError:
        return None


def _apart(first: Box, second: Box) -> bool:
    return first[2] < second[0] or second[2] < first[0] or first[3] < second[1] or second[3] < first[1]


def bounds(text: str) -> Box | None:
    """Return the box of a position (`longitude,latitude`) or of a GeoJSON geometry; None if it is neither."""
    if text.startswith("{"):
        shape = _shape(text)
        return None if shape is None or shape.is_empty else shape.bounds
    try:
        x, y = map(float, text.split(","))
    except ValueError:
        return None
    return x, y, x, y


@lru_cache(maxsize=_KEPT)
def _shape(text: str) -> BaseGeometry | None:
    try:
        if not text.startswith("{"):
            return shapely.Point(*map(float, text.split(",")))
        shape = shapely.from_geojson(text)
    except (shapely.errors.ShapelyError, ValueError):
        return None
    shapely.prepare(shape)
    return shape

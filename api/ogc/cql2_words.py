"""The words of CQL2 (OGC 21-065r2), the bounds of a filter, and its refusals."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from eclor.errors import RequestRefused

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | int | float | bool | None"
"""A filter as CQL2 JSON writes it."""

MOST_LENGTH: Final = 6000
MOST_DEPTH: Final = 40
MOST_NODES: Final = 800
"""Terms of a filter; SQLite nests a thousand at most."""
COMPARISONS: Final = ("=", "<>", "<=", ">=", "<", ">")
KEYWORDS: Final = frozenset({"AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "TRUE", "FALSE", "DIV"})
GEOMETRIES: Final[Mapping[str, str]] = {
    "POINT": "Point",
    "LINESTRING": "LineString",
    "POLYGON": "Polygon",
    "MULTIPOINT": "MultiPoint",
    "MULTILINESTRING": "MultiLineString",
    "MULTIPOLYGON": "MultiPolygon",
    "GEOMETRYCOLLECTION": "GeometryCollection",
}
SPATIAL: Final = ("intersects", "equals", "disjoint", "touches", "within", "overlaps", "crosses", "contains")
TEMPORAL: Final = (
    *("t_after", "t_before", "t_contains", "t_disjoint", "t_during", "t_equals", "t_finishedBy", "t_finishes"),
    *("t_intersects", "t_meets", "t_metBy", "t_overlappedBy", "t_overlaps", "t_startedBy", "t_starts"),
)
ARRAYS: Final = ("a_equals", "a_contains", "a_containedBy", "a_overlaps")
OPERATIONS: Final[Mapping[str, str]] = {
    name.lower(): name for name in ("casei", "accenti", *(f"s_{one}" for one in SPATIAL), *TEMPORAL, *ARRAYS)
}
"""Each operation by its name in lower case: the text takes any case, the JSON this one."""


def bad_filter(place: int) -> RequestRefused:
    """Refuse a filter by where it stops being CQL2; its text may be anything."""
    return RequestRefused("ogc.bad-filter", character=place)


def too_large() -> RequestRefused:
    """Refuse a filter by its size."""
    return RequestRefused("ogc.filter-too-large", length=MOST_LENGTH, depth=MOST_DEPTH, nodes=MOST_NODES)

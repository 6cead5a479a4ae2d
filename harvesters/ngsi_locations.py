"""Locations of NGSI v2 in its simple format, where a point is `latitude, longitude`, to GeoJSON (longitude first)."""

import re
from decimal import Decimal
from typing import Final

_DEGREES: Final = r"([+-]?\d{1,3}(?:\.\d{1,30})?)"
_POINT: Final = re.compile(rf"\s*{_DEGREES}\s*,\s*{_DEGREES}\s*", re.ASCII)


def simple_location(kind: str, value: object) -> object:
    """Return the geometry of a `geo:point`, `geo:line`, `geo:box` or `geo:polygon`; another value as it came.

    https://github.com/telefonicaid/fiware-orion, section "Geospatial properties of entities" of its NGSI v2 reference.
    """
    points = [_point(one) for one in (value if isinstance(value, list) else [value])]
    if None in points or (kind == "geo:point") != isinstance(value, str):
        return value
    match kind, points:
        case "geo:point", [point]:
            return {"type": "Point", "coordinates": point}
        case "geo:line", [_, _, *_]:
            return {"type": "LineString", "coordinates": points}
        case "geo:polygon", [_, _, _, *_]:
            return {"type": "Polygon", "coordinates": [points]}
        case "geo:box", [[west, south], [east, north]]:
            ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
            return {"type": "Polygon", "coordinates": [ring]}
        case _:
            return value


def _point(text: object) -> list[Decimal] | None:
    found = _POINT.fullmatch(text) if isinstance(text, str) else None
    return [Decimal(found[2]), Decimal(found[1])] if found else None

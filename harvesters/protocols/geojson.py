"""geojson: a feature is a row (RFC 7946): its properties, and its geometry."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import long_arrays, strict_json
from harvesters.geometry import is_sound
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape
from harvesters.weighing import REMADE_BYTES

GEOMETRY: Final = "geometry"
_WGS84: Final = ("CRS84", "EPSG::4326", "EPSG:4326")


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a feature: each property under its name, and `geometry` (a GeoJSON object or None).

    Takes a FeatureCollection, a Feature, or one a line. Coordinates are longitude then latitude in WGS 84 degrees;
    a payload that declares another system (`crs`) is refused. A geometry that is empty, unclosed, at (0, 0) or out of
    range becomes None, with a warning. Option `identifiant` names the column that holds the features' `id`; without it
    the `id` is left out. A property called `geometry`, or as that column, refuses its row.
    """
    identifier = options.get("identifiant")
    whole = partial(long_arrays.read, path=("features",), most=REMADE_BYTES)  # a geometry is written as text beside it
    for document in strict_json.documents(payload, name=name, whole=whole):
        if isinstance(document, RefusedRow):
            yield document
            continue
        line, value = document
        for number, feature in enumerate(_features(value, place=Place(name, line)), start=1):
            yield from _row(feature, place=Place(name, line), number=number, identifier=identifier)


def _features(value: object, *, place: Place) -> Iterable[object]:
    match value:
        case {"crs": {"properties": {"name": str() as system}}} if not system.endswith(_WGS84):
            raise PayloadRefused("payload.geojson-system", place=place)
        case {"type": "FeatureCollection", "features": list() | long_arrays.Items() as features}:
            return features
        case {"type": "Feature"}:
            return [value]
        case _:
            raise PayloadRefused("payload.geojson-root", place=place)


def _row(feature: object, *, place: Place, number: int, identifier: str | None) -> Iterator[Event]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature" or not _has_properties(feature):
        yield RefusedRow("payload.geojson-feature", place, {"number": number})
        return
    row: Row = dict(feature["properties"] or {})
    if GEOMETRY in row or identifier in row:
        yield RefusedRow("payload.geojson-property", place, {"number": number})
        return
    geometry = feature.get(GEOMETRY)
    sound = is_sound(geometry)
    row[GEOMETRY] = geometry if sound else None
    if identifier is not None:
        row[identifier] = feature.get("id")
    yield row
    if geometry is not None and not sound:
        yield PayloadWarning("payload.geometry", place, {"number": number})


def _has_properties(feature: Row) -> bool:
    return isinstance(feature.get("properties", ""), dict | None)


PROTOCOL: Final = PayloadProtocol("geojson", Shape.TABLE, parse, ("identifiant",))

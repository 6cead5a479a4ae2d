"""opendatasoft: a record, or a dataset of a catalogue, is a row (Explore API 2.1 and 2.0, Records API 1.0; exports)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.geometry import is_sound
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape

_POINT: Final = "geo_point_2d"
_ERRORS: Final = ("error_code", "errorcode", "error")
_NO_RECORDS: Final = ("facets", "attachments", "links", "_links")
_PAIR: Final = 2


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a record, by its fields' names, whatever the version; or one a dataset, as nested as it came.

    Takes a page (`results`, `records`, `datasets`), an export (JSON, one object a line, GeoJSON with `geometry`), or a
    lone record. Version 1 and 2.0 wrap a record: its fields are the row, with `recordid`. A point of version 1,
    `[lat, lon]`, is written as 2.1 does: `geo_point_2d.lon`, `geo_point_2d.lat`. Refuses an error body, whatever its
    HTTP status, and an answer of facets or attachments, which holds no record. A page of version 1 with fewer records
    than it announces (`nhits`, `rows`, `start`) is read, with a warning.
    """
    del options
    for document in strict_json.documents(payload, name=name):
        if isinstance(document, RefusedRow):
            yield document
            continue
        line, value = document
        place = Place(name, line)
        elements = _elements(value, place=place)
        for number, element in enumerate(elements, start=1):
            yield from _row(element, place=place, number=number)
        if (announced := _announced(value)) > len(elements):
            yield PayloadWarning("payload.page-short", place, {"announced": announced, "found": len(elements)})


def _elements(value: object, *, place: Place) -> list[object]:
    match value:
        case list():
            return value
        case {"results": list() as found} | {"records": list() as found} | {"datasets": list() as found}:
            return found
        case {"type": "FeatureCollection", "features": list() as found}:
            return found
        case dict() if any(word in value for word in _ERRORS) and "dataset_id" not in value:
            raise PayloadRefused("payload.opendatasoft-error", place=place)
        case dict() if "dataset_id" not in value and any(isinstance(value.get(word), list) for word in _NO_RECORDS):
            raise PayloadRefused("payload.opendatasoft-no-records", place=place)
        case dict() if value:
            return [value]
        case _:
            raise PayloadRefused("payload.opendatasoft-root", place=place)


def _announced(value: object) -> int:
    """Return how many records a page of version 1 must hold; 0 where nothing says it."""
    match value:
        case {"nhits": int() as hits, "parameters": {"rows": int() as rows, **rest}}:
            start = rest.get("start", 0)
            return min(rows, hits - start) if isinstance(start, int) else 0
        case _:
            return 0


def _row(element: object, *, place: Place, number: int) -> Iterator[Event]:
    match element:
        case {"type": "Feature", "properties": dict() as properties, **rest}:
            geometry = rest.get("geometry")
            sound = is_sound(geometry)
            yield properties | {"geometry": geometry if sound else None}
            if geometry is not None and not sound:
                yield PayloadWarning("payload.geometry", place, {"number": number})
        case {"recordid": str() as identifier, "fields": dict() as fields, **rest}:
            yield {"recordid": identifier, **_with_points(fields, geometry=rest.get("geometry"))}
        case {"record": {"fields": dict() as fields, "id": str() as identifier}}:
            yield {"recordid": identifier, **fields}
        case {"dataset": {"dataset_id": _} as dataset}:
            yield dataset
        case dict():
            yield element
        case _:
            yield RefusedRow("payload.not-an-object", place, {"number": number})


def _with_points(fields: Row, *, geometry: object) -> Row:
    """Return the fields of version 1 with their points, latitude first there, as objects of `lon` and `lat`."""
    known = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
    row = dict(fields)
    for key, value in fields.items():
        if not isinstance(value, list) or len(value) != _PAIR or not all(_is_number(number) for number in value):
            continue
        if key == _POINT or value[::-1] == known:
            row[key] = {"lon": value[1], "lat": value[0]}
    return row


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


PROTOCOL: Final = PayloadProtocol("opendatasoft", Shape.NESTED, parse)

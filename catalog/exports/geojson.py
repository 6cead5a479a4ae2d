"""GeoJSON (RFC 7946), where a column says where: its geometry, or its position as a point; WGS 84, longitude first."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from orjson import Fragment

from catalog.export import Export, Table, Value, json_line, json_value
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType


def write(table: Table, path: Path) -> None:
    """Write one feature a row, in key order; the other columns are its properties; no place is a null geometry."""
    with path.open("wb") as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        for number, line in enumerate(_lines(table, _place(table))):
            file.write((b",\n" if number else b"\n") + line.removesuffix(b"\n"))
        file.write(b"\n]}\n")


def _place(table: Table) -> ReleaseColumn:
    return (*table.of_type(FieldType.GEOMETRY), *table.of_type(FieldType.POSITION))[0]


def _fits(table: Table) -> bool:
    return bool(table.of_type(FieldType.GEOMETRY, FieldType.POSITION))


def _lines(table: Table, place: ReleaseColumn) -> Iterator[bytes]:
    for batch in table.batches():
        for row in batch:
            named = list(zip(table.columns, row, strict=True))
            geometry = next(_geometry(value, column) for column, value in named if column == place)
            rest = {column.name: json_value(value, column=column) for column, value in named if column != place}
            yield json_line({"type": "Feature", "geometry": geometry, "properties": rest})


def _geometry(value: Value, column: ReleaseColumn) -> object:
    """Return the geometry; a position's digits are kept as they were published."""
    if column.type != FieldType.POSITION or not isinstance(value, str):
        return json_value(value, column=column)
    longitude, latitude = (Fragment(format(Decimal(part.strip()), "f")) for part in value.split(","))
    return {"type": "Point", "coordinates": [longitude, latitude]}


EXPORT = Export("data.geojson", "application/geo+json", write, fits=_fits)

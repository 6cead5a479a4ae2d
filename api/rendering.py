"""Rows of the index as bytes: JSON, NDJSON, CSV; the same values as the version's own files."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import Final

from orjson import OPT_APPEND_NEWLINE, Fragment, dumps

from api.row_files import Cell, Record
from catalog.export import place_column
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

Shape = Callable[[Cell], object]


def shape_of(column: ReleaseColumn) -> Shape | None:
    """Return how a column's cells become JSON; None where they already are."""
    if column.level:
        return None
    if column.type == FieldType.DECIMAL:
        return _decimal(column.decimals)
    if column.type == FieldType.GEOMETRY:
        return _geometry
    return _boolean if column.type == FieldType.BOOLEAN else None


def _decimal(decimals: int) -> Shape:
    def shaped(cell: Cell) -> object:
        match cell:
            case None:
                return None
            case str():
                return Fragment(cell)
            case _:
                return Fragment(format(cell, f".{decimals}f")) if decimals else cell

    return shaped


def _geometry(cell: Cell) -> object:
    return Fragment(cell) if isinstance(cell, str) else None


_TRUE: Final = frozenset({"1", "true", 1})


def _boolean(cell: Cell) -> object:
    return None if cell is None else cell in _TRUE


def records(rows: Iterable[Record], columns: Sequence[ReleaseColumn]) -> list[dict[str, object]]:
    """Return the rows as objects, in the columns' order; what a row holds beyond its columns is left out."""
    names = [column.name for column in columns]
    found: list[dict[str, object]] = [dict(zip(names, row, strict=False)) for row in rows]
    for name, shape in ((column.name, shape_of(column)) for column in columns):
        if shape is not None:
            for one in found:
                one[name] = shape(one[name])  # type: ignore[arg-type]
    return found


def ndjson(found: Iterable[Mapping[str, object]]) -> bytes:
    """Return one object a line."""
    return b"".join(dumps(one, option=OPT_APPEND_NEWLINE) for one in found)


def features(found: Iterable[dict[str, object]], columns: Sequence[ReleaseColumn]) -> bytes:
    """Return GeoJSON (RFC 7946): one feature an object, its place taken out of its properties."""
    place = place_column(columns)
    assert place is not None, "asked of rows without a place"
    members = (dumps({"type": "Feature", "geometry": _taken(one, place), "properties": one}) for one in found)
    return b'{"type":"FeatureCollection","features":[\n' + b",\n".join(members) + b"\n]}\n"


def _taken(one: dict[str, object], place: ReleaseColumn) -> object:
    value = one.pop(place.name)
    if place.type != FieldType.POSITION or not isinstance(value, str):
        return value
    longitude, latitude = (Fragment(format(Decimal(part.strip()), "f")) for part in value.split(","))
    return {"type": "Point", "coordinates": [longitude, latitude]}


def csv_head(names: Iterable[str]) -> str:
    """Return the header line of a CSV file."""
    file = StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerow(names)
    return file.getvalue()


def csv_lines(rows: Iterable[Record], columns: Sequence[ReleaseColumn], *, delimiter: str = ",") -> str:
    """Return the rows as CSV lines, without a header; null is empty."""
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n", delimiter=delimiter)
    shapes = [_csv_shape(column) for column in columns]
    for row in rows:
        writer.writerow([shape(cell) for shape, cell in zip(shapes, row, strict=False)])
    return file.getvalue()


def _csv_shape(column: ReleaseColumn) -> Shape:
    if not column.level and column.type == FieldType.DECIMAL and column.decimals:
        return lambda cell: cell if cell is None or isinstance(cell, str) else format(cell, f".{column.decimals}f")
    if not column.level and column.type == FieldType.BOOLEAN:
        return lambda cell: None if cell is None else ("true" if cell in _TRUE else "false")
    return lambda cell: cell

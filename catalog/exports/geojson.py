"""GeoJSON (RFC 7946), where a column says where: its geometry, or its position as a point; WGS 84, longitude first."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from catalog.columnar import TEXT, Writing, joined, json_parts, json_writing, replaced
from catalog.export import Batch, Table, text_export
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

_NUMBER: Final = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?"
_PLAIN: Final = rf"^{_NUMBER},{_NUMBER}$"


def pieces(table: Table, batches: Iterator[Batch]) -> Iterator[pa.Buffer | bytes]:
    """Give one feature a row, in key order; the other columns are its properties; no place is a null geometry."""
    place = table.place
    assert place is not None, "asked of rows without a place"
    yield b'{"type":"FeatureCollection","features":['
    first = True
    for batch in batches:
        lines = features_of(batch.rows, table.columns, place)
        yield lines.slice(1) if first and len(batch.rows) else lines
        first = first and not len(batch.rows)
    yield b"\n]}\n"


def features_of(batch: pa.RecordBatch, columns: Sequence[ReleaseColumn], place: ReleaseColumn) -> pa.Buffer:
    """Return one feature a row, each after a comma; `place` is the column of its geometry."""
    rest = tuple(column for column in columns if column != place)
    writing = Writing(_points, "null") if place.type == FieldType.POSITION else json_writing(place)
    parts = writing.parts(batch.column(place.name), ',\n{"type":"Feature","geometry":', ',"properties":')
    properties = json_parts(batch.select([column.name for column in rest]), rest)
    return joined([*parts, *properties, "}"])


def _fits(table: Table) -> bool:
    return table.place is not None


def _points(values: pa.Array) -> pa.Array:
    """Return positions as points; their digits are kept as they were published."""
    texts = pc.cast(values, TEXT)
    odd = pc.invert(pc.match_substring_regex(texts, _PLAIN))
    head, tail, between = (pa.scalar(part, TEXT) for part in ('{"type":"Point","coordinates":[', "]}", ""))
    return replaced(pc.binary_join_element_wise(head, texts, tail, between), odd, _point, texts)


def _point(text: str) -> str:
    longitude, latitude = (format(Decimal(part.strip()), "f") for part in text.split(","))
    return f'{{"type":"Point","coordinates":[{longitude},{latitude}]}}'


EXPORT = text_export("data.geojson", "application/geo+json", pieces, _fits)

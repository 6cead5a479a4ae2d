"""A Parquet file as it is: read in place by the gate, once what it says of itself was looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from catalog.scanning.headers import MAX_COLUMNS
from eclor.errors import PayloadRefused, Place

if TYPE_CHECKING:
    import pyarrow as pa

MAX_FOOTER: Final = 64 << 20
MAX_BYTES: Final = 256 << 30
"""Unpacked, as the file says."""
_TAIL: Final = 8
_MAGIC: Final = b"PAR1"
_OWN_KEYS: Final = frozenset(
    {"ARROW:schema", "PARQUET:field_id", "pandas", "geo", "org.apache.spark.sql.parquet.row.metadata"}
)
"""What writers note for themselves: types, and the names of the columns."""


@dataclass(frozen=True, slots=True)
class Columnar:
    """What stands in a Parquet file beside its cells."""

    columns: tuple[str, ...]
    nested: tuple[str, ...]
    """Names of members within columns."""
    notes: tuple[str, ...]
    """Keys and values that someone noted in the file."""
    geometries: frozenset[str]
    """Binary columns that hold shapes, as the file says (GeoParquet); of a column of texts it is not believed."""


def looked_at(path: Path, *, name: str) -> Columnar:
    """Return what a Parquet file says of itself; refuse (`PayloadRefused`) a damaged one, or one out of all bounds."""
    import pyarrow as pa  # noqa: PLC0415 - heavy: most files are no Parquet
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    _refuse_tail(path, name=name)
    try:
        metadata = pq.read_metadata(path)
        schema = metadata.schema.to_arrow_schema()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise PayloadRefused("scan.parquet", place=Place(name)) from error
    sizes = (metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    if metadata.num_columns > MAX_COLUMNS or sum(sizes) > MAX_BYTES:
        raise PayloadRefused("scan.too-wide", place=Place(name), columns=MAX_COLUMNS)
    if len({column.casefold() for column in schema.names}) < len(schema.names):
        raise PayloadRefused("scan.parquet-names", place=Place(name))
    notes = {key.decode("utf-8", "replace"): value for key, value in (schema.metadata or {}).items()}
    told = tuple(
        f"{key}: {value.decode('utf-8', 'replace')}"
        for key, value in (*notes.items(), *chain.from_iterable(map(_field_notes, schema)))
        if key not in _OWN_KEYS
    )
    nested = dict.fromkeys(inner for field in schema for inner in _members(field.type))
    binary = {field.name for field in schema if pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type)}
    return Columnar(tuple(schema.names), tuple(nested), told, _geometries(notes.get("geo"), name=name) & binary)


def _refuse_tail(path: Path, *, name: str) -> None:
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _TAIL))
        tail = stream.read(_TAIL)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != _MAGIC or length > min(size, MAX_FOOTER):
        raise PayloadRefused("scan.parquet", place=Place(name))


def _members(kind: "pa.DataType") -> Iterator[str]:
    for place in range(kind.num_fields):
        field = kind.field(place)
        if str(kind).startswith("struct"):
            yield field.name
        yield from _members(field.type)


def _field_notes(field: "pa.Field") -> Iterator[tuple[str, bytes]]:
    """Yield what someone noted on a column, and on the members within it."""
    yield from ((key.decode("utf-8", "replace"), value) for key, value in (field.metadata or {}).items())
    for place in range(field.type.num_fields):
        yield from _field_notes(field.type.field(place))


def _geometries(geo: bytes | None, *, name: str) -> frozenset[str]:
    from harvesters import strict_json  # noqa: PLC0415 - most files have no such note

    if geo is None:
        return frozenset()
    match strict_json.read(geo, name=name):
        case {"columns": dict() as columns}:
            return frozenset(columns)
        case _:
            return frozenset()

"""Rows of long dumps written by Arrow, a batch at a time, where values are already what PostgreSQL would write."""

from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from api.ckan.table import Column
from api.ckan.writing_rows import each_line
from catalog.columnar import TEXT, Part, Writing, between_quotes, delimited, delimited_rows, json_writing
from catalog.export import rows_of
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

_PLAIN: Final = frozenset({"text", "int", "int4", "int8", "numeric", "date", "bool"})
_PLAIN_SCALE: Final = 6
"""Up to this scale Arrow never writes a decimal with an exponent."""
_JSON: Final = json_writing(ReleaseColumn("", FieldType.TEXT, "technical"))
_BETWEEN: Final = ",\n    "
_LINE: Final = ("", "\n")


def csv_lines(batch: pa.RecordBatch, columns: Sequence[Column], separator: str) -> bytes | None:
    """Return the lines of a batch, or None where its values must be written one by one."""
    if not _are_plain(batch, columns):
        return None
    return bytes(delimited(batch, _writing(separator), separator, _LINE))


def csv_rows(batch: pa.RecordBatch, columns: Sequence[Column]) -> pa.Array:
    """Return the line of CSV of each row of a batch, with its end."""
    if _are_plain(batch, columns):
        return delimited_rows(batch, _writing(","), ",", _LINE)
    return pa.array((f"{line}\n" for line in each_line(rows_of(batch), columns, "csv")), TEXT)


def _writing(separator: str) -> Writing:
    return Writing(lambda values: _texts(values, ('"', separator, "\r", "\n")), "")


def json_lists(batch: pa.RecordBatch, columns: Sequence[Column]) -> bytes | None:
    """Return the rows of a batch as JSON lists, or None where its values must be written one by one."""
    if not _are_plain(batch, columns):
        return None
    return bytes(delimited(batch, _JSON, ",", ("[", f"]{_BETWEEN}"))).removesuffix(_BETWEEN.encode())


def _are_plain(batch: pa.RecordBatch, columns: Sequence[Column]) -> bool:
    return all(_is_plain(values.type, column) for values, column in zip(batch.columns, columns, strict=True))


def _is_plain(kind: pa.DataType, column: Column) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_decimal(kind):
        return bool(0 <= kind.scale <= _PLAIN_SCALE)
    if column.type == "numeric" or column.type not in _PLAIN:
        return False
    return bool(_is_text(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind))


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _texts(values: pa.Array, special: Sequence[str]) -> "pa.Array | tuple[Part, ...]":
    """Return values as texts, null staying null; an empty text is quoted, so as not to be null."""
    if pa.types.is_boolean(values.type):
        return pc.if_else(values, pa.scalar("t", TEXT), pa.scalar("f", TEXT))
    texts = pc.cast(values, TEXT)
    if not _is_text(values.type):
        return texts
    empty = pc.equal(texts, "")
    return between_quotes(texts, special, empty if pc.any(empty).as_py() else None)

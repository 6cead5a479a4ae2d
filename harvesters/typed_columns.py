"""Columns of texts to storage types, all cells at once where each is plainly of its type, else value by value.

A plain column gives what the type's reader in `storage_types` gives, cell by cell: a short way, no second reading. What
is not plain goes through that reader, once a value.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from harvesters.source import MappedColumn
from harvesters.storage_types import AMBIGUOUS, FORMULA, STORAGE_TYPES, arrow_columns, typed_cells, written_local

_INTEGER: Final = b"-0123456789"
_OF_FORMULAS: Final = (b"=", b"|", b"(")
_FORMULA: Final = f"(?s){FORMULA}"
_DECIMAL: Final = b"-.0123456789"
_LONGEST: Final = 30
"""Beyond so many digits a type's reader sees no number."""
_ENOUGH: Final = 100
"""Of so few instants each is sooner read by itself."""
_MOMENT: Final = r"^(19[89]\d|20[0-2]\d|203[0-6])-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?"
"""From 1980 to 2036: before and beyond, zone files and libraries differ on when clocks change."""
_LOCAL: Final = f"{_MOMENT}$"
_ZONED: Final = len("2026-11-29T05:09:51Z")
"""From so many letters on, and in these years, Arrow takes for an instant with its zone only what a type's reader takes
for the same one; shorter ones, hours without minutes, it alone takes."""
_GRACE: Final = timedelta(days=1)
_FIRST, _LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000 for year in (1900, 2200))


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """The Arrow columns of a stored column; `refused` and `skipped` (spring gap) are the rows that have no value."""

    column: MappedColumn
    arrays: Mapping[str, pa.Array]
    refused: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    local: pa.Array | None = None
    """Of a date-heure, which cells were written without an offset; whatever an empty cell has here says nothing."""


def typed_column(column: MappedColumn, cells: list[object]) -> TypedColumn:
    """Read a column of cells; instants by the column where there are enough of them, all texts."""
    if column.type == "date-heure" and len(cells) >= _ENOUGH and set(map(type, cells)) == {str}:
        return typed_texts(column, pa.array(cells, pa.string()))
    return _one_by_one(column, cells)


def to_come(column: TypedColumn, *, now: datetime) -> tuple[int, ...]:
    """Return the rows whose day or instant is more than a day after now: clocks and zones differ by less."""
    (cells, *_) = column.arrays.values()
    latest = (now.astimezone(UTC) + _GRACE).replace(tzinfo=None)
    last = latest.date() if pa.types.is_date(cells.type) else latest
    rows: list[int] = pc.indices_nonzero(pc.greater(cells, pa.scalar(last, cells.type))).to_pylist()
    return tuple(rows)


def _one_by_one(column: MappedColumn, cells: list[object]) -> TypedColumn:
    typed = typed_cells(column, cells)
    return TypedColumn(column, arrow_columns(typed), typed.refused, typed.skipped, written_local(typed))


def typed_texts(column: MappedColumn, texts: pa.Array) -> TypedColumn:
    """Read a column of texts, none of them null."""
    plain = None if column.written or column.empties else _PLAIN.get(column.type)
    if plain is not None:
        try:
            found = plain(column, texts)
        except pa.ArrowInvalid:  # a value that is none, or that no column of this type holds
            found = None
        if found is not None:
            return found
    return _by_value(column, texts)


def _by_value(column: MappedColumn, texts: pa.Array) -> TypedColumn:
    encoded = texts.dictionary_encode()
    values = _one_by_one(column, encoded.dictionary.to_pylist())
    arrays = {name: cells.take(encoded.indices) for name, cells in values.arrays.items()}
    local = None if values.local is None else values.local.take(encoded.indices)
    refused, skipped = _rows_with(encoded, values.refused), _rows_with(encoded, values.skipped)
    return TypedColumn(column, arrays, refused, skipped, local)


def _rows_with(encoded: pa.DictionaryArray, values: tuple[int, ...]) -> tuple[int, ...]:
    """Return the rows that hold one of these values of the dictionary."""
    if not values:
        return ()
    found = pc.is_in(encoded.indices, value_set=pa.array(values, pa.int32()))
    return tuple(pc.indices_nonzero(found).to_pylist())


def _text_of(texts: pa.Array) -> bytes:
    """Return all cells in a row."""
    _, offsets, content = texts.buffers()
    if content is None:
        return b""
    bounds = pa.Array.from_buffers(pa.int32(), len(texts) + 1, [None, offsets], offset=texts.offset)
    together: bytes = content[bounds[0].as_py() : bounds[-1].as_py()].to_pybytes()
    return together


def _filled(texts: pa.Array) -> pa.Array:
    """Return the texts, null for empty ones."""
    if pc.min(pc.binary_length(texts)).as_py():
        return texts
    return pc.if_else(pc.equal(texts, ""), None, texts)


def _plain_text(column: MappedColumn, texts: pa.Array) -> TypedColumn | None:
    together = _text_of(texts)
    if column.type == "code" and b"E+" in together:
        return None
    if any(sign in together for sign in _OF_FORMULAS) and pc.any(pc.match_substring_regex(texts, _FORMULA)).as_py():
        return None
    if not _is_printable(together):
        return None
    return TypedColumn(column, {column.name: _filled(pc.utf8_trim(texts, " ") if b" " in together else texts)})


def _is_printable(together: bytes) -> bool:
    """Say whether all letters are printable, and none is written in parts."""
    if together.isascii():
        letters = np.frombuffer(together, np.uint8)
        return letters.size == 0 or bool(letters.min() >= ord(" ") and letters.max() <= ord("~"))
    text = together.decode()
    return text.isprintable() and unicodedata.is_normalized("NFC", text)


def _are_numbers(column: MappedColumn, texts: pa.Array, letters: bytes) -> bool:
    """Say whether cells to be kept as they are hold these letters alone, and not too many."""
    if (column.times, column.per) != (1, 1) or _text_of(texts).translate(None, letters):
        return False
    return (pc.max(pc.binary_length(texts)).as_py() or 0) <= _LONGEST


def _plain_integer(column: MappedColumn, texts: pa.Array) -> TypedColumn | None:
    if not _are_numbers(column, texts, _INTEGER):
        return None
    return TypedColumn(column, {column.name: _filled(texts).cast(pa.int64())})


def _plain_decimal(column: MappedColumn, texts: pa.Array) -> TypedColumn | None:
    if not _are_numbers(column, texts, _DECIMAL):
        return None
    return TypedColumn(column, {column.name: _filled(texts).cast(STORAGE_TYPES[column.type].arrow(column))})


def _plain_moment(column: MappedColumn, texts: pa.Array) -> TypedColumn | None:
    filled = _filled(texts)
    if (pc.min(pc.binary_length(filled)).as_py() or 0) >= _ZONED and (instants := _zoned(filled)) is not None:
        never = pa.repeat(False, len(texts))
        return TypedColumn(column, {column.name: instants, f"{column.name}{AMBIGUOUS}": never}, local=never)
    if not pc.all(pc.match_substring_regex(filled, _LOCAL)).as_py():
        return None
    local = filled.cast(pa.timestamp("us"))
    first, last = (pc.assume_timezone(local, "Europe/Paris", ambiguous=which) for which in ("earliest", "latest"))
    ambiguous = pc.fill_null(pc.not_equal(first, last), False)
    instants = first.cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us"))
    always = pa.repeat(True, len(texts))
    return TypedColumn(column, {column.name: instants, f"{column.name}{AMBIGUOUS}": ambiguous}, local=always)


def _zoned(texts: pa.Array) -> pa.Array | None:
    """Return the instants of texts that each say their zone; None where one does not, or its year is not sure."""
    try:
        instants = texts.cast(pa.timestamp("us", "UTC"))
    except pa.ArrowInvalid:
        return None
    ends = pc.min_max(instants.cast(pa.int64())).as_py()
    return instants.cast(pa.timestamp("us")) if ends["min"] >= _FIRST and ends["max"] < _LAST else None


_PLAIN: Final[Mapping[str, Callable[[MappedColumn, pa.Array], TypedColumn | None]]] = MappingProxyType(
    {
        "code": _plain_text,
        "date-heure": _plain_moment,
        "decimal": _plain_decimal,
        "entier": _plain_integer,
        "fichier": _plain_text,
        "texte": _plain_text,
    }
)

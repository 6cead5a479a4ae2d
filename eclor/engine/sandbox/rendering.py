"""Answers as JSON: numbers with all their digits, NaN and infinities as texts, as a DataStore writes them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from math import isfinite
from typing import Final

from orjson import OPT_NON_STR_KEYS, Fragment, JSONEncodeError, dumps

from eclor.engine.handles import Connection
from eclor.engine.sandbox.naming import numbered
from eclor.engine.sandbox.refusal import invalid

MOST_BYTES: Final = 16_000_000
_BATCH: Final = 1_000
_NAMES: Final[Mapping[str, str]] = {
    "BIGINT": "int8",
    "BLOB": "bytea",
    "BOOLEAN": "bool",
    "DATE": "date",
    "DOUBLE": "float8",
    "FLOAT": "float4",
    "HUGEINT": "numeric",
    "INTEGER": "int4",
    "INTERVAL": "interval",
    "JSON": "json",
    "SMALLINT": "int2",
    "TIME": "time",
    "TIMESTAMP": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
    "TINYINT": "int2",
    "UBIGINT": "numeric",
    "UHUGEINT": "numeric",
    "UINTEGER": "int8",
    "USMALLINT": "int4",
    "UTINYINT": "int2",
    "UUID": "uuid",
    "VARCHAR": "text",
}
"""PostgreSQL's names of the engine's types."""
_ANY_SCALE: Final = "DECIMAL(38,10)"


@dataclass(frozen=True, slots=True)
class Rendered:
    """An answer: its columns with their types, its rows as a JSON array, whether there were more."""

    fields: tuple[tuple[str, str], ...]
    records: bytes
    truncated: bool


def rendered(answer: Connection, most_rows: int) -> Rendered:
    """Read an answer up to a number of rows and `MOST_BYTES`."""
    kinds = [str(column[1]) for column in answer.description]
    names = numbered(str(column[0]) for column in answer.description)
    shapes = [(place, _SHAPES.get(kind) or _shape(kind)) for place, kind in enumerate(kinds)]
    shaped = [(place, shape) for place, shape in shapes if shape is not None]
    parts: list[bytes] = []
    rows = size = 0
    more = True
    while more and rows < most_rows and size < MOST_BYTES:
        wanted = min(_BATCH, most_rows - rows)
        batch = answer.fetchmany(wanted)
        more = len(batch) == wanted
        if batch:
            part = _encoded(names, batch, shaped)[1:-1]
            parts.append(part)
            rows += len(batch)
            size += len(part)
    fields = tuple((name, _named(kind)) for name, kind in zip(names, kinds, strict=True))
    return Rendered(fields, b"[" + b",".join(parts) + b"]", truncated=more and answer.fetchone() is not None)


Shape = Callable[[object], object]


def _encoded(names: Sequence[str], batch: Sequence[tuple[object, ...]], shaped: Sequence[tuple[int, Shape]]) -> bytes:
    if shaped:
        rows = [[*row] for row in batch]
        for place, shape in shaped:
            for row in rows:
                row[place] = None if row[place] is None else shape(row[place])
        found = [dict(zip(names, row, strict=True)) for row in rows]
    else:
        found = [dict(zip(names, row, strict=True)) for row in batch]
    try:
        return dumps(found, default=_written, option=OPT_NON_STR_KEYS)
    except JSONEncodeError as error:
        raise invalid("the answer holds what JSON cannot say") from error


def _named(kind: str) -> str:
    if kind.startswith("DECIMAL"):
        return "numeric"
    if kind.endswith("]"):
        return "_" + _named(kind.rpartition("[")[0])
    return _NAMES.get(kind, "text")


def _shape(kind: str) -> Shape | None:
    return _deep if kind.endswith("]") or kind.startswith(("STRUCT", "MAP")) else None


def _real(value: object) -> object:
    assert isinstance(value, float)
    if isfinite(value):
        return value
    return "NaN" if value != value else ("Infinity" if value > 0 else "-Infinity")  # noqa: PLR0124 - NaN alone differs from itself


def _digits(value: object) -> object:
    return Fragment(str(value))


def _any_scale(value: object) -> object:
    text = format(value, "f")
    return Fragment(text.rstrip("0").rstrip(".") if "." in text else text)


def _deep(value: object) -> object:
    match value:
        case float():
            return _real(value)
        case list():
            return [_deep(one) for one in value]
        case dict():
            return {name: _deep(one) for name, one in value.items()}
        case int() if abs(value) >> 63:
            return Fragment(str(value))
        case _:
            return value


_SHAPES: Final[Mapping[str, Shape]] = {
    "DOUBLE": _real,
    "FLOAT": _real,
    "HUGEINT": _digits,
    "JSON": _digits,
    "UHUGEINT": _digits,
    _ANY_SCALE: _any_scale,
}


def _written(value: object) -> object:
    match value:
        case Decimal():
            return Fragment(format(value, "f"))
        case timedelta():
            return str(value)
        case bytes():
            return "\\x" + value.hex()
        case _:
            return str(value)

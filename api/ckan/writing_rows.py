"""Rows of a table as a DataStore writes them: objects, lists, and the lines of CSV and TSV.

Numbers keep all their digits; NaN and infinities are texts; instants are UTC. In lines null is empty, an empty text is
quoted, booleans are `t` and `f`, JSON is ASCII (PostgreSQL's COPY).
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from math import isfinite
from types import MappingProxyType
from typing import Final

from orjson import Fragment, JSONDecodeError, dumps, loads

from api.ckan.table import Column

Row = Sequence[object]
Shape = Callable[[object], object]
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_YES: Final = frozenset({"1", "true", 1})
_SEPARATORS: Final[Mapping[str, str]] = MappingProxyType({"csv": ",", "tsv": "\t"})
_MUST_QUOTE: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {"csv": re.compile('[",\r\n]'), "tsv": re.compile('["\t\r\n]')}
)


def objects(rows: Iterable[Row], columns: Sequence[Column]) -> list[dict[str, object]]:
    """Return rows as objects, in the columns' order."""
    names = [column.name for column in columns]
    found: list[dict[str, object]] = [dict(zip(names, row, strict=True)) for row in rows]
    for name, shape in ((column.name, shape_of(column)) for column in columns):
        if shape is not None:
            for one in found:
                if one[name] is not None:
                    one[name] = shape(one[name])
    return found


def lists(rows: Iterable[Row], columns: Sequence[Column]) -> list[list[object]]:
    """Return rows as lists."""
    found = [[*row] for row in rows]
    for place, shape in ((place, shape_of(column)) for place, column in enumerate(columns)):
        if shape is not None:
            for one in found:
                if one[place] is not None:
                    one[place] = shape(one[place])
    return found


def lines(rows: Sequence[Row], columns: Sequence[Column], kind: str) -> str:
    """Return rows as lines of CSV or TSV, without a header."""
    return "\n".join([*each_line(rows, columns, kind), ""])


def each_line(rows: Sequence[Row], columns: Sequence[Column], kind: str) -> Iterable[str]:
    """Return the line of each row, without its end."""
    separator, must_quote = _SEPARATORS[kind], _MUST_QUOTE[kind]
    written = [_fields([row[place] for row in rows], column, must_quote) for place, column in enumerate(columns)]
    return map(separator.join, zip(*written, strict=True))


def header(columns: Sequence[Column], kind: str) -> str:
    """Return the line of the columns' names."""
    must_quote = _MUST_QUOTE[kind]
    return _SEPARATORS[kind].join(_quoted(column.name, must_quote) for column in columns) + "\n"


def _fields(cells: Sequence[object], column: Column, must_quote: re.Pattern[str]) -> list[str]:
    text = _TEXTS.get(column.type)
    if column.type == "numeric":
        texts = [None if cell is None else _digits(cell, column.decimals) for cell in cells]
    elif text is None:
        shape = shape_of(column)
        shaped = cells if shape is None else [None if cell is None else shape(cell) for cell in cells]
        texts = [None if cell is None else _plain(cell) for cell in shaped]
    else:
        texts = [text(cell) for cell in cells]
    return ["" if one is None else _quoted(one, must_quote) for one in texts]


def _quoted(text: str, must_quote: re.Pattern[str]) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if not text or must_quote.search(text) else text


def _plain(cell: object) -> str:
    return repr(cell).removesuffix(".0") if isinstance(cell, float) else str(cell)


def _yes_or_no(cell: object) -> str | None:
    return None if cell is None else ("t" if cell in _YES else "f")


def _json_text(cell: object) -> str:
    return "null" if cell is None else json.dumps(_read(cell))


def _array_text(cell: object) -> str:
    return "null" if cell is None else json.dumps(cell, separators=(",", ":"))


def _instant_text(cell: object) -> str | None:
    return None if cell is None else str(_utc(cell)).replace("T", " ").removesuffix(":00")


_TEXTS: Final[Mapping[str, Callable[[object], str | None]]] = MappingProxyType(
    {"bool": _yes_or_no, "json": _json_text, "_int4": _array_text, "timestamptz": _instant_text}
)


def shape_of(column: Column) -> Shape | None:
    """Return how a column's cells, null apart, become JSON; None where they already are."""
    if column.type == "numeric":
        return _numeric(column.decimals)
    return _SHAPES.get(column.type)


def _numeric(decimals: int) -> Shape:
    def shaped(cell: object) -> object:
        text = _digits(cell, decimals)
        return Fragment(text) if _NUMBER.fullmatch(text) else text

    return shaped


def _digits(cell: object, decimals: int) -> str:
    match cell:
        case str():
            return cell
        case int() | float():
            return format(cell, f".{decimals}f")
        case _:
            return format(cell, "f")


def _real(cell: object) -> object:
    if not isinstance(cell, float) or isfinite(cell):
        return cell
    return "NaN" if cell != cell else ("Infinity" if cell > 0 else "-Infinity")  # noqa: PLR0124 - NaN alone differs from itself


def _json(cell: object) -> object:
    return Fragment(cell) if isinstance(cell, str) else cell


def _read(cell: object) -> object:
    try:
        return loads(cell) if isinstance(cell, str) else cell
    except JSONDecodeError:
        return cell


def _timestamp(cell: object) -> object:
    """Return an instant to the millisecond, or to the microsecond where it has some."""
    if not isinstance(cell, datetime):
        return cell
    return cell.isoformat(timespec="microseconds" if cell.microsecond % 1000 else "milliseconds")


def _utc(cell: object) -> object:
    try:
        instant = datetime.fromisoformat(cell) if isinstance(cell, str) else cell
    except ValueError:
        return cell
    return instant.astimezone(UTC).isoformat() if isinstance(instant, datetime) else cell


def _hour(cell: object) -> object:
    text = cell.isoformat() if isinstance(cell, time) else str(cell)
    return text.rstrip("0") if "." in text else text


_SHAPES: Final[Mapping[str, Shape]] = MappingProxyType(
    {
        "bool": lambda cell: cell in _YES,
        "date": str,
        "float8": _real,
        "json": _json,
        "time": _hour,
        "timestamp": _timestamp,
        "timestamptz": _utc,
    }
)


def json_rows(rows: Iterable[Row], columns: Sequence[Column]) -> list[bytes]:
    """Return each row as a JSON list."""
    return [dumps(row) for row in lists(rows, columns)]

"""Values that a client gives for a column, as its rows hold them; a value of another type is refused in few words."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Final

from api.ckan.table import Column
from api.ckan.wire import ActionRefused, invalid
from api.row_files import Cell
from eclor.engine.local_time import PARIS

_LARGEST: Final = 2**63
_LONGEST: Final = 10_000
_WORDS: Final[Mapping[str, bool]] = MappingProxyType(
    {
        **dict.fromkeys(("true", "t", "yes", "y", "on", "1"), True),
        **dict.fromkeys(("false", "f", "no", "n", "off", "0"), False),
    }
)
_NATIVE: Final[Mapping[str, str]] = MappingProxyType(
    {"int": "integer", "int4": "integer", "int8": "bigint", "float8": "double precision", "bool": "boolean"}
)


def cell_of(column: Column, value: object) -> Cell:
    """Return a value as the column holds it. Refuses (409) one of another type."""
    if not isinstance(value, str | int | float) or len(text := _text(value)) > _LONGEST:
        raise wrong_type(column, value)
    try:
        return _READ.get(column.type, str)(text)
    except (ValueError, OverflowError, KeyError) as error:
        raise wrong_type(column, value) from error


def wrong_type(column: Column, value: object) -> ActionRefused:
    """Refuse a value that is not of the column's type, in PostgreSQL's words."""
    kind = _NATIVE.get(column.type, column.type)
    said = f'invalid input syntax for type {kind}: "{_text(value)[:60]}"'
    return invalid(query=["Invalid query"], info={"orig": [said]})


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _integer(text: str) -> int:
    number = int(text) if text.lstrip("+-").isdigit() else int(_whole(float(text)))
    if not -_LARGEST <= number < _LARGEST:
        raise ValueError
    return number


def _whole(number: float) -> float:
    if number != int(number):
        raise ValueError
    return number


def _number(text: str) -> Cell:
    number = float(text)
    return int(text) if text.lstrip("+-").isdigit() and abs(number) < _LARGEST else number


def _day(text: str) -> str:
    return date.fromisoformat(text.strip()[:10]).isoformat()


def _instant(text: str) -> str:
    """Return an instant as a release writes it: with the offset of Paris; without one it is UTC."""
    instant = datetime.fromisoformat(text.strip())
    known = instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
    return known.astimezone(PARIS).isoformat()


_READ: Final[Mapping[str, Callable[[str], Cell]]] = MappingProxyType(
    {
        "int": _integer,
        "int4": _integer,
        "int8": _integer,
        "numeric": _number,
        "float8": _number,
        "bool": lambda text: _WORDS[text.strip().lower()],
        "date": _day,
        "time": lambda text: time.fromisoformat(text.strip()).isoformat(),
        "timestamp": lambda text: datetime.fromisoformat(text.strip()).replace(tzinfo=None).isoformat(),
        "timestamptz": _instant,
    }
)

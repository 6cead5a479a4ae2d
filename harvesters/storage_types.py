"""Values of a parser's row to storage types: exactly, or not at all. One reader a type, in the table `READERS`.

An empty cell (None, blank text, or what its column declares to stand for nothing) is empty whatever its type. Texts
are NFC and trimmed. Nothing is guessed: what is not plainly of its type, or not written as its column declares, raises
`CellRefused`, which never holds the value.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final

import pyarrow as pa

from eclor.errors import PayloadRefused
from harvesters import strict_json
from harvesters.geometry import bare, is_sound
from harvesters.source import MappedColumn
from harvesters.times import Instant, NoSuchTime, aware_instant, read_date, read_instant
from harvesters.written import in_plain

AMBIGUOUS: Final = "__ambigu"
"""Suffix of the companion of a date-heure column."""
DECIMAL_DIGITS: Final = 18

_INTEGER: Final = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,2})?", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What no text holds: a NUL, an escape to the reader's terminal. Tabs and ends of line may stand in a comment."""
_SPOILT: Final = re.compile(r"[+-]?\d[.,]\d+E\+\d+", re.ASCII)
"""A long number as a spreadsheet shows it (`2,45701E+13` for a SIRET): which one it was is lost."""
_FUNCTION: Final = r"[A-Za-z_À-ÿ][A-Za-z0-9_.À-ÿ]*(?:\((?:[^a-zß-ÿ]|[a-z]{1,3}[0-9$:!(])| +\(\")"
"""A call: a name, a parenthesis, and no end of a word inside it (`agent(e)s`, `élu(e-s)`, `accès(voir plan)`)."""
_PROGRAM: Final = r"[^|]*\|.*![A-Za-z0-9_'$*]"
FORMULA: Final = rf"^\s*(?:=(?:[^=>]|$)|[+@-](?:\s*|.*[-+*/^&=<>,;:(!@]\s*){_FUNCTION}|[+@-]{_PROGRAM})"
"""What a spreadsheet that opens our CSV would run: `=…`, or a sum that calls a function or another program. An arrow
(`=> voir`), a telephone (`+33(0)3…`), a temperature, an `@account`, a dash before words (`- voie(s)`, `- Salle Curie(2e
étage)`, where a word and no operator stands before the name) are none."""
_RUNS: Final = re.compile(FORMULA, re.ASCII | re.DOTALL)
_PAIR: Final = re.compile(r"\[? *([+-]?\d{1,3}(?:\.\d+)?) *, *([+-]?\d{1,2}(?:\.\d+)?) *\]?", re.ASCII)
_TRUTHS: Final = MappingProxyType(
    dict.fromkeys(("oui", "true", "vrai", "yes", "1"), True) | dict.fromkeys(("non", "false", "faux", "no", "0"), False)
)
_MIN_INT64: Final = -(2**63)
_MAX_INT64: Final = 2**63 - 1
_MAX_EXPONENT: Final = 30
_MAX_LON: Final = 180
_MAX_LAT: Final = 90
_MICRODEGREES: Final = Decimal("0.0000001")
"""Seven decimals of a degree: a centimetre."""


class CellRefused(ValueError):
    """A cell that is not of its column's type. Carries no value."""


Reader = Callable[[object, MappedColumn], object]
"""Takes a cell that is not empty; gives its storage value, or raises `CellRefused` or `NoSuchTime`."""


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and (not value or value.isspace()))


def _stands_for_nothing(value: object, empties: frozenset[str]) -> bool:
    """Say whether a cell is one of these texts, or the number that one of them is, however many zeros follow."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return False
    text = str(value).strip()
    if text in empties:
        return True
    if not _NUMBER.fullmatch(text):
        return False
    number = Decimal(text)
    return any(_NUMBER.fullmatch(empty) and Decimal(empty) == number for empty in empties)


def read_text(value: object, column: MappedColumn) -> str:
    """Return a text, NFC and trimmed; an integer is its digits.

    Refuses lists, booleans, control characters, a formula, and a code that a spreadsheet spoilt.
    """
    match value:
        case str():
            trimmed = value.strip()
            if not _may_stand(trimmed, column):
                raise CellRefused
            return trimmed if trimmed.isascii() else unicodedata.normalize("NFC", trimmed)
        case bool():
            raise CellRefused
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case Decimal() if value == value.to_integral_value() and column.type == "code":
            return str(int(value))
        case _:
            raise CellRefused


def _may_stand(text: str, column: MappedColumn) -> bool:
    if _RUNS.match(text) or (column.type == "code" and "E+" in text and _SPOILT.fullmatch(text)):
        return False
    return text.isprintable() or not _CONTROL.search(text)


def read_integer(value: object, column: MappedColumn) -> int:
    """Return a 64-bit integer; a number with decimals is read only where a factor is declared, half up."""
    scaled = column.times != 1 or column.per != 1
    match value:
        case int() if not isinstance(value, bool):
            number = half_up(value * column.times, column.per) if scaled else value
        case str() if not scaled and _INTEGER.fullmatch(value.strip()):
            number = int(value)
        case _:
            exact = _exact(value)
            if not scaled and exact != exact.to_integral_value():
                raise CellRefused
            numerator, denominator = exact.as_integer_ratio()
            number = half_up(numerator * column.times, denominator * column.per)
    if not _MIN_INT64 <= number <= _MAX_INT64:
        raise CellRefused
    return number


def half_up(numerator: int, denominator: int) -> int:
    """Return the integer nearest to a quotient, the greater one when it falls half way; `denominator` is positive."""
    return (2 * numerator + denominator) // (2 * denominator)


def read_decimal(value: object, column: MappedColumn) -> Decimal:
    """Return a decimal exactly; refuses more decimals than declared, unless a factor is (half up), and 18 digits."""
    numerator, denominator = _exact(value).as_integer_ratio()
    numerator, denominator = numerator * column.times * 10**column.decimals, denominator * column.per
    if (column.times, column.per) == (1, 1) and numerator % denominator:
        raise CellRefused
    shifted = half_up(numerator, denominator)
    if abs(shifted) >= 10**DECIMAL_DIGITS:
        raise CellRefused
    return Decimal(shifted).scaleb(-column.decimals)


def _exact(value: object) -> Decimal:
    """Return a finite number exactly as written; refuses a boolean, NaN, infinity and absurd exponents."""
    match value:
        case bool():
            raise CellRefused
        case int() | Decimal():
            number = Decimal(value)
        case float():
            number = Decimal(repr(value))
        case str() if _NUMBER.fullmatch(value.strip()):
            number = Decimal(value.strip())
        case _:
            raise CellRefused
    if not number.is_finite() or abs(number.adjusted()) > _MAX_EXPONENT:
        raise CellRefused
    return number


def read_boolean(value: object, _column: MappedColumn) -> bool:
    """Return a truth: a boolean, 0 or 1, or oui, non, true, false, vrai, faux, yes, no (OpenStreetMap) in any case."""
    match value:
        case bool():
            return value
        case int() | str():
            truth = _TRUTHS.get(str(value).strip().lower())
            if truth is None:
                raise CellRefused
            return truth
        case _:
            raise CellRefused


def read_day(value: object, _column: MappedColumn) -> date:
    """Return the day of AAAA-MM-JJ."""
    match value:
        case datetime():
            raise CellRefused
        case date():
            return value
        case str():
            try:
                return read_date(value.strip())
            except ValueError as error:
                raise CellRefused from error
        case _:
            raise CellRefused


def read_moment(value: object, _column: MappedColumn) -> Instant:
    """Return the instant of an ISO 8601 text; without offset it is local. `NoSuchTime` passes through."""
    try:
        match value:
            case datetime():
                return aware_instant(value)
            case str():
                return read_instant(value.strip())
            case _:
                raise CellRefused
    except NoSuchTime:
        raise
    except (ValueError, OverflowError) as error:
        raise CellRefused from error


def read_position(value: object, _column: MappedColumn) -> str:
    """Return « lon,lat » in WGS 84 degrees, of a GeoJSON Point, a pair, or such a text; never (0, 0)."""
    match value:
        case {"type": "Point", "coordinates": [lon, lat, *_]}:
            pair = _exact(lon), _exact(lat)
        case [lon, lat]:
            pair = _exact(lon), _exact(lat)
        case str() if found := _PAIR.fullmatch(value.strip()):
            pair = Decimal(found[1]), Decimal(found[2])
        case _:
            raise CellRefused
    lon, lat = pair
    if abs(lon) > _MAX_LON or abs(lat) > _MAX_LAT or not (lon or lat):
        raise CellRefused
    return f"{_degrees(lon)},{_degrees(lat)}"


def _degrees(number: Decimal) -> str:
    text = f"{number.quantize(_MICRODEGREES):f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def read_geometry(value: object, _column: MappedColumn) -> str:
    """Return GeoJSON text of a sound geometry (RFC 7946): its kind and its positions."""
    try:
        geometry = strict_json.read(value.encode(), name="") if isinstance(value, str) else value
    except PayloadRefused as error:
        raise CellRefused from error
    if not isinstance(geometry, dict) or not is_sound(geometry):
        raise CellRefused
    return strict_json.dump(bare(geometry)).decode()


@dataclass(frozen=True, slots=True)
class StorageType:
    """How a type of the language is read and stored."""

    read: Reader
    arrow: Callable[[MappedColumn], pa.DataType]


def _string(_column: MappedColumn) -> pa.DataType:
    return pa.string()


STORAGE_TYPES: Final[Mapping[str, StorageType]] = MappingProxyType(
    {
        "booleen": StorageType(read_boolean, lambda _: pa.bool_()),
        "code": StorageType(read_text, _string),
        "date": StorageType(read_day, lambda _: pa.date32()),
        "date-heure": StorageType(read_moment, lambda _: pa.timestamp("us")),
        "decimal": StorageType(read_decimal, lambda column: pa.decimal128(DECIMAL_DIGITS, column.decimals)),
        "entier": StorageType(read_integer, lambda _: pa.int64()),
        "fichier": StorageType(read_text, _string),
        "geometrie": StorageType(read_geometry, _string),
        "position": StorageType(read_position, _string),
        "texte": StorageType(read_text, _string),
    }
)


@dataclass(frozen=True, slots=True)
class TypedCells:
    """A column's storage values; at `refused` and `skipped` (spring gap) positions there is None."""

    column: MappedColumn
    values: list[object]
    refused: tuple[int, ...]
    skipped: tuple[int, ...]


def typed_cells(column: MappedColumn, cells: list[object]) -> TypedCells:
    """Read one column of a batch."""
    read = STORAGE_TYPES[column.type].read
    values: list[object] = []
    refused: list[int] = []
    skipped: list[int] = []
    for at, cell in enumerate(cells):
        try:
            is_empty = _blank(cell) or (column.empties and _stands_for_nothing(cell, column.empties))
            values.append(None if is_empty else read(_plain(cell, column), column))
        except NoSuchTime:
            skipped.append(at)
            values.append(None)
        except (CellRefused, InvalidOperation):
            refused.append(at)
            values.append(None)
    return TypedCells(column, values, tuple(refused), tuple(skipped))


def _plain(cell: object, column: MappedColumn) -> object:
    return in_plain(cell, column.written, column.first_year) if column.written else cell


def written_local(typed: TypedCells) -> pa.Array | None:
    """Say of each cell of a date-heure whether it was an hour without its offset; None for another type."""
    if typed.column.type != "date-heure":
        return None
    return pa.array([isinstance(value, Instant) and value.local for value in typed.values], pa.bool_())


def arrow_columns(typed: TypedCells) -> dict[str, pa.Array]:
    """Return the Arrow columns of one stored column: itself, and for a date-heure its companion."""
    column, arrow = typed.column, STORAGE_TYPES[typed.column.type].arrow(typed.column)
    if column.type != "date-heure":
        return {column.name: pa.array(typed.values, arrow)}
    instants = [value if isinstance(value, Instant) else None for value in typed.values]
    return {
        column.name: pa.array([instant and instant.utc for instant in instants], arrow),
        f"{column.name}{AMBIGUOUS}": pa.array(
            [bool(instant and instant.ambiguous) for instant in instants], pa.bool_()
        ),
    }

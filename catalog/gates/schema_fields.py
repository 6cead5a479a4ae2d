"""What one scan can be sure of in a column, by its field of a Table Schema: conditions of DuckDB over its cells.

Each is narrower than the library's own reading, never wider: a cell that a condition takes is one that the library
takes, and its value is the same as another's exactly where the library says so. What no condition takes may still be
right (`+1`, ` 1`, `1e5`): the library reads the row.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from catalog.gates.schema_contract import KnownConstraints, KnownField
from catalog.gates.schema_patterns import read_alike
from eclor.engine.quoting import text_literal

Literal = Callable[[JsonValue], str | None]
"""Returns a declared bound or value as the engine writes it; none where it is not sure to be read alike."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How cells of a type are read: which are of it for sure, their value, and what a declaration says in that type.

    `value` is none where equality is not known; `ordered` types have bounds.
    """

    typed: str
    value: str | None
    literal: Literal = lambda _declared: None
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class SureField:
    """The conditions of a column: empty, of its type, within its constraints; and the value that equality compares."""

    text: str
    missing: str
    typed: str
    within: str
    value: str | None
    required: bool
    unique: bool
    plain: bool
    """Whether two cells are equal where they are the same, missing ones apart, and only there."""

    @property
    def right(self) -> str:
        """Return the condition of a cell that is right for sure."""
        filled = f"CASE WHEN {self.typed} THEN {self.within} ELSE false END"
        return f"CASE WHEN {self.missing} THEN {_said(not self.required)} ELSE coalesce({filled}, false) END"

    @property
    def unread(self) -> str:
        """Return the condition of a cell whose value only the library can tell."""
        return f"CASE WHEN {self.missing} THEN false ELSE NOT coalesce({self.typed}, false) END"

    @property
    def compared(self) -> str:
        """Return the value, null where the cell is empty."""
        return f"CASE WHEN {self.missing} THEN NULL ELSE {self.value} END"


@dataclass(frozen=True, slots=True)
class Cells:
    """A column of the scan: its name, its type in Parquet, and whether null stands for an empty text or for no cell."""

    name: str
    stored: str
    null_is_empty: bool


def sure_field(field: KnownField, cells: Cells, missing_values: tuple[str, ...]) -> SureField | None:
    """Return the conditions of a column; none where its field is outside what the scan knows."""
    empty = field.missing_values if field.missing_values is not None else missing_values
    literals = _texts(empty)
    if literals is None:
        return None
    native = _native(field, cells) if empty == ("",) else None
    text = _text(cells, padded=cells.null_is_empty and "" not in empty)
    reading = native or _READINGS[field.type](field, text)
    if reading is None:
        return None
    within = _within(field.constraints, reading, text)
    if within is None:
        return None
    return SureField(
        text=text,
        missing=f"{cells.name} IS NULL" if native else _missing(cells, text, literals),
        typed=reading.typed,
        within=within,
        value=reading.value,
        required=field.constraints.required,
        unique=field.constraints.unique,
        plain=reading.value == cells.name and len(literals) <= 1,
    )


def _text(cells: Cells, *, padded: bool) -> str:
    text = cells.name if cells.stored == "VARCHAR" else f"CAST({cells.name} AS VARCHAR)"
    return f"coalesce({text}, '')" if padded else text


def _missing(cells: Cells, text: str, literals: list[str]) -> str:
    listed = f"{text} IN ({', '.join(literals)})" if literals else "false"
    return f"({cells.name} IS NULL OR {listed})" if text == cells.name or not text.startswith("coalesce") else listed


def _native(field: KnownField, cells: Cells) -> Reading | None:
    """Return the reading of a column whose stored type is the field's: its text can be no other."""
    if cells.stored in _WHOLE and field.type in {"integer", "number"}:
        return Reading("true", cells.name, _INTEGERS if field.type == "integer" else _NUMBERS, ordered=True)
    if cells.stored.startswith("DECIMAL") and field.type == "number":
        return Reading("true", cells.name, _NUMBERS, ordered=True)
    usual = "true" in field.true_values and "false" in field.false_values and "true" not in field.false_values
    if cells.stored == "BOOLEAN" and field.type == "boolean" and usual:
        return Reading("true", cells.name)
    return None


def quoted_text(text: str) -> str | None:
    """Return a text as the engine writes it; none for what it could not hold."""
    return None if "\x00" in text else text_literal(text)


def _texts(texts: tuple[str, ...]) -> list[str] | None:
    quoted = [quoted_text(text) for text in texts]
    return None if None in quoted else [text for text in quoted if text is not None]


def _said(yes: bool) -> str:  # noqa: FBT001 - a truth as the engine writes it
    return "true" if yes else "false"


def _matches(text: str, pattern: str) -> str:
    return f"regexp_full_match({text}, {quoted_text(pattern)})"


def _within(constraints: KnownConstraints, reading: Reading, text: str) -> str | None:
    """Return the condition of a value within its constraints; none if one of them is outside what the scan knows."""
    conditions: list[str | None] = [_bounded(constraints, reading), _listed(constraints, reading)]
    if constraints.pattern is not None:
        pattern = read_alike(constraints.pattern)
        conditions.append(_matches(text, pattern) if pattern is not None else None)
    if constraints.min_length is not None:
        conditions.append(f"length({text}) >= {constraints.min_length}")
    if constraints.max_length is not None:
        conditions.append(f"length({text}) <= {constraints.max_length}")
    if None in conditions:
        return None
    return " AND ".join(condition for condition in conditions if condition)


def _bounded(constraints: KnownConstraints, reading: Reading) -> str | None:
    bounds = constraints.bounds()
    if bounds and not reading.ordered:
        return None
    told = ["true"]
    for sign, bound in bounds:
        literal = reading.literal(bound)
        if literal is None:
            return None
        told.append(f"{reading.value} {sign} {literal}")
    return " AND ".join(told)


def _listed(constraints: KnownConstraints, reading: Reading) -> str | None:
    """Return the condition of a value of the list; members that are not read alike stand in nobody's way."""
    if constraints.enum is None:
        return "true"
    literals = [literal for member in constraints.enum if (literal := reading.literal(member)) is not None]
    return f"{reading.value} IN ({', '.join(literals)})" if literals else None


def _matching(pattern: str, write: Callable[[str], str]) -> Literal:
    """Return how a number or a text of this pattern is written."""

    def literal(declared: JsonValue) -> str | None:
        if isinstance(declared, bool) or not isinstance(declared, int | float | str):
            return None
        return write(str(declared)) if re.fullmatch(pattern, str(declared), re.ASCII) else None

    return literal


_WHOLE: Final = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT"})
_INTEGER: Final = "-?[0-9]{1,18}"
_NUMBER: Final = r"-?[0-9]{1,18}(\.[0-9]{1,12})?"
_INTEGERS: Final = _matching(_INTEGER, lambda text: text)
_NUMBERS: Final = _matching(r"-?\d{1,15}(\.\d{1,9})?", lambda text: text)


def _string(field: KnownField, text: str) -> Reading | None:
    def literal(declared: JsonValue) -> str | None:
        return quoted_text(declared) if isinstance(declared, str) else None

    pattern = _FORMATS[field.format]
    return Reading(_matches(text, pattern) if pattern else "true", text, literal)


_FORMATS: Final[Mapping[str, str]] = {
    "default": "",
    "uuid": "[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
    "email": r"[a-z0-9]{1,20}([._-][a-z0-9]{1,20}){0,2}@[a-z]{2,20}(-[a-z]{2,20})?\.(com|eu|fr|gouv\.fr|lu|net|org)",
    "uri": r"https?://[a-z0-9]{1,30}([.-][a-z0-9]{1,30}){1,5}(/[A-Za-z0-9_.~-]*)*",
}


def _integer(field: KnownField, text: str) -> Reading | None:
    del field
    return Reading(_matches(text, _INTEGER), f"TRY_CAST({text} AS BIGINT)", _INTEGERS, ordered=True)


def _number(field: KnownField, text: str) -> Reading | None:
    del field
    return Reading(_matches(text, _NUMBER), f"TRY_CAST({text} AS DECIMAL(30, 12))", _NUMBERS, ordered=True)


def _boolean(field: KnownField, text: str) -> Reading | None:
    yes, no = _texts(field.true_values), _texts(field.false_values)
    if not yes or not no:
        return None
    return Reading(f"{text} IN ({', '.join([*yes, *no])})", f"({text} NOT IN ({', '.join(no)}))")


def _any(field: KnownField, text: str) -> Reading | None:
    return _string(field, text)


def _date(field: KnownField, text: str) -> Reading | None:
    if field.format not in {"default", "%Y-%m-%d"}:
        return None
    typed = f"{_matches(text, _DAY)} AND {text} >= '0001' AND TRY_CAST({text} AS DATE) IS NOT NULL"
    return Reading(typed, text, _matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", _as_text), ordered=True)


def _datetime(field: KnownField, text: str) -> Reading | None:
    """Return the reading of ISO instants; those of an offset are no neighbours of those without in the library."""
    if field.format != "default" or field.constraints.bounds():
        return None
    typed = f"{_matches(text, _INSTANT)} AND TRY_CAST(left({text}, 10) AS DATE) IS NOT NULL"
    return Reading(typed, _instant(text))


def _instant(text: str) -> str:
    """Return seconds since 1970, of Greenwich where the text has an offset, and which of the two they are."""
    seconds = f"CAST(epoch(TRY_CAST(left({text}, 19) AS TIMESTAMP)) AS BIGINT)"
    offset = (
        f"(CASE substr({text}, 20, 1) WHEN '+' THEN 1 WHEN '-' THEN -1 ELSE 0 END"
        f" * (coalesce(TRY_CAST(substr({text}, 21, 2) AS INTEGER), 0) * 3600"
        f" + coalesce(TRY_CAST(substr({text}, 24, 2) AS INTEGER), 0) * 60))"
    )
    return f"(({seconds} - {offset}) * 2 + CAST(length({text}) > 19 AS INTEGER))"


def _time(field: KnownField, text: str) -> Reading | None:
    if field.format != "default":
        return None
    return Reading(_matches(text, _CLOCK), text, _matching(_CLOCK, _as_text), ordered=True)


def _year(field: KnownField, text: str) -> Reading | None:
    if field.format != "default":
        return None
    return Reading(_matches(text, "[0-9]{4}"), f"TRY_CAST({text} AS INTEGER)", _matching(r"\d{4}", str), ordered=True)


def _geopoint(field: KnownField, text: str) -> Reading | None:
    pattern = _POINTS.get(field.format)
    return Reading(_matches(text, pattern), None) if pattern else None


def _geojson(field: KnownField, text: str) -> Reading | None:
    return Reading(_matches(text, _GEOMETRY), None) if field.format == "default" else None


def _as_text(text: str) -> str:
    return f"'{text}'"


_DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK: Final = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_INSTANT: Final = f"[1-8][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}T{_CLOCK}(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?"
_DECIMALS: Final = r"(\.[0-9]{1,20})?"
_LONGITUDE: Final = rf"-?(180|(1[0-7][0-9]|[1-9]?[0-9]){_DECIMALS})"
_LATITUDE: Final = rf"-?(90|[1-8]?[0-9]{_DECIMALS})"
_POINTS: Final[Mapping[str, str]] = {
    "default": f"{_LONGITUDE}, ?{_LATITUDE}",
    "array": rf"\[{_LONGITUDE}, ?{_LATITUDE}\]",
}
_AXIS: Final = r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,17})?"
_POSITION: Final = rf"\[{_AXIS}, ?{_AXIS}\]"
_LINE: Final = rf"\[{_POSITION}(, ?{_POSITION})+\]"
_RING: Final = rf"\[{_POSITION}(, ?{_POSITION}){{3}}(, ?{_POSITION})*\]"
_RINGS: Final = rf"\[{_RING}(, ?{_RING})*\]"
_SHAPES: Final[Mapping[str, str]] = {
    "Point": _POSITION,
    "MultiPoint": rf"\[{_POSITION}(, ?{_POSITION})*\]",
    "LineString": _LINE,
    "MultiLineString": rf"\[{_LINE}(, ?{_LINE})*\]",
    "Polygon": _RINGS,
    "MultiPolygon": rf"\[{_RINGS}(, ?{_RINGS})*\]",
}
_GEOMETRY: Final = (
    r'\{"type": ?"('
    + "|".join(f'{kind}", ?"coordinates": ?{coordinates}' for kind, coordinates in _SHAPES.items())
    + r")\}"
)

_READINGS: Final[Mapping[str, Callable[[KnownField, str], Reading | None]]] = {
    "any": _any,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "geojson": _geojson,
    "geopoint": _geopoint,
    "integer": _integer,
    "number": _number,
    "string": _string,
    "time": _time,
    "year": _year,
}

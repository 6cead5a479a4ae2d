"""Columns, values and parameters as both DuckDB and great-expectations on pandas understand them, or not at all."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from enum import Enum, auto
from typing import Final

from pydantic import JsonValue

from eclor.engine.quoting import quoted, text_literal

_YES_NO: Final[Mapping[str, bool]] = {"oui": True, "non": False}
MOST_EXACT: Final = 2**53
"""The library takes bounds as floats: beyond, two whole numbers may be one."""
_EXACT: Final = Context(prec=400)


class Outside(Exception):
    """An expectation, a parameter or a type that the scan does not know: the library judges."""


class Kind(Enum):
    """Types on which DuckDB and pandas agree."""

    TEXT = auto()
    WHOLE = auto()
    DECIMAL = auto()
    REAL = auto()
    BOOLEAN = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the release: its name, its kind (None: another type) and its decimals."""

    name: str
    kind: Kind | None
    scale: int = 0

    @property
    def quoted(self) -> str:
        """Return its name as SQL writes it."""
        return quoted(self.name)

    @property
    def sql(self) -> str:
        """Return its value; to pandas what is not a number is missing."""
        return (
            f"CASE WHEN isnan({self.quoted}) THEN NULL ELSE {self.quoted} END"
            if self.kind is Kind.REAL
            else self.quoted
        )

    @property
    def missing(self) -> str:
        """Return the predicate of its missing cells."""
        return f"{self.sql} IS NULL"


def kind_of(name: str, duckdb_type: str) -> Column:
    """Return a column from its name and its type in DuckDB."""
    match duckdb_type.partition("("):
        case ("VARCHAR", *_):
            return Column(name, Kind.TEXT)
        case ("BIGINT" | "INTEGER" | "SMALLINT" | "TINYINT", *_):
            return Column(name, Kind.WHOLE)
        case ("DOUBLE", *_):
            return Column(name, Kind.REAL)
        case ("BOOLEAN", *_):
            return Column(name, Kind.BOOLEAN)
        case ("DECIMAL", _, sizes):
            return Column(name, Kind.DECIMAL, int(sizes.rstrip(")").partition(",")[2]))
        case _:
            return Column(name, None)


@dataclass(frozen=True, slots=True)
class Parameters:
    """Declared parameters, read one by one: any that is not asked for, or not of its type, is `Outside`."""

    given: Mapping[str, JsonValue]

    def only(self, *names: str) -> None:
        """Refuse parameters of other names."""
        if not self.given.keys() <= {*names}:
            raise Outside

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a boolean, which declarations write `oui` or `non`."""
        value = yes_or_no(self.given.get(name, default))
        if not isinstance(value, bool):
            raise Outside
        return value

    def number(self, name: str) -> float | None:
        """Return a number as the library takes it, or None."""
        value = self.given.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise Outside
        return _finite(value)

    def count(self, name: str) -> int | None:
        """Return a whole number or None."""
        value = self.given.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise Outside
        return value

    def share(self, name: str = "mostly") -> float:
        """Return a share of one, one if it is not given."""
        value = self.number(name)
        if value is not None and not 0 <= value <= 1:
            raise Outside
        return 1.0 if value is None else value

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text."""
        value = self.given.get(name, default)
        if not isinstance(value, str) or "\0" in value:
            raise Outside
        return value

    def names(self, name: str) -> list[str]:
        """Return a list of texts."""
        value = self.given.get(name)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise Outside
        return [str(each) for each in value]


def yes_or_no(value: JsonValue) -> JsonValue:
    """Return a parameter as the library takes it: a declaration's booleans are the texts `oui` and `non`."""
    return _YES_NO.get(value, value) if isinstance(value, str) else value


def _finite(value: float | str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise Outside from None
    if not math.isfinite(number) or abs(number) > MOST_EXACT:
        raise Outside
    return number


def literal(value: str | int) -> str:
    """Return a text or a whole number as SQL writes it."""
    return str(value) if isinstance(value, int) else text_literal(value)


def values(column: Column, given: JsonValue) -> list[str | int]:
    """Return the distinct values of a declared set, if they are of the column's own type."""
    wanted = {Kind.TEXT: str, Kind.WHOLE: int}.get(column.kind) if column.kind else None
    if wanted is None or not isinstance(given, list) or not given or not all(_fits(each, wanted) for each in given):
        raise Outside
    return list(dict.fromkeys(each for each in given if isinstance(each, str | int)))


def _fits(value: JsonValue, wanted: type) -> bool:
    if isinstance(value, str):
        return wanted is str and "\0" not in value
    return type(value) is wanted and isinstance(value, int) and abs(value) <= MOST_EXACT


def listed(given: list[str | int]) -> str:
    """Return values as SQL lists them."""
    return "(" + ", ".join(map(literal, given)) + ")"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What lies between two bounds, each strict or not, as the library compares: floats, exactly."""

    low: float | None
    high: float | None
    strict_low: bool
    strict_high: bool

    def hold(self, value: float | Decimal) -> bool:
        """Tell whether a value lies between them, compared as Python compares."""
        above = self.low is None or (value > self.low if self.strict_low else value >= self.low)
        below = self.high is None or (value < self.high if self.strict_high else value <= self.high)
        return above and below

    def near(self, value: float, tolerance: float) -> bool:
        """Tell whether a value is so near a bound that another order of addition could pass it."""
        return any(bound is not None and abs(value - bound) <= tolerance for bound in (self.low, self.high))

    def broken_by(self, column: Column) -> str:
        """Return the predicate of the cells that do not lie between them."""
        breaks = []
        if self.low is not None:
            breaks.append(_below(column, self.low, strict=self.strict_low))
        if self.high is not None:
            breaks.append(_above(column, self.high, strict=self.strict_high))
        return " OR ".join(breaks)


def bounds_of(parameters: Parameters) -> Bounds:
    """Read the four parameters of bounds; without any, or the wrong way round, it is for the library to say."""
    low, high = parameters.number("min_value"), parameters.number("max_value")
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        raise Outside
    return Bounds(low, high, parameters.flag("strict_min"), parameters.flag("strict_max"))


def _below(column: Column, bound: float, *, strict: bool) -> str:
    """Return what breaks a lower bound: the column's own decimals never compare with a number that they cannot hold."""
    if column.kind is Kind.REAL:
        return f"{column.sql} {'<=' if strict else '<'} {bound!r}::DOUBLE"
    held = _held(column, bound, ROUND_FLOOR if strict else ROUND_CEILING)
    return f"{column.sql} {'<=' if strict else '<'} {held}"


def _above(column: Column, bound: float, *, strict: bool) -> str:
    if column.kind is Kind.REAL:
        return f"{column.sql} {'>=' if strict else '>'} {bound!r}::DOUBLE"
    held = _held(column, bound, ROUND_CEILING if strict else ROUND_FLOOR)
    return f"{column.sql} {'>=' if strict else '>'} {held}"


def _held(column: Column, bound: float, rounding: str) -> str:
    if column.kind not in {Kind.WHOLE, Kind.DECIMAL}:
        raise Outside
    return f"{Decimal(bound).quantize(Decimal(1).scaleb(-column.scale), rounding, _EXACT):f}"

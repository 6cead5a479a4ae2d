"""The typed terms of a filter, as SQL with its bound values: texts and numbers, times, places.

SQL's null is CQL2's unknown: a comparison with it is null, `NOT` of null is null, and only what is true is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from api.ogc.moments import Moment
from api.ogc.queryables import Kind
from api.row_files import Cell


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and the values that it binds, in their order."""

    text: str
    values: tuple[Cell, ...] = ()


TRUE, FALSE = Sql("1"), Sql("0")


def bound(value: Cell) -> Sql:
    """Return a value as SQL binds it."""
    return Sql("?", (value,))


def joined(operator: str, terms: Iterable[Sql]) -> Sql:
    """Return terms with an operator between, in parentheses."""
    parts = [*terms]
    inner = f" {operator} ".join(part.text for part in parts)
    return Sql(f"({inner})", tuple(value for part in parts for value in part.values))


def called(name: str, *arguments: Sql) -> Sql:
    """Return a function's call."""
    inner = ", ".join(part.text for part in arguments)
    return Sql(f"{name}({inner})", tuple(value for part in arguments for value in part.values))


def infix(left: Sql, operator: str, right: Sql) -> Sql:
    """Return two terms with an operator between."""
    return joined(operator, (left, right))


def within(term: Sql, least: Sql, most: Sql) -> Sql:
    """Return the condition that a term lies between two others, both included."""
    parts = ["(", term.text, "BETWEEN", least.text, "AND", most.text, ")"]
    return Sql(" ".join(parts), (*term.values, *least.values, *most.values))


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number, a text or a truth; `when` if it is a property whose texts say a time."""

    kind: Kind
    sql: Sql
    when: "Time | None" = None


@dataclass(frozen=True, slots=True)
class Time:
    """An instant, a day or an interval: its start, the start of its last part, its end; microseconds.

    The parts differ for an interval only: it meets another where its last part starts as the other does.
    """

    start: Sql
    last: Sql
    end: Sql


@dataclass(frozen=True, slots=True)
class Place:
    """A geometry: a column's text, or a literal with its box (west, south, east, north)."""

    sql: Sql
    is_position: bool = False
    box: tuple[float, float, float, float] | None = None


Term = Scalar | Time | Place


def time_of(text: Sql) -> Time:
    """Return the time that a text says."""
    first = called("first_of", text)
    return Time(first, first, called("last_of", text))


def time_at(moment: Moment) -> Time:
    """Return a known time."""
    first = bound(moment[0])
    return Time(first, first, bound(moment[1]))

"""What an expectation compiles to: aggregates of one scan of the release, and what they mean."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import JsonValue

from catalog.gates.outcome import Outcome
from catalog.gates.pushdown.columns import Column, Outside

RELEASE: Final = "release"
"""The rows of the release, as the scan names them; `PLACE` is each one's number, from 1."""
PLACE: Final = '"#"'


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An aggregate that takes no heed of how often a value of the column stands."""

    column: Column
    sql: str


@dataclass(frozen=True, slots=True)
class RowsWhere:
    """In how many rows a predicate on the cells of one column holds."""

    column: Column
    predicate: str

    @property
    def sql(self) -> str:
        """Return the aggregate over the rows."""
        return count_where(self.predicate)


@dataclass(frozen=True, slots=True)
class Missing:
    """In how many rows all of some cells are missing, or any of them where `joined` is OR; in none of no column."""

    columns: tuple[Column, ...]
    joined: Literal["AND", "OR"] = "AND"

    @property
    def predicate(self) -> str:
        """Return the predicate of these rows."""
        return f" {self.joined} ".join(column.missing for column in self.columns) or "false"

    @property
    def sql(self) -> str:
        """Return the aggregate over the rows."""
        return count_where(self.predicate)


@dataclass(frozen=True, slots=True)
class Different:
    """How many rows differ in some columns, by their hashes: at most as many as do. Those that are missing are not."""

    columns: tuple[Column, ...]
    missing: Missing

    @property
    def sql(self) -> str:
        """Return the question that tells it of the rows."""
        names = ", ".join(column.quoted for column in self.columns)
        judged = ("FROM", RELEASE, "WHERE NOT", f"({self.missing.predicate})")
        return inner("SELECT count(*) FROM", inner("SELECT 1", *judged, "GROUP BY", f"hash({names})"))


@dataclass(frozen=True, slots=True)
class OfRows:
    """An aggregate of the rows, whatever it is."""

    sql: str


Measure = Aggregate | RowsWhere | Missing | Different | OfRows
"""What is asked of a release: what its values may tell says of which columns, and of all of it how rows are asked."""
ALL: Final = OfRows("count(*)")
"""How many rows there are."""
Measured = Sequence[Any]
"""The aggregates' values, in the order in which they were asked for."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expectation on the scan.

    `measures` are asked of `RELEASE`; `told` makes the outcome of their values, or says what more to ask,
    or None where only the library can tell. `failing` selects the `PLACE` of the rows that break it, asked if some do.
    `exported` asks great-expectations for them, for an expectation that the library does not have.
    """

    measures: tuple[Measure, ...]
    told: "Callable[[Measured], Outcome | Compiled | None]"
    failing: str = ""
    exported: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a release as its file holds them."""

    columns: Mapping[str, Column]

    def column(self, name: JsonValue) -> Column:
        """Return a column of a type that the scan knows; raises `Outside` for any other."""
        if not isinstance(name, str) or name not in self.columns:
            raise Outside
        return self.columns[name]

    def known(self, name: JsonValue) -> Column:
        """Return a column whose type the scan compares; raises `Outside` for any other."""
        column = self.column(name)
        if column.kind is None:
            raise Outside
        return column


def count_where(predicate: str) -> str:
    """Return the aggregate that counts the rows of a predicate, for less than a filter costs."""
    return f"coalesce(count_if({predicate}), 0)"


def question(*parts: str) -> str:
    """Return a question of which every part is a word of SQL, a quoted name, a literal or a predicate made of these."""
    return " ".join(parts)


def inner(*parts: str) -> str:
    """Return a question that stands within another."""
    return f"({question(*parts)})"


def places(predicate: str) -> str:
    """Return the question that locates the rows of a predicate."""
    return question("SELECT", PLACE, "FROM", RELEASE, "WHERE", predicate)


def of_each_row(
    breaks: str, measure: Callable[[str], Measure], *, missing: Missing, mostly: float, guards: tuple[str, ...] = ()
) -> Compiled:
    """Compile an expectation on each row, counted by a measure; a row of `guards` makes the library the only judge."""
    unexpected = f"NOT ({missing.predicate}) AND ({breaks})"

    def told(values: Measured) -> Outcome | None:
        elements, left_out, broken, *guarded = values
        if any(guarded):
            return None
        return Outcome.of_rows(elements=elements, missing=left_out, unexpected=broken, mostly=mostly)

    return Compiled((ALL, missing, measure(unexpected), *map(measure, guards)), told, places(unexpected))


def of_rows(predicate: str) -> OfRows:
    """Return the measure of a predicate on several columns."""
    return OfRows(count_where(predicate))

"""What an expectation compiles to: aggregates of one scan of the release, and what they mean."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import JsonValue

from catalog.gates.outcome import Outcome
from catalog.gates.pushdown.columns import Column, Outside

RELEASE: Final = "release"
"""The rows of the release, as the scan names them; `PLACE` is each one's number, from 1."""
PLACE: Final = '"#"'

Measured = Sequence[Any]
"""The aggregates' values, in the order in which they were asked for."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expectation on the scan.

    `measures` are SQL aggregates over `RELEASE`; `told` makes the outcome of their values, or says what more to ask,
    or None where only the library can tell. `failing` selects the `PLACE` of the rows that break it, asked if some do.
    `exported` asks great-expectations for them, for an expectation that the library does not have.
    """

    measures: tuple[str, ...]
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


def of_each_row(breaks: str, *, missing: str, mostly: float, guards: tuple[str, ...] = ()) -> Compiled:
    """Compile an expectation on each row; a row of `guards` makes the library the only judge."""
    unexpected = f"NOT ({missing}) AND ({breaks})"

    def told(values: Measured) -> Outcome | None:
        elements, left_out, broken, *guarded = values
        if any(guarded):
            return None
        return Outcome.of_rows(elements=elements, missing=left_out, unexpected=broken, mostly=mostly)

    measures = ("count(*)", count_where(missing), count_where(unexpected), *map(count_where, guards))
    return Compiled(measures, told, places(unexpected))

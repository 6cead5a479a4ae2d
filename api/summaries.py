"""Questions that put rows together: groups, and what is counted or reckoned of each; and how they become SQL.

Of published values only: a masked cell is null, which no aggregate reads; `count` counts rows, masked ones as any.
A sum of nothing is null. Groups are told apart by their values, so that a page begins behind the last one of another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from api.row_files import Cell, Record, Statement
from api.rows import ROWS, After, Expression, Sort, behind, filter_terms, order
from api.steps import columns_read
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType
from eclor.engine.quoting import quoted


class Function(StrEnum):
    """What is reckoned of a group; DISTINCT counts the different values."""

    COUNT = "count"
    SUM = "sum"
    AVG = "avg"
    MIN = "min"
    MAX = "max"
    DISTINCT = "distinct"


NUMERIC: Final = frozenset({Function.SUM, Function.AVG})
"""Those that only numbers have."""
_TALLIED: Final = frozenset({Function.COUNT, *NUMERIC})


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One function of one column; COUNT has none."""

    function: Function
    column: str = ""

    @property
    def name(self) -> str:
        """Return the name of its values: as it is asked for."""
        return f"{self.function}({self.column})" if self.column else str(self.function)

    def shaped(self, columns: Mapping[str, ReleaseColumn]) -> ReleaseColumn:
        """Return its values' column."""
        match self.function:
            case Function.MIN | Function.MAX | Function.SUM:
                of = columns[self.column]
                kind = "measure" if of.kind == "measure" else "technical"
                return ReleaseColumn(self.name, of.type, kind, level=of.level, decimals=of.decimals)
            case Function.AVG:
                return ReleaseColumn(self.name, FieldType.DECIMAL, "technical")
            case _:
                return ReleaseColumn(self.name, FieldType.INTEGER, "technical")


@dataclass(frozen=True, slots=True)
class Summary:
    """Groups of the rows that fit, one line each; without groups, one line of all; without aggregates, what differs."""

    groups: tuple[str, ...]
    aggregates: tuple[Aggregate, ...]
    limit: int
    filter: tuple[Expression, ...] = ()
    sorts: tuple[Sort, ...] = ()
    after: After | None = None

    @property
    def keys(self) -> tuple[Sort, ...]:
        """Return the whole order: what was asked for, then the groups, so that no two lines are equal."""
        asked = {sort.column for sort in self.sorts}
        return (*self.sorts, *(Sort(name) for name in self.groups if name not in asked))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of a line's values."""
        return (*self.groups, *(aggregate.name for aggregate in self.aggregates))

    @property
    def columns_read(self) -> frozenset[str]:
        """Return the columns that it looks at."""
        reckoned = {aggregate.column for aggregate in self.aggregates if aggregate.column}
        return columns_read(self.filter) | reckoned | {*self.groups}

    @property
    def tallied(self) -> bool:
        """Say whether it counts, sums or means all rows by one column, from the first line on (`api.tallies`)."""
        plain = all(one.function in _TALLIED for one in self.aggregates)
        return plain and len(self.groups) == 1 and not self.filter and self.after is None

    def columns(self, by_name: Mapping[str, ReleaseColumn]) -> tuple[ReleaseColumn, ...]:
        """Return the columns of its lines."""
        return (*(by_name[name] for name in self.groups), *(one.shaped(by_name) for one in self.aggregates))


def end_of(summary: Summary, row: Record) -> After:
    """Return where a line stands, for the next page to begin behind it."""
    values = dict(zip(summary.names, row, strict=True))
    return After(tuple(values[key.column] for key in summary.keys), 0)


def lines(summary: Summary, *, beyond: int = 0, source: str = ROWS) -> Statement:
    """Return the question of one page of lines, and of some beyond."""
    terms, values = filter_terms(summary.filter)
    chosen = [*map(quoted, summary.groups), *map(_reckoned, summary.aggregates)]
    inner = ["SELECT", ", ".join(chosen), "FROM", source, terms]
    inner += ["GROUP BY", ", ".join(map(quoted, summary.groups))] if summary.groups else []
    bound: list[Cell] = [*values]
    outer = ["SELECT * FROM (", *inner, ")"]
    if summary.after is not None:
        term, more = behind(summary.keys, summary.after)
        outer += ["WHERE", term]
        bound += more
    outer += ["ORDER BY", ", ".join(order(summary.keys))] if summary.keys else []
    return Statement(" ".join([*outer, "LIMIT ?"]), (*bound, summary.limit + beyond))


def _reckoned(aggregate: Aggregate) -> str:
    name = quoted(aggregate.name)
    match aggregate.function:
        case Function.COUNT:
            return f"count(*) AS {name}"
        case Function.DISTINCT:
            return f"count(DISTINCT {quoted(aggregate.column)}) AS {name}"
        case _:
            return f"{aggregate.function}({quoted(aggregate.column)}) AS {name}"

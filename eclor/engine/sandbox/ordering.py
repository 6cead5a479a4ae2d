"""Few rows put in order here: the engine's own ORDER BY costs a third of a small question, whatever it sorts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from eclor.engine.handles import Connection
from eclor.engine.sandbox.question import Ordering

Row = tuple[Any, ...]
_COMPARED_ALIKE: Final = frozenset(
    {"BIGINT", "BOOLEAN", "HUGEINT", "INTEGER", "SMALLINT", "TINYINT", "UBIGINT", "UINTEGER", "USMALLINT", "UTINYINT",
     "VARCHAR"}
)  # fmt: skip
"""Types of which the engine compares values as Python does: texts by their bytes, so by their letters' numbers."""


@dataclass(slots=True)
class InOrder:
    """The answer to a question that was asked without its order, as if it had been asked with it."""

    description: Sequence[Sequence[object]]
    rows: list[Row]

    def fetchmany(self, most: int) -> list[Row]:
        """Return the next rows."""
        found, self.rows = self.rows[:most], self.rows[most:]
        return found

    def fetchone(self) -> Row | None:
        """Return the next row."""
        return next(iter(self.fetchmany(1)), None)


def in_order(answer: Connection, ordering: Ordering) -> InOrder | None:
    """Return the rows of an answer in order, no more than are asked for; none where a key is of another type."""
    kinds = [str(kind) for _, kind, *_ in answer.description]
    comparable = [(place, _comparable(place, kinds[place]), descending) for place, descending in ordering.keys]
    rows: list[Row] = answer.fetchall()
    for place, value, descending in reversed(comparable):
        if value is None:
            return None
        there = [row for row in rows if row[place] is not None]
        there.sort(key=value, reverse=descending)
        rows = there + [row for row in rows if row[place] is None]
    return InOrder(answer.description, rows[ordering.offset : ordering.offset + ordering.limit])


def _comparable(place: int, kind: str) -> Callable[[Row], Any] | None:
    """Return what rows are sorted by for a key of a type; NaN is beyond all other numbers."""
    if kind in _COMPARED_ALIKE or kind.startswith("DECIMAL"):
        return itemgetter(place)
    if kind == "DOUBLE":
        return lambda row: (row[place] != row[place], row[place])
    return None

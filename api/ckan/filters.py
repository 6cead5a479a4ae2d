"""`filters` of a DataStore search: a value, any of a list, comparisons, lists of these, `$or` and `$and` (CKAN 2.12).

Each is read twice: as an expression on rows, and as the operations that an answer gives back (`filterops`). A masked
cell is null: it fits no comparison, and the filter `null`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from api.ckan.cells import cell_of
from api.ckan.table import ID, KEY, Column, Table
from api.ckan.wire import invalid
from api.rows import KEY as PLACE
from api.rows import And, Condition, Expression, Operator, Or

MOST_DEPTH: Final = 10
MOST_OPERATIONS: Final = 100
_MOST_GROUPS: Final = 3 * MOST_OPERATIONS
"""Dictionaries and lists of them, empty ones too: engines nest what these join."""
_MOST_VALUES: Final = 1000
"""Of all the lists together."""
_COMPARISONS: Final[Mapping[str, Operator]] = {
    "eq": Operator.EQ,
    "in": Operator.IN,
    "gt": Operator.GT,
    "gte": Operator.GTE,
    "lt": Operator.LT,
    "lte": Operator.LTE,
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, as an answer gives it back; `field` is none for those that join others."""

    op: str
    field: str | None
    value: object
    expression: Expression

    @property
    def shown(self) -> dict[str, object]:
        """Return it as `filterops` holds it."""
        value = [one.shown for one in self.value] if self.field is None and isinstance(self.value, list) else self.value
        return {"op": self.op, "field": self.field, "value": value}


@dataclass(slots=True)
class _Reading:
    """A reading of one `filters`: its table, and what may still be read."""

    table: Table
    operations: int = MOST_OPERATIONS
    groups: int = _MOST_GROUPS
    values: int = _MOST_VALUES

    def joined(self, asked: object, depth: int) -> Operation:
        if not isinstance(asked, dict):
            raise invalid(filters=["Not a dictionary"])
        self._enter(depth)
        return _joined("$and", list(self._parts(asked, depth)))

    def _enter(self, depth: int) -> None:
        """Count a dictionary or a list: nothing holds too many, or lies too deep."""
        if depth > MOST_DEPTH:
            raise invalid(filters=[f"Too deep: more than {MOST_DEPTH} levels"])
        self.groups -= 1
        if self.groups < 0:
            raise invalid(filters=[f"Too many parts: more than {_MOST_GROUPS}"])

    def _parts(self, asked: Mapping[str, object], depth: int) -> Iterator[Operation]:
        for name, value in asked.items():
            if name in {"$and", "$or"}:
                if not isinstance(value, list):
                    raise invalid(filters=[f"{name} takes a list"])
                yield _joined(name, [self.joined(one, depth + 1) for one in value])
            else:
                yield self._of_column(self._column(name), value, depth)

    def _of_column(self, column: Column, value: object, depth: int) -> Operation:
        match value:
            case dict():
                self._enter(depth)
                return self._comparisons(column, value)
            case list() if any(isinstance(one, dict) for one in value):
                self._enter(depth)
                return _joined("$or", [self._of_column(column, one, depth + 1) for one in value])
            case list():
                return self._operation(column, "in", value)
            case _:
                return self._operation(column, "eq", value)

    def _comparisons(self, column: Column, asked: Mapping[str, object]) -> Operation:
        if unknown := next((name for name in asked if name not in _COMPARISONS), None):
            raise invalid(filters=[f"Unknown operator: {unknown[:60]}"])
        return _joined("$and", [self._operation(column, name, value) for name, value in asked.items()])

    def _operation(self, column: Column, op: str, value: object) -> Operation:
        values = value if op == "in" and isinstance(value, list) else [value]
        self.operations -= 1
        self.values -= len(values)
        if self.operations < 0:
            raise invalid(filters=[f"Too many operations: more than {MOST_OPERATIONS}"])
        if self.values < 0:
            raise invalid(filters=[f"Too many values: more than {_MOST_VALUES}"])
        return Operation(op, column.name, value, _expression(column, _COMPARISONS[op], values))

    def _column(self, name: str) -> Column:
        found = KEY if name == ID else self.table.columns.get(name)
        if found is None:
            raise invalid(filters=[f"Unknown field: {name[:60]}"])
        return found


def read_filters(asked: object, table: Table) -> Operation | None:
    """Return what a `filters` parameter asks for; none without any. Refuses (409) what it cannot."""
    return None if asked is None else _Reading(table).joined(asked, 1)


def _joined(op: str, parts: list[Operation]) -> Operation:
    if len(parts) == 1:
        return parts[0]
    expressions = tuple(one.expression for one in parts)
    return Operation(op, None, parts, And(expressions) if op == "$and" else Or(expressions))


def _expression(column: Column, operator: Operator, values: list[object]) -> Expression:
    """Return the comparison; null in it is what is not there, and nothing is larger or smaller than that."""
    name = PLACE if column is KEY else column.name
    there = tuple(cell_of(column, one) for one in values if one is not None)
    null = Condition(name, Operator.IS_NULL, ("true",))
    if operator in {Operator.EQ, Operator.IN}:
        compared = Condition(name, operator, there)
        if len(there) == len(values):
            return compared
        return Or((compared, null)) if there else null
    return Condition(name, operator, there) if there else Or()

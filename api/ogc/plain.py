"""Filters that the records API could ask too, as its own expressions: either engine answers them, index or not.

A tree that was compiled is well typed; what is not among these shapes stays SQL for SQLite alone (`api.ogc.asking`).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from api.ogc.cql2_words import Tree
from api.ogc.queryables import Kind, Queryables
from api.rows import And, Condition, Expression, Not, Operator, Or

_COMPARED: Final[Mapping[str, tuple[Operator, Operator]]] = {
    "=": (Operator.EQ, Operator.EQ),
    "<>": (Operator.NE, Operator.NE),
    "<": (Operator.LT, Operator.GT),
    ">": (Operator.GT, Operator.LT),
    "<=": (Operator.LTE, Operator.GTE),
    ">=": (Operator.GTE, Operator.LTE),
}
"""Each comparison of a column with a value, and of a value with a column."""
_KINDS: Final = frozenset({Kind.NUMBER, Kind.TEXT})


def plain(tree: Tree, queryables: Queryables) -> Expression | None:
    """Return a well-typed tree as an expression; None if it is more than comparisons of columns with values."""
    match tree:
        case {"op": "and" | "or" | "not" as word, "args": list(arguments)}:
            return _several(word, [plain(argument, queryables) for argument in arguments])
        case {"op": str(word), "args": [left, *right]}:
            return _compared(word, left, right, queryables)
        case _:
            return None


def _several(word: str, parts: Sequence[Expression | None]) -> Expression | None:
    known = tuple(part for part in parts if part is not None)
    if len(known) < len(parts):
        return None
    match word:
        case "and":
            return And(known)
        case "or":
            return Or(known)
        case _:
            return Not(known[0])


def _compared(word: str, left: Tree, right: Sequence[Tree], queryables: Queryables) -> Expression | None:
    column, other = _column(left, queryables), right
    operator = _COMPARED[word][0] if word in _COMPARED else None
    if column is None and operator is not None:
        column, other, operator = _column(right[0], queryables), [left], _COMPARED[word][1]
    if column is None:
        return None
    match word, other:
        case "isNull", []:
            return Condition(column, Operator.IS_NULL, ("true",))
        case "between", [low, high]:
            return _held(column, Operator.BETWEEN, [low, high])
        case "in", [list(options)]:
            return _held(column, Operator.IN, options)
        case _:
            return None if operator is None else _held(column, operator, other)


def _column(tree: Tree, queryables: Queryables) -> str | None:
    name = tree.get("property") if isinstance(tree, dict) else None
    found = queryables.by_name.get(name) if isinstance(name, str) else None
    return found.name if found is not None and found.kind in _KINDS else None


def _held(column: str, operator: Operator, values: Sequence[Tree]) -> Expression | None:
    """Return the condition, if the values are what they are: numbers and texts."""
    cells = tuple(cell for cell in map(_cell, values) if cell is not None)
    return Condition(column, operator, cells) if len(cells) == len(values) else None


def _cell(value: Tree) -> str | float | None:
    match value:
        case str():
            return value
        case int() | float() if not isinstance(value, bool) and abs(value) < _LARGEST:
            return value
        case _:
            return None


_LARGEST: Final = 2**53
"""Numbers below are the same in both engines, whole or not."""

"""Frozen values with arrays inside, as a JSON text and the columns that it names; and back.

Only the types of the rooms that count are made again, by their names: nothing that is read can make anything else.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from anonymizers import cells
from anonymizers.differencing import past

Columns = dict[str, NDArray[Any]]

_TYPES: Final = [kind for module in (cells, past) for kind in vars(module).values() if isinstance(kind, type)]
_ENUMS: Final[Mapping[str, type[Enum]]] = {kind.__name__: kind for kind in _TYPES if issubclass(kind, Enum)}
_OBJECTS: Final[Mapping[str, type]] = {kind.__name__: kind for kind in _TYPES if is_dataclass(kind)}


def flattened(value: object, columns: Columns) -> object:
    """Return a value as JSON can hold it; its arrays go to `columns`, under new names."""
    if isinstance(value, np.ndarray):
        columns[f"c{len(columns)}"] = value
        return {"array": f"c{len(columns) - 1}"}
    if is_dataclass(value):
        parts = {field.name: flattened(getattr(value, field.name), columns) for field in fields(value)}
        return {"object": [type(value).__name__, parts]}
    return _gathered(value, columns)


def _gathered(value: object, columns: Columns) -> object:
    match value:
        case Enum():
            return {"enum": [type(value).__name__, value.name]}
        case tuple():
            return {"tuple": [flattened(part, columns) for part in value]}
        case frozenset():
            return {"set": sorted(value)}
        case Mapping():
            return {"map": [[flattened(key, columns), flattened(part, columns)] for key, part in value.items()]}
        case _:
            return value


def rebuilt(plain: object, columns: Columns) -> object:
    """Return the value that `flattened` gave; anything else raises `KeyError`, `TypeError` or `ValueError`."""
    if not isinstance(plain, dict):
        return plain
    ((kind, content),) = plain.items()
    return _MADE[kind](content, columns)


def _enum(content: list[str], _: Columns) -> object:
    name, member = content
    return _ENUMS[name][member]


def _object(content: list[Any], columns: Columns) -> object:
    name, parts = content
    return _OBJECTS[name](**{field: rebuilt(part, columns) for field, part in parts.items()})


_MADE: Final[Mapping[str, Callable[[Any, Columns], object]]] = {
    "array": lambda name, columns: columns[name],
    "enum": _enum,
    "tuple": lambda parts, columns: tuple(rebuilt(part, columns) for part in parts),
    "set": lambda parts, _: frozenset(parts),
    "map": lambda parts, columns: {rebuilt(key, columns): rebuilt(part, columns) for key, part in parts},
    "object": _object,
}

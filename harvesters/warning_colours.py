"""The four colours of warnings in France, and the fifth: nobody knows."""

from decimal import Decimal
from typing import Final

UNKNOWN: Final = "inconnu"
_COLOURS: Final = {1: "vert", 2: "jaune", 3: "orange", 4: "rouge"}
_NOT_SAID: Final = (None, "", 0, -1, "0", "-1")


class NoColour(ValueError):
    """A level that is said, and is none of the four."""


def level_of(value: object) -> int | None:
    """Return a level of 1 to 4, a number or its text; None where none is said. Raises `NoColour` for another."""
    if not isinstance(value, bool) and value in _NOT_SAID:
        return None
    if isinstance(value, str) and value in {"1", "2", "3", "4"}:
        return int(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and value in _COLOURS:
        return int(value)
    raise NoColour


def colour_of(level: int | None) -> str:
    """Return the French word for a level; « inconnu » where there is none: never green."""
    return UNKNOWN if level is None else _COLOURS[level]

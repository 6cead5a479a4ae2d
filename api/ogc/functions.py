"""What CQL2 asks of rows and SQLite does not know; each takes null to null, and fails on nothing."""

import sqlite3
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import fmod, isfinite
from typing import Final
from unicodedata import combining, normalize

from api.forms import like
from api.ogc.moments import read_moment
from api.row_files import Cell

_KEPT: Final = 4096
_LONGEST_KEPT: Final = 500
"""Characters of a text that is kept without its accents: more is as long as anyone likes."""


def casei(text: object) -> str | None:
    """Return a text without its case."""
    return None if text is None else str(text).casefold()


def accenti(text: object) -> str | None:
    """Return a text without its accents."""
    if text is None:
        return None
    whole = str(text)
    return _kept_bare(whole) if len(whole) <= _LONGEST_KEPT else _bare(whole)


def _bare(text: str) -> str:
    return normalize("NFC", "".join(letter for letter in normalize("NFD", text) if not combining(letter)))


_kept_bare: Final = lru_cache(_KEPT)(_bare)


def first_of(text: object) -> int | None:
    """Return the first microsecond of what a text says of time."""
    moment = None if text is None else read_moment(str(text))
    return None if moment is None else moment[0]


def last_of(text: object) -> int | None:
    """Return the last microsecond of what a text says of time."""
    moment = None if text is None else read_moment(str(text))
    return None if moment is None else moment[1]


def _number(work: Callable[[float, float], float]) -> Callable[[Cell, Cell], Cell]:
    def worked(left: Cell, right: Cell) -> Cell:
        if not (isinstance(left, int | float) and isinstance(right, int | float)):
            return None
        try:
            found = work(left, right)
        except (ArithmeticError, ValueError):
            return None
        if isinstance(found, complex) or not isfinite(found):
            return None
        return found

    return worked


def _power(base: float, exponent: float) -> float:
    found: float = float(base) ** float(exponent)
    return found


def _related(predicate: str, left: str | None, right: str | None) -> bool | None:
    """Compare geometries; their library is heavy and is read when the first filter asks for it."""
    from api.ogc.shapes import related  # noqa: PLC0415

    return related(predicate, left, right)


FUNCTIONS: Final[Mapping[str, tuple[int, Callable[..., Cell]]]] = {
    "casei": (1, casei),
    "accenti": (1, accenti),
    "has_form": (2, like),
    "first_of": (1, first_of),
    "last_of": (1, last_of),
    "divided": (2, _number(lambda left, right: left / right)),
    "whole": (2, _number(lambda left, right: float(int(left / right)))),
    "rest": (2, _number(fmod)),
    "power": (2, _number(_power)),
    "related": (3, _related),
}
"""By their names in SQL: how many arguments, and what is called."""


def teach(connection: sqlite3.Connection) -> None:
    """Give a connection the functions of filters."""
    for name, (arguments, work) in FUNCTIONS.items():
        connection.create_function(name, arguments, work, deterministic=True)

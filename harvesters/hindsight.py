"""Days that cannot be to come, as a birth's: whether a column is of such, and the century of two digits of a year."""

import re
from typing import Final

from harvesters.declared import DeclaredColumn
from harvesters.written import CENTURY, has_short_year

_DAYS: Final = frozenset({"date", "date-heure"})
_OF_BIRTH: Final = re.compile(r"naiss|birth|geburt|gebuert|(?:^|_)nee?_le(?:_|$)|(?:^|_)dob(?:_|$)")


def is_past(column: DeclaredColumn) -> bool:
    """Say whether a column holds days that have come: declared so (`passe`), or else a birth's, by its name."""
    if column.past is not None:
        return column.past == "oui"
    return column.type in _DAYS and bool(_OF_BIRTH.search(column.name))


def first_year(column: DeclaredColumn) -> int | None:
    """Return the first of the hundred years that are declared; None where none are."""
    return None if column.years is None else int(column.years.split("-")[0])


def fault(column: DeclaredColumn) -> str | None:
    """Return the code of what is wrong with `passe` and `annees` of a column, if anything is.

    The century of a day that has come is never guessed: 65 is a birth of 1965, and 26 one of 1926 or of 2026.
    """
    if column.past == "oui" and column.type not in _DAYS:
        return "declaration.past"
    is_short = has_short_year(column.written or "")
    if column.years is not None:
        first, last = map(int, column.years.split("-"))
        return None if is_short and last - first == CENTURY - 1 else "declaration.years"
    return "declaration.century" if is_short and is_past(column) else None

"""The first line of a table: names of its columns, or a row like the others."""

import re
from collections.abc import Sequence
from typing import Final

from eclor.errors import PayloadRefused, Place

MAX_COLUMNS: Final = 2_000
_LONGEST: Final = 120
_FEWEST_DIGITS: Final = 5
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def is_data(cells: Sequence[str]) -> bool:
    """Tell whether a first line cannot be one of names: an address, a long number or a sentence stands in it."""
    return any(_is_value(cell.strip()) for cell in cells)


def _is_value(cell: str) -> bool:
    if "@" in cell or "\n" in cell or len(cell) > _LONGEST:
        return True
    digits = sum(letter.isdigit() for letter in cell)
    others = sum(letter.isalpha() for letter in cell)
    if not others and digits and ("." in cell or "," in cell):
        return True
    return digits >= _FEWEST_DIGITS and digits > others and len(_YEAR.findall(cell)) * 4 < digits


def named(cells: Sequence[str], *, name: str) -> tuple[str, ...]:
    """Return one name a column, no two alike, from a line of names; refuse (`PayloadRefused`) too many columns."""
    if len(cells) > MAX_COLUMNS:
        raise PayloadRefused("scan.too-wide", place=Place(name), columns=MAX_COLUMNS)
    taken: set[str] = set()
    found = []
    for place, cell in enumerate(cells, start=1):
        found.append(_free(cell.strip() or numbered(place), taken))
        taken.add(found[-1].casefold())
    return tuple(found)


def numbered(place: int) -> str:
    """Return the name of a column that has none."""
    return f"colonne {place}"


def _free(wanted: str, taken: set[str]) -> str:
    name, again = wanted, 2
    while name.casefold() in taken:
        name, again = f"{wanted} ({again})", again + 1
    return name

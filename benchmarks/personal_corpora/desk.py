"""What a town's desk writes and keeps, by a third hand: notes, tables of 210 rows, and leaks in one to three of them.

Each file says its form at its top. Every third note, table and leak is held out: measured, and not looked at.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - made-up tables, the same each time
from typing import Final

from benchmarks.personal_corpora.clean_tables import Table

_HERE: Final = Path(__file__).parent
_SPAN: Final = re.compile(r"\{([a-z]):([^}]*)\}")
ROWS: Final = 210


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it was written, and the kinds of what it gives away: none if it is clean."""

    text: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Planted:
    """A table in whose column some cells leak, and the class that tells the bar."""

    name: str
    family: str
    table: Table
    column: str


def notes(*, held_out: bool) -> list[Note]:
    """Return the notes to work on, or those held out."""
    return [
        Note(_SPAN.sub(r"\2", line), frozenset(kind for kind, _ in _SPAN.findall(line)))
        for line in _kept(_lines("desk_texts.txt"), held_out=held_out)
    ]


def tables(*, held_out: bool) -> dict[str, Table]:
    """Return the clean tables to work on, or those held out."""
    return {name: _grown(name, _specifications()[name]) for name in _kept([*_specifications()], held_out=held_out)}


def leaks(*, held_out: bool) -> Iterator[Planted]:
    """Yield the tables that leak to work on, or those held out."""
    for line in _kept(_lines("desk_leaks.txt"), held_out=held_out):
        kind, family, name, target, planted = line.split(" | ", 4)
        column, _, specification = target.partition(" = ")
        columns = {**_specifications()[name], **({column: specification} if specification else {})}
        table = _grown(name, columns)
        draw, cells = Random(line), planted.split(" ;; ")
        for row, cell in zip(draw.sample(range(ROWS), len(cells)), cells, strict=True):
            table[column][row] = cell
        yield Planted(f"{kind} in {name}.{column}", family, table, column)


def _lines(file: str) -> list[str]:
    lines = (_HERE / file).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "["))]


def _kept(items: list[str], *, held_out: bool) -> list[str]:
    return [item for at, item in enumerate(items) if (at % 3 == 2) is held_out]


def _specifications() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in (_HERE / "desk_tables.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            columns = found.setdefault(line[1:-1], {})
        elif line and not line.startswith("#"):
            column, _, specification = line.partition(" = ")
            columns[column] = specification
    return found


def _grown(name: str, columns: dict[str, str]) -> Table:
    return {column: _cells(specification, Random(name + column)) for column, specification in columns.items()}


def _cells(specification: str, draw: Random) -> list[str]:
    kind, bracket, inside = specification.partition("(")
    if bracket and kind in _NUMBERS:
        arguments = inside.removesuffix(")").split(",")
        return [_NUMBERS[kind](draw, arguments, row) for row in range(ROWS)]
    if specification.startswith("#"):
        return [re.sub(r"[0Ah]", lambda found: draw.choice(_DIGITS[found[0]]), specification[1:]) for _ in range(ROWS)]
    return draw.choices(specification.split("|"), k=ROWS)


def _day(draw: Random, years: list[str]) -> datetime:
    start = datetime(int(years[0]), 1, 1)  # noqa: DTZ001
    return start + timedelta(minutes=draw.randrange(525_600 * (int(years[1]) - int(years[0]) + 1)))


_DIGITS: Final = {"0": "0123456789", "A": "ABCDEFGHJKLMNPQRSTUVWXYZ", "h": "0123456789abcdef"}
_NUMBERS: Final[dict[str, Callable[[Random, list[str], int], str]]] = {
    "n": lambda draw, bounds, _: str(draw.randint(int(bounds[0]), int(bounds[1]))),
    "d": lambda draw, of, _: f"{draw.uniform(float(of[0]), float(of[1])):.{of[2]}f}",
    "date": lambda draw, years, _: _day(draw, years).date().isoformat(),
    "at": lambda draw, years, _: _day(draw, years).isoformat(),
    "seq": lambda _, of, row: f"{of[0]}{int(of[2]) + row:0{of[1]}}",
}

"""The heat table of a dataset's page: it is its own alternative. All of it is computed on published values."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles
from typing import Final

from api.pages.names import MASKED, Names, Row, is_total
from api.pages.words import number

CLASSES: Final = 6
MOST_LINES: Final = 62
"""Lines shown, the last ones: two months of days."""
MOST_HOURS: Final = 48


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: its figure, its class on the ramp (`k0` to `k5`), or why there is none (`veiled`, `absent`)."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class HeatLine:
    """One line of the table."""

    title: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """A heat table; `legend` gives each class with its limits, `cut` says whether earlier lines are left out."""

    columns: tuple[str, ...]
    lines: tuple[HeatLine, ...]
    legend: tuple[tuple[str, str], ...]
    corner: str
    unit: str
    masked: bool
    absent: bool
    cut: bool


def heat(rows: Sequence[Row], names: Names) -> Heat | None:
    """Return a heat table of the declared view, totals apart. None if the version has nothing to colour."""
    view = names.declaration.view
    if not (view.rows and view.columns and view.value and names.has(view.rows, view.columns, view.value)):
        return None
    cells = {
        (str(row[view.rows]), str(row[view.columns])): row
        for row in rows
        if not (is_total(row[view.rows]) or is_total(row[view.columns]))
    }
    limits = _limits([float(value) for row in cells.values() if isinstance(value := row[view.value], int | float)])
    if not limits:
        return None
    across, down = sorted({column for _, column in cells}), sorted({line for line, _ in cells})
    most = MOST_HOURS if names.columns[view.rows].level == "heure" else MOST_LINES
    lines = tuple(
        HeatLine(
            names.value(view.rows, line),
            tuple(_cell(cells.get((line, column)), view.value, limits) for column in across),
        )
        for line in down[-most:]
    )
    styles = {one.style for line in lines for one in line.cells}
    return Heat(
        columns=tuple(names.value(view.columns, column) for column in across),
        lines=lines,
        legend=_legend(limits),
        corner=names.title(view.rows),
        unit=names.unit(view.value) or names.title(view.value).lower(),
        masked="veiled" in styles,
        absent="absent" in styles,
        cut=len(down) > most,
    )


def _cell(row: Row | None, name: str, limits: Sequence[float]) -> HeatCell:
    if row is None:
        return HeatCell("", "absent")
    value = row[name]
    if isinstance(value, int | float):
        return HeatCell(number(value), f"k{sum(value > limit for limit in limits)}")
    return HeatCell("masqué", "veiled") if row.get("statut") == MASKED else HeatCell("", "absent")


def _limits(values: Sequence[float]) -> tuple[float, ...]:
    """Return the upper limits of all classes but the last, by quantiles; few distinct values are a class each."""
    distinct = sorted(set(values))
    if len(distinct) <= CLASSES:
        return tuple(distinct[:-1]) or tuple(distinct)
    found = sorted({round(limit) for limit in quantiles(values, n=CLASSES, method="inclusive")})
    return tuple(float(limit) for limit in found if limit < distinct[-1]) or (distinct[0],)


def _legend(limits: Sequence[float]) -> tuple[tuple[str, str], ...]:
    shown = [number(round(limit)) for limit in limits]
    between = [f"plus de {low} à {high}" for low, high in pairwise(shown)]
    texts = [f"jusqu'à {shown[0]}", *between, f"plus de {shown[-1]}"]
    return tuple((f"k{rank}", text) for rank, text in enumerate(texts))

"""The main answer of a dataset's page: a heat table, bars, a map, live tiles, a list; computed on published values."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Final

from api.pages.words import cell
from api.row_files import Cell
from catalog.declaration import DatasetDeclaration
from charter.release_parts import ReleaseColumn

MOST_ROWS: Final = 2000
"""Rows that a chart reads; beyond, the table and the files show the rest."""
CLASSES: Final = 6
MASKED: Final = "masque"
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: its figure, its class on the ramp, or why there is none (`masked`, `absent`)."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Heat:
    """A heat table: it is its own alternative. `legend` gives each class with its limits."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    legend: tuple[tuple[str, str], ...]
    unit: str
    masked: bool


@dataclass(frozen=True, slots=True)
class Names:
    """How columns and codes are said."""

    declaration: DatasetDeclaration
    columns: Mapping[str, ReleaseColumn]

    def title(self, name: str) -> str:
        """Return a column's title in French."""
        declared = self.declaration.column(name)
        if declared is not None:
            return declared.title.fr
        return {"statut": "Statut"}.get(name, name)

    def value(self, name: str, value: Cell) -> str:
        """Return a value's words: its label, else itself as people read it."""
        label = self.declaration.labels.get(name, {}).get(str(value))
        column = self.columns[name]
        return label or cell(value, column.type, column.level)

    def unit(self, name: str) -> str:
        """Return a column's unit, or nothing."""
        declared = self.declaration.column(name)
        return declared.unit if declared else ""


def heat(rows: Sequence[Row], names: Names) -> Heat | None:
    """Return a heat table of the declared view; margins apart. None if there is nothing to colour."""
    view = names.declaration.view
    if not (view.rows and view.columns and view.value):
        return None
    cells = [row for row in rows if "ensemble" not in {row[view.rows], row[view.columns]}]
    across = sorted({str(row[view.columns]) for row in cells})
    down = sorted({str(row[view.rows]) for row in cells})
    limits = _limits([float(row[view.value]) for row in cells if isinstance(row[view.value], int | float)])
    if not limits:
        return None
    found = {(str(row[view.rows]), str(row[view.columns])): row for row in cells}
    table = tuple(
        (names.value(view.rows, line), tuple(_heat_cell(found.get((line, one)), view.value, limits) for one in across))
        for line in down
    )
    titles = tuple(names.value(view.columns, one) for one in across)
    unit = names.unit(view.value) or names.title(view.value).lower()
    return Heat(titles, table, _legend(limits), unit, any(row.get("statut") == MASKED for row in cells))


def _heat_cell(row: Row | None, name: str, limits: Sequence[float]) -> HeatCell:
    if row is None:
        return HeatCell("", "absent")
    value = row[name]
    if not isinstance(value, int | float):
        return HeatCell("masqué", "veiled")
    return HeatCell(cell(value, "", ""), f"k{sum(value > limit for limit in limits)}")


def _limits(values: Sequence[float]) -> tuple[float, ...]:
    """Upper limits of all classes but the last, by quantiles of published values."""
    distinct = sorted(set(values))
    if len(distinct) <= CLASSES:
        return tuple(distinct[:-1]) or tuple(distinct)
    return tuple(sorted(set(quantiles(values, n=CLASSES, method="inclusive"))))


def _legend(limits: Sequence[float]) -> tuple[tuple[str, str], ...]:
    shown = [cell(round(limit), "", "") for limit in limits]
    between = [f"{low} à {high}" for low, high in zip(shown, shown[1:], strict=False)]
    texts = [f"jusqu'à {shown[0]}", *between, f"plus de {shown[-1]}"]
    return tuple((f"k{rank}", text) for rank, text in enumerate(texts[: len(limits) + 1]))


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map: its position in the drawing, and its words, which stand in the list beside."""

    x: float
    y: float
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map drawn on the server: zones as paths, places as points; `box` is the SVG view box."""

    box: str
    zones: tuple[tuple[str, str, float, float], ...]
    """Name, path, and where the name is written."""
    points: tuple[Point, ...]


def drawing(rows: Sequence[Row], names: Names, zones: Sequence[Mapping[str, object]]) -> Drawing | None:
    """Draw the rows that have a position over the territory's zones (schematic, longitude shrunk by latitude)."""
    position = next((column.name for column in names.columns.values() if column.type == "position"), None)
    label = names.declaration.view.value or names.declaration.key[0]
    if position is None:
        return None
    frame = _Frame.around(zones)
    points = tuple(
        Point(
            *frame.at(*map(float, str(row[position]).split(","))), names.value(label, row[label]), _detail(row, names)
        )
        for row in rows
        if row[position]
    )
    return Drawing(frame.box, tuple(frame.zone(zone) for zone in zones), points)


def _detail(row: Row, names: Names) -> str:
    address = next((str(row[name]) for name in ("adresse",) if row.get(name)), "")
    place = next((names.value(name, row[name]) for name in ("commune",) if row.get(name)), "")
    return ", ".join(part for part in (address, place) if part)


@dataclass(frozen=True, slots=True)
class _Frame:
    west: float
    north: float
    scale: float
    box: str

    @classmethod
    def around(cls, zones: Sequence[Mapping[str, object]]) -> "_Frame":
        corners = [corner for zone in zones for corner in _ring(zone)] or [(0.0, 0.0), (1.0, 1.0)]
        west, east = min(x for x, _ in corners), max(x for x, _ in corners)
        south, north = min(y for _, y in corners), max(y for _, y in corners)
        scale = 100 / max(east - west, 1e-6)
        height = (north - south) * scale * _SQUEEZE
        return cls(west, north, scale, f"-2 -2 104 {height + 4:.1f}")

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        return round((longitude - self.west) * self.scale, 2), round((self.north - latitude) * self.scale * _SQUEEZE, 2)

    def zone(self, zone: Mapping[str, object]) -> tuple[str, str, float, float]:
        drawn = [self.at(x, y) for x, y in _ring(zone)]
        path = "M" + "L".join(f"{x} {y}" for x, y in drawn) + "Z"
        middle = sum(x for x, _ in drawn) / len(drawn), sum(y for _, y in drawn) / len(drawn)
        properties = zone["properties"]
        name = str(properties["nom"]) if isinstance(properties, dict) else ""
        return name, path, round(middle[0], 1), round(middle[1], 1)


_SQUEEZE: Final = 1.54
"""How much longer a degree of latitude is than one of longitude at 49.5° north."""


def _ring(zone: Mapping[str, object]) -> list[tuple[float, float]]:
    geometry = json.loads(json.dumps(zone["geometry"]))
    ring = geometry["coordinates"][0]
    while isinstance(ring[0][0], list):
        ring = ring[0]
    return [(float(x), float(y)) for x, y, *_ in ring]


@dataclass(frozen=True, slots=True)
class Tile:
    """One live value and when it was observed; `limit_s` is the age past which it says nothing any more."""

    label: str
    value: str
    observed: str


def tiles(rows: Sequence[Row], names: Names) -> tuple[Tile, ...]:
    """Return a tile a row: the declared value, by the declared line, with its instant."""
    view = names.declaration.view
    line, value = view.rows or names.declaration.key[0], view.value or names.declaration.key[0]
    instant = next((column.name for column in names.columns.values() if column.type == "date-heure"), None)
    return tuple(
        Tile(names.value(line, row[line]), names.value(value, row[value]), str(row[instant]) if instant else "")
        for row in rows
    )

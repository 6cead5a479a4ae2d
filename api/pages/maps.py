"""The map of a dataset's page, drawn on the server: zones, lines and areas as paths, points as marks, all in a list."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import cos, radians
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from api.pages.names import Names, Row
from api.pages.shapes import Shape, shape_of
from charter.vocabulary import FieldType

MOST_KINDS: Final = 4
"""Kinds told apart by a shape of their own."""
MOST_CORNERS: Final = 20_000
"""Corners of lines and areas that a page may hold; beyond, rows stand in the table."""
_TITLES: Final = ("nom", "libelle", "titre", "voie")
"""How columns that name a place begin, the best first."""
_WIDTH: Final = 100.0
_MARGIN: Final = 3.0
_SMALLEST: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone of the territory: its name and its outer rings, longitude then latitude."""

    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class DrawnZone:
    """A zone as drawn: its path, and where its name is written."""

    name: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place: where its mark stands, its path if it is no point, the mark of its kind (`m0` to `m3`), its words."""

    x: float
    y: float
    path: str
    area: bool
    mark: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map; `box` is its SVG view box, `groups` its places by zone, `legend` the marks with their words and counts.

    `read` counts the rows that were looked at.
    """

    box: str
    zones: tuple[DrawnZone, ...]
    places: tuple[Place, ...]
    groups: tuple[tuple[str, tuple[Place, ...]], ...]
    legend: tuple[tuple[str, str, int], ...]
    read: int


def read_zones(folder: Path) -> tuple[Zone, ...]:
    """Read the outlines of a territory's communes; none if it has no such file."""
    file = folder / "communes.geojson"
    if not file.is_file():
        return ()
    return tuple(
        Zone(str(feature["properties"]["nom"]), tuple(_rings(feature["geometry"])))
        for feature in json.loads(file.read_text())["features"]
    )


def _rings(geometry: Mapping[str, Any]) -> Iterator[tuple[tuple[float, float], ...]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield tuple((float(x), float(y)) for x, y, *_ in polygon[0])


def drawing(rows: Sequence[Row], names: Names, zones: Sequence[Zone]) -> Drawing | None:
    """Draw the rows that have a position or a geometry over the territory's zones. None if none has, or too much."""
    column = _where(names)
    placed = [(row, shape) for row in rows if column and (shape := shape_of(row[column])) is not None]
    corners = [corner for _, shape in placed for corner in shape.corners]
    if not 0 < len(corners) <= MOST_CORNERS:
        return None
    frame = _Frame.around([corner for zone in zones for ring in zone.rings for corner in ring] or corners)
    kinds = _kinds([row for row, _ in placed], names)
    places = sorted(
        ((_place(row, shape, frame, names, kinds), _zone_of(row, names)) for row, shape in placed),
        key=lambda pair: (pair[1], pair[0].name, pair[0].detail),
    )
    return Drawing(
        box=frame.box,
        zones=tuple(frame.zone(zone) for zone in zones),
        places=tuple(sorted((place for place, _ in places), key=lambda place: place.mark)),
        groups=tuple((zone, tuple(place for place, _ in found)) for zone, found in groupby(places, key=itemgetter(1))),
        legend=tuple((f"m{rank}", words, count) for rank, (words, count) in enumerate(kinds.words)),
        read=len(rows),
    )


def _where(names: Names) -> str | None:
    """Return the column that says where a row lies: a position before a geometry."""
    found = {column.type: column.name for column in reversed(tuple(names.columns.values()))}
    return found.get(FieldType.POSITION) or found.get(FieldType.GEOMETRY)


@dataclass(frozen=True, slots=True)
class _Kinds:
    column: str
    rank: Mapping[str, int]
    words: tuple[tuple[str, int], ...]


def _kinds(rows: Sequence[Row], names: Names) -> _Kinds:
    """Return the first labelled column that has two to four values, the most frequent first; else one kind for all."""
    for name in names.declaration.labels:
        if names.has(name):
            counted = Counter(str(row[name]) for row in rows).most_common()
            if 1 < len(counted) <= MOST_KINDS:
                words = tuple((names.value(name, value), count) for value, count in counted)
                return _Kinds(name, {value: rank for rank, (value, _) in enumerate(counted)}, words)
    return _Kinds("", {}, ())


def _place(row: Row, shape: Shape, frame: "_Frame", names: Names, kinds: _Kinds) -> Place:
    title = next(
        (name for start in _TITLES for name in names.columns if name.startswith(start)), names.declaration.key[0]
    )
    mark = kinds.rank[str(row[kinds.column])] if kinds.column else 0
    details = [str(row[name]) for name in ("adresse", "horaires") if row.get(name)]
    labelled = [names.value(one, row[one]) for one in names.declaration.labels if one != "commune" and names.has(one)]
    return Place(
        *frame.at(*shape.middle),
        path=shape.path(frame.at),
        area=shape.area,
        mark=f"m{mark}",
        name=names.value(title, row[title]),
        detail=" · ".join(details or filter(None, labelled)),
    )


def _zone_of(row: Row, names: Names) -> str:
    return names.value("commune", row["commune"]) if names.has("commune") else ""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Degrees to the drawing: a degree of longitude is shorter than one of latitude by the cosine of the latitude."""

    west: float
    north: float
    per_degree: tuple[float, float]
    box: str

    @classmethod
    def around(cls, corners: Sequence[tuple[float, float]]) -> "_Frame":
        west, east = min(x for x, _ in corners), max(x for x, _ in corners)
        south, north = min(y for _, y in corners), max(y for _, y in corners)
        across = _WIDTH / max(east - west, _SMALLEST)
        down = across / max(cos(radians((south + north) / 2)), _SMALLEST)
        height = max((north - south) * down, 1.0)
        box = f"{-_MARGIN} {-_MARGIN} {_WIDTH + 2 * _MARGIN} {height + 2 * _MARGIN:.1f}"
        return cls(west, north, (across, down), box)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        across, down = self.per_degree
        return round((longitude - self.west) * across, 1), round((self.north - latitude) * down, 1)

    def zone(self, zone: Zone) -> DrawnZone:
        rings = [[self.at(*corner) for corner in ring] for ring in zone.rings]
        path = "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in rings)
        longest = max(rings, key=len)[:-1]
        x, y = (sum(corner[axis] for corner in longest) / len(longest) for axis in (0, 1))
        return DrawnZone(zone.name, path, round(x, 1), round(y, 1))

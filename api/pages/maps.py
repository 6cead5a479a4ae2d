"""The map of a dataset's page, drawn on the server: zones as paths, places as marks, the same places in a list."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from pathlib import Path
from typing import Any, Final

from api.pages.names import Names, Row
from charter.vocabulary import FieldType

MOST_KINDS: Final = 4
"""Kinds told apart by a shape of their own."""
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
    """A place: where it is drawn, the shape of its kind (`m0` to `m3`), its words."""

    x: float
    y: float
    mark: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map; `box` is its SVG view box, `groups` its places by zone, `legend` the marks with their words and counts."""

    box: str
    zones: tuple[DrawnZone, ...]
    places: tuple[Place, ...]
    groups: tuple[tuple[str, tuple[Place, ...]], ...]
    legend: tuple[tuple[str, str, int], ...]


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
    """Draw the rows that have a position over the territory's zones. None if the version has no position."""
    position = next((column.name for column in names.columns.values() if column.type == FieldType.POSITION), None)
    placed = [(row, at) for row in rows if position and (at := _read(row[position])) is not None]
    if not placed:
        return None
    frame = _Frame.around(
        [corner for zone in zones for ring in zone.rings for corner in ring] or [at for _, at in placed]
    )
    kinds = _kinds([row for row, _ in placed], names)
    places = sorted(
        ((_place(row, frame.at(*at), names, kinds), _zone_of(row, names)) for row, at in placed),
        key=lambda pair: (pair[1], pair[0].name, pair[0].detail),
    )
    return Drawing(
        box=frame.box,
        zones=tuple(frame.zone(zone) for zone in zones),
        places=tuple(sorted((place for place, _ in places), key=lambda place: place.mark)),
        groups=tuple(
            (zone, tuple(place for place, where in places if where == zone))
            for zone in dict.fromkeys(where for _, where in places)
        ),
        legend=tuple((f"m{rank}", words, count) for rank, (words, count) in enumerate(kinds.words)),
    )


def _read(value: object) -> tuple[float, float] | None:
    longitude, comma, latitude = str(value or "").partition(",")
    return (float(longitude), float(latitude)) if comma else None


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


def _place(row: Row, at: tuple[float, float], names: Names, kinds: _Kinds) -> Place:
    key = names.declaration.key[0]
    title = next((name for name in names.columns if name.startswith("nom")), key)
    mark = kinds.rank[str(row[kinds.column])] if kinds.column else 0
    details = [str(row[name]) for name in ("adresse", "horaires") if row.get(name)]
    return Place(*at, f"m{mark}", names.value(title, row[title]), " · ".join(details))


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

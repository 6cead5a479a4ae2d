"""Where and when the rows of a dataset stand: what they hold where they say it, else the whole territory.

Read from the published rows only, once a version.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from anonymizers.times import span_labelled
from catalog.finding.words import folded
from catalog.metadata.record import Bounds
from catalog.notes import PARIS
from catalog.rows_index import NAME, quoted
from catalog.views import VersionView
from charter.vocabulary import FieldType

_MOST_ROWS: Final = 2_000_000
"""Rows that are looked at for their places; of more, the whole territory is said."""
_CODES: Final = "SELECT DISTINCT {column} FROM rows WHERE {column} IS NOT NULL LIMIT 100000"
_POINTS: Final = """
SELECT min(CAST({column} AS REAL)), min(CAST(substr({column}, instr({column}, ',') + 1) AS REAL)),
       max(CAST({column} AS REAL)), max(CAST(substr({column}, instr({column}, ',') + 1) AS REAL))
FROM rows WHERE instr({column}, ',') > 1"""
"""A position is written `longitude,latitude`: a number is read up to the comma."""


@dataclass(frozen=True, slots=True)
class Zones:
    """The communes of a territory: the box of each and its name, by its code."""

    boxes: Mapping[str, Bounds]
    names: Mapping[str, str]

    def code(self, asked: str) -> str | None:
        """Return the code of a commune that is named or coded; None for one that is not here."""
        if asked in self.boxes:
            return asked
        wanted = folded(asked.strip())
        return next((code for code, name in self.names.items() if folded(name) == wanted), None)


NO_ZONES: Final = Zones(MappingProxyType({}), MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Communes that rows name, box of their points, days they tell of; None is the whole territory, or never."""

    communes: frozenset[str] | None = None
    box: Bounds | None = None
    days: tuple[date, date] | None = None

    def meets_box(self, asked: Bounds, zones: Zones) -> bool:
        """Say whether some row may stand in a box."""
        if self.box is not None:
            return _meet(self.box, asked)
        if self.communes is not None:
            return any(_meet(zones.boxes[code], asked) for code in self.communes)
        return not zones.boxes or any(_meet(box, asked) for box in zones.boxes.values())

    def meets_commune(self, code: str, zones: Zones) -> bool:
        """Say whether some row may stand in a commune of the territory."""
        if self.communes is not None:
            return code in self.communes
        return self.box is None or _meet(self.box, zones.boxes[code])

    def meets_days(self, first: date, last: date) -> bool:
        """Say whether some row tells of a day between two, both included."""
        return self.days is not None and self.days[0] <= last and first <= self.days[1]


def _meet(one: Bounds, other: Bounds) -> bool:
    return one.west <= other.east and other.west <= one.east and one.south <= other.north and other.south <= one.north


def read_zones(folder: Path) -> Zones:
    """Read the communes of a territory's `zones` folder; none if it has no such file."""
    file = folder / "communes.geojson"
    if not file.is_file():
        return NO_ZONES
    features = json.loads(file.read_text())["features"]
    boxes = {str(feature["properties"]["code"]): _box(feature["geometry"]["coordinates"]) for feature in features}
    named = {str(one["properties"]["code"]): str(one["properties"]["nom"]) for one in features}
    return Zones(boxes, named)


def _box(coordinates: object) -> Bounds:
    corners = [*_corners(coordinates)]
    across, along = [x for x, _ in corners], [y for _, y in corners]
    return Bounds(min(across), min(along), max(across), max(along))


def _corners(coordinates: object) -> Iterator[tuple[float, float]]:
    match coordinates:
        case [int() | float() as across, int() | float() as along, *_]:
            yield float(across), float(along)
        case list():
            for inner in coordinates:
                yield from _corners(inner)
        case _:
            return


def coverage_of(version: VersionView, published: Path, zones: Zones) -> Coverage:
    """Return where and when the rows of a served version stand; a file that cannot be read tells no place."""
    days = days_of(version)
    points = [column.name for column in version.columns if column.type == FieldType.POSITION and not column.level]
    codes = [column.name for column in version.columns if column.level == "commune" or column.name == "commune"]
    if not (points or codes) or version.rows > _MOST_ROWS:
        return Coverage(days=days)
    try:
        file = (published / version.folder / NAME).resolve().as_uri()
        with closing(sqlite3.connect(f"{file}?mode=ro&immutable=1", uri=True)) as rows:
            found = {str(code) for name in codes for (code,) in rows.execute(_CODES.format(column=quoted(name)))}
            box = _points(rows, points[0]) if points else None
    except sqlite3.Error:
        return Coverage(days=days)
    known = frozenset(found & zones.boxes.keys())
    return Coverage(known or None, box, days)


def _points(rows: sqlite3.Connection, column: str) -> Bounds | None:
    found = rows.execute(_POINTS.format(column=quoted(column))).fetchone()
    return None if None in found else Bounds(*found)


def days_of(version: VersionView) -> tuple[date, date]:
    """Return the first and the last day of a version's periods; of a delivery or a state, the day it was published."""
    spans = [span for period in version.periods if (span := span_labelled(period)) is not None]
    if not spans:
        day = version.published_at.astimezone(PARIS).date()
        return day, day
    return min(span.first for span in spans), date.fromordinal(max(span.after for span in spans).toordinal() - 1)

"""Where and when the rows of a dataset stand: what they hold where they say it, else the whole territory.

Read from the published rows only, once a version.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from catalog.finding.words import folded
from catalog.metadata.record import Bounds
from catalog.spans import days_told
from catalog.views import VersionView
from charter.durations import Duration
from charter.vocabulary import FieldType

_MOST_ROWS: Final = 2_000_000
"""Rows that are looked at for their places; of more, the whole territory is said."""
_PARQUET: Final = "data.parquet"


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


def coverage_of(version: VersionView, published: Path, zones: Zones, window: Duration | None) -> Coverage:
    """Return where and when the rows of a served version stand; a file that cannot be read tells no place."""
    days = days_told(version.periods, window, version.published_at)
    points = [column.name for column in version.columns if column.type == FieldType.POSITION and not column.level]
    codes = [column.name for column in version.columns if column.level == "commune" or column.name == "commune"]
    if not (points or codes) or version.rows > _MOST_ROWS:
        return Coverage(days=days)
    try:
        with pq.ParquetFile(published / version.folder / _PARQUET) as rows:
            found, box = _looked_at(rows, codes, points[:1])
    except (OSError, pa.ArrowException):
        return Coverage(days=days)
    return Coverage(frozenset(found & zones.boxes.keys()) or None, box, days)


def _looked_at(rows: pq.ParquetFile, codes: list[str], points: list[str]) -> tuple[set[str], Bounds | None]:
    """Return the codes that rows name and the box of their positions, one batch in memory at a time."""
    found: set[str] = set()
    corners: list[tuple[float, float]] = []
    for batch in rows.iter_batches(columns=[*codes, *points]):
        for name in codes:
            found.update(map(str, batch.column(name).unique().to_pylist()))
        for name in points:
            corners += _extremes(batch.column(name))
    if not corners:
        return found, None
    across, along = zip(*corners, strict=True)
    return found, Bounds(min(across), min(along), max(across), max(along))


def _extremes(positions: pa.Array) -> list[tuple[float, float]]:
    """Return the two corners of positions written `longitude,latitude`; none where there is no position."""
    parts = pc.split_pattern(positions.drop_null(), ",")
    if not len(parts):
        return []
    sides = [pc.min_max(pc.list_element(parts, side).cast(pa.float64())).as_py() for side in (0, 1)]
    return [(sides[0][end], sides[1][end]) for end in ("min", "max")]

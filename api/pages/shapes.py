"""A published GeoJSON geometry as what a map draws: a mark for a point, a path for lines and areas."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Final

Corner = tuple[float, float]
_DEPTHS: Final = {
    "Point": 0,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
"""Geometry → how deep its positions lie (RFC 7946, section 3.1); several points and collections are not drawn."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Runs of corners, longitude then latitude; the runs of an area are its rings, a point is one corner."""

    runs: tuple[tuple[Corner, ...], ...]
    area: bool

    @property
    def corners(self) -> tuple[Corner, ...]:
        """Return all its corners."""
        return tuple(chain.from_iterable(self.runs))

    @property
    def middle(self) -> Corner:
        """Return where its mark stands: amid the ring that has most corners, or on the middle corner of a line."""
        run = max(self.runs, key=len)
        if not self.area:
            return run[len(run) // 2]
        ring = run[:-1] or run
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)

    def path(self, at: Callable[[float, float], Corner]) -> str:
        """Return its SVG path, corners that fall on one spot told once; empty for what is but one corner."""
        drawn = [[spot for spot, _ in groupby(at(*corner) for corner in run)] for run in self.runs]
        if not self.area and all(len(run) == 1 for run in drawn):
            return ""
        close = "Z" if self.area else ""
        return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in run) + close for run in drawn)


def shape_of(text: object) -> Shape | None:
    """Read a cell of a geometry column, or of a position column (`5.9,49.4`); None where there is nothing to draw."""
    plain = str(text or "")
    if not plain.startswith("{"):
        longitude, comma, latitude = plain.partition(",")
        return Shape((((float(longitude), float(latitude)),),), area=False) if comma else None
    read = json.loads(plain)
    depth = _DEPTHS.get(read["type"])
    if depth is None:
        return None
    runs = tuple(run for run in _runs(read["coordinates"], depth) if run)
    return Shape(runs, area=read["type"].endswith("Polygon")) if runs else None


def _runs(coordinates: Sequence[object], depth: int) -> Iterator[tuple[Corner, ...]]:
    """Yield the runs of positions of a geometry's coordinates, heights left out."""
    if depth <= 1:
        positions = [coordinates] if depth == 0 else coordinates
        yield tuple((float(x), float(y)) for x, y, *_ in positions)  # type: ignore[misc, has-type]
        return
    for part in coordinates:
        yield from _runs(part, depth - 1)  # type: ignore[arg-type]

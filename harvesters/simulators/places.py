"""The territory's zones: communes, their outlines, and points inside them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

Point = tuple[float, float]
"""Longitude, latitude; WGS 84."""

DECIMALS = 5
"""About a metre: enough for a public object, and all that is written."""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune: INSEE code, name, outline (closed ring)."""

    code: str
    name: str
    ring: tuple[Point, ...]


def read_communes(file: Path) -> Mapping[str, Commune]:
    """Read `zones/communes.geojson`: one polygon a commune, by its code."""
    features = json.loads(file.read_text("utf-8"))["features"]
    communes = [
        Commune(
            feature["properties"]["code"],
            feature["properties"]["nom"],
            tuple((float(lon), float(lat)) for lon, lat in feature["geometry"]["coordinates"][0]),
        )
        for feature in features
    ]
    return {commune.code: commune for commune in communes}


def centre(ring: tuple[Point, ...]) -> Point:
    """Return the mean of a ring's corners."""
    corners = ring[:-1]
    return sum(lon for lon, _ in corners) / len(corners), sum(lat for _, lat in corners) / len(corners)


def contains(ring: tuple[Point, ...], point: Point) -> bool:
    """Say whether a point is inside a ring (even-odd rule)."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossings += 1
    return crossings % 2 == 1


def point_inside(ring: tuple[Point, ...], draws: np.random.Generator) -> Point:
    """Draw a point inside a ring, denser near its centre, as a town is."""
    lon, lat = centre(ring)
    wide = max(x for x, _ in ring) - min(x for x, _ in ring)
    high = max(y for _, y in ring) - min(y for _, y in ring)
    while True:
        x, y = draws.normal(lon, wide / 5), draws.normal(lat, high / 5)
        point = (round(float(x), DECIMALS), round(float(y), DECIMALS))
        if contains(ring, point):
            return point


def written(point: Point) -> str:
    """Write a point as `lon,lat`."""
    return f"{point[0]:.{DECIMALS}f},{point[1]:.{DECIMALS}f}"

"""Which zone holds a point: holes, islands, borders, squares. Outlines are drawn by hand."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.columns import OUTSIDE
from anonymizers.containment import holding
from anonymizers.laea import projected
from anonymizers.located import SIDES, has_outlines, is_listed, listed_zones, zones_of
from anonymizers.outlines import Outline, Ring
from anonymizers.places import ZoneGrain, Zones, read_zones
from eclor.errors import DeclarationRefused


def box(west: float, south: float, east: float, north: float) -> Ring:
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


OUTLINES: dict[str, Outline] = {
    "57001": (box(5.90, 49.40, 5.95, 49.45), box(5.92, 49.42, 5.93, 49.43)),  # with a hole
    "57002": (box(5.95, 49.40, 6.00, 49.45), box(5.92, 49.42, 5.93, 49.43)),  # with an island that fills it
    "57003": (box(5.90, 49.45, 6.00, 49.50),),
    "570010101": (box(5.90, 49.40, 5.92, 49.45),),
    "570010102": (box(5.92, 49.40, 5.95, 49.45),),
}
ZONES = Zones({"57001": "200000001", "57002": "200000001", "57003": ""}, ("570010101", "570010102"), {}, OUTLINES)


def found(grain: ZoneGrain, *positions: str) -> list[str]:
    labels: list[str] = zones_of(pa.chunked_array([pa.array(positions, pa.string())]), ZONES, grain).to_pylist()
    return labels


@pytest.mark.parametrize(
    ("position", "commune"),
    [
        ("5.91,49.41", "57001"),
        ("5.925,49.425", "57002"),  # in the hole, on the island
        ("5.97,49.44", "57002"),
        ("5.95,49.42", "57001"),  # on a border: the first code
        ("5.92,49.425", "57001"),  # on the border of the hole
        ("5.95,49.45", "57001"),  # where three meet
        ("5.99,49.45", "57002"),
        ("6,49.5", "57003"),  # the outermost corner
        ("5.9,49.47", "57003"),
        ("6.000001,49.47", OUTSIDE),
        ("5.95,49.399999", OUTSIDE),
        ("5.95", OUTSIDE),
        ("est,nord", OUTSIDE),
        ("5.95,49.42,0", OUTSIDE),
    ],
)
def test_the_commune_of_a_point(position: str, commune: str) -> None:
    assert found(ZoneGrain.COMMUNE, position) == [commune]


def test_the_iris_and_the_epci_of_a_point() -> None:
    assert found(ZoneGrain.IRIS, "5.91,49.41", "5.93,49.41", "5.97,49.44") == ["570010101", "570010102", OUTSIDE]
    assert found(ZoneGrain.EPCI, "5.91,49.41", "5.97,49.44", "5.91,49.46") == ["200000001", "200000001", OUTSIDE]


def test_a_square_has_the_code_of_its_lower_left_corner() -> None:
    east, north = projected(np.array([5.91]), np.array([49.41]))
    for grain, side in SIDES.items():
        left, low = (int(float(metres[0]) // side * side) for metres in (east, north))
        assert found(grain, "5.91,49.41") == [f"CRS3035RES{side}mN{low}E{left}"]
    assert found(ZoneGrain.GRID_1KM, "2.35,48.85") == [OUTSIDE]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(5_900_000, 6_000_000), st.integers(49_400_000, 49_500_000)), min_size=1))
def test_each_point_of_the_territory_is_in_one_commune_and_in_a_listed_square(micros: list[tuple[int, int]]) -> None:
    positions = [f"{lon / 1e6:.6f},{lat / 1e6:.6f}" for lon, lat in micros]
    for grain in (ZoneGrain.COMMUNE, ZoneGrain.GRID_200M, ZoneGrain.GRID_1KM):
        assert set(found(grain, *positions)) <= set(LISTED[grain])
    apart = [found(ZoneGrain.COMMUNE, each)[0] for each in positions]
    assert found(ZoneGrain.COMMUNE, *positions) == apart


LISTED = {grain: listed_zones(ZONES, grain) for grain in ZoneGrain}


@pytest.mark.parametrize("grain", list(SIDES))
def test_the_squares_of_a_territory_are_those_that_its_points_fall_in(grain: ZoneGrain) -> None:
    """A fine lattice of points finds all but squares that are only grazed, and none that is not listed."""
    across, up = np.meshgrid(np.linspace(5.90, 6.00, 700), np.linspace(49.40, 49.50, 1000))
    texts = [f"{lon:.6f},{lat:.6f}" for lon, lat in zip(across.ravel().tolist(), up.ravel().tolist(), strict=True)]
    met = set(zones_of(pa.chunked_array([pa.array(texts)]), ZONES, grain).to_pylist())
    assert met <= set(LISTED[grain])
    assert len(LISTED[grain]) - len(met) <= 0.01 * len(met)


@given(st.lists(st.tuples(st.floats(-1, 5), st.floats(-1, 5)), min_size=1, max_size=20))
def test_a_triangle_holds_what_three_half_planes_hold(points: list[tuple[float, float]]) -> None:
    triangle = ((0.0, 0.0), (4.0, 1.0), (1.0, 3.0))
    longitudes, latitudes = (np.array(axis) for axis in zip(*points, strict=True))
    places = holding(longitudes, latitudes, [((*triangle, triangle[0]),)]).tolist()
    for point, place in zip(points, places, strict=True):
        sides = [
            (bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax)
            for (ax, ay), (bx, by) in zip(triangle, (*triangle[1:], triangle[0]), strict=True)
        ]
        if min(abs(side) for side in sides) > 1e-9:
            assert (place == 0) is all(side > 0 for side in sides)


def test_a_level_needs_its_table_and_all_its_outlines() -> None:
    bare = Zones({"57001": "200000001"})
    partly = Zones({"57001": "", "57009": ""}, (), {}, OUTLINES)
    for grain in SIDES:
        assert (is_listed(bare, grain), has_outlines(bare, grain)) == (True, False)
        assert not has_outlines(partly, grain)
        assert has_outlines(ZONES, grain)
    assert not is_listed(bare, ZoneGrain.IRIS)
    assert not has_outlines(Zones({}), ZoneGrain.COMMUNE)


def geojson(geometry: object) -> str:
    return json.dumps({"features": [{"type": "Feature", "properties": {"code": "57001"}, "geometry": geometry}]})


def test_outlines_are_read_with_their_islands(tmp_path: Path) -> None:
    rings = [[list(corner) for corner in ring] for ring in OUTLINES["57002"]]
    shapes = {"type": "MultiPolygon", "coordinates": [[rings[0]], [rings[1]]]}
    (tmp_path / "communes.geojson").write_text(geojson(shapes))
    assert read_zones(tmp_path).outlines == {"57001": OUTLINES["57002"]}


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [5.9, 49.4]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[5.9, 49.4], [5.9, 49.5], [5.9, 49.4]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [0, 91], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [0, "x"], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": 3},
        {"type": "Polygon"},
        [],
    ],
)
def test_an_outline_that_is_none_refuses_the_table(tmp_path: Path, geometry: object) -> None:
    (tmp_path / "communes.geojson").write_text(geojson(geometry))
    with pytest.raises(DeclarationRefused) as refused:
        read_zones(tmp_path)
    assert refused.value.code == "zones.unreadable"

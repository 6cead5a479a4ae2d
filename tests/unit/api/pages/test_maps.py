"""The map: zones and places in one frame, the list beside it, shapes by kind."""

import json
from math import cos, radians
from pathlib import Path

import pytest

from api.pages.maps import MOST_CORNERS, Zone, drawing, read_zones
from charter.release_parts import ReleaseColumn
from tests.unit.api.pages.dataset import names

PLACES = (
    ReleaseColumn("id", "code", "technical"),
    ReleaseColumn("genre", "code", "technical"),
    ReleaseColumn("nom_lieu", "texte", "technical"),
    ReleaseColumn("commune", "code", "technical"),
    ReleaseColumn("position", "position", "technical"),
)
SQUARE = Zone("Carré", (((6.0, 49.0), (7.0, 49.0), (7.0, 50.0), (6.0, 50.0), (6.0, 49.0)),))
LABELS = {"genre": {"d": "Déchèterie", "c": "Conteneur"}, "commune": {"1": "Une", "2": "Deux"}}


def place(key: str, kind: str, commune: str, position: str | None) -> dict[str, str | None]:
    return {"id": key, "genre": kind, "nom_lieu": f"Lieu {key}", "commune": commune, "position": position}


def test_places_stand_in_the_frame_of_the_zones() -> None:
    rows = [place("a", "c", "1", "6.0,50.0"), place("b", "c", "1", "7.0,49.0"), place("c", "d", "2", "6.5,49.5")]
    made = drawing(rows, names(PLACES, etiquettes=LABELS), [SQUARE])
    assert made is not None
    height = 100 / cos(radians(49.5))
    at = {one.name: (one.x, one.y) for one in made.places}
    assert at["Lieu a"] == (0.0, 0.0)
    assert at["Lieu b"] == (100.0, pytest.approx(height, abs=0.1))
    assert at["Lieu c"] == (50.0, pytest.approx(height / 2, abs=0.1))
    assert made.zones[0].name == "Carré"


def test_the_list_has_the_places_of_the_map_by_zone_and_the_legend_counts_them() -> None:
    rows = [place("a", "c", "1", "6.1,49.1"), place("b", "c", "2", "6.2,49.2"), place("c", "d", "2", "6.3,49.3")]
    made = drawing(rows, names(PLACES, etiquettes=LABELS), [SQUARE])
    assert made is not None
    assert [(zone, [one.name for one in places]) for zone, places in made.groups] == [
        ("Deux", ["Lieu b", "Lieu c"]),
        ("Une", ["Lieu a"]),
    ]
    assert made.legend == (("m0", "Conteneur", 2), ("m1", "Déchèterie", 1))
    assert sorted(one.mark for one in made.places) == ["m0", "m0", "m1"]


def test_without_a_position_there_is_no_map() -> None:
    assert drawing([place("a", "c", "1", None)], names(PLACES), [SQUARE]) is None


def test_without_zones_the_places_make_the_frame() -> None:
    rows = [place("a", "c", "1", "6.0,49.0"), place("b", "c", "1", "7.0,50.0")]
    made = drawing(rows, names(PLACES), [])
    assert made is not None
    assert {(one.x) for one in made.places} == {0.0, 100.0}


def test_zones_are_read_whole_and_a_territory_may_have_none(tmp_path: Path) -> None:
    ring, other = [[6, 49], [7, 49], [7, 50], [6, 49]], [[8, 49], [9, 49], [9, 50], [8, 49]]
    feature = {
        "type": "Feature",
        "properties": {"nom": "Deux îles"},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring], [other]]},
    }
    (tmp_path / "communes.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (zone,) = read_zones(tmp_path)
    assert (zone.name, len(zone.rings)) == ("Deux îles", 2)
    assert read_zones(tmp_path / "none") == ()


def test_lines_and_areas_are_drawn_with_their_mark_and_named_in_the_list() -> None:
    columns = (
        ReleaseColumn("id", "code", "technical"),
        ReleaseColumn("libelle", "texte", "technical"),
        ReleaseColumn("genre", "code", "technical"),
        ReleaseColumn("trace", "geometrie", "technical"),
    )
    line = {"type": "LineString", "coordinates": [[6.0, 50.0, 210.0], [6.5, 50.0], [6.5, 50.0], [7.0, 49.5]]}
    hole = [[6.4, 49.4], [6.6, 49.4], [6.5, 49.6], [6.4, 49.4]]
    area = {"type": "MultiPolygon", "coordinates": [[[[6.0, 49.0], [7.0, 49.0], [7.0, 50.0], [6.0, 49.0]], hole]]}
    rows = [
        {"id": "a", "libelle": "Rue", "genre": "d", "trace": json.dumps(line)},
        {"id": "b", "libelle": "Bois", "genre": "c", "trace": json.dumps(area)},
        {"id": "c", "libelle": "Nulle part", "genre": "c", "trace": None},
    ]
    made = drawing(rows, names(columns, etiquettes={"genre": LABELS["genre"]}), [SQUARE])
    assert made is not None
    wood, road = made.groups[0][1]
    height = round(100 / cos(radians(49.5)), 1)
    assert (road.name, road.detail, road.area, road.path) == (
        "Rue",
        "Déchèterie",
        False,
        f"M0 0L50 0L100 {height / 2:g}",
    )
    assert (wood.name, wood.detail, wood.area, wood.path.count("M"), wood.path.count("Z")) == (
        "Bois",
        "Conteneur",
        True,
        2,
        2,
    )
    assert (road.x, road.y) == (50.0, 0.0)
    assert (wood.x, wood.y) == (pytest.approx(66.7), pytest.approx(height * 2 / 3, abs=0.1))
    assert (made.read, len(made.legend)) == (3, 2)


def test_a_line_shorter_than_the_drawing_can_show_is_its_mark_alone() -> None:
    columns = (ReleaseColumn("id", "code", "technical"), ReleaseColumn("trace", "geometrie", "technical"))
    short = json.dumps({"type": "LineString", "coordinates": [[6.5, 49.5], [6.50001, 49.5]]})
    point = json.dumps({"type": "Point", "coordinates": [6.5, 49.5]})
    made = drawing([{"id": "a", "trace": short}, {"id": "b", "trace": point}], names(columns), [SQUARE])
    assert made is not None
    assert [(one.path, one.x) for one in made.places] == [("", 50.0), ("", 50.0)]


def test_a_drawing_of_too_many_corners_is_not_made() -> None:
    columns = (ReleaseColumn("id", "code", "technical"), ReleaseColumn("trace", "geometrie", "technical"))
    long = json.dumps(
        {"type": "LineString", "coordinates": [[6 + one / MOST_CORNERS, 49] for one in range(MOST_CORNERS)]}
    )
    assert drawing([{"id": "a", "trace": long}], names(columns), [SQUARE]) is not None
    assert drawing([{"id": "a", "trace": long}, {"id": "b", "trace": long}], names(columns), [SQUARE]) is None

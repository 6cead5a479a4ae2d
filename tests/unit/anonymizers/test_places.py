"""The territory's reference tables of zones."""

import json
from pathlib import Path

import pytest

from anonymizers.places import NO_ZONES, ZoneGrain, read_zones
from eclor.errors import DeclarationRefused


def geojson(*properties: dict[str, str]) -> str:
    features = [{"type": "Feature", "properties": each, "geometry": None} for each in properties]
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_each_level_lists_its_codes_in_order(tmp_path: Path) -> None:
    communes = [
        {"code": "57002", "epci": "200000001"},
        {"code": "57001", "epci": "200000001"},
        {"code": "99001"},
    ]
    (tmp_path / "communes.geojson").write_text(geojson(*communes))
    (tmp_path / "iris.geojson").write_text(geojson({"code": "570020102"}, {"code": "570010101"}))
    zones = read_zones(tmp_path)
    assert zones.listed(ZoneGrain.COMMUNE) == ("57001", "57002", "99001")
    assert zones.listed(ZoneGrain.EPCI) == ("200000001",)
    assert zones.listed(ZoneGrain.IRIS) == ("570010101", "570020102")
    assert zones.listed(ZoneGrain.GRID_1KM) == ()


def test_a_territory_without_tables_lists_nothing(tmp_path: Path) -> None:
    assert read_zones(tmp_path) == NO_ZONES


@pytest.mark.parametrize("text", ["", "[]", '{"features": [{"properties": {}}]}', '{"features": 3}', "\xff"])
def test_a_table_that_is_not_one_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "communes.geojson").write_text(text, "latin-1")
    with pytest.raises(DeclarationRefused) as refused:
        read_zones(tmp_path)
    assert refused.value.code == "zones.unreadable"
    assert "communes.geojson" in refused.value.located()


def test_the_reference_populations_are_read_by_level(tmp_path: Path) -> None:
    (tmp_path / "populations.csv").write_text(
        "zone,niveau,population,mention\n57001,commune,90,\n570010101,iris,60,x\n"
    )
    zones = read_zones(tmp_path)
    assert zones.populations == {(ZoneGrain.COMMUNE, "57001"): 90, (ZoneGrain.IRIS, "570010101"): 60}


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("57001,commune,90\n57001,commune,91", 3),
        ("57001,commune,", 2),
        ("57001,commune,-1", 2),
        ("57001,commune,1.5", 2),
        ("57001,quartier,90", 2),
        (",commune,90", 2),
        ("57001", 2),
    ],
)
def test_a_population_that_is_none_is_refused_with_its_line(tmp_path: Path, lines: str, line: int) -> None:
    (tmp_path / "populations.csv").write_text(f"zone,niveau,population\n{lines}\n")
    with pytest.raises(DeclarationRefused) as refused:
        read_zones(tmp_path)
    assert refused.value.code == "zones.no-populations"
    assert refused.value.place is not None
    assert refused.value.place.line == line


def test_a_table_of_populations_in_another_encoding_or_without_its_columns_is_refused(tmp_path: Path) -> None:
    for content in (b"zone,niveau,population\n\xff\xfe,commune,1\n", b"zone;niveau;population\n57001;commune;9\n"):
        (tmp_path / "populations.csv").write_bytes(content)
        with pytest.raises(DeclarationRefused):
            read_zones(tmp_path)

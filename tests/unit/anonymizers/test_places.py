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

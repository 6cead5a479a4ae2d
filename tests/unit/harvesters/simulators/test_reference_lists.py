"""The three lists given over HTTP: collection points, facilities, acts of birth."""

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import frictionless
import pytest
from ruamel.yaml import YAML

from harvesters.simulators.births import births_csv
from harvesters.simulators.collection_points import data_package, points_csv
from harvesters.simulators.facilities import facilities_geojson
from harvesters.simulators.parameters import Parameters
from harvesters.simulators.places import Commune

TODAY = date(2026, 11, 24)
SHARES = {"54521", "54580", "57038", "57041", "57096", "57529", "57565", "57603"}


def _in_box(lon: float, lat: float) -> bool:
    return 5.85 <= lon <= 6.07 and 49.36 <= lat <= 49.52


def _table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def test_there_are_five_sites_and_350_containers(
    parameters: Parameters, communes: Mapping[str, Commune], seed: int
) -> None:
    rows = _table(points_csv(parameters, communes, seed))
    assert Counter(row["genre"] for row in rows) == {"decheterie": 5, "point-apport-volontaire": 350}
    assert len({row["id_point"] for row in rows}) == 355
    assert {row["commune"] for row in rows} == SHARES
    assert all(_in_box(*map(float, row["position"].split(","))) for row in rows)
    assert [row["id_point"] for row in rows] == sorted(row["id_point"] for row in rows)


def test_the_sites_are_those_of_the_barriers(
    parameters: Parameters, communes: Mapping[str, Commune], seed: int
) -> None:
    rows = _table(points_csv(parameters, communes, seed))
    sites = {row["id_point"]: row for row in rows if row["genre"] == "decheterie"}
    assert set(sites) == {site.code for site in parameters.waste.sites}
    assert sites["BOU"]["horaires"] == "Tu 14:00-18:00; Fr 14:00-18:00; Sa 09:00-12:00,14:00-17:00"
    assert sites["BOU"]["capacite_l"] == ""


def test_frictionless_finds_the_data_package_valid(
    parameters: Parameters, communes: Mapping[str, Commune], seed: int, tmp_path: Path
) -> None:
    table = points_csv(parameters, communes, seed)
    (tmp_path / "points-de-collecte.csv").write_bytes(table)
    (tmp_path / "datapackage.json").write_bytes(data_package(parameters, table, created=date(2026, 11, 1)))
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert report.tasks[0].stats["rows"] == 355


def test_there_are_about_400_facilities_with_the_properties_that_the_source_maps(
    parameters: Parameters, communes: Mapping[str, Commune], seed: int, territory: Path
) -> None:
    features = json.loads(facilities_geojson(parameters, communes, seed))["features"]
    source = YAML(typ="safe").load((territory / "sources" / "equipements-recensement.yaml").read_text("utf-8"))
    mapped = {column["chemin"] for column in source["flux"][0]["colonnes"]} - {"geometry"}
    assert 380 <= len(features) <= 440
    assert all(set(feature["properties"]) == mapped for feature in features)
    assert len({feature["properties"]["EQUIP_UID"] for feature in features}) == len(features)
    assert all(_in_box(*feature["geometry"]["coordinates"]) for feature in features)
    assert {feature["properties"]["COM_INSEE"] for feature in features} == SHARES


def test_the_themes_are_those_of_the_catalogue(
    parameters: Parameters, communes: Mapping[str, Commune], seed: int, territory: Path
) -> None:
    catalogue = YAML(typ="safe").load((territory / "charter" / "catalogue.yaml").read_text("utf-8"))
    entry = next(each for each in catalogue["jeux"] if each["jeu"] == "equipements")
    allowed = next(column["modalites"] for column in entry["colonnes"] if column["nom"] == "theme")
    features = json.loads(facilities_geojson(parameters, communes, seed))["features"]
    assert {feature["properties"]["EQUIP_THEME"] for feature in features} == set(allowed)


@pytest.mark.parametrize("other", [1, 2, 3, 7])
def test_almost_every_first_name_is_given_fewer_than_eleven_times(parameters: Parameters, other: int) -> None:
    acts = _table(births_csv(parameters, other, today=TODAY))
    for year in range(2021, 2026):
        given = Counter((act["sexe"], act["prenom"]) for act in acts if act["date_naissance"].startswith(str(year)))
        total = sum(given.values())
        assert 240 < total < 360
        assert sum(count for count in given.values() if count < 11) / total > 0.85


def test_births_stop_at_the_end_of_last_month_and_acts_are_unique(parameters: Parameters, seed: int) -> None:
    acts = _table(births_csv(parameters, seed, today=TODAY))
    assert max(act["date_naissance"] for act in acts) <= "2026-10-31"
    assert len({act["id_acte"] for act in acts}) == len(acts)
    assert {act["commune_naissance"] for act in acts} == SHARES


def test_a_later_delivery_holds_every_act_of_the_earlier_one(parameters: Parameters, seed: int) -> None:
    earlier = _table(births_csv(parameters, seed, today=date(2026, 11, 2)))
    later = _table(births_csv(parameters, seed, today=date(2026, 12, 2)))
    assert later[: len(earlier)] == earlier

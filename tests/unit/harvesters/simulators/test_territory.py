"""The demonstration territory's files agree with one another, and the code names none of its places."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from harvesters.simulators.parameters import Parameters, Town

ROOT = Path(__file__).parents[4]
DECLARED = sorted((ROOT / "policies" / "ccphva" / "datasets").glob("*.yaml"))
SERVED = tuple(sorted(file.stem for file in DECLARED if "nature: non-collecte\n" not in file.read_text("utf-8")))


@cache
def _yaml(file: Path) -> dict:
    return YAML(typ="safe").load(file.read_text("utf-8"))


def _flows(territory: Path) -> list[tuple[str, dict]]:
    files = [_yaml(file) for file in sorted((territory / "sources").glob("*.yaml"))]
    return [(file["source"], flow) for file in files for flow in file["flux"]]


def test_no_place_of_the_territory_stands_in_the_code(territory: Path) -> None:
    zones = json.loads((territory / "zones" / "communes.geojson").read_text("utf-8"))["features"]
    words = [zone["properties"][key] for zone in zones for key in ("nom", "code")]
    code = "\n".join(file.read_text("utf-8") for file in (ROOT / "harvesters" / "simulators").rglob("*.py"))
    assert [word for word in words if re.search(rf"\b{re.escape(word)}\b", code, re.IGNORECASE)] == []


def test_each_dataset_has_its_policy_declaration_and_source(territory: Path) -> None:
    assert len(SERVED) > 7
    assert tuple(sorted(file.stem for file in (territory / "politiques").glob("*.yaml"))) == SERVED
    assert {flow["jeu"] for _, flow in _flows(territory)} == set(SERVED)


@pytest.mark.parametrize("dataset", SERVED)
def test_a_flow_maps_every_collected_column_of_its_policy_and_no_other(territory: Path, dataset: str) -> None:
    policy = _yaml(territory / "politiques" / f"{dataset}.yaml")
    collected = {(field["nom"], field["type"]) for field in policy["champs"] if field.get("collecte", "oui") == "oui"}
    for _, flow in _flows(territory):
        if flow["jeu"] == dataset:
            assert {(column["nom"], column["type"]) for column in flow["colonnes"]} == collected


def test_each_flow_says_which_columns_tell_its_rows_apart(territory: Path) -> None:
    assert [flow["jeu"] for _, flow in _flows(territory) if "cle" not in flow.get("options", {})] == []


@pytest.mark.parametrize("dataset", SERVED)
def test_a_dataset_is_in_the_catalogue_under_the_source_that_delivers_it(territory: Path, dataset: str) -> None:
    catalogue = _yaml(territory / "charter" / "catalogue.yaml")
    entry = next(each for each in catalogue["jeux"] if each["jeu"] == dataset)
    policy = _yaml(territory / "politiques" / f"{dataset}.yaml")
    assert [column["nom"] for column in entry["colonnes"]] == [field["nom"] for field in policy["champs"]]
    assert {source for source, flow in _flows(territory) if flow["jeu"] == dataset} == {entry["source"]}


@pytest.mark.parametrize("dataset", SERVED)
def test_a_declaration_has_the_columns_that_the_policy_publishes(territory: Path, dataset: str) -> None:
    publication = _yaml(territory / "politiques" / f"{dataset}.yaml")["publication"]
    published = publication.get("colonnes") or [
        *publication["dimensions"],
        *(indicator["nom"] for indicator in publication["indicateurs"]),
    ]
    declared = _yaml(territory / "datasets" / f"{dataset}.yaml")
    assert [column["nom"] for column in declared["colonnes"]] == published


_BEYOND = {"alertes", "crues"}
"""Areas of warnings and reaches of rivers that go on outside."""
_WITHOUT_UNIT = {"indice", "niveau", "rang"}
"""Steps of a scale, ranks."""


@pytest.mark.parametrize("dataset", SERVED)
def test_every_place_is_held_to_the_territory_and_every_measure_has_its_unit(territory: Path, dataset: str) -> None:
    policy = _yaml(territory / "politiques" / f"{dataset}.yaml")
    declared = _yaml(territory / "datasets" / f"{dataset}.yaml")
    fields = {field["nom"]: field for field in policy["champs"]}
    published = [column["nom"] for column in declared["colonnes"]]
    rows = [fields[name] for name in published if policy["publication"]["forme"] == "lignes"]
    places = {field["nom"] for field in rows if field["type"] in {"position", "geometrie"}}
    held = {
        expectation["parametres"]["column"]
        for expectation in declared.get("attentes", [])
        if expectation["attente"] == "positions-dans-le-territoire"
    }
    assert held == (set() if dataset in _BEYOND else places)
    measures = {field["nom"] for field in rows if field["categorie"] == "mesure" and field["type"] != "texte"}
    measures |= {indicator["nom"] for indicator in policy["publication"].get("indicateurs", [])}
    unsaid = {column["nom"] for column in declared["colonnes"] if not column.get("unite")}
    assert measures & unsaid <= _WITHOUT_UNIT


@pytest.mark.parametrize("dataset", SERVED)
def test_everything_says_that_it_is_simulated(territory: Path, dataset: str) -> None:
    declared = _yaml(territory / "datasets" / f"{dataset}.yaml")
    assert declared["simule"] == "oui"
    assert "simulé" in declared["description"]["fr"]
    assert "imulated" in declared["description"]["en"]


def test_the_lamps_are_4600_and_the_inhabitants_29856(parameters: Parameters, territory: Path) -> None:
    assert sum(group.lamps for group in parameters.lighting.groups) == 4600
    assert sum(town.population for town in parameters.town.communes) == 29856
    table = (territory / "zones" / "populations.csv").read_text("utf-8").splitlines()[1:]
    rows = [line.split(",") for line in table]
    people = {level: sum(int(row[2]) for row in rows if row[1] == level) for level in ("iris", "commune", "epci")}
    assert people == {"iris": 29856, "commune": 29856, "epci": 29856}


def test_an_unknown_parameter_is_refused(parameters: Parameters) -> None:
    with pytest.raises(ValidationError):
        Town.model_validate({**parameters.town.model_dump(), "surprise": 1})

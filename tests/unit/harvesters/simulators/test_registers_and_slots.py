"""Slots, sites, bills, associations, jobs, delays, holders, reuse: each system speaks its format at its scale."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from harvesters import protocols
from harvesters.strict_yaml import read_document
from tests.unit.harvesters.simulators.conftest import MORNING, Asked

SLOTS = "/openactive/facility-use-slots"
RNA = "/rna/api/explore/v2.1/catalog/datasets/rna-associations/exports/jsonl"
SITES = "/odre/api/explore/v2.1/catalog/datasets/production-sites/exports/jsonl"
REUSE = "/ademe/data-fair/api/v1/datasets/longue-vie-aux-objets/lines"


def _kept(territory: Path, source: str, dataset: str) -> dict[str, list[str]]:
    flows = read_document(territory / "sources" / f"{source}.yaml").plain["flux"]  # type: ignore[index, call-overload]
    flow = next(each for each in flows if each["jeu"] == dataset)  # type: ignore[index, union-attr, call-overload]
    return {each["chemin"]: each["valeurs"] for each in flow["garder"]}  # type: ignore[index, union-attr, call-overload, misc]


def _lines(content: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in content.splitlines()]


def _walked(asked: Asked, now: datetime, onward: str = SLOTS) -> Iterator[dict[str, object]]:
    """Give the pages from an address on; the last one is empty, and its next address is its own."""
    while True:
        page = json.loads(asked("creneaux", SLOTS, now=now, **dict(parse_qsl(urlsplit(onward).query))).content)
        yield page
        if not page["items"]:
            assert page["next"].endswith(onward.removeprefix("http://systems"))
            return
        onward = page["next"]


def test_slots_come_once_in_the_order_of_their_changes(asked: Asked) -> None:
    pages = list(_walked(asked, MORNING))
    items = [item for page in pages for item in page["items"]]  # type: ignore[attr-defined]
    keys = [(item["modified"], item["id"]) for item in items]
    assert keys == sorted(keys)
    assert len(pages) > 2
    assert len({item["id"] for item in items}) == len(items) == 4 * 13 * 8
    assert max(key[0] for key in keys) <= MORNING.timestamp() * 1000
    assert {item["state"]: "data" in item for item in items} == {"updated": True, "deleted": False}
    read = [
        row
        for page in pages
        for row in protocols.load("openactive").parse(json.dumps(page).encode(), name="x", options={})
    ]
    assert Counter(row["data"]["remainingUses"] for row in read if row["data"]).keys() == {0, 1}  # type: ignore[index]


def test_a_later_visit_is_given_what_changed_since_and_no_more(asked: Asked) -> None:
    *_, last = _walked(asked, MORNING)
    later = MORNING + timedelta(hours=6)
    changed = [item for page in _walked(asked, later, str(last["next"])) for item in page["items"]]  # type: ignore[attr-defined]
    assert 0 < len(changed) < 200
    assert all(MORNING.timestamp() * 1000 < item["modified"] <= later.timestamp() * 1000 for item in changed)


def test_a_site_is_told_without_its_producer_when_only_fields_are_asked_for(asked: Asked) -> None:
    rows = _lines(asked("production", SITES).content)
    assert Counter(row["annee"] for row in rows) == {2024: 629, 2025: 629}
    assert {row["filiere"] for row in rows} == {"solaire", "eolien", "hydraulique", "bioenergies"}
    chosen = _lines(asked("production", SITES, select="id_site,annee").content)
    assert ({tuple(row) for row in chosen}, len(chosen)) == ({("id_site", "annee")}, len(rows))
    assert "nom_producteur" in rows[0]


def test_lamps_are_billed_by_cabinet_more_in_winter(asked: Asked) -> None:
    content = asked("factures-eclairage", "/eclairage/factures.csv", now=MORNING.replace(month=3)).content
    bills = list(csv.DictReader(content.decode().splitlines(), delimiter=";"))
    assert len({bill["pdl"] for bill in bills}) == 96
    assert {bill["mois"] for bill in bills} == {f"2025-{month:02d}-01" for month in (8, 9, 10, 11, 12)} | {"2026-01-01"}
    used = Counter[str]()
    for bill in bills:
        used[bill["mois"]] += int(bill["kwh"])
    assert used["2025-12-01"] > 1.2 * used["2025-08-01"] > 60_000


def test_associations_are_in_two_registers_and_in_no_commune_in_both(asked: Asked, territory: Path) -> None:
    register = _lines(asked("associations", RNA).content)
    pages = [
        asked("ess", "/entreprises/search", nature_juridique="9260", page=str(page)).content for page in range(1, 11)
    ]
    told = [json.loads(page) for page in pages]
    found = [body for page in told for body in page["results"]]
    assert (told[0]["total_results"], told[0]["total_pages"], len(found)) == (244, 10, 244)
    national, local = {row["adrs_codeinsee"] for row in register}, {body["siege"]["commune"] for body in found}
    assert (len(national), len(local), national & local) == (2, 6, set())
    kept = _kept(territory, "registres-associations", "associations")
    assert 100 < sum(row["position"] in kept["position"] for row in register) < len(register)


def test_a_report_is_closed_after_the_days_that_it_says(asked: Asked) -> None:
    told = json.loads(asked("signalements", "/open311/v2/requests.json").content)
    closed = json.loads(asked("signalements", "/open311/v2/requests.json", status="closed").content)
    assert closed == [each for each in told if each["status"] == "closed"]
    assert 0.9 * len(told) < len(closed) < len(told)
    for each in closed:
        spent = datetime.fromisoformat(each["updated_datetime"]) - datetime.fromisoformat(each["requested_datetime"])
        assert each["extended_attributes"]["days_to_close"] == spent.days >= 0
    assert {each["status"] for each in told if not each["extended_attributes"]} == {"open"}


def test_a_holder_who_is_a_person_or_not_diffusible_is_not_kept(asked: Asked, territory: Path) -> None:
    contracts = json.loads(asked("marches", "/finances/decp.json").content)["marches"]["marche"]
    holders = json.loads(asked("marches", "/finances/titulaires.json").content)["titulaires"]
    said = {row["id"]: row["titulaires"][0]["titulaire"]["id"] for row in contracts}
    assert {row["id_marche"]: row["siret"] for row in holders} == said
    kept = _kept(territory, "finances-titulaires", "marches-titulaires")
    left = [row for row in holders if all(row[path] in values for path, values in kept.items())]
    assert 30 < len(left) < len(holders)
    assert all(row["denomination"].startswith("Société simulée") for row in left)
    assert {row["denomination"] for row in holders if row not in left} >= {"EXEMPLE PRÉNOM", "[ND]"}


def test_establishments_stand_in_each_year_with_one_job_at_least(asked: Asked) -> None:
    rows = list(csv.DictReader(asked("emploi-ess", "/ess/emploi.csv").content.decode().splitlines(), delimiter=";"))
    assert Counter(row["annee"] for row in rows) == {"2023": 112, "2024": 112}
    assert len({(row["siret"], row["code_commune"], row["section_naf"]) for row in rows}) == 112
    assert min(int(row["postes"]) for row in rows) >= 1


def test_craft_workers_and_shops_are_told_and_not_kept(asked: Asked, territory: Path) -> None:
    first = json.loads(asked("reemploi", REUSE, size="50", select="nom,type_acteur").content)
    onward = dict(parse_qsl(urlsplit(first["next"]).query))
    rows = first["results"] + json.loads(asked("reemploi", REUSE, **onward).content)["results"]
    assert (len(rows), first["total"], {tuple(row) for row in rows}) == (71, 71, {("nom", "type_acteur")})
    kept = _kept(territory, "ademe-reemploi", "acteurs-reemploi")["type_acteur"]
    assert {row["type_acteur"] for row in rows} - set(kept) == {"artisan", "commerce"}


@pytest.mark.parametrize(
    ("dataset", "column"),
    [("associations", "titre"), ("marches-titulaires", "denomination"), ("structures-ess", "nom")],
)
def test_a_masked_name_stops_a_publication_and_a_name_in_capitals_does_not(
    territory: Path, dataset: str, column: str
) -> None:
    expected = read_document(territory / "datasets" / f"{dataset}.yaml").plain["attentes"]  # type: ignore[index, call-overload]
    (given,) = [each["parametres"] for each in expected if each["attente"].endswith("_not_match_regex")]  # type: ignore[index, union-attr, call-overload]
    texts = ["[ND]", "[NON-DIFFUSIBLE]", "LES AMIS DU GRAND FOND", "TRANSPORTS DURAND"]
    assert (given["column"], [bool(re.search(given["regex"], text)) for text in texts]) == (
        column,
        [True, True, False, False],
    )

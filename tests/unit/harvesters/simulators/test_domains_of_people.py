"""Systems of the domains that speak of people's doings: what they give, and what the territory asks of it."""

import csv
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from harvesters import protocols
from harvesters.simulators.domains import load, read_domains
from harvesters.simulators.parameters import Parameters
from harvesters.simulators.places import Commune
from harvesters.simulators.stage import Stage
from harvesters.strict_yaml import read_document

NOW = datetime(2026, 11, 24, 10, 20, tzinfo=UTC)


def _page(territory: Path, domain: str, path: str, stage: Stage) -> bytes:
    return load(domain).pages[path](read_domains(territory)[domain], stage).content


def _stage(parameters: Parameters, communes: Mapping[str, Commune]) -> Stage:
    return Stage(town=parameters.town, communes=communes, seed=7, now=NOW)


def _flow(territory: Path, source: str, dataset: str) -> dict[str, object]:
    declared = read_document(territory / "sources" / f"{source}.yaml").plain
    return next(flow for flow in declared["flux"] if flow["jeu"] == dataset)  # type: ignore[index, call-overload]


def test_offences_that_are_not_diffused_have_the_mean_of_the_departement_and_no_figure(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    content = _page(territory, "securite", "/securite/delinquance.csv", _stage(parameters, communes))
    rows = list(csv.DictReader(content.decode().splitlines(), delimiter=";"))
    assert len(rows) == 8 * 6 * 5
    told = {flag: [row for row in rows if row["est_diffuse"] == flag] for flag in ("diff", "ndiff")}
    assert len(told["diff"]) > len(told["ndiff"]) > 10
    assert all(row["nombre"] == "" and "," in row["complement_info_nombre"] for row in told["ndiff"])
    assert all(row["nombre"].isdigit() and "," in row["taux_pour_mille"] for row in told["diff"])
    assert {(row["annee"]) for row in rows} == {"2021", "2022", "2023", "2024", "2025"}


def test_only_diffused_offences_are_kept_and_no_mean_of_the_departement_leaves(territory: Path) -> None:
    flow = _flow(territory, "securite-statistiques", "delinquance")
    assert flow["garder"] == [{"chemin": "est_diffuse", "valeurs": ["diff"]}]
    policy = read_document(territory / "politiques" / "delinquance.yaml").plain
    dropped = {field["nom"] for field in policy["champs"] if field["traitement"] == {"operation": "retirer"}}  # type: ignore[index, union-attr, call-overload]
    assert dropped == {"taux_pour_mille", "complement_nombre", "complement_taux"}


def test_each_defibrillator_is_a_device_of_its_own(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    told = json.loads(_page(territory, "securite", "/securite/defibrillateurs.geojson", _stage(parameters, communes)))
    properties = [feature["properties"] for feature in told["features"]]
    assert (len(properties), len({each["c_gid"] for each in properties})) == (42, 42)
    assert {each["c_acc"] for each in properties} == {"intérieur", "extérieur"}


def test_a_search_pages_and_only_legal_persons_that_are_diffusible_are_kept(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    pages = []
    for number in ("1", "2", "3"):
        stage = replace(_stage(parameters, communes), query={"est_ess": "true", "page": number, "per_page": "100"})
        pages.append(_page(territory, "ess", "/entreprises/search", stage))
    told = [json.loads(page) for page in pages]
    assert [(page["total_results"], len(page["results"])) for page in told] == [(67, 25), (67, 25), (67, 17)]
    read = [row for page in pages for row in protocols.load("entreprises").parse(page, name="x", options={})]
    flow = _flow(territory, "entreprises-recherche", "structures-ess")
    kept = {each["chemin"]: each["valeurs"] for each in flow["garder"]}  # type: ignore[attr-defined]
    assert kept["diffusible"] == ["oui"]
    hidden = [row for row in read if not row["diffusible"]]  # type: ignore[index]
    assert (len(read), {row["nom"] for row in hidden}) == (67, {None})  # type: ignore[index]
    left = [
        row
        for row in read
        if row["diffusible"] and row["categorie_juridique"] in kept["categorie_juridique"]  # type: ignore[index]
    ]
    assert 50 < len(left) < 62
    assert not any(row["unite_legale"]["complements"]["est_entrepreneur_individuel"] for row in left)  # type: ignore[index]
    assert not any("dirigeants" in str(column) or "adresse" in str(column) for column in flow["colonnes"])  # type: ignore[attr-defined]


def test_bicycles_of_the_autumn_night_are_counted_in_twenty_five_hours(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    told = json.loads(_page(territory, "trafic", "/trafic/velos.json", _stage(parameters, communes)))["measures"]
    assert len({(each["channel_id"], each["start_date"]) for each in told}) == len(told) == 4 * (31 * 24 + 1)
    twice = sorted(each["start_date"] for each in told if each["start_date"].startswith("2026-10-25T02"))
    assert set(twice) == {"2026-10-25T02:00:00+0100", "2026-10-25T02:00:00+0200"}
    by_night = [each["count"] for each in told if "T03:" in each["start_date"]]
    assert max(by_night) < 6 < max(each["count"] for each in told)


def test_fewer_than_six_bicycles_in_an_hour_are_one_band(territory: Path) -> None:
    policy = read_document(territory / "politiques" / "comptages-velo.yaml").plain
    treated = {field["nom"]: field["traitement"] for field in policy["champs"]}  # type: ignore[index, union-attr, call-overload]
    assert treated["passages"] == {"operation": "generaliser", "tranches": [0, 6, 15, 30, 60]}


def test_tonnages_are_of_closed_months_and_of_the_whole_territory(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    told = json.loads(_page(territory, "collecte", "/dechets/tonnages/lines", _stage(parameters, communes)))["results"]
    months = sorted({each["mois"] for each in told})
    assert (len(told), len(months), months[0], months[-1]) == (7 * 24, 24, "2024-11", "2026-10")
    assert set(told[0]) == {"mois", "flux", "tonnes", "kg_par_habitant"}


def test_every_lamp_has_its_cabinet_and_neither_tells_a_device_or_a_meter(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    stage = _stage(parameters, communes)
    lamps = json.loads(_page(territory, "reseau-eclairage", "/eclairage/points.geojson", stage))["features"]
    fed = Counter(lamp["properties"]["id_armoire"] for lamp in lamps)
    text = _page(territory, "reseau-eclairage", "/eclairage/armoires.csv", stage).decode()
    cabinets = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert {each["id_armoire"]: int(each["points"]) for each in cabinets} == fed
    assert sum(fed.values()) == 4600
    named = {*cabinets[0], *lamps[0]["properties"]}
    assert not named & {"pdl", "num_pdl", "devEui", "dev_eui", "panne"}


def test_a_grant_to_a_person_is_told_by_the_accounts_and_not_kept(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    content = _page(territory, "subventions", "/finances/subventions.csv", _stage(parameters, communes))
    rows = list(csv.DictReader(content.decode().splitlines()))
    people = [row for row in rows if row["typeBeneficiaire"] == "personne physique"]
    assert (len(rows), len(people), {row["idBeneficiaire"] for row in people}) == (75, 35, {""})
    flow = _flow(territory, "finances-subventions", "subventions")
    assert flow["garder"] == [{"chemin": "typeBeneficiaire", "valeurs": ["personne morale"]}]


def test_people_of_accidents_are_told_by_windows_that_do_not_overlap_and_little_of_them_is_asked(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    ends = set()
    for year in range(2026, 2032):
        stage = replace(_stage(parameters, communes), now=NOW.replace(year=year))
        told = json.loads(_page(territory, "accidents", "/accidents/usagers.json", stage))["usagers"]
        ends |= {each["fenetre_fin"] for each in told}
    assert ends == {2025, 2028}
    assert len({each["id_usager"] for each in told}) == len(told) > 100
    asked = {column["chemin"] for column in _flow(territory, "accidents-observatoire", "accidents")["colonnes"]}  # type: ignore[attr-defined]
    assert asked == {"id_usager", "com", "fenetre_fin", "grav"}


def test_switch_offs_are_told_a_week_late_of_cabinets_that_stand(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    stage = _stage(parameters, communes)
    pages = ("/eclairage/extinctions.csv", "/eclairage/armoires.csv")
    nights, cabinets = (
        list(csv.DictReader(_page(territory, "reseau-eclairage", path, stage).decode().splitlines(), delimiter=";"))
        for path in pages
    )
    assert (min(row["nuit"] for row in nights), max(row["nuit"] for row in nights)) == ("2026-11-10", "2026-11-16")
    assert {row["id_armoire"] for row in nights} <= {row["id_armoire"] for row in cabinets}
    assert all(row["eteint_a"] < row["rallume_a"] for row in nights)
    assert {row["motif"] for row in nights} == {"arrete", "travaux"}


def test_a_building_with_a_dwelling_is_told_and_not_kept(
    territory: Path, parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    content = _page(territory, "batiments", "/batiments/consommations.csv", _stage(parameters, communes))
    rows = list(csv.DictReader(content.decode().splitlines(), delimiter=";"))
    assert len(rows) == 13 * 24 * 2
    assert max(row["mois"] for row in rows) == "2026-09"
    assert len({row["id_batiment"] for row in rows if row["logement"] == "oui"}) == 2
    assert _flow(territory, "batiments-fluides", "batiments-publics")["garder"] == [
        {"chemin": "logement", "valeurs": ["non"]}
    ]

"""What depends on the day, on the acts, on minors, or on another policy."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from charter.checks.families import rivals
from charter.compile import check
from charter.document import Document
from charter.reader import parse
from charter.territory import Territory, load
from charter.vocabulary import State
from tests.policies import FIXTURES, NOW, changed, codes, lines_of, read_text, refusals, text_of

DEROGATION = (
    "derogations:\n  - {regle: plancher-k, unite: foyer, k: 7, motif: essai, deliberation: essai, "
    "du: 2026-06-01, au: 2027-05-31}\n"
)
DEROGATED = (
    ("champs: [badge], k: 11}", "champs: [badge], k: 7}"),
    ("publication:\n", f"{DEROGATION}publication:\n"),
)
LADDER = (
    "    - pas: [{champ: commune, niveau: iris}, {champ: horodatage, niveau: heure}]\n"
    "    - pas: [{champ: commune, niveau: iris}, {champ: horodatage, niveau: jour}]\n"
    "    - pas: [{champ: commune, niveau: commune}, {champ: horodatage, niveau: jour}]\n"
)
MINORS = (
    ("mineurs: non", "mineurs: oui"),
    ("personnes_vulnerables: non", "personnes_vulnerables: oui"),
    ("    decision: non-requise", "    decision: realisee\n    reference: AIPD d'essai"),
    ("niveaux: [iris, commune]", "niveaux: [commune]"),
    ("niveaux: [heure, jour]", "niveaux: [mois]"),
    (LADDER, "    - pas: [{champ: commune, niveau: commune}]\n"),
)
REQUIRED = ("    decision: non-requise", "    decision: requise")


def test_a_policy_whose_validity_has_not_begun_compiles_and_waits(held: Territory) -> None:
    assert refusals(text_of("passages"), held, now=datetime(2025, 6, 1, tzinfo=UTC)) == []


def test_an_expired_charter_holds_no_policy(held: Territory) -> None:
    found = refusals(text_of("passages"), held, now=datetime(2032, 1, 1, tzinfo=UTC))
    assert codes(found) == ["V705", "V711"]


def test_a_voted_derogation_lowers_one_floor_while_it_lasts(held: Territory) -> None:
    text = changed(text_of("passages"), *DEROGATED)
    assert refusals(text, held) == []
    assert refusals(text, held, now=datetime(2027, 5, 31, 21, 59, tzinfo=UTC)) == []
    assert codes(refusals(text, held, now=datetime(2027, 5, 31, 22, 0, tzinfo=UTC))) == ["P410"]
    assert codes(refusals(text, held, now=datetime(2026, 5, 31, tzinfo=UTC))) == ["P410"]


@pytest.mark.parametrize(
    ("start", "end"), [("2026-11-24", "2026-11-24"), ("2026-01-01", "2026-12-31"), ("2026-06-01", "2027-05-31")]
)
def test_a_derogation_may_begin_and_end_on_any_day_of_its_policy(held: Territory, start: str, end: str) -> None:
    dates = ("du: 2026-06-01, au: 2027-05-31", f"du: {start}, au: {end}")
    assert refusals(changed(text_of("passages"), *DEROGATED, dates), held) == []


def test_a_derogation_may_end_with_its_policy(held: Territory) -> None:
    last = ("au: 2028-12-31", "au: 2027-05-31")
    assert refusals(changed(text_of("passages"), *DEROGATED, last), held) == []
    sooner = ("au: 2028-12-31", "au: 2027-05-30")
    assert codes(refusals(changed(text_of("passages"), *DEROGATED, sooner), held)) == ["P410"]


def test_a_derogation_may_go_down_to_the_hard_floor(held: Territory) -> None:
    down = (("k: 7, motif", "k: 5, motif"), ("champs: [badge], k: 7}", "champs: [badge], k: 5}"))
    assert refusals(changed(text_of("passages"), *DEROGATED, *down), held) == []


def test_a_policy_may_hold_for_one_day_and_holds_on_its_last(held: Territory) -> None:
    one_day = ("du: 2026-01-01, au: 2028-12-31", "du: 2026-11-24, au: 2026-11-24")
    assert refusals(changed(text_of("passages"), one_day), held) == []


def test_minors_are_counted_by_month_and_commune(held: Territory) -> None:
    assert refusals(changed(text_of("passages"), *MINORS), held) == []


def test_minors_allow_no_derogation(held: Territory) -> None:
    text = changed(text_of("passages"), *MINORS, *DEROGATED)
    assert codes(refusals(text, held)) == ["P413"]


def test_minors_raise_the_floor_of_every_unit(held: Territory) -> None:
    text = changed(text_of("passages"), *MINORS, ("champs: [badge], k: 11}", "champs: [badge], k: 10}"))
    (found,) = refusals(text, held)
    assert found.code == "P402"
    assert "en présence de mineurs" in found.french()


def test_releases_of_minors_follow_each_other_by_the_month_at_least(held: Territory) -> None:
    text = changed(
        text_of("air"), ("mineurs: non", "mineurs: oui"), ("personnes_vulnerables: non", "personnes_vulnerables: oui")
    )
    found = [refusal for refusal in refusals(text, held) if refusal.code == "P405"]
    assert [refusal.place.line for refusal in found if refusal.place] == [
        *lines_of(text, "niveaux: [heure]"),
        *lines_of(text, "periodicite:"),
    ]


@pytest.mark.parametrize("state", [State.DRAFT, State.SIMULATED])
def test_a_policy_whose_assessment_is_due_may_be_drafted_and_simulated(held: Territory, state: State) -> None:
    text = changed(text_of("passages"), REQUIRED)
    assert refusals(text, held, state=state) == []


@pytest.mark.parametrize("state", sorted(frozenset(State) - {State.DRAFT, State.SIMULATED}))
def test_a_policy_whose_assessment_is_due_goes_no_further(held: Territory, state: State) -> None:
    text = changed(text_of("passages"), REQUIRED)
    assert codes(refusals(text, held, state=state)) == ["V707"]


@pytest.mark.parametrize("state", State)
def test_a_policy_says_it_is_a_draft_or_what_its_acts_say(held: Territory, state: State) -> None:
    said = changed(text_of("passages"), ("etat: brouillon", f"etat: {state}"))
    assert refusals(text_of("passages"), held, state=state) == []
    assert refusals(said, held, state=state) == []
    other = State.STOPPED if state is not State.STOPPED else State.IN_FORCE
    assert codes(refusals(said, held, state=other)) == ([] if state is State.DRAFT else ["V710"])


def test_one_dataset_has_one_policy() -> None:
    texts = {"un.yaml": "passages", "deux.yaml": "attente", "trois.yaml": "passages"}
    documents = {rank: parse(text_of(text).encode(), name) for rank, (name, text) in enumerate(texts.items())}
    found = rivals(documents)
    assert {rank: refusal.code for rank, refusal in found.items()} == {2: "J805"}
    assert "un.yaml" in found[2].french()


def test_objection_may_be_ruled_out_where_the_law_does_not_open_it(held: Territory) -> None:
    basis = ("base_legale: mission-interet-public", "base_legale: obligation-legale")
    text = changed(text_of("passages"), ("applicable: oui", "applicable: non"), basis)
    assert refusals(text, held) == []


def test_a_category_may_only_move_to_a_special_one(held: Territory) -> None:
    text = changed(
        text_of("passages"),
        (
            "    categorie: lieu\n    usage: technique\n    traitement: {operation: retirer}",
            "    categorie: categorie-particuliere\n    usage: sensible\n    traitement: {operation: retirer}",
        ),
    )
    assert refusals(text, held) == []


def test_a_source_that_is_whole_at_each_delivery_need_not_be_kept(held: Territory) -> None:
    text = changed(text_of("chantiers"), ("zone_brute: 12 mois", "zone_brute: 1 jour"))
    assert refusals(text, held) == []


def test_all_that_is_wrong_is_said_in_the_order_of_the_language(held: Territory) -> None:
    text = changed(
        text_of("passages"),
        ("garant: p-garant", "garant: p-dpo"),
        ("zone_brute: 3 mois", "zone_brute: 2 ans"),
        ("k: 11}", "k: 3}"),
        ("    traitement: {operation: pseudonymiser}", "    traitement: {operation: conserver}"),
        ("version: 3}", "version: 2}"),
        ("grande_echelle: non", "grande_echelle: oui"),
    )
    found = codes(refusals(text, held))
    assert found == ["P401", "M301", "G510", "G504", "P402", "G508", "D602", "D606", "V702", "V703"]


def harder(tmp_path: Path, *changes: tuple[str, str]) -> Territory:
    folder = tmp_path / "charter"
    shutil.copytree(FIXTURES / "charter", folder)
    file = folder / "charte-socle.yaml"
    file.write_text(changed(file.read_text(encoding="utf-8"), *changes), encoding="utf-8")
    return load(folder)


def test_a_harder_charter_refuses_what_the_softer_one_took(tmp_path: Path) -> None:
    held = harder(
        tmp_path,
        ("finesse: {temps: heure, decoupage: iris", "finesse: {temps: semaine, decoupage: commune"),
        ("dominance: {active: oui, contributeurs: 1", "dominance: {active: oui, contributeurs: 2"),
    )
    text = text_of("passages")
    found = refusals(text, held)
    assert codes(found) == ["P404", "P404", "P404", "P403"]
    assert [refusal.place.line for refusal in found if refusal.place] == [
        *lines_of(text, "niveaux: [iris, commune]"),
        *lines_of(text, "niveaux: [heure, jour]") * 2,
        *lines_of(text, "dominance:"),
    ]


def test_releases_follow_each_other_no_faster_than_the_finest_time(tmp_path: Path) -> None:
    held = harder(tmp_path, ("finesse: {temps: heure", "finesse: {temps: semaine"))
    text = changed(text_of("air"), ("[station, heure]", "[station]"), ("generaliser, niveaux: [heure]}", "conserver}"))
    found = [refusal for refusal in refusals(text, held) if refusal.code == "P404"]
    assert [refusal.place.line for refusal in found if refusal.place] == lines_of(text, "periodicite:")


def test_rows_of_a_source_that_speaks_of_someone_are_refused_even_if_all_of_it_is_dropped(held: Territory) -> None:
    document = read_text(text_of("passages"))
    plain = json.loads(json.dumps(document.plain))
    for field in plain["champs"]:
        field["traitement"] = {"operation": "conserver" if field["nom"] == "site" else "retirer"}
    plain["publication"] = {"forme": "lignes", "colonnes": ["site"], "periodicite": "mois", "licence": "odbl-1.0"}
    plain["garanties"] = {"delai_publication": "7 jours"}
    del plain["pseudonymes"], plain["conservation"]["cle_pseudonyme"]
    found = check(Document(document.file, plain, document.places), held, now=NOW)
    assert codes(found) == ["G501"]
    assert "badge" in found[0].french()


def test_a_technical_place_may_be_grouped(held: Territory) -> None:
    groups = (
        "agreger}}\n  - {nom: heure",
        "generaliser, regroupement: [{valeur: nord, depuis: [a]}]}}\n  - {nom: heure",
    )
    assert refusals(changed(text_of("air"), groups), held) == []


def test_presence_may_be_summed_in_a_table(held: Territory) -> None:
    text = changed(
        text_of("trajets"),
        ("usage: technique, traitement: {operation: retirer}", "usage: technique, traitement: {operation: agreger}"),
        ("champ: trajet}\n", "champ: trajet}\n    - {nom: occupes, calcul: somme, champ: occupation}\n"),
        ("dominance: {active: non}", "dominance: {active: oui, contributeurs: 1, pourcent: 85}"),
    )
    assert refusals(text, held) == []

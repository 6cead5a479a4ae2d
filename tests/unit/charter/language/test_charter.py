"""The voted files: what even a vote cannot cross, and what stands once."""

import shutil
from pathlib import Path

import pytest

from charter.digests import digest
from charter.reader import read
from charter.territory import load
from eclor.errors import PolicyRefusals
from tests.policies import FIXTURES, changed, codes, lines_of

CROSSED = [
    ("{unite: personne, k: 11, absolu: 5}", "{unite: personne, k: 10, absolu: 5}", "P420"),
    ("{unite: foyer, k: 11, absolu: 5}", "{unite: foyer, k: 11, absolu: 4}", "P420"),
    ("{unite: appareil, k: 11, absolu: 5}", "{unite: appareil, k: 11, absolu: 12}", "P420"),
    ("{unite: point-de-livraison, k: 10, absolu: 10}", "{unite: point-de-livraison, k: 9, absolu: 9}", "P420"),
    ("{unite: trajet, k: 6, absolu: 6}", "{unite: trajet, k: 6, absolu: 5}", "P420"),
    ("{unite: entreprise, k: 3, absolu: 3}", "{unite: personne, k: 11, absolu: 5} ", "P420"),
    ("duree_max: 12 mois", "duree_max: 13 mois", "P421"),
    ("rotation_max: 12 mois", "rotation_max: 2 ans", "P421"),
    ("zone_brute_max: 12 mois", "zone_brute_max: 370 jours", "P421"),
    ("cle_pseudonyme_max: 12 mois", "cle_pseudonyme_max: 13 mois", "P421"),
    ("versions_publiees_max: 10 ans", "versions_publiees_max: 121 mois", "P421"),
    ("effacement_delai_max: 1 mois", "effacement_delai_max: 5 semaines", "P421"),
    ("delai_retrait_max: 1 heure", "delai_retrait_max: 25 heures", "P421"),
    ("validite_politique_max: 3 ans", "validite_politique_max: 37 mois", "P421"),
    ("delai_publication_min: 1 jour", "delai_publication_min: 23 heures", "P421"),
    ("    - [dpo, garant]", "    - [garant, auteur]", "P422"),
    ("du: 2026-01-01, au: 2031-12-31", "du: 2032-01-01, au: 2031-12-31", "P424"),
    ("pourcent_max: 85", "pourcent_max: 86", "S202"),
    ("mineurs: {k: 11", "mineurs: {k: 10", "S202"),
    ("derogation: non, temps: mois", "derogation: non, temps: semaine", "S202"),
    ("derogation: non, temps", "derogation: oui, temps", "S202"),
    ("decoupage: commune", "decoupage: iris", "S202"),
    ("carreau: refuse", "carreau: carreau-1km", "S202"),
    ("signatures_ouverture: 2", "signatures_ouverture: 1", "S202"),
    ("par_defaut: refuser", "par_defaut: publier", "S202"),
    ("fuseau: Europe/Paris", "fuseau: Europe/Berlin", "S202"),
    ("hebergement: union-europeenne", "hebergement: ailleurs", "S202"),
    ("regles: [plancher-k]", "regles: [delai]", "S202"),
    ("categories_particulieres: refuser", "categories_particulieres: admettre", "S202"),
    ("algorithme: hmac-sha256", "algorithme: md5", "S202"),
    ("{categories: [texte-libre]", "{categories: [media]", "S202"),
    ("traitements: [masquer]", "traitements: [retirer]", "S202"),
    ("titre: Charte", "devise: aucune\ntitre: Charte", "S202"),
    ("texte_libre: {relecture: dpo}\n", "", "S202"),
]

NEVER = [
    "{categories: [lieu], usages: [quasi-identifiant], traitements: [conserver]}",
    "{categories: [personne], usages: [identifiant-direct], traitements: [generaliser]}",
    "{categories: [texte-libre], usages: [technique], traitements: [conserver]}",
    "{categories: [lieu, appareil], usages: [technique], traitements: [agreger]}",
    "{categories: [entreprise], usages: [technique], traitements: [conserver]}",
]


def folder_with(tmp_path: Path, name: str, *changes: tuple[str, str]) -> Path:
    folder = tmp_path / "charter"
    shutil.copytree(FIXTURES / "charter", folder)
    file = folder / name
    file.write_text(changed(file.read_text(encoding="utf-8"), *changes), encoding="utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    with pytest.raises(PolicyRefusals) as caught:
        load(folder)
    for refusal in caught.value.refusals:
        assert refusal.located().startswith(str(folder))
        assert refusal.english()
    return codes(caught.value.refusals)


@pytest.mark.parametrize(("old", "new", "code"), CROSSED)
def test_no_vote_crosses_the_limits_of_the_engine(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert set(faults(folder_with(tmp_path, "charte-socle.yaml", (old, new)))) == {code}


@pytest.mark.parametrize("row", NEVER)
def test_no_vote_admits_these_treatments(tmp_path: Path, row: str) -> None:
    folder = folder_with(tmp_path, "charte-socle.yaml", ("matrice:\n", f"matrice:\n  - {row}\n"))
    assert faults(folder) == ["P423"]


def test_a_harder_charter_is_a_charter(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        "charte-socle.yaml",
        ("{unite: personne, k: 11, absolu: 5}", "{unite: personne, k: 20, absolu: 20}"),
        ("delai_publication_min: 1 jour", "delai_publication_min: 1 mois"),
        ("duree_max: 12 mois", "duree_max: 360 jours"),
    )
    assert load(folder).charter.floors[0].k == 20


def test_one_person_has_one_role_and_one_key_one_person(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "roles.yaml", ("identifiant: p-garant", "identifiant: p-dpo"))
    assert faults(folder) == ["V712"]
    shutil.rmtree(folder)
    stolen = "R62nPlOrbrmDUMuzt6Wnq0SieAbQd_jw5CfT8fCV3TM"
    folder = folder_with(tmp_path, "roles.yaml", ("n4-DfNYIPPVqT4ips3U4fHrmJ9u-clcv7Sz9rbpXWKg", stolen))
    assert faults(folder) == ["V713"]


def test_a_dataset_and_a_column_stand_once_in_the_catalogue(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "catalogue.yaml", ("jeu: air", "jeu: attente"))
    assert faults(folder) == ["J810"]
    shutil.rmtree(folder)
    folder = folder_with(tmp_path, "catalogue.yaml", ("nom: valeur", "nom: heure"))
    assert faults(folder) == ["J811"]


def test_the_faults_of_all_three_files_are_said_charter_first(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "charte-socle.yaml", ("duree_max: 12 mois", "duree_max: 13 mois"))
    (folder / "roles.yaml").write_text("a: yes\n", encoding="utf-8")
    (folder / "catalogue.yaml").unlink()
    assert faults(folder) == ["P421", "L114", "L100"]


def test_digests_are_those_of_what_was_parsed_whatever_its_layout(tmp_path: Path) -> None:
    before = load(FIXTURES / "charter")
    folder = folder_with(
        tmp_path, "catalogue.yaml", ("  - jeu: air\n    source: stations", "  - source: 'stations'\n    jeu: air")
    )
    after = load(folder)
    assert after.catalogue_digest("air") == before.catalogue_digest("air")
    plain = read(FIXTURES / "charter" / "roles.yaml").plain
    assert before.roles_digest == digest(plain)


def test_a_fault_of_the_charter_stands_at_its_line(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "charte-socle.yaml", ("rotation_max: 12 mois", "rotation_max: 2 ans"))
    with pytest.raises(PolicyRefusals) as caught:
        load(folder)
    place = caught.value.refusals[0].place
    text = (folder / "charte-socle.yaml").read_text(encoding="utf-8")
    assert place is not None
    assert [place.line] == lines_of(text, "rotation_max")

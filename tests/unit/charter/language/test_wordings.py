"""A code with several causes says which it is: one small change a wording, and no wording without its change."""

import re

import pytest

from charter.territory import Territory
from eclor.sentences.language_variants import VARIANTS
from tests.policies import changed, refusals, text_of

COUNTED = "    - {unite: foyer, champs: [badge], k: 11}"
LAST = "    - pas: [{champ: commune, niveau: commune}, {champ: horodatage, niveau: jour}]"
TRIPS = "    - {unite: trajet, champs: [trajet], k: 6}"
PUBLICATION = "publication:\n"
DEROGATION = (
    "derogations:\n  - {regle: plancher-k, unite: %s, k: %d, motif: essai, deliberation: essai, "
    "du: 2026-06-01, au: 2027-05-31}\npublication:\n"
)
DATED = DEROGATION % ("foyer", 9)
PERSONAL = "  donnees_personnelles: oui\n  categories_personnes: [usagers]"
TECHNICAL = "categorie: nomenclature, usage: technique, traitement: {operation: conserver}"
GROUPED = "usage: quasi-identifiant\n    traitement: {operation: generaliser, regroupement"
WHEN = "usage: quasi-identifiant\n    traitement: {operation: generaliser, niveaux: [heure, jour]}"
SPECIAL = ("nomenclature", "categorie-particuliere")

CAUSES = {
    ("P402", "no-derogation"): ("trajets", TRIPS, TRIPS.replace("k: 6", "k: 5")),
    ("P402", "derogation"): ("passages", COUNTED, COUNTED.replace("11", "10")),
    ("P402", "minors"): ("passages", COUNTED + "\n", COUNTED.replace("11", "10") + "\n"),
    ("P404", "level"): ("trajets", "[carreau-1km, commune]", "[carreau-200m, commune]"),
    ("P404", "bins"): ("attente", "tranches: [0, 5, 15]", "tranches: [0, 4, 15]"),
    ("P410", "backwards"): ("passages", PUBLICATION, DATED.replace("2027-05", "2026-05")),
    ("P410", "long"): ("passages", PUBLICATION, DATED.replace("2027-05-31", "2027-06-01")),
    ("P410", "outside"): (
        "passages",
        PUBLICATION,
        DATED.replace("2026-06-01, au: 2027", "2025-12-31, au: 2026"),
    ),
    ("P410", "not-today"): ("passages", PUBLICATION, DATED.replace("2027-05-31", "2026-06-30")),
    ("V704", "backwards"): ("passages", "du: 2026-01-01, au: 2028", "du: 2026-01-01, au: 2025"),
    ("V704", "long"): ("passages", "au: 2028-12-31", "au: 2029-01-01"),
    ("G501", "source"): ("chantiers", TECHNICAL, TECHNICAL.replace(": technique", ": sensible").replace(*SPECIAL)),
    ("G501", "kept"): ("chantiers", "categorie: texte-libre, usage", "categorie: nomenclature, usage"),
    ("P411", "another-k"): ("passages", PUBLICATION, DEROGATION % ("foyer", 7)),
    ("P411", "uncounted"): ("passages", PUBLICATION, DEROGATION % ("personne", 7)),
    ("P411", "none"): ("trajets", PUBLICATION, DEROGATION % ("trajet", 5)),
    ("J801", "near"): ("passages", "jeu: passages", "jeu: passage"),
    ("J801", "unknown"): ("air", "jeu: air", "jeu: zzzz"),
    ("G504", "rows"): ("passages", "comptage-lignes}", "comptage-lignes, champ: badge}"),
    ("G504", "distinct"): ("passages", "comptage-distinct, champ: badge", "comptage-distinct, champ: volume_l"),
    ("G504", "measure"): ("passages", "somme, champ: volume_l", "somme, champ: genre"),
    ("G508", "twice"): ("passages", COUNTED, COUNTED + "\n" + COUNTED),
    ("G508", "stranger"): ("passages", COUNTED, COUNTED.replace("[badge]", "[badge, genre]")),
    ("G508", "another-unit"): ("passages", COUNTED, COUNTED.replace("foyer", "personne")),
    ("G508", "uncounted"): ("trajets", "[conducteur, passager]", "[conducteur]"),
    ("G508", "no-unit"): ("passages", "    traitement: {operation: agreger}", "    traitement: {operation: comptage}"),
    ("G502", "near"): ("passages", "genre, matiere]", "genre, matieres]"),
    ("G502", "absent"): ("passages", "genre, matiere]", "genre, matiere, quartier]"),
    ("G502", "dropped"): ("passages", "genre, matiere]", "genre, matiere, site]"),
    ("G513", "unheld"): ("passages", "diversite: {active: oui,", "diversite: {active: non,"),
    ("G513", "where-or-when"): ("passages", WHEN, WHEN.replace("quasi-identifiant", "sensible")),
    ("G513", "several"): ("passages", GROUPED, GROUPED.replace("quasi-identifiant", "sensible")),
    ("G513", "no-dimension"): ("passages", "champ: genre, l: 3", "champ: volume_l, l: 3"),
    ("M301", "treatment"): (
        "passages",
        "    traitement: {operation: pseudonymiser}",
        "    traitement: {operation: agreger}",
    ),
    ("M301", "role"): ("passages", GROUPED, GROUPED.replace("quasi-identifiant", "identifiant-direct")),
    ("D603", "no-life"): ("passages", "  cle_pseudonyme: 3 mois\n", ""),
    ("D603", "no-key"): ("air", "  versions_publiees: 5 ans", "  cle_pseudonyme: 3 mois\n  versions_publiees: 5 ans"),
    ("G508", "nobody"): ("passages", f"  comptages:\n{COUNTED}\n", "  comptages: []\n"),
    ("D608", "longer"): ("passages", "zone_brute: 3 mois", "zone_brute: 68 jours"),
    ("D608", "beyond"): ("passages", "periodicite: mois", "periodicite: annee"),
    ("G509", "column"): ("passages", PERSONAL, "  donnees_personnelles: non\n  categories_personnes: []"),
    ("G509", "nobody"): ("passages", "[usagers]", "[]"),
    ("G509", "somebody"): ("air", "categories_personnes: []", "categories_personnes: [riverains]"),
    ("G514", "itself"): ("passages", "[passages, attente, badges]", "[attente, badges]"),
    ("G514", "stranger"): ("passages", "[passages, attente, badges]", "[passages, air]"),
    ("G515", "rows"): ("attente", "{operation: conserver}}\n  - {nom: emprise", "SEVERAL}\n  - {nom: emprise"),
    ("G515", "absent"): ("air", "niveaux: [heure]", "niveaux: [heure, jour]"),
    ("G515", "loss"): ("passages", "  perte_max_pourcent: 60\n", ""),
    ("G515", "stranger"): ("passages", LAST, LAST.replace("commune, niveau", "genre, niveau")),
    ("G515", "level"): ("passages", LAST, LAST.replace("niveau: commune", "niveau: epci")),
    ("G515", "twice"): ("passages", LAST, LAST.replace("]", ", {champ: commune, niveau: commune}]")),
    ("G515", "forgotten"): ("passages", LAST, LAST.replace(", {champ: horodatage, niveau: jour}", "")),
    ("G515", "order"): ("passages", LAST, LAST.replace("niveau: commune", "niveau: iris")),
    ("G516", "table"): ("air", "periodicite: jour", "periodicite: direct"),
    ("G516", "reviewed"): ("chantiers", "periodicite: mois", "periodicite: livraison"),
    ("G516", "second-time"): ("trajets", "dimensions: [depart, jour]", "dimensions: [depart, jour, retour]"),
    ("G516", "long"): ("air", "niveaux: [heure]", "niveaux: [mois]"),
}
ALSO = {
    ("P402", "minors"): [("mineurs: non", "mineurs: oui")],
    ("G515", "rows"): [("SEVERAL", "{operation: generaliser, niveaux: [heure, jour]}")],
    ("G516", "second-time"): [
        ("{operation: retirer}}\n  - {nom: statut", "{operation: generaliser, niveaux: [mois]}}\n  - {nom: statut")
    ],
}
"""What some of them need besides."""


def pattern(code: str, wording: str) -> str:
    sentence = VARIANTS[code][wording]
    words = f"{sentence.fr} {sentence.cure_fr}".replace("{{", "{").replace("}}", "}")
    return re.sub(r"\\{\w+\\}", ".+", re.escape(words))


def test_each_wording_has_its_cause() -> None:
    """Those of reading and of the shape have theirs in `test_mistakes` and `test_shape`, that of rows is applied."""
    wordings = {(code, wording) for code, ways in VARIANTS.items() for wording in ways if code[0] not in "LSr"}
    assert set(CAUSES) == wordings


@pytest.mark.parametrize("told", CAUSES, ids="-".join)
def test_the_cause_is_said(told: tuple[str, str], held: Territory) -> None:
    policy, old, new = CAUSES[told]
    text = changed(text_of(policy), (old, new), *ALSO.get(told, []))
    found = [refusal.french() for refusal in refusals(text, held) if refusal.code == told[0]]
    assert any(re.fullmatch(pattern(*told), sentence) for sentence in found), found

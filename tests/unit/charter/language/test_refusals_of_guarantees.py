"""Guarantees, counts, derogations and the ladder: one small change of a valid policy, the codes it earns, and where."""

import pytest

from charter.territory import Territory
from tests.policies import changed
from tests.unit.charter.language.mutations import Mutation, assert_refused, many, one

K = "champs: [badge], k: 11}"
DEROGATION = (
    "derogations:\n  - {regle: plancher-k, unite: foyer, k: 7, motif: essai, deliberation: essai, "
    "du: 2026-06-01, au: 2027-05-31}\n"
)
BADGE = "traitement: {operation: pseudonymiser}"
GROUPS = "regroupement: [{valeur: dure, depuis: [fer, bois]}, {valeur: molle, depuis: [laine]}]"
COUNT = "    - {unite: foyer, champs: [badge], k: 11}"
RENEWAL = (
    "  - {regle: plancher-k, unite: foyer, k: 7, motif: encore, deliberation: essai, du: 2027-06-01, au: 2028-05-31}\n"
)


def derogated(*changes: tuple[str, str], k: int = 7) -> tuple[tuple[str, str], ...]:
    return ((K, f"champs: [badge], k: {k}}}"), ("publication:\n", f"{changed(DEROGATION, *changes)}publication:\n"))


MUTATIONS = {
    "a derogation that is over": many(
        "passages",
        *derogated(("du: 2026-06-01, au: 2027-05-31", "du: 2026-01-01, au: 2026-06-30")),
        expected=("P410",),
        at="regle:",
    ),
    "a derogation of a year and a day": many(
        "passages", *derogated(("au: 2027-05-31", "au: 2027-06-01")), expected=("P410",), at="regle:"
    ),
    "a derogation before its policy": many(
        "passages", *derogated(("du: 2026-06-01", "du: 2025-12-31")), expected=("P410",), at="regle:"
    ),
    "a derogation for another k": many("passages", *derogated(k=8), expected=("P411",), at="regle:"),
    "a derogation under the hard floor": many(
        "passages", *derogated(("k: 7", "k: 4"), k=4), expected=("P411",), at="regle:"
    ),
    "a derogation that asks for nothing": many(
        "passages", *derogated(("k: 7", "k: 11"), k=11), expected=("P411",), at="regle:"
    ),
    "a derogation renewed": many(
        "passages",
        *derogated(
            (
                "au: 2027-05-31}\n",
                "au: 2027-05-31}\n" + RENEWAL,
            )
        ),
        expected=("P412",),
        at="motif: encore",
    ),
    "too few households": one("passages", K, "champs: [badge], k: 10}", "P402"),
    "a count of a dropped column": one("passages", COUNT, COUNT.replace("[badge]", "[badge, site]"), "G508"),
    "a count of a measure": one("passages", COUNT, COUNT.replace("[badge]", "[badge, volume_l]"), "G508"),
    "an identifier that another unit's entry forgets": one(
        "trajets",
        "champs: [conducteur, passager], k: 11",
        "champs: [conducteur], k: 11",
        "G508",
        at="nom: passager",
    ),
    "a unit column and no count": many(
        "passages",
        ("traitement: {operation: pseudonymiser}", "traitement: {operation: retirer}"),
        ("    - {nom: foyers, calcul: comptage-distinct, champ: badge}\n", ""),
        ("  comptages:\n    - {unite: foyer, champs: [badge], k: 11}", "  comptages: []"),
        ("pseudonymes: {portee: jeu, rotation: 1 mois}\n", ""),
        ("  cle_pseudonyme: 3 mois\n", ""),
        expected=("G508",),
        at="comptages: []",
    ),
    "a count of what is not its unit": one(
        "passages", COUNT, "    - {unite: personne, champs: [badge], k: 11}", "G508", "G508"
    ),
    "a unit in two entries": one("passages", COUNT, COUNT + "\n" + COUNT.replace("11", "12"), "G508", at="k: 12"),
    "an identifier that is not counted": one(
        "passages",
        "  comptages:\n    - {unite: foyer, champs: [badge], k: 11}",
        "  comptages: []",
        "G508",
        "G508",
        at=BADGE,
    ),
    "sums without dominance": one("passages", "dominance: {active: oui,", "dominance: {active: non,", "G512"),
    "dominance over another's share": one("passages", "pourcent: 85}", "pourcent: 86}", "P403"),
    "dominance without its share": one("passages", "contributeurs: 1, pourcent: 85}", "contributeurs: 1}", "G524"),
    "diversity without its number of values": one("passages", "champ: genre, l: 3,", "champ: genre,", "G524"),
    "a sensitive dimension undiversified": one(
        "passages", "diversite: {active: oui,", "diversite: {active: non,", "G513"
    ),
    "the diversity of another dimension": one("passages", "champ: genre, l: 3", "champ: matiere, l: 3", "G513"),
    "two sensitive dimensions": one(
        "passages",
        "usage: quasi-identifiant\n    traitement: {operation: generaliser, regroupement",
        "usage: sensible\n    traitement: {operation: generaliser, regroupement",
        "G513",
        at="diversite:",
    ),
    "too few sensitive values": one("passages", "l: 3,", "l: 2,", "P406"),
    "one sensitive value for all": one("passages", "part_max_pourcent: 80", "part_max_pourcent: 81", "P406"),
    "empty cells of a sensitive dimension shown": one(
        "passages", "cellules_vides: masquer", "cellules_vides: publier", "G525"
    ),
    "protection too weak": one("passages", "protection_pourcent: 10", "protection_pourcent: 9", "P407"),
    "protection of too few units": one("passages", "protection_min: 2", "protection_min: 1", "P407"),
    "suppression without its protection": one(
        "passages", "protection_pourcent: 10, protection_min: 2}", "protection_pourcent: 10}", "G524"
    ),
    "rounding without a base": one("passages", "arrondi: {active: oui, base: 5}", "arrondi: {active: oui}", "G524"),
    "masked empties in an open frame": one(
        "passages",
        "traitement: {operation: generaliser, " + GROUPS + "}",
        "traitement: { operation: agreger}",
        "G526",
        at="cellules_vides: masquer",
    ),
    "no comparison with itself": one("passages", "[passages, attente, badges]", "[attente, badges]", "G514"),
    "a comparison with a stranger": one("passages", "[passages, attente, badges]", "[passages, air]", "G514"),
    "no ladder": one(
        "passages",
        "  echelle:\n    - pas: [{champ: commune, niveau: iris}, {champ: horodatage, niveau: heure}]\n"
        "    - pas: [{champ: commune, niveau: iris}, {champ: horodatage, niveau: jour}]\n"
        "    - pas: [{champ: commune, niveau: commune}, {champ: horodatage, niveau: jour}]\n",
        "",
        "G515",
        at="garanties:",
    ),
    "a ladder without a loss": one("passages", "  perte_max_pourcent: 60\n", "", "G515", at="echelle:"),
    "a step that forgets a dimension": one(
        "passages",
        "[{champ: commune, niveau: commune}, {champ: horodatage, niveau: jour}]",
        "[{champ: commune, niveau: commune}]",
        "G515",
    ),
    "a step at a level not permitted": one(
        "passages",
        "niveau: commune}, {champ: horodatage, niveau: jour}",
        "niveau: epci}, {champ: horodatage, niveau: jour}",
        "G515",
        "G515",
        at="niveau: epci",
    ),
    "a step that goes nowhere": one(
        "passages",
        "niveau: commune}, {champ: horodatage, niveau: jour}",
        "niveau: iris}, { champ: horodatage, niveau: jour}",
        "G515",
        at="{ champ: horodatage",
    ),
    "a step that is finer": one(
        "passages",
        "niveau: commune}, {champ: horodatage, niveau: jour}",
        "niveau: commune}, {champ: horodatage, niveau: heure}",
        "G515",
        at="niveau: commune}, {champ: horodatage, niveau: heure}",
    ),
    "too much loss": one("passages", "perte_max_pourcent: 60", "perte_max_pourcent: 61", "P408"),
    "a level longer than the release": one(
        "air", "niveaux: [heure]", "niveaux: [heure, mois]", "G515", "G516", at="garanties:"
    ),
    "small populations of no zone": one(
        "air",
        "  delai_publication: 1 jour",
        "  delai_publication: 1 jour\n  petites_populations: {seuil: 50, action: masquer}",
        "G527",
        at="petites_populations",
    ),
    "small populations of squares": one(
        "trajets",
        "  delai_publication:",
        "  petites_populations: {seuil: 50, action: masquer}\n  delai_publication:",
        "G527",
        at="petites_populations",
    ),
    "a population too small": one("passages", "seuil: 50", "seuil: 49", "P409"),
}


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS.keys())
def test_one_change_is_refused_for_its_reason_and_at_its_line(mutation: Mutation, held: Territory) -> None:
    assert_refused(mutation, held)

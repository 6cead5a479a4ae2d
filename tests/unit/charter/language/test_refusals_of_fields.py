"""Columns, categories, treatments and levels: one small change of a valid policy, the codes it earns, and where."""

import pytest

from charter.territory import Territory
from tests.unit.charter.language.mutations import Mutation, assert_refused, many, one

BADGE = "traitement: {operation: pseudonymiser}"
COMMUNE = "traitement: {operation: generaliser, niveaux: [iris, commune]}"
VOLUME = "traitement: {operation: arrondir, base: 10}"
GROUPS = "regroupement: [{valeur: dure, depuis: [fer, bois]}, {valeur: molle, depuis: [laine]}]"
PHOTO = (
    "  - nom: photo\n    type: fichier\n    categorie: media\n    usage: sensible\n    traitement: {operation: retirer}"
)
MINORS = ("mineurs: non", "mineurs: oui")
VULNERABLE = ("personnes_vulnerables: non", "personnes_vulnerables: oui")
DPIA = ("    decision: non-requise", "    decision: realisee\n    reference: AIPD d'essai")


MUTATIONS = {
    "another charter": one("passages", "charte-essai", "charte-autre", "P401"),
    "another version of the charter": one("passages", "version: 3}", "version: 2}", "P401"),
    "an unknown dataset": one("air", "jeu: air", "jeu: eau", "J801"),
    "a column undeclared": one("passages", PHOTO + "\n", "", "J802", at="champs:"),
    "a column unknown": one(
        "attente",
        "  - {nom: site,",
        "  - {nom: autre, type: code, categorie: lieu, usage: technique, traitement: {operation: retirer}}\n"
        "  - {nom: site,",
        "J803",
    ),
    "a column twice": one(
        "attente",
        "  - {nom: emprise,",
        "  - {nom: site, type: code, categorie: lieu, usage: technique, traitement: {operation: retirer}}\n"
        "  - {nom: emprise,",
        "J804",
    ),
    "another category": one(
        "chantiers",
        "categorie: texte-libre, usage: sensible",
        "categorie: nomenclature, usage: sensible",
        "M301",
        "J806",
        "G501",
    ),
    "technical by decree": one(
        "passages", "    usage: mesure\n", "    usage: technique\n", "J807", at="    usage: technique"
    ),
    "a treatment outside the matrix": one(
        "passages",
        COMMUNE,
        "traitement: {operation: agreger}",
        "M301",
        "G505",
        "G515",
        "G527",
    ),
    "a medium kept": one(
        "passages",
        PHOTO,
        PHOTO.replace("retirer", "conserver"),
        "M301",
        "G518",
        at="traitement: {operation: conserver}",
    ),
    "a special category kept": one(
        "passages",
        "    categorie: nomenclature\n    usage: sensible\n",
        "    categorie: categorie-particuliere\n    usage: sensible\n",
        "M302",
        "G505",
        at="traitement: {operation: agreger}",
    ),
    "a column treated and not collected": one(
        "passages",
        "    traitement: {operation: pseudonymiser}",
        "    collecte: non\n    traitement: {operation: pseudonymiser}",
        "M303",
        at="traitement: {operation: pseudonymiser}",
    ),
    "generalised by nothing": one("passages", COMMUNE, "traitement: {operation: generaliser}", "M304", "G515", "G527"),
    "rounded to nothing": one("passages", VOLUME, "traitement: {operation: arrondir}", "M304"),
    "a parameter of another treatment": one(
        "passages", BADGE, "traitement: {operation: pseudonymiser, base: 10}", "M305"
    ),
    "generalised twice": one(
        "attente", "tranches: [0, 5, 15]}", "tranches: [0, 5, 15], niveaux: [commune]}", "M306", "M307"
    ),
    "levels of time for a place": one(
        "passages", "niveaux: [iris, commune]", "niveaux: [mois]", "M307", "G515", "G527"
    ),
    "levels for a code list": one("passages", GROUPS, "niveaux: [commune]", "M307"),
    "bins for a time": one("passages", "niveaux: [heure, jour]}", "tranches: [0, 10]}", "M307", "M310", "G515"),
    "groups for a technical time": one(
        "air", "niveaux: [heure]}", "regroupement: [{valeur: nuit, depuis: [a]}]}", "M307", "M310"
    ),
    "groups for a place of people": one(
        "passages", "niveaux: [iris, commune]}", "regroupement: [{valeur: nord, depuis: [a]}]}", "M307", "G515", "G527"
    ),
    "iris among squares": one(
        "passages", "niveaux: [iris, commune]", "niveaux: [carreau-1km, iris]", "M308", "G515", "G527"
    ),
    "levels out of order": one("passages", "niveaux: [heure, jour]", "niveaux: [jour, heure]", "M309"),
    "hours of a date": one("passages", "type: date-heure", "type: date", "M310"),
    "a zone from a text": one(
        "passages",
        "  - nom: commune\n    type: code",
        "  - nom: commune\n    type: texte",
        "M310",
        at="    type: texte",
    ),
    "groups of numbers": one(
        "passages",
        "    type: texte\n    categorie: nomenclature",
        "    type: entier\n    categorie: nomenclature",
        "M310",
    ),
    "a sum of texts": one("passages", "type: decimal\n    decimales: 1", "type: code", "M310"),
    "bins that go down": one("attente", "[0, 5, 15]", "[0, 15, 5]", "M311"),
    "a value in two groups": one("passages", "depuis: [laine]", "depuis: [laine, fer]", "M312"),
    "two groups of one name": one("passages", "valeur: molle", "valeur: dure", "M312"),
    "a group named as a total": one("passages", "valeur: molle", "valeur: ensemble", "M314"),
    "a group named as what is missing": one("passages", "valeur: molle", "valeur: inconnu", "M314"),
    "a geometry of people": one(
        "passages",
        "  - nom: commune\n    type: code",
        "  - nom: commune\n    type: geometrie",
        "M313",
        "M310",
        "G522",
        at="    type: geometrie",
    ),
    "bins too narrow": one("attente", "[0, 5, 15]", "[0, 4, 15]", "P404"),
    "squares too small": many(
        "passages",
        ("  - nom: commune\n    type: code", "  - nom: commune\n    type: position"),
        ("niveaux: [iris, commune]", "niveaux: [carreau-200m, carreau-1km]"),
        expected=("P404", "G515", "G527"),
        at="carreau-200m",
    ),
    "hours of minors": many("passages", MINORS, VULNERABLE, DPIA, expected=("P405",), at="niveaux: [iris, commune]"),
    "minors who are not vulnerable": many("air", MINORS, expected=("P405", "G511", "P405"), at="niveaux: [heure]"),
}


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS.keys())
def test_one_change_is_refused_for_its_reason_and_at_its_line(mutation: Mutation, held: Territory) -> None:
    assert_refused(mutation, held)

"""What leaves, the register and the period: one small change of a valid policy, the codes it earns, and where."""

import pytest

from charter.territory import Territory
from tests.unit.charter.language.mutations import Mutation, assert_refused, many, one

MEASURES_AND_MARGINS = (
    "  indicateurs:\n    - {nom: passages, calcul: comptage-lignes}\n"
    "    - {nom: foyers, calcul: comptage-distinct, champ: badge}\n"
    "    - {nom: litres, calcul: somme, champ: volume_l}\n"
    "  totaux:\n    - {par: [commune]}\n    - {par: []}\n"
)
MONTHS = "{operation: generaliser, niveaux: [mois]}"


MUTATIONS = {
    "no personal data where a column has some": one(
        "passages",
        "donnees_personnelles: oui\n  categories_personnes: [usagers]",
        "donnees_personnelles: non\n  categories_personnes: []",
        "G509",
        at="donnees_personnelles: non",
    ),
    "no personal data in a reviewed text": one(
        "chantiers",
        "donnees_personnelles: oui\n  categories_personnes: [riverains]",
        "donnees_personnelles: non\n  categories_personnes: []",
        "G509",
        at="donnees_personnelles: non",
    ),
    "personal data of nobody": one("passages", "[usagers]", "[]", "G509", at="categories_personnes: []"),
    "somebody without personal data": one(
        "air", "categories_personnes: []", "categories_personnes: [riverains]", "G509"
    ),
    "two criteria and no assessment": one(
        "passages", "grande_echelle: non", "grande_echelle: oui", "G510", at="decision: non-requise"
    ),
    "an assessment without reference": one("passages", "decision: non-requise", "decision: realisee", "G520"),
    "rows of people": many(
        "passages",
        ("forme: tableau\n  dimensions: [commune, horodatage, genre, matiere]", "forme: lignes\n  colonnes: [commune]"),
        (
            MEASURES_AND_MARGINS,
            "",
        ),
        expected=("G501", "G513", "G515", "G518", "G527", "G528"),
        at="forme: lignes",
    ),
    "rows beside what its policy calls a special category": many(
        "chantiers",
        (
            "nomenclature, usage: technique, traitement: {operation: conserver}",
            "categorie-particuliere, usage: sensible, traitement: {operation: retirer}",
        ),
        ("colonnes: [code_chantier, remarque]", "colonnes: [remarque]"),
        expected=("G501",),
        at="forme: lignes",
    ),
    "a guarantee of cells in rows": one(
        "attente",
        "  delai_publication: aucun",
        "  delai_publication: aucun\n  arrondi: {active: oui, base: 5}",
        "G528",
        at="arrondi:",
    ),
    "a promise of frozen periods in rows": one(
        "chantiers",
        "  delai_publication: 7 jours",
        "  delai_publication: 7 jours\n  differences: {comparer_a: [chantiers], tardifs: geler}",
        "G528",
        at="differences:",
    ),
    "a loss admitted in rows": one(
        "attente",
        "  delai_publication: aucun",
        "  delai_publication: aucun\n  perte_max_pourcent: 60",
        "G528",
        at="perte_max",
    ),
    "several levels in rows": one(
        "attente",
        "categorie: temps, usage: technique, traitement: {operation: conserver}",
        "categorie: temps, usage: technique, traitement: {operation: generaliser, niveaux: [heure, jour]}",
        "G515",
    ),
    "a column dropped and published": one("passages", "genre, matiere]", "genre, matiere, site]", "G502"),
    "a column published that nobody declared": one("attente", "[site,", "[site, autre,", "G502"),
    "a measure of a dropped column": one("passages", "champ: volume_l}", "champ: site}", "G502", "G518"),
    "a pseudonym in the open": one("passages", "genre, matiere]", "genre, matiere, badge]", "G503"),
    "a sum of codes": one("passages", "calcul: somme, champ: volume_l", "calcul: somme, champ: genre", "G504", "G518"),
    "rows counted of a column": one(
        "passages", "calcul: comptage-lignes}", "calcul: comptage-lignes, champ: badge}", "G504"
    ),
    "distinct values of a measure": one(
        "passages", "comptage-distinct, champ: badge", "comptage-distinct, champ: volume_l", "G504"
    ),
    "a mean of nothing": one("air", "calcul: moyenne, champ: valeur}", "calcul: moyenne}", "G504", "G518"),
    "a measure as dimension": one(
        "air", "dimensions: [station, heure]", "dimensions: [station, heure, valeur]", "G505"
    ),
    "a kept place as dimension": one(
        "air",
        "usage: technique, traitement: {operation: agreger}}\n  - {nom: heure",
        "usage: technique, traitement: {operation: conserver}}\n  - {nom: heure",
        "G505",
        at="dimensions:",
    ),
    "a margin of all dimensions": one("air", "par: [station]", "par: [station, heure]", "G506"),
    "a margin of what is no dimension": one("air", "par: [station]", "par: [valeur]", "G506"),
    "a margin twice": one("passages", "    - {par: []}", "    - {par: []}\n    - {par: [ ]}", "G506", at="{par: [ ]}"),
    "totals that give masked cells away": one(
        "passages",
        "suppression_secondaire: {active: oui,",
        "suppression_secondaire: {active: non,",
        "G507",
        at="totaux:",
    ),
    "a live table": one("air", "periodicite: jour", "periodicite: direct", "G516", "G517"),
    "reviewed text, live": many(
        "chantiers",
        ("periodicite: mois", "periodicite: livraison"),
        ("delai_publication: 7 jours", "delai_publication: aucun"),
        expected=("G516",),
        at="periodicite: livraison",
    ),
    "a delay for a live state": one("attente", "delai_publication: aucun", "delai_publication: 7 jours", "G517"),
    "no delay for a month": one("passages", "delai_publication: 7 jours", "delai_publication: aucun", "G517"),
    "a field that serves nothing": one(
        "passages",
        "    usage: technique\n    traitement: {operation: retirer}",
        "    usage: technique\n    traitement: { operation: agreger}",
        "G518",
        at="{ operation: agreger}",
    ),
    "a geometry that serves nothing, told once": one(
        "passages",
        "    type: code\n    categorie: lieu\n    usage: technique\n    traitement: {operation: retirer}",
        "    type: geometrie\n    categorie: lieu\n    usage: technique\n    traitement: { operation: agreger}",
        "G522",
        at="{ operation: agreger}",
    ),
    "presence rounded line by line": one(
        "attente",
        "traitement: {operation: generaliser, tranches: [0, 5, 15]}",
        "traitement: {operation: arrondir, base: 5}",
        "G505",
        "G519",
        at="colonnes:",
    ),
    "presence as it is": one(
        "attente",
        "traitement: {operation: generaliser, tranches: [0, 5, 15]}",
        "traitement: { operation: conserver}",
        "G519",
    ),
    "two dimensions of time": many(
        "trajets",
        (
            "nom: retour, type: date, categorie: temps, usage: quasi-identifiant, traitement: {operation: retirer}",
            "nom: retour, type: date, categorie: temps, usage: quasi-identifiant, traitement: " + MONTHS,
        ),
        ("dimensions: [depart, jour]", "dimensions: [depart, jour, retour]"),
        expected=("G516",),
        at="dimensions:",
    ),
    "a dimension named as the status": many(
        "trajets",
        (
            "categorie: nomenclature, usage: quasi-identifiant, traitement: {operation: retirer}",
            "categorie: nomenclature, usage: quasi-identifiant, traitement: {operation: agreger}",
        ),
        ("dimensions: [depart, jour]", "dimensions: [depart, jour, statut]"),
        expected=("G521",),
        at="dimensions:",
    ),
    "a measure named as a dimension": one("passages", "nom: litres", "nom: commune", "G521", at="nom: commune, calcul"),
    "a measure named as the status": one("passages", "nom: litres", "nom: statut", "G521"),
    "a geometry in a table": one("air", "{nom: station, type: code,", "{nom: station, type: geometrie,", "G522"),
    "a licence that is not imposed": one("passages", "licence: licence-ouverte-2.0", "licence: cc-by-4.0", "G523"),
    "a licence other than the imposed one": one("air", "licence: cc-by-4.0", "licence: odbl-1.0", "G523"),
}


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS.keys())
def test_one_change_is_refused_for_its_reason_and_at_its_line(mutation: Mutation, held: Territory) -> None:
    assert_refused(mutation, held)

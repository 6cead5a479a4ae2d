"""Delays, keys, retention, roles and validity: one small change of a valid policy, the codes it earns, and where."""

import pytest

from charter.territory import Territory
from tests.unit.charter.language.mutations import Mutation, assert_refused, many, one

BADGE = "traitement: {operation: pseudonymiser}"


MUTATIONS = {
    "a delay too short": one("passages", "delai_publication: 7 jours", "delai_publication: 23 heures", "P414"),
    "a pseudonym without a key": many(
        "passages",
        ("pseudonymes: {portee: jeu, rotation: 1 mois}\n", ""),
        ("  cle_pseudonyme: 3 mois\n", ""),
        expected=("D601",),
        at=BADGE,
    ),
    "a key without a pseudonym": one("passages", BADGE, "traitement: {operation: comptage}", "D602", at="pseudonymes:"),
    "a key with no end": one("passages", "  cle_pseudonyme: 3 mois\n", "", "D603", at="pseudonymes:"),
    "an end of no key": one(
        "air",
        "  versions_publiees: 5 ans",
        "  cle_pseudonyme: 3 mois\n  versions_publiees: 5 ans",
        "D603",
        at="cle_pseudonyme",
    ),
    "a key that turns within the period": one("passages", "rotation: 1 mois", "rotation: 30 jours", "D604"),
    "a key that turns too late": one("passages", "rotation: 1 mois", "rotation: 13 mois", "D605"),
    "a raw store kept too long": one("passages", "zone_brute: 3 mois", "zone_brute: 370 jours", "D606"),
    "a key kept too long": one("passages", "cle_pseudonyme: 3 mois", "cle_pseudonyme: 13 mois", "D607"),
    "a key destroyed before the release": one("passages", "cle_pseudonyme: 3 mois", "cle_pseudonyme: 6 jours", "D613"),
    "a raw store emptied too soon": one("passages", "zone_brute: 3 mois", "zone_brute: 68 jours", "D608"),
    "versions kept too long": one("passages", "versions_publiees: 5 ans", "versions_publiees: 11 ans", "D609"),
    "a slow erasure": one("passages", "effacement: {delai: 1 mois,", "effacement: {delai: 32 jours,", "D610"),
    "no objection to a public task": one("passages", "applicable: oui", "applicable: non", "D611"),
    "a visa without its reference": one("passages", "visa: requis", "visa: obtenu", "D612"),
    "a stranger as author": one("passages", "auteur: p-auteur", "auteur: p-inconnu", "V701"),
    "the dpo as garant": one("passages", "garant: p-garant", "garant: p-dpo", "V702", "V703"),
    "a validity of three years and a day": one("passages", "au: 2028-12-31", "au: 2029-01-01", "V704", at="validite:"),
    "a validity that goes back": one(
        "passages", "du: 2026-01-01, au: 2028-12-31", "du: 2028-12-31, au: 2028-12-30", "V704", at="validite:"
    ),
    "an expired policy": one("passages", "au: 2028-12-31", "au: 2026-11-23", "V705"),
    "a slow withdrawal": one("passages", "delai_retrait: 15 minutes", "delai_retrait: 2 heures", "V706"),
    "a state that no act gave": one("passages", "etat: brouillon", "etat: en-vigueur", "V710"),
}


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS.keys())
def test_one_change_is_refused_for_its_reason_and_at_its_line(mutation: Mutation, held: Territory) -> None:
    assert_refused(mutation, held)

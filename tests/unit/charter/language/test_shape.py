"""The shape (S202): what is said of a key, a type, a word, a bound; and the two published schemas agree."""

import json

import pytest
from jsonschema import Draft7Validator

from charter.model import Charter, Policy
from charter.reader import parse
from charter.shape import shape
from charter.territory import Territory
from tests.plain_changes import paths, put
from tests.policies import FIXTURES, SHARED, changed, codes, lines_of, read_text, refusals, text_of

SHAPES = [
    ("garanties:", "garantie:", "Clé inconnue « garantie ». Vouliez-vous écrire « garanties » ?"),
    ("titre: Passages", "planchers: []\ntitre: Passages", "Clé inconnue « planchers » : elle appartient au socle."),
    ("titre: Passages", "fuseau: Europe/Paris\ntitre: Passages", "« fuseau » : elle appartient au socle."),
    ("    usage: technique\n", "", "Clé « usage » absente. Ajoutez « usage: … »."),
    ("k: 11}", "k: 11, zz: 1}", "Clé inconnue « zz ». Clés admises ici : unite, champs, k."),
    ("k: 11}", 'k: "11"}', "« k » attend un nombre entier, et non « 11 ». Écrivez l'entier sans guillemets."),
    ("k: 11}", "k: 2}", "« k » vaut 2, sous le minimum 3."),
    ("k: 11}", "k: 100001}", "« k » vaut 100001, au-dessus du maximum 100000."),
    ("titre: Passages par site et par heure", "titre: 11", "« titre » attend un texte, et non « 11 »."),
    ("titre: Passages par site et par heure", "titre: ab", "Le texte de « titre » a moins de 3 caractères."),
    ("titre: Passages par site et par heure", f"titre: {'x' * 1001}", "Le texte de « titre » a plus de 1000"),
    ("operation: pseudonymiser", "operation: chiffrer", "« chiffrer » n'est pas admis pour « operation ». Admis : ret"),
    ("langage: 1", "langage: 2", "« 2 » n'est pas admis pour « langage ». Admis : 1."),
    ("par_defaut: refuser", "par_defaut: publier", "Admis : refuser."),
    ("jeu: passages", "jeu: Passages", "« Passages » n'a pas la forme attendue pour « jeu ». Forme attendue : mots en"),
    ("rotation: 1 mois", "rotation: un mois", "Forme attendue : un nombre de 1 à 9999 et minutes"),
    ("rotation: 1 mois", "rotation: 0 mois", "« 0 mois » n'a pas la forme attendue pour « rotation »."),
    ("du: 2026-01-01", "du: 01/01/2026", "Forme attendue : AAAA-MM-JJ."),
    ("du: 2026-01-01", "du: 2026-02-30", "« 2026-02-30 » n'est pas un jour du calendrier."),
    ("destinataires: [public]", "destinataires: public", "« destinataires » attend une liste."),
    ("destinataires: [public]", "destinataires: []", "La liste « destinataires » est trop courte."),
    (
        "rotation: 1 mois",
        "rotation: 1",
        "« 1 » n'a pas la forme attendue pour « rotation ». Forme attendue : un nombre",
    ),
    ("finalite: ", "finalite:\n    - ", "« finalite » attend un texte, et non « […] »."),
    (
        "destinataires: [public]",
        "destinataires: [public, public]",
        "« public » figure deux fois dans « destinataires ».",
    ),
    ("niveaux: [heure, jour]", "niveaux: [heure, heure]", "« heure » figure deux fois dans « niveaux »."),
    ("archives: {visa: requis}", "archives: requis", "« archives » attend un bloc de clés."),
    ("    decimales: 1\n", "", "Clé « decimales » absente : « type: decimal » la demande."),
    ("    type: fichier\n", "    type: fichier\n    decimales: 2\n", "Clé « decimales » en trop"),
    ("  cellules_vides: masquer\n", "", "Clé « cellules_vides » absente : les autres clés"),
    ("forme: tableau", "forme: lignes", "Clé « colonnes » absente : les autres clés"),
    ("forme: tableau", "forme: tableau\n  colonnes: [badge]", "Clé « colonnes » en trop"),
    ("{par: [commune]}", "{par: commune}", "« par » attend une liste."),
    ("{par: [commune]}", "{vers: [commune]}", "Clé « par » absente."),
    (
        "  totaux:\n    - {par: [commune]}\n    - {par: []}\n",
        "  totaux: tous\n",
        "« tous » n'est pas admis pour « totaux »",
    ),
    ("transferts: aucun", "transferts: Suisse", "Admis : aucun."),
]


@pytest.mark.parametrize(("old", "new", "said"), SHAPES, ids=[said for _, _, said in SHAPES])
def test_an_ill_shaped_policy_is_told_what_is_due(old: str, new: str, said: str, held: Territory) -> None:
    found = refusals(changed(text_of("passages"), (old, new)), held)
    assert set(codes(found)) == {"S202"}
    assert any(said in refusal.french() for refusal in found), [refusal.french() for refusal in found]
    assert all(refusal.english() for refusal in found)


ALONE = [
    ("destinataires: [public]", "destinataires: [Public]", "« Public » n'a pas la forme attendue"),
    ("  totaux:\n    - {par: [commune]}\n    - {par: []}\n", "  totaux:\n    - {pour: []}\n", "Clé inconnue « pour »"),
]


@pytest.mark.parametrize(("old", "new", "said"), ALONE, ids=[said for _, _, said in ALONE])
def test_a_list_whose_items_are_all_ill_shaped_is_not_called_short(
    old: str, new: str, said: str, held: Territory
) -> None:
    (found,) = refusals(changed(text_of("passages"), (old, new)), held)
    assert said in found.french()


MISSPELT = [
    ("garanties:", "garantie:", "Clé inconnue « garantie ». Vouliez-vous écrire « garanties » ?"),
    ("    usage: technique\n", "    usages: technique\n", "Vouliez-vous écrire « usage » ?"),
    ("forme: tableau", "format: tableau", "Vouliez-vous écrire « forme » ?"),
    ("comptages:", "comptage:", "Vouliez-vous écrire « comptages » ?"),
    ("  cellules_vides: masquer", "  cellule_vide: masquer", "Vouliez-vous écrire « cellules_vides » ?"),
    ("k: 11}", "K: 11}", "le caractère « K » (U+004B) est refusé"),
    ("version: 1\n", "versoin: 1\n", "Vouliez-vous écrire « version » ?"),
]


@pytest.mark.parametrize(("old", "new", "said"), MISSPELT, ids=[new.strip() for _, new, _ in MISSPELT])
def test_a_misspelt_key_is_said_once_and_first(old: str, new: str, said: str, held: Territory) -> None:
    text = text_of("passages").replace(old, new, 1)
    assert text != text_of("passages")
    found = refusals(text, held)
    assert said in found[0].french()
    assert len(found) == 1


def test_a_key_that_is_missing_besides_is_still_said(held: Territory) -> None:
    text = changed(text_of("passages"), ("garanties:", "garantie:"), ("jeu: passages\n", ""))
    assert [refusal.french().split(".")[0] for refusal in refusals(text, held)] == [
        "Clé « jeu » absente",
        "Clé inconnue « garantie »",
    ]


def test_a_fault_stands_at_its_own_key(held: Territory) -> None:
    text = changed(text_of("passages"), ("k: 11}", "k: 11, kk: 11}"))
    (place,) = [refusal.place for refusal in refusals(text, held)]
    assert place is not None
    assert place.line == lines_of(text, "kk: 11")[0]
    assert text.splitlines()[place.line - 1][place.column - 1 :] == "kk: 11}"


def test_faults_of_shape_stand_in_the_order_of_the_file(held: Territory) -> None:
    text = changed(
        text_of("passages"), ("delai_retrait: 15 minutes", "delai_retrait: vite"), ("version: 1\n", "version: 0\n")
    )
    found = refusals(text, held)
    lines = [refusal.place.line for refusal in found if refusal.place]
    assert codes(found) == ["S202", "S202"]
    assert lines == sorted(lines)


# --- the published schemas ----------------------------------------------------------------------------------------


WRONG: tuple[object, ...] = (..., 0, 7, "7", "oui", [], ["a", "a"], {"a": 1})


def schema(name: str) -> Draft7Validator:
    if not SHARED.exists():
        pytest.skip("the folder named by ECLOR_SHARED is missing")
    return Draft7Validator(json.loads((SHARED / "charter" / name).read_text(encoding="utf-8")))


@pytest.mark.captures
@pytest.mark.parametrize("name", ["passages", "attente"])
def test_the_shape_of_a_policy_is_that_of_the_published_schema(name: str) -> None:
    validator = schema("charte-politique.schema.json")
    document = read_text(text_of(name))
    for path in paths(document.plain):
        for wrong in WRONG if path else ():
            plain = put(document.plain, path, wrong)
            assert isinstance(plain, dict)
            twin = type(document)(document.file, plain, document.places)
            value, faults = shape(twin, Policy)
            assert (value is not None) == validator.is_valid(plain), (path, wrong)
            assert (value is None) == bool(faults)


@pytest.mark.captures
def test_the_shape_of_the_charter_is_that_of_the_published_schema() -> None:
    validator = schema("charte-socle.schema.json")
    document = parse((FIXTURES / "charter" / "charte-socle.yaml").read_bytes(), "charte-socle.yaml")
    for path in paths(document.plain):
        for wrong in WRONG if path else ():
            plain = put(document.plain, path, wrong)
            assert isinstance(plain, dict)
            value, _ = shape(type(document)(document.file, plain, document.places), Charter)
            assert (value is not None) == validator.is_valid(plain), (path, wrong)

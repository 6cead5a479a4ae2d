"""Mutants of valid policies: each is refused, or holds all that the charter promises; none gives a traceback."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.compile import check, compile_policy
from charter.document import Document
from charter.reader import parse
from charter.vocabulary import Category, FieldType, Frequency, Level, Licence, Operation, Role, Statistic, Unit
from tests.attack.changes import mutated
from tests.attack.duty_auditor import neglected
from tests.attack.policy_auditor import breaches
from tests.plain_changes import paths
from tests.policies import FIXTURES, NAMES, NOW, read_text, refusals, territory, text_of

HELD = territory()
CHARTER = parse((FIXTURES / "charter" / "charte-socle.yaml").read_bytes(), "socle").plain
CATALOGUE = parse((FIXTURES / "charter" / "catalogue.yaml").read_bytes(), "catalogue").plain
ROLES = parse((FIXTURES / "charter" / "roles.yaml").read_bytes(), "roles").plain
VOTED = {"socle": CHARTER, "roles": ROLES, "catalogue": CATALOGUE}
DOCUMENTS = {name: read_text(text_of(name)) for name in NAMES}


def leaves(plain: object) -> Iterator[object]:
    if isinstance(plain, dict):
        yield from (leaf for value in plain.values() for leaf in leaves(value))
    elif isinstance(plain, list):
        yield from (leaf for value in plain for leaf in leaves(value))
    else:
        yield plain


def at(plain: object, path: tuple[str | int, ...]) -> object:
    for step in path:
        if isinstance(plain, dict):
            plain = plain.get(step, "absent")
        elif isinstance(plain, list) and isinstance(step, int) and step < len(plain):
            plain = plain[step]
        else:
            return "absent"
    return plain


PATHS = {name: [path for path in paths(document.plain) if path] for name, document in DOCUMENTS.items()}
WORDS = sorted({leaf for document in DOCUMENTS.values() for leaf in leaves(document.plain) if isinstance(leaf, str)})
FURTHER: dict[str, tuple[object, ...]] = {
    "operation": tuple(Operation),
    "unite": tuple(Unit),
    "categorie": tuple(Category),
    "usage": tuple(Role),
    "type": tuple(FieldType),
    "calcul": tuple(Statistic),
    "periodicite": tuple(Frequency),
    "licence": tuple(Licence),
    "niveaux": (
        ["annee"],
        ["mois"],
        ["carreau-200m"],
        ["carreau-1km"],
        ["iris"],
        ["commune"],
        ["epci"],
        ["heure", "mois"],
    ),
    "niveau": tuple(Level),
    "tranches": ([0, 1], [0, 5], [0, 10, 50]),
    "dimensions": (["commune"], ["horodatage", "genre"], ["station"], ["badge"], ["site"]),
    "colonnes": (["site"], ["attente_min"], ["site", "observe_a"]),
    "totaux": ("aucun", [{"par": []}], [{"par": ["horodatage"]}]),
    "comptages": ([],),
    "comparer_a": (["passages"], ["attente"], ["air", "passages"]),
    "delai_publication": ("aucun", "1 heure", "24 heures", "1 jour", "1 mois"),
    "rotation": ("1 jour", "31 jours", "1 an", "2 ans"),
    "zone_brute": ("1 jour", "4 mois", "12 mois", "400 jours"),
    "cle_pseudonyme": ("1 jour", "1 an", "2 ans"),
    "versions_publiees": ("1 an", "11 ans"),
    "delai_retrait": ("1 minute", "1 heure", "2 heures"),
    "visa": ("obtenu", "sans-objet"),
    "decision": ("requise", "realisee"),
    "base_legale": ("consentement", "interet-legitime"),
}
"""Well-shaped values that the fixtures do not hold under a key."""


def by_key() -> dict[str, list[object]]:
    """For each key, the values that stand under it in any fixture, and further ones."""
    found: dict[str, list[object]] = {key: list(values) for key, values in FURTHER.items()}
    for name, document in DOCUMENTS.items():
        for path in PATHS[name]:
            key = next(step for step in reversed(path) if isinstance(step, str))
            value = at(document.plain, path)
            found.setdefault(key, []).append(value)
            if value in {"oui", "non"} if isinstance(value, str) else False:
                found[key] += ["oui", "non"]
    return found


VALUES = by_key()


def mutate(plain: object, path: tuple[str | int, ...], value: object) -> None:
    """Change in place what stands at a path: replace it, take it out ("remove") or say it again ("twice")."""
    block, step = at(plain, path[:-1]), path[-1]
    if isinstance(block, dict) and isinstance(step, str):
        block[step] = value
        if value == "remove":
            del block[step]
    elif isinstance(block, list) and isinstance(step, int) and step < len(block):
        change: dict[object, list[object]] = {"remove": [], "twice": [block[step], block[step]]}
        block[step : step + 1] = change[value] if isinstance(value, str) and value in change else [value]


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """The text of a fixture after one to three changes, mostly well-shaped ones."""
    name = draw(st.sampled_from(NAMES))
    plain = json.loads(json.dumps(DOCUMENTS[name].plain))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(PATHS[name]))
        likely = VALUES[next(step for step in reversed(path) if isinstance(step, str))]
        if isinstance(at(plain, path), int):
            value = draw(st.integers(0, 130))
        else:
            value = draw(st.sampled_from([*WORDS, "remove", "twice"] if draw(st.integers(0, 7)) == 0 else likely))
        mutate(plain, path, json.loads(json.dumps(value)))
    return json.dumps(plain, ensure_ascii=False)


def broken(plain: object) -> list[str]:
    """What an accepted policy breaks or neglects, by both auditors."""
    assert isinstance(plain, dict)
    duties = neglected(plain, VOTED, NOW.date())
    return [*breaches(plain, CHARTER, entry_of(plain)), *duties]


def entry_of(plain: object) -> object:
    jeux = CATALOGUE["jeux"]
    assert isinstance(jeux, list)
    assert isinstance(plain, dict)
    return next(entry for entry in jeux if entry["jeu"] == plain["jeu"])


@settings(max_examples=400, deadline=None)
@given(mutants())
def test_a_mutant_is_refused_or_keeps_every_promise(text: str) -> None:
    document = parse(text.encode(), "mutant.yaml")
    found = check(document, HELD, now=NOW)
    assert all(refusal.located() and refusal.english() and refusal.place for refusal in found)
    if not found:
        assert broken(document.plain) == []
        assert compile_policy(document, HELD, now=NOW).operations


@st.composite
def hostile_mutants(draw: st.DrawFn) -> str:
    """The text of a policy, derogated or not, after one to three hostile changes."""
    plain = json.loads(json.dumps(DOCUMENTS[draw(st.sampled_from(NAMES))].plain))
    counts = [one for one in plain["garanties"].get("comptages", []) if one["unite"] == DEROGATION["unite"]]
    if counts and draw(st.booleans()):
        plain["derogations"] = [dict(DEROGATION)]
        counts[0]["k"] = DEROGATION["k"]
    if draw(st.integers(0, 9)) == 0:
        plain["champs"].append({**plain["champs"][0], "nom": "colonne_ajoutee"})
    places = [path for path in paths(plain) if path]
    for _ in range(draw(st.integers(1, 3))):
        mutated(draw, plain, places)
    return json.dumps(plain, ensure_ascii=False)


@settings(max_examples=200, deadline=None)
@given(hostile_mutants())
def test_a_hostile_mutant_is_refused_or_keeps_every_promise(text: str) -> None:
    document = parse(text.encode(), "mutant.yaml")
    found = check(document, HELD, now=NOW)
    assert all(refusal.located() and refusal.english() and refusal.place for refusal in found)
    if not found:
        assert broken(document.plain) == []


DEROGATION = {
    "regle": "plancher-k",
    "unite": "foyer",
    "k": 8,
    "motif": "étude d'un an",
    "deliberation": "délibération 2026-41",
    "du": "2026-06-01",
    "au": "2027-03-31",
}


def test_a_derogated_policy_is_accepted_before_it_is_mutated() -> None:
    plain = json.loads(json.dumps(DOCUMENTS["passages"].plain))
    plain["derogations"] = [DEROGATION]
    plain["garanties"]["comptages"][0]["k"] = 8
    assert check(parse(json.dumps(plain).encode(), "x"), HELD, now=NOW) == []
    assert broken(plain) == []


GRAFTS = ["\n", "  ", ": ", "- ", "[", "}", "&a ", "*a", "!!x ", "'", '"', "oui", "non", "1", "9"]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_a_damaged_text_is_refused_or_keeps_every_promise(name: str, data: st.DataObject) -> None:
    text = text_of(name)
    start = data.draw(st.integers(0, len(text) - 1))
    end = min(len(text), start + data.draw(st.integers(0, 12)))
    graft = data.draw(st.text(max_size=6) | st.sampled_from(GRAFTS))
    payload = (text[:start] + graft + text[end:]).encode("utf-8", "surrogatepass")
    found = refusals(payload, HELD)
    assert all(refusal.located() and refusal.english() and refusal.place for refusal in found)
    if not found:
        plain = parse(payload, "x").plain
        assert list(breaches(plain, CHARTER, entry_of(plain))) == []


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_damaged_bytes_are_refused_or_harmless(name: str, data: st.DataObject) -> None:
    payload = bytearray(text_of(name).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    found = refusals(bytes(payload), HELD)
    assert all(refusal.located() and refusal.english() for refusal in found)


LEAVES = st.integers() | st.text(max_size=8)
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=8), inner))


@settings(max_examples=120, deadline=None)
@given(TREES)
def test_any_tree_is_refused(tree: object) -> None:
    text = json.dumps({"jeu": tree}, ensure_ascii=False)
    assert refusals(text.encode("utf-8", "surrogatepass"), HELD)


# The auditor itself must see: each of these breaches is planted in a policy that was accepted.
PLANTED = [
    (("garanties", "comptages", 0, "k"), 10),
    (("garanties", "dominance", "pourcent"), 86),
    (("garanties", "dominance", "active"), "non"),
    (("garanties", "suppression_secondaire", "active"), "non"),
    (("garanties", "suppression_secondaire", "protection_min"), 1),
    (("garanties", "diversite", "champ"), "matiere"),
    (("garanties", "delai_publication"), "1 heure"),
    (("garanties", "perte_max_pourcent"), 61),
    (("garanties", "echelle"), []),
    (("garanties", "differences", "comparer_a"), ["attente"]),
    (("champs", 0, "traitement", "operation"), "conserver"),
    (("champs", 0, "categorie"), "nomenclature"),
    (("champs", 2, "traitement", "operation"), "agreger"),
    (("champs", 8, "traitement", "operation"), "masquer"),
    (("publication", "dimensions"), ["commune", "horodatage", "genre", "badge"]),
    (("publication", "periodicite"), "direct"),
    (("registre", "mineurs"), "oui"),
    (("conservation", "zone_brute"), "2 ans"),
    (("gouvernance", "delai_retrait"), "2 heures"),
    (("gouvernance", "garant"), "p-dpo"),
]


@pytest.mark.parametrize(("path", "value"), PLANTED)
def test_the_auditor_sees_a_planted_breach(path: tuple[str | int, ...], value: object) -> None:
    plain = json.loads(json.dumps(DOCUMENTS["passages"].plain))
    assert list(breaches(plain, CHARTER, entry_of(plain))) == []
    mutate(plain, path, value)
    assert list(breaches(plain, CHARTER, entry_of(plain)))
    assert check(Document("x", plain, DOCUMENTS["passages"].places), HELD, now=NOW)

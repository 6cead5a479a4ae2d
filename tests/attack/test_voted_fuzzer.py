"""Mutants of the voted files: each is refused, or crosses no limit of the engine, and no policy escapes through it."""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from charter.compile import check
from charter.reader import parse
from charter.territory import CATALOGUE_FILE, CHARTER_FILE, ROLES_FILE, Territory, load
from eclor.errors import PolicyRefusals, PolicyRefused
from tests.attack.changes import mutated
from tests.attack.duty_auditor import neglected
from tests.attack.policy_auditor import breaches
from tests.attack.voted_auditor import confused, crossed
from tests.plain_changes import paths
from tests.policies import FIXTURES, NAMES, NOW, read_text, text_of

FILES = {"socle": CHARTER_FILE, "roles": ROLES_FILE, "catalogue": CATALOGUE_FILE}
PLAIN: dict[str, Any] = {
    name: parse((FIXTURES / "charter" / file).read_bytes(), file).plain for name, file in FILES.items()
}
POLICIES = {name: read_text(text_of(name)) for name in NAMES}
PATHS = {name: [path for path in paths(plain) if path] for name, plain in PLAIN.items()}


@st.composite
def voted(draw: st.DrawFn) -> dict[str, Any]:
    """The three voted files, one of them after one to three changes."""
    held: dict[str, Any] = json.loads(json.dumps(PLAIN))
    name = draw(st.sampled_from(sorted(held)))
    for _ in range(draw(st.integers(1, 3))):
        mutated(draw, held[name], PATHS[name])
    return held


def loaded(held: dict[str, Any]) -> tuple[Territory | None, list[PolicyRefused]]:
    """The territory that these files make, or none and why."""
    with TemporaryDirectory() as place:
        for name, file in FILES.items():
            (Path(place) / file).write_text(json.dumps(held[name], ensure_ascii=False), encoding="utf-8")
        try:
            return load(Path(place)), []
        except PolicyRefusals as found:
            return None, found.refusals


@settings(max_examples=100, deadline=None)
@given(voted())
def test_a_mutant_of_the_voted_files_is_refused_or_lets_nothing_through(held: dict[str, Any]) -> None:
    territory, refusals = loaded(held)
    assert all(refusal.located() and refusal.english() and refusal.place for refusal in refusals)
    if territory is None:
        assert refusals
        return
    assert list(crossed(held["socle"])) == []
    assert list(confused(held["roles"], held["catalogue"])) == []
    for document in POLICIES.values():
        if not check(document, territory, now=NOW):
            entry = next(entry for entry in held["catalogue"]["jeux"] if entry["jeu"] == document.plain["jeu"])
            assert list(breaches(document.plain, held["socle"], entry)) == []
            assert list(neglected(document.plain, held, date(2026, 11, 24))) == []


def test_the_auditor_sees_a_limit_that_is_crossed() -> None:
    assert list(crossed(PLAIN["socle"])) == []
    for path, value in (
        (("planchers", 0, "k"), 10),
        (("planchers", 0, "absolu"), 4),
        (("planchers", 0, "unite"), "trajet"),
        (("dominance", "pourcent_max"), 86),
        (("delai_publication_min",), "23 heures"),
        (("conservation", "versions_publiees_max"), "11 ans"),
        (("gouvernance", "signatures_ouverture"), 1),
        (("mineurs", "decoupage"), "iris"),
        (("fuseau",), "UTC"),
        (("matrice", 0, "traitements", 0), "conserver"),
    ):
        held = json.loads(json.dumps(PLAIN["socle"]))
        block = held
        for step in path[:-1]:
            block = block[step]
        block[path[-1]] = value
        assert list(crossed(held)), path
        territory, refusals = loaded({**PLAIN, "socle": held})
        assert territory is None, path
        assert refusals, path

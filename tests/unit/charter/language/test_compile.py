"""Door 3: an accepted policy becomes one plan, always the same; a refused one becomes none."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from charter.compile import Plan, compile_policy
from charter.digests import policy_digest
from charter.territory import Territory
from charter.vocabulary import State
from eclor.errors import PolicyRefusals
from tests.policies import NAMES, NOW, changed, codes, read_text, text_of

ROOT = Path(__file__).parents[4]


def plan_of(text: str, held: Territory) -> Plan:
    return compile_policy(read_text(text), held, now=NOW)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_bytes_give_the_same_plan(name: str, held: Territory) -> None:
    one, other = plan_of(text_of(name), held), plan_of(text_of(name), held)
    later = compile_policy(read_text(text_of(name)), held, now=NOW + timedelta(days=30))
    assert one.digest == other.digest == later.digest
    assert one.operations == other.operations
    assert one.policy_digest == policy_digest(read_text(text_of(name)).plain)
    assert one.catalogue_digest == held.catalogue_digest(name)
    assert (one.charter_digest, one.roles_digest) == (held.charter_digest, held.roles_digest)


def test_a_plan_has_a_step_for_each_step_of_the_ladder(held: Territory) -> None:
    plan = plan_of(text_of("passages"), held)
    assert [dict(step.levels)["horodatage"] for step in plan.steps] == ["heure", "jour", "jour"]
    assert len(plan_of(text_of("attente"), held).steps) == 1


def test_any_change_of_a_policy_changes_its_plan_but_its_state_and_its_comments(held: Territory) -> None:
    before = plan_of(text_of("air"), held)
    assert plan_of(f"# note\n{text_of('air')}", held).digest == before.digest
    slower = changed(text_of("air"), ("delai_publication: 1 jour", "delai_publication: 2 jours"))
    assert plan_of(slower, held).digest != before.digest
    said = changed(text_of("air"), ("etat: brouillon", "etat: signee"))
    assert compile_policy(read_text(said), held, now=NOW, state=State.SIGNED).digest == before.digest


def test_a_refused_policy_becomes_no_plan_and_says_all(held: Territory) -> None:
    text = changed(text_of("passages"), ("k: 11}", "k: 9}"), ("garant: p-garant", "garant: p-dpo"))
    with pytest.raises(PolicyRefusals) as caught:
        plan_of(text, held)
    assert codes(caught.value.refusals) == ["P402", "V702", "V703"]


def test_an_ill_shaped_policy_becomes_no_plan(held: Territory) -> None:
    with pytest.raises(PolicyRefusals) as caught:
        plan_of(changed(text_of("air"), ("jeu: air\n", "")), held)
    assert codes(caught.value.refusals) == ["S202"]


def test_a_plan_is_made_in_one_file() -> None:
    makers = set()
    for file in (path for room in ("charter", "eclor", "catalog", "api") for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Plan":
                makers.add(file.relative_to(ROOT).as_posix())
    assert makers == {"charter/compile.py"}

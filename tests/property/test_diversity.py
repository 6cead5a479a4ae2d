"""Diversity over random rows: judged as the rows say, and nothing of it is computed back from what is shown."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from anonymizers.cells import TOGETHER, DiversityRule, EmptyCellRule, ProtectionRule, Rules
from anonymizers.disclosure.protect import protect
from anonymizers.guarantees.diversity import judge
from eclor.errors import GuaranteeBroken
from tests.cell_tables import (
    ROWS,
    UNITS,
    Key,
    Layout,
    Visit,
    cell_table,
    counted_visits,
    everything,
    frames,
    same_unit,
    visits_in,
    with_wholes,
)
from tests.linear_attacker import Judge

FRAME = frames((2, 3))
RULES = st.builds(DiversityRule, st.just("b"), st.sampled_from([2, 3]), st.sampled_from([40, 60, 80, 90]))
MARGINS = st.lists(st.sampled_from(everything(FRAME)), unique_by=tuple, max_size=3)


def asked(rule: DiversityRule) -> Rules:
    return Rules((2,), None, ProtectionRule(20, 1), EmptyCellRule.MASKED, None, diversity=rule)


def alike(key: Key, visits: list[Visit], rule: DiversityRule) -> bool:
    """Say from the rows alone whether the units of the group of a cell are too much alike."""
    group = visits_in((key[0], TOGETHER), visits)
    homes = {visit.units[0] for visit in group}
    by_value = {value: {visit.units[0] for visit in group if visit.where[1] == value} for value in FRAME["b"]}
    present = [len(units) for units in by_value.values() if units]
    return len(present) < rule.least or Fraction(100 * max(present), len(homes)) > rule.percent


@given(st.booleans().flatmap(lambda repeat: counted_visits(FRAME, repeat_units=repeat)), RULES, MARGINS)
def test_the_verdict_is_what_the_rows_say(visits: list[Visit], rule: DiversityRule, margins: list[list[str]]) -> None:
    assume(visits)
    cells = with_wholes(cell_table(visits, Layout(FRAME, margins, [ROWS, UNITS])), visits, "b")
    verdict = judge(cells, asked(rule))
    for key, refused in zip(cells.keys, verdict.refused, strict=True):
        assert refused == (key[1] != TOGETHER and alike(key, visits, rule))


@given(counted_visits(FRAME, repeat_units=False), RULES)
def test_a_stricter_rule_refuses_no_less(visits: list[Visit], rule: DiversityRule) -> None:
    assume(visits)
    cells = with_wholes(cell_table(visits, Layout(FRAME, [], [UNITS])), visits, "b")
    refused = judge(cells, asked(rule)).refused
    for stricter in (replace(rule, least=rule.least + 1), replace(rule, percent=rule.percent - 10)):
        assert not (refused & ~judge(cells, asked(stricter)).refused).any()


@settings(max_examples=25, deadline=None)
@given(counted_visits(FRAME, repeat_units=False), RULES, MARGINS)
def test_the_attacker_learns_nothing_of_a_masked_group(
    visits: list[Visit], rule: DiversityRule, margins: list[list[str]]
) -> None:
    assume(visits)
    layout = Layout(FRAME, margins, [ROWS, UNITS])
    cells = with_wholes(cell_table(visits, layout), visits, "b")
    try:
        protected = protect(cells, asked(rule))
    except GuaranteeBroken as refusal:
        if refusal.code != "protection.no-pattern":
            raise
        reject()  # no pattern holds: nothing is published, so that there is nothing to attack
    assert Judge(cells, asked(rule), same_unit=same_unit(visits, layout)).breaches(protected) == []

"""Each cause planted in a table by hand: it is the one that is named, with the figures that decided it."""

from dataclasses import replace

import numpy as np

from anonymizers.cells import TOGETHER, DiversityRule, DominanceRule, EmptyCellRule, Rules
from anonymizers.disclosure.protect import protect
from charter.simulation.causes import Cause, Judged, Reason, own_reasons
from charter.simulation.nearest import protected_cells
from tests.cell_tables import FIRST_SUM, ROWS, UNITS, Key, Layout, Visit, by_hand, cell_table, rules, with_wholes

Facts = dict[str, str | int]
FRAME = {"site": ["nord", "sud"], "genre": ["a", "b"]}
LAYOUT = Layout(FRAME, [], [ROWS, UNITS, FIRST_SUM])


def visits(where: Key, count: int, *, amount: int = 1, unit: str = "") -> list[Visit]:
    """Rows of as many units, or of the one that is named."""
    return [Visit(where, (unit or f"{'-'.join(where)}{number}",), (amount,)) for number in range(count)]


ENOUGH = [visit for site in FRAME["site"] for kind in FRAME["genre"] for visit in visits((site, kind), 5)]


def found(rows: list[Visit], asked: Rules, *, layout: Layout = LAYOUT) -> dict[Key, tuple[Reason, ...]]:
    cells = with_wholes(cell_table(rows, layout), rows, "genre")
    reasons = own_reasons(Judged(cells, asked, ("foyers",)))
    return {cells.keys[cell]: why for cell, why in reasons.items()}


def without(where: Key) -> list[Visit]:
    return [visit for visit in ENOUGH if visit.where != where]


def test_nothing_is_said_of_cells_that_hold() -> None:
    assert found(ENOUGH, rules(dominance=DominanceRule(1, 85))) == {}


def test_a_group_under_the_threshold_says_how_many_and_how_many_are_asked() -> None:
    why = found([*without(("sud", "b")), *visits(("sud", "b"), 2)], rules())
    assert why == {("sud", "b"): (Reason(Cause.THRESHOLD, {"unit": "foyers", "units": 2, "k": 3}),)}


def test_rows_without_a_unit_are_told_from_few_units() -> None:
    nobody = [Visit(("sud", "b"), (None,), (1,))] * 9
    why = found([*without(("sud", "b")), *nobody], rules())
    assert why == {("sud", "b"): (Reason(Cause.NO_UNIT, {"unit": "foyers", "rows": 9}),)}


def test_an_empty_cell_is_named_where_empty_cells_are_masked_and_only_there() -> None:
    why = found(without(("sud", "b")), rules(empty_cells=EmptyCellRule.MASKED))
    assert why == {("sud", "b"): (Reason(Cause.EMPTY, {}),)}
    assert found(without(("sud", "b")), rules()) == {}


def test_dominance_says_the_share_the_unit_and_the_indicator() -> None:
    heavy = visits(("sud", "b"), 1, amount=95, unit="heavy")
    why = found([*ENOUGH, *heavy], rules(dominance=DominanceRule(1, 85)))
    facts: Facts = {"indicator": "volume", "unit": "foyers", "contributors": 1, "share": "95,0", "percent": 85}
    assert why == {("sud", "b"): (Reason(Cause.DOMINANCE, facts),)}


def test_a_share_just_over_the_limit_never_reads_as_the_limit() -> None:
    cells = by_hand({("nord", "a"): (9, 100_000, 85_001)}, ("site", "genre"))
    reasons = own_reasons(Judged(cells, rules(dominance=DominanceRule(1, 85)), ("foyers",)))
    assert reasons[0][0].facts["share"] == "85,1"


def test_diversity_says_how_many_values_and_the_largest_share() -> None:
    rows = [*without(("sud", "b")), *visits(("nord", "a"), 15), *visits(("nord", "b"), 5)]
    asked = replace(rules(), diversity=DiversityRule("genre", 2, 75))
    why = found(rows, asked)
    facts: Facts = {"column": "genre", "unit": "foyers", "values": 1, "least": 2, "share": "100,0", "percent": 75}
    reason = (Reason(Cause.DIVERSITY, facts),)
    assert why == {("sud", "a"): reason, ("sud", "b"): reason}


def test_diversity_is_explained_by_the_count_that_is_not_diverse() -> None:
    """Nine households against six are diverse enough; they have nine devices against one."""
    a = [Visit(("nord", "a"), (f"F{number}", f"D{number}"), (1,)) for number in range(9)]
    b = [Visit(("nord", "b"), (f"G{number}", "E"), (1,)) for number in range(6)]
    layout = Layout({"site": ["nord"], "genre": ["a", "b"]}, [], [ROWS, UNITS, FIRST_SUM])
    cells = with_wholes(cell_table([*a, *b], layout), [*a, *b], "genre")
    asked = replace(rules(ks=(3, 1)), diversity=DiversityRule("genre", 2, 80))
    reasons = own_reasons(Judged(cells, asked, ("foyers", "appareils")))
    facts: Facts = {"column": "genre", "unit": "appareils", "values": 2, "least": 2, "share": "90,0", "percent": 80}
    assert reasons == dict.fromkeys(range(2), (Reason(Cause.DIVERSITY, facts),))


def test_a_small_zone_is_named() -> None:
    asked = replace(rules(), small_zones=(frozenset({"sud"}), frozenset()))
    why = found(ENOUGH, asked)
    reason = (Reason(Cause.SMALL_POPULATION, {"zone": "sud"}),)
    assert why == {("sud", "a"): reason, ("sud", "b"): reason}


def test_two_causes_of_one_cell_are_both_said() -> None:
    rows = [*without(("sud", "b")), *visits(("sud", "b"), 1, amount=9)]
    causes = [reason.cause for reason in found(rows, rules(dominance=DominanceRule(1, 85)))["sud", "b"]]
    assert set(causes) == {Cause.THRESHOLD, Cause.DOMINANCE}


def test_a_complementary_mask_leads_to_the_cell_that_it_protects() -> None:
    layout = Layout(FRAME, [["site"], ["genre"], []], [UNITS])
    rows = [*without(("sud", "b")), *visits(("sud", "b"), 2)]
    cells = cell_table(rows, layout)
    protected = protect(cells, rules())
    primary = {cells.keys[cell] for cell in np.flatnonzero(protected.primary)}
    shields = protected_cells(cells.keys, protected.masked, protected.primary)
    assert primary == {("sud", "b")}
    assert len(shields) == int(protected.masked.sum()) - 1 > 0
    assert {cells.keys[refused] for refused in shields.values()} == {("sud", "b")}


def test_a_mask_is_led_to_the_nearest_of_two_blocks() -> None:
    keys = [("a", "1"), ("a", "2"), ("b", "3"), ("b", TOGETHER)]
    masked, primary = np.ones(4, dtype=np.bool_), np.array([True, False, True, False])
    assert protected_cells(keys, masked, primary) == {1: 0, 3: 2}

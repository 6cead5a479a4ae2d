"""Dominance: strict, in integers, by unit, for sums, means and row counts."""

from anonymizers.cells import DominanceRule
from anonymizers.guarantees.dominance import judge
from tests.cell_tables import FIRST_SUM, MEAN, ROWS, UNITS, Layout, Visit, cell_table, rules

PLACES = {"place": ["a"]}
ONE_OVER_85 = rules(ks=(3,), dominance=DominanceRule(1, 85))


def held(*amounts: tuple[str | None, int]) -> list[Visit]:
    return [Visit(("a",), (unit,), (amount,)) for unit, amount in amounts]


def refused(visits: list[Visit], *, contributors: int = 1, percent: int = 85) -> bool:
    cells = cell_table(visits, Layout(PLACES, [], [FIRST_SUM], contributors))
    return bool(judge(cells, rules(dominance=DominanceRule(contributors, percent))).refused[0])


def test_exactly_the_percentage_is_not_dominance() -> None:
    assert not refused(held(("x", 85), ("y", 15)))
    assert refused(held(("x", 86), ("y", 14)))


def test_contributions_are_summed_by_unit_first() -> None:
    assert refused(held(("x", 43), ("y", 14), ("x", 43)))


def test_the_two_largest_count_together_where_the_policy_says_so() -> None:
    three = held(("x", 50), ("y", 40), ("z", 10))
    assert not refused(three, percent=80)
    assert refused(three, contributors=2, percent=80)


def test_rows_of_nobody_are_one_contributor_together() -> None:
    assert refused(held((None, 45), (None, 45), ("x", 10)))


def test_a_total_of_zero_is_not_dominated() -> None:
    assert not refused(held(("x", 0), ("y", 0)))


def test_a_mean_is_judged_on_its_sum_and_a_distinct_count_never() -> None:
    cells = cell_table(held(("x", 90), ("y", 10)), Layout(PLACES, [], [UNITS, MEAN]))
    assert judge(cells, ONE_OVER_85).exposed.tolist() == [[False], [True]]


def test_a_unit_with_nearly_all_the_rows_dominates_their_count() -> None:
    cells = cell_table(held(*[("x", 1)] * 9, ("y", 1)), Layout(PLACES, [], [ROWS]))
    assert judge(cells, ONE_OVER_85).refused.tolist() == [True]


def test_without_a_rule_nobody_dominates() -> None:
    cells = cell_table(held(("x", 100)), Layout(PLACES, [], [FIRST_SUM]))
    assert judge(cells, rules(dominance=None)).refused.tolist() == [False]

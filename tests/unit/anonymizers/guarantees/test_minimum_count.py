"""Minimum count: k units are enough, k - 1 are not, and rows are not units."""

import numpy as np

from anonymizers.cells import EmptyCellRule
from anonymizers.guarantees.minimum_count import judge
from tests.cell_tables import ROWS, UNITS, Layout, Visit, cell_table, rules

HOURS = {"heure": ["09", "10", "11"]}
LAYOUT = Layout(HOURS, [], [ROWS, UNITS])


def visits(*counts: tuple[str, int, int]) -> list[Visit]:
    """Return rows of (hour, units, rows of each unit)."""
    return [
        Visit((hour,), (f"{hour}-{unit}",))
        for hour, units, repeats in counts
        for unit in range(units)
        for _ in range(repeats)
    ]


def test_k_units_are_shown_and_one_less_is_not() -> None:
    cells = cell_table(visits(("09", 11, 1), ("10", 10, 1)), LAYOUT)
    assert judge(cells, rules(ks=(11,))).refused.tolist() == [False, True, False]


def test_forty_rows_of_two_units_are_two_units() -> None:
    cells = cell_table(visits(("09", 2, 20)), LAYOUT)
    assert judge(cells, rules(ks=(11,))).refused.tolist() == [True, False, False]


def test_rows_of_nobody_never_help_and_do_not_stand_alone() -> None:
    cells = cell_table([Visit(("09",), (None,)), *visits(("10", 2, 1))], LAYOUT)
    assert judge(cells, rules(ks=(3,))).refused.tolist() == [True, True, False]


def test_an_empty_cell_is_a_known_zero_or_too_small_as_the_policy_says() -> None:
    cells = cell_table(visits(("09", 3, 1)), LAYOUT)
    assert judge(cells, rules(empty_cells=EmptyCellRule.KNOWN_ZERO)).refused.tolist() == [False, False, False]
    assert judge(cells, rules(empty_cells=EmptyCellRule.MASKED)).refused.tolist() == [False, True, True]


def test_a_cell_that_fails_one_of_two_minimum_counts_is_refused() -> None:
    six_trips_of_two_people = [Visit(("09",), (f"trajet{n}", f"personne{n % 2}")) for n in range(6)]
    cells = cell_table(six_trips_of_two_people, LAYOUT)
    assert judge(cells, rules(ks=(6, 2))).refused.tolist() == [False, False, False]
    assert judge(cells, rules(ks=(6, 3))).refused.tolist() == [True, False, False]


def test_the_distinct_count_of_the_failing_unit_must_seem_able_to_reach_k() -> None:
    verdict = judge(cell_table(visits(("09", 4, 3), ("10", 12, 1)), LAYOUT), rules(ks=(11,)))
    assert verdict.floors.tolist() == [[0, 0, 0], [11, 0, 0]]
    assert np.array_equal(verdict.exposed, [[True, False, False], [True, False, False]])

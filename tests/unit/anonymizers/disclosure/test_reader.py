"""The reader: what is asked of each masked cell, in numbers worked out by hand."""

import numpy as np
import pytest

from anonymizers.cells import DominanceRule, EmptyCellRule, Indicator, Kind, ProtectionRule, Rules
from anonymizers.disclosure.reader import Reader, reader_of
from anonymizers.disclosure.table import studied
from tests.cell_tables import FIRST_SUM, MEAN, ROWS, UNITS, Layout, Measure, Visit, cell_table, rules

PLACES = {"place": ["a", "b"]}


def reader(measure: Measure, asked: Rules, *, held: tuple[int, ...] = (40, 50)) -> Reader:
    """Return the reader of one indicator: two units at a, which hold `held`, and nothing at b."""
    visits = [Visit(("a",), (f"unit{place}",), (amount,)) for place, amount in enumerate(held)]
    return reader_of(studied(cell_table(visits, Layout(PLACES, [], [measure])), asked), 0)


def test_a_sum_must_stay_uncertain_by_its_percentage_rounded_up() -> None:
    needs = reader(FIRST_SUM, rules(protection=ProtectionRule(15, 1)), held=(40, 51)).needs
    assert (needs.up.tolist(), needs.down.tolist()) == ([14], [14])


def test_the_least_protection_holds_for_small_values() -> None:
    needs = reader(FIRST_SUM, rules(protection=ProtectionRule(10, 20))).needs
    assert (needs.up.tolist(), needs.down.tolist()) == ([20], [20])


def test_nobody_asks_for_less_than_nothing() -> None:
    needs = reader(FIRST_SUM, rules(protection=ProtectionRule(10, 20)), held=(3, 4)).needs
    assert (needs.up.tolist(), needs.down.tolist()) == ([20], [7])


def test_a_count_must_seem_able_to_reach_k_and_may_be_known_to_be_one() -> None:
    needs = reader(UNITS, rules(ks=(11,), protection=ProtectionRule(10, 5))).needs
    assert (needs.up.tolist(), needs.down.tolist()) == ([9], [1])


def test_a_count_may_be_zero_where_zeros_are_masked() -> None:
    needs = reader(UNITS, rules(ks=(11,), protection=ProtectionRule(10, 5), empty_cells=EmptyCellRule.MASKED)).needs
    assert (needs.cells.tolist(), needs.up.tolist(), needs.down.tolist()) == ([0, 1], [9, 11], [2, 0])


def test_rows_of_nobody_make_a_count_of_zero_that_stays_possible() -> None:
    visits = [Visit(("a",), (None,)), Visit(("a",), (None,))]
    nobody = reader_of(studied(cell_table(visits, Layout(PLACES, [], [UNITS])), rules(ks=(3,))), 0)
    assert (nobody.needs.up.tolist(), nobody.needs.down.tolist()) == ([3], [0])


def test_a_decimal_measure_is_protected_in_its_own_unit() -> None:
    tenths = Measure(Indicator("conso", Kind.SUM, decimals=1), amount=0)
    needs = reader(tenths, rules(protection=ProtectionRule(10, 1)), held=(51, 52)).needs
    assert (needs.up.tolist(), needs.down.tolist()) == ([20], [20])


def test_only_the_dominated_indicator_is_kept_from_readers() -> None:
    asked = rules(ks=(2,), dominance=DominanceRule(1, 85))
    assert reader(FIRST_SUM, asked, held=(90, 5)).needs.cells.tolist() == [0]
    assert reader(ROWS, asked, held=(90, 5)).needs.cells.tolist() == []


@pytest.mark.parametrize(("measure", "low", "high"), [(FIRST_SUM, -12.5, 0.0), (MEAN, 0.0, 0.0)])
def test_a_rounded_value_is_known_to_half_a_base_and_a_mean_exactly(measure: Measure, low: float, high: float) -> None:
    seen = reader(measure, rules(ks=(2,), rounding=25), held=(50, 50))
    assert (seen.shown_low[0], seen.shown_high[0]) == ((-12.5, 12.5) if measure is FIRST_SUM else (low, high))


def test_a_value_rounded_to_nothing_is_not_thought_negative() -> None:
    seen = reader(FIRST_SUM, rules(ks=(2,), rounding=10), held=(1, 2))
    assert (seen.shown_low[0], seen.shown_high[0]) == (-3.0, 2.0)


def test_a_known_zero_cannot_move() -> None:
    seen = reader(FIRST_SUM, rules(ks=(2,), rounding=10))
    low, high = seen.ranges(np.array([False, True]))
    assert (seen.shown_low[1], seen.shown_high[1]) == (0.0, 0.0)
    assert low[1] == 0.0
    assert not seen.constraints.columns.size
    assert high[1] > 0.0

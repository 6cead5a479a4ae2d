"""Feasibility: what a reader works out of masked cells, in small tables done by hand."""

import numpy as np
import pytest

from anonymizers.cells import TOGETHER, CellTable, EmptyCellRule, Rules
from anonymizers.disclosure.feasibility import spans_of
from anonymizers.disclosure.reader import reader_of
from anonymizers.disclosure.table import studied
from tests.cell_tables import FIRST_SUM, UNITS, Key, Layout, Visit, by_hand, cell_table, rules

T = TOGETHER
INFINITE = float("inf")
ROW: dict[Key, tuple[int, int, int]] = {
    ("a",): (2, 20, 10),
    ("b",): (5, 30, 10),
    ("c",): (9, 50, 10),
    (T,): (16, 100, 10),
}


def interval(
    cells: CellTable, masked: set[Key], cell: Key, *, indicator: int, asked: Rules | None = None
) -> tuple[float, float]:
    reader = reader_of(studied(cells, asked or rules()), indicator)
    at = cells.keys.index(cell)
    spans = spans_of(reader, np.array([key in masked for key in cells.keys]), np.array([at]))
    return float(reader.values[at] + spans.low[0]), float(reader.values[at] + spans.high[0])


def test_a_cell_masked_alone_in_its_line_is_known() -> None:
    assert interval(by_hand(ROW, ("d",)), {("a",)}, ("a",), indicator=1) == (20, 20)


def test_two_masked_cells_hide_in_their_sum() -> None:
    masked = {("a",), ("b",)}
    assert interval(by_hand(ROW, ("d",)), masked, ("a",), indicator=1) == (0, 50)
    assert interval(by_hand(ROW, ("d",)), masked, ("a",), indicator=0) == (1, 6)


def test_a_masked_count_may_be_zero_where_zeros_are_masked() -> None:
    asked = rules(empty_cells=EmptyCellRule.MASKED)
    assert interval(by_hand(ROW, ("d",)), {("a",), ("b",)}, ("a",), indicator=0, asked=asked) == (0, 7)


def test_a_masked_margin_leaves_its_parts_without_end() -> None:
    masked = {("a",), (T,)}
    assert interval(by_hand(ROW, ("d",)), masked, ("a",), indicator=1) == (0, INFINITE)
    assert interval(by_hand(ROW, ("d",)), masked, (T,), indicator=1) == (80, INFINITE)


@pytest.mark.parametrize(("base", "low", "high"), [(10, 5, 35), (7, 10.5, 31.5)])
def test_rounding_leaves_half_a_base_at_each_shown_cell(base: int, low: float, high: float) -> None:
    """Base 10: 100 ± 5, 30 ± 5, 50 ± 5 leave 20 ± 15. Base 7: 98 ± 3.5, 28 ± 3.5, 49 ± 3.5 leave 21 ± 10.5."""
    asked = rules(rounding=base)
    assert interval(by_hand(ROW, ("d",)), {("a",)}, ("a",), indicator=1, asked=asked) == (low, high)


def test_a_unit_in_two_parts_leaves_a_distinct_count_between_the_largest_part_and_the_sum() -> None:
    frame = {"heure": ["09", "10", "11"]}
    visits = [Visit(("09",), ("x",)), Visit(("10",), ("x",)), *[Visit(("10",), (f"y{n}",)) for n in range(3)]]
    visits += [Visit(("11",), (f"z{n}",)) for n in range(5)]
    cells = cell_table(visits, Layout(frame, [[]], [UNITS]))
    masked = {("09",), ("10",)}
    assert interval(cells, masked, ("10",), indicator=0) == (1, 9)
    assert interval(cells, {("10",)}, ("10",), indicator=0) == (3, 9)
    assert interval(cells, {(T,)}, (T,), indicator=0) == (5, 10)


def test_two_measures_are_two_readings_of_one_pattern() -> None:
    frame = {"a": ["a0", "a1"]}
    visits = [Visit(("a0",), ("x",), (7, 100)), Visit(("a1",), ("y",), (2, 0)), Visit(("a1",), ("z",), (3, 1))]
    cells = cell_table(visits, Layout(frame, [[]], [FIRST_SUM, UNITS]))
    masked = {("a0",), ("a1",)}
    assert interval(cells, masked, ("a0",), indicator=0) == (0, 12)
    assert interval(cells, masked, ("a0",), indicator=1) == (1, 2)

"""Lines: a margin is the sum of its parts, one line for each least set of opened dimensions."""

from dataclasses import replace

import numpy as np
import pytest

from anonymizers.cells import TOGETHER, CellTable
from anonymizers.disclosure.lines import check_additive, lines_of
from eclor.errors import GuaranteeBroken
from tests.cell_tables import FIRST_SUM, UNITS, Key, Layout, Visit, cell_table, everything, frames

T = TOGETHER


def named(cells: CellTable) -> set[tuple[Key, frozenset[Key]]]:
    lines = lines_of(cells)
    return {
        (cells.keys[parent], frozenset(cells.keys[part] for part in lines.parts[lines.starts[j] : lines.starts[j + 1]]))
        for j, parent in enumerate(lines.parents)
    }


def table(margins: list[list[str]], sizes: tuple[int, ...] = (2, 2)) -> CellTable:
    frame = frames(sizes)
    return cell_table(
        [Visit(tuple(labels[0] for labels in frame.values()), ("x",), (3,))], Layout(frame, margins, [UNITS, FIRST_SUM])
    )


def test_a_table_with_all_margins_has_a_line_for_each_row_column_and_way_to_the_total() -> None:
    assert named(table([[], ["a"], ["b"]])) == {
        (("a0", T), frozenset({("a0", "b0"), ("a0", "b1")})),
        (("a1", T), frozenset({("a1", "b0"), ("a1", "b1")})),
        ((T, "b0"), frozenset({("a0", "b0"), ("a1", "b0")})),
        ((T, "b1"), frozenset({("a0", "b1"), ("a1", "b1")})),
        ((T, T), frozenset({("a0", T), ("a1", T)})),
        ((T, T), frozenset({(T, "b0"), (T, "b1")})),
    }


def test_a_grand_total_alone_is_the_sum_of_all_the_finest_cells() -> None:
    assert named(table([[]])) == {((T, T), frozenset({("a0", "b0"), ("a0", "b1"), ("a1", "b0"), ("a1", "b1")}))}


def test_a_table_without_margins_has_no_line() -> None:
    assert named(table([])) == set()


def test_a_margin_of_one_part_is_a_line_too() -> None:
    assert named(table([["a"]], sizes=(1, 1))) == {(("a0", T), frozenset({("a0", "b0")}))}


def test_a_hierarchy_is_two_dimensions_of_which_the_finer_opens_first() -> None:
    keys: list[Key] = [("n", "n1"), ("n", "n2"), ("n", T), ("s", "s1"), ("s", T), (T, T)]
    ones = np.array([1, 1, 2, 1, 1, 3])
    cells = replace(table([]), keys=tuple(keys), rows=ones, units=(ones,), values=(ones, ones))
    assert named(cells) == {
        (("n", T), frozenset({("n", "n1"), ("n", "n2")})),
        (("s", T), frozenset({("s", "s1")})),
        ((T, T), frozenset({("n", T), ("s", T)})),
    }


def bent(cells: CellTable, **changes: int) -> CellTable:
    """Add one to a value of the first cell that is a margin."""
    margin = int(np.flatnonzero(cells.margins)[0])
    name, indicator = next(iter(changes.items()))
    values = [values.copy() for values in cells.values]
    values[indicator][margin] += 1 if name == "add" else -1
    return replace(cells, values=tuple(values))


def refusal(cells: CellTable) -> str:
    with pytest.raises(GuaranteeBroken) as caught:
        check_additive(cells, lines_of(cells))
    return caught.value.code


def test_a_sum_that_does_not_add_up_is_refused() -> None:
    assert refusal(bent(table(everything(frames((2, 2)))), add=1)) == "protection.table-inconsistent"


def test_a_distinct_count_may_be_less_than_the_sum_of_its_parts_but_not_more() -> None:
    frame = frames((2,))
    twice = cell_table([Visit(("a0",), ("x",)), Visit(("a1",), ("x",))], Layout(frame, [[]], [UNITS]))
    check_additive(twice, lines_of(twice))
    assert refusal(bent(bent(twice, add=0), add=0)) == "protection.table-inconsistent"


def test_two_cells_of_one_key_are_refused() -> None:
    cells = table([])
    assert refusal(replace(cells, keys=(cells.keys[0], *cells.keys[:-1]))) == "protection.table-inconsistent"


def test_a_margin_without_parts_is_refused() -> None:
    ones = np.array([1])
    cells = replace(table([]), keys=((T, T),), rows=ones, units=(ones,), values=(ones, ones))
    assert refusal(cells) == "protection.table-inconsistent"


def test_a_negative_value_is_refused() -> None:
    cells = table([])
    assert refusal(replace(cells, values=(cells.values[0], -cells.values[1]))) == "protection.negative-value"

"""Diversity: enough values, none too large, in units of the group; and what nobody may prove of a group."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from anonymizers.cells import CellTable, DiversityRule, EmptyCellRule, Rules
from anonymizers.disclosure.protect import protect
from anonymizers.guarantees.diversity import judge
from tests.cell_tables import ROWS, UNITS, Layout, Measure, Visit, cell_table, rules, with_wholes

FRAME = {"place": ["p", "q"], "genre": ["x", "y", "z"]}
RULE = DiversityRule("genre", least=3, percent=80)


def asked(rule: DiversityRule | None = RULE) -> Rules:
    return replace(rules(empty_cells=EmptyCellRule.MASKED), diversity=rule)


def visits(place: str, *counts: int, rows: int = 1) -> list[Visit]:
    return [
        Visit((place, genre), (f"{place}{genre}{unit}",))
        for genre, count in zip("xyz", counts, strict=True)
        for unit in range(count)
        for _ in range(rows)
    ]


def table(
    held: Sequence[Visit], margins: Sequence[Sequence[str]] = (), shown: tuple[Measure, ...] = (UNITS,)
) -> CellTable:
    """Count cells by hand, and the units of each group."""
    return with_wholes(cell_table(held, Layout(FRAME, margins, shown)), held, "genre")


def refused(held: Sequence[Visit], rule: DiversityRule = RULE) -> set[tuple[str, ...]]:
    cells = table(held)
    verdict = judge(cells, asked(rule))
    return {key for key, masked in zip(cells.keys, verdict.refused, strict=True) if masked}


P = {("p", "x"), ("p", "y"), ("p", "z")}
Q = {("q", "x"), ("q", "y"), ("q", "z")}


def test_exactly_l_values_and_exactly_the_share_are_enough() -> None:
    assert refused([*visits("p", 8, 1, 1), *visits("q", 3, 3, 3)]) == set()


def test_a_unit_more_in_the_largest_value_is_too_many() -> None:
    assert refused([*visits("p", 9, 1, 1), *visits("q", 3, 3, 3)]) == P


def test_a_value_less_is_too_few() -> None:
    assert refused([*visits("p", 5, 5, 0), *visits("q", 3, 3, 3)]) == P


def test_rows_are_no_units() -> None:
    many = [*visits("p", 3, 3, 3), *visits("p", 1, 0, 0, rows=99), *visits("q", 9, 1, 1)]
    assert refused([*many, *visits("q", 0, 1, 0, rows=99)]) == Q


def test_a_unit_of_every_value_counts_once_in_its_group() -> None:
    everyone_has_x = [Visit(("p", genre), (f"u{unit}",)) for unit in range(9) for genre in ("x", "yz"[unit % 2])]
    assert refused([*everyone_has_x, *visits("q", 3, 3, 3)]) == P


def test_an_empty_group_is_not_diverse() -> None:
    assert refused(visits("q", 3, 3, 3)) == P


def test_without_a_rule_everything_is_diverse() -> None:
    cells = table([*visits("p", 9, 0, 0)])
    assert not judge(cells, asked(None)).refused.any()


def test_the_other_values_must_seem_able_to_make_the_group_diverse() -> None:
    cells = table([*visits("p", 40, 1, 0), *visits("q", 3, 3, 3)], shown=(ROWS, UNITS))
    verdict = judge(cells, asked())
    place = {key: index for index, key in enumerate(cells.keys)}
    # 40 of 41: with 10 of another value, 40 would be 80 % of 50
    assert [int(verdict.floors[1, place["p", genre]]) for genre in "xyz"] == [0, 10, 10]
    assert verdict.floors[0].tolist() == [0] * 6
    assert all(verdict.exposed[:, place["p", genre]].all() for genre in "xyz")


@pytest.mark.parametrize("margins", [[["place"]], [["place"], []], [["place"], ["genre"], []]])
def test_nobody_can_prove_what_nearly_all_of_a_group_are(margins: list[list[str]]) -> None:
    cells = table([*visits("p", 40, 1, 0), *visits("q", 9, 8, 9)], margins)
    protected = protect(cells, asked())
    high = {cells.keys[bound.cell]: bound.high for bound in protected.bounds}
    low = {cells.keys[bound.cell]: bound.low for bound in protected.bounds}
    assert low["p", "x"] <= 36
    for genre in "yz":
        bound = high["p", genre]
        assert bound is None or bound >= 10


def test_the_order_of_the_cells_changes_nothing() -> None:
    cells = table([*visits("p", 9, 1, 1), *visits("q", 3, 3, 3)])
    turned = cells.reordered(list(range(len(cells.keys)))[::-1])
    assert judge(turned, asked()).refused.tolist() == judge(cells, asked()).refused.tolist()[::-1]

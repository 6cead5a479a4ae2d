"""The single contributor: who is alone in a masked cell knows it, and must learn nothing of the others."""

from dataclasses import replace

import numpy as np

from anonymizers.cells import TOGETHER, CellTable
from anonymizers.disclosure.circles import circles_of
from anonymizers.disclosure.problem import problem_of
from anonymizers.disclosure.protect import masked_of, protect
from anonymizers.disclosure.prover import Means, Prover
from anonymizers.disclosure.table import studied
from anonymizers.disclosure.work import Work
from benchmarks.suppression_tables import asked, enterprises, nested_axis, plain_axis
from tests.cell_tables import ROWS, UNITS, Layout, Visit, by_hand, cell_table, masked_keys, rules

T = TOGETHER


def day(first: int, second: int) -> CellTable:
    """Return four hours and their total: two of few units, two of many."""
    units = {"09": first, "10": second, "11": 6, "12": 8}
    numbers = {(hour,): (count, 10 * count, 10) for hour, count in units.items()}
    return by_hand(numbers | {(T,): (sum(units.values()), 10 * sum(units.values()), 10)}, ("heure",))


def test_two_cells_of_two_units_hide_each_other() -> None:
    assert masked_keys(day(2, 2), protect(day(2, 2), rules(ks=(3,))).masked) == {("09",), ("10",)}


def test_a_unit_alone_in_one_of_them_would_know_the_other_so_a_third_is_masked() -> None:
    assert masked_keys(day(1, 2), protect(day(1, 2), rules(ks=(3,))).masked) == {("09",), ("10",), ("11",)}


def test_a_unit_alone_in_a_margin_is_the_same_in_its_parts() -> None:
    frame = {"site": ["s", "t"], "heure": ["09", "10"]}
    visits = [Visit(("s", "09"), ("x",)), Visit(("s", "10"), ("x",)), Visit(("t", "09"), ("y",))]
    visits += [Visit(("t", "10"), (f"z{n}",)) for n in range(4)]
    cells = cell_table(visits, Layout(frame, [["site"]], [UNITS, ROWS]))
    groups = [{cells.keys[cell] for cell in circle.known} for circle in circles_of(studied(cells, rules()))]
    assert {("s", "09"), ("s", "10"), ("s", T)} in groups
    assert {("t", "09")} in groups
    assert len(groups) == 2


def test_rows_of_nobody_in_a_margin_are_not_known_to_its_only_unit() -> None:
    frame = {"site": ["s"], "heure": ["09", "10"]}
    visits = [Visit(("s", "09"), ("x",)), Visit(("s", "10"), (None,))]
    cells = cell_table(visits, Layout(frame, [["site"]], [UNITS]))
    groups = [{cells.keys[cell] for cell in circle.known} for circle in circles_of(studied(cells, rules()))]
    assert sorted(groups, key=sorted) == [{("s", "09")}, {("s", T)}]


def test_contributors_asked_about_together_are_told_what_each_is_told_apart() -> None:
    axes = [plain_axis(5), nested_axis(12, 3), nested_axis(12, 3)]
    problem = problem_of(studied(enterprises(axes, seed=2, mean=60), asked(3, percent=15)))
    masked_against_nobody_inside = masked_of(replace(problem, circles=()))
    means = Means(masked_against_nobody_inside, np.full(len(problem.primary), np.inf), (), Work())
    together, apart = (Prover(problem.readers[0], means, problem.circles) for _ in range(2))
    outcomes: set[tuple[bool, bool]] = set()
    for ask in filter(together.proves, together.asks()):
        against = [problem.circles[number] for number in together.against(ask)]
        found = together.proves_against_all(ask, against)
        assert found == all(apart.proves_against(ask, circle) for circle in against)
        assert not (found and list(together.against(ask)))
        outcomes.add((len(against) > 1, found))
    assert outcomes >= {(True, True), (True, False)}

"""Which of the cells that each seem to lie in another fit into it together."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from anonymizers.differencing.facts import Inside, Whole
from anonymizers.differencing.fitting import CHOICES, fitting

Held = dict[int, int]
"""Rows of a cell, by unit."""


def inside(whole: Held, parts: list[Held]) -> Inside:
    units = sorted(whole)
    entries = [(part, units.index(unit), rows) for part, held in enumerate(parts) for unit, rows in held.items()]
    owners, at, rows = (np.array(column, dtype=np.int64) for column in zip(*entries, strict=True))
    held = np.array([whole[unit] for unit in units], dtype=np.int64)
    around = Whole(np.array(units, dtype=np.uint64), held, np.zeros(len(units), dtype=np.uint64), ())
    nothing = np.zeros(len(rows), dtype=np.uint64)
    return Inside(0, around, np.arange(len(parts)) + 1, owners, at, rows, nothing, ())


def sets(whole: Held, parts: list[Held]) -> list[set[int]]:
    return [set(chosen.tolist()) for chosen in fitting(inside(whole, parts), np.arange(len(parts)))]


def fits(whole: Held, parts: list[Held]) -> bool:
    return all(sum(part.get(unit, 0) for part in parts) <= rows for unit, rows in whole.items())


def largest(whole: Held, parts: list[Held]) -> list[set[int]]:
    """Return the sets of parts that fit and lie in no other, all subsets tried."""
    every = range(len(parts))
    fitting_ones = [
        set(chosen)
        for size in range(len(parts), 0, -1)
        for chosen in combinations(every, size)
        if fits(whole, [parts[part] for part in chosen])
    ]
    return [one for one in fitting_ones if not any(one < other for other in fitting_ones)]


def test_cells_that_fit_together_are_one_set() -> None:
    assert sets({1: 2, 2: 1, 3: 1}, [{1: 1}, {1: 1, 2: 1}]) == [{0, 1}]


def test_of_two_cells_that_hold_the_same_row_each_stands_with_all_others() -> None:
    assert sets({1: 1, 2: 1, 3: 4}, [{1: 1}, {3: 4}, {1: 1, 2: 1}]) == [{0, 1}, {1, 2}]


def test_a_unit_that_came_twice_leaves_room_for_two() -> None:
    assert sorted(map(sorted, sets({1: 2}, [{1: 1}, {1: 1}, {1: 1}]))) == [[0, 1], [0, 2], [1, 2]]


@st.composite
def crowded(draw: st.DrawFn) -> tuple[Held, list[Held]]:
    whole = {unit: draw(st.integers(1, 3)) for unit in range(1, 6)}
    units = st.sets(st.sampled_from(sorted(whole)), min_size=1, max_size=3)
    parts = draw(st.lists(units, min_size=1, max_size=7))
    return whole, [{unit: draw(st.integers(1, whole[unit])) for unit in sorted(part)} for part in parts]


@given(crowded())
def test_every_largest_set_is_found_once(held: tuple[Held, list[Held]]) -> None:
    wanted, found = largest(*held), sets(*held)
    assert len({frozenset(one) for one in found}) == len(found)
    if len(wanted) < CHOICES:
        assert sorted(map(sorted, found)) == sorted(map(sorted, wanted))


def test_beyond_the_choices_every_cell_stands_in_a_set_or_by_itself() -> None:
    """Of thirty pairs one each: a thousand million largest sets."""
    whole = dict.fromkeys(range(30), 1)
    parts = [{unit: 1} for unit in range(30) for _ in range(2)]
    found = sets(whole, parts)
    together = [one for one in found if len(one) > 1]
    assert len(together) == CHOICES
    assert all(len(one) == 30 and fits(whole, [parts[part] for part in one]) for one in together)
    assert set().union(*found) == set(range(60))

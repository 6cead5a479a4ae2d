"""The parts of the search for combinations of cells, each next to the plain way of saying the same."""

from itertools import product

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anonymizers.differencing.equations import Equations
from anonymizers.differencing.leaving import Leaving
from anonymizers.differencing.modular import PRIME, inverses, kernel, small
from anonymizers.differencing.modular import product as multiplied
from anonymizers.differencing.parts import Held, Parts, parts_of, ways_of
from anonymizers.disclosure.work import Work

NUMBERS = st.integers(-3, 3)
DAYS = np.array([1_103_515_246, 58_112_011, 902_331_777, 412_000_003, 77_777_777], dtype=np.int64)
NOBODY = -1


def matrices(lines: int, columns: int) -> st.SearchStrategy[list[list[int]]]:
    line = st.lists(NUMBERS, min_size=columns, max_size=columns)
    return st.lists(line, min_size=1, max_size=lines)


@settings(deadline=None)
@given(numbers=matrices(5, 4))
def test_what_a_kernel_gives_makes_every_line_zero_and_nothing_is_missing(numbers: list[list[int]]) -> None:
    lines = np.array(numbers) % PRIME
    basis = kernel(lines)
    assert not multiplied(lines, basis.T).any()
    assert len(basis) == lines.shape[1] - np.linalg.matrix_rank(np.array(numbers))


@settings(deadline=None)
@given(numbers=st.lists(st.integers(-16, 16), min_size=1, max_size=6), factor=st.integers(1, PRIME - 1))
def test_small_numbers_are_known_again_whatever_they_were_multiplied_by(numbers: list[int], factor: int) -> None:
    assume(any(numbers))
    whole = np.array(numbers)
    found = small(whole * factor % PRIME, 16)
    assert found is not None
    assert (np.outer(found, whole) == np.outer(whole, found)).all()


def test_numbers_without_small_proportions_are_not_taken_for_such() -> None:
    assert small(np.array([1, 48_271, 182_605_794]), 16) is None
    assert (inverses(np.array([2])) * 2 % PRIME).tolist() == [1]


def apart(held: Held) -> Parts:
    """Take entries apart by the days that they tell themselves."""
    return parts_of(held, ways_of(held.rows, held.sums))


@settings(deadline=None)
@given(rows=st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=4), min_size=1, max_size=3))
def test_rows_of_a_unit_are_laid_on_their_days(rows: list[list[int]]) -> None:
    """Each day is told by an entry of one row of it."""
    cells = [*([day] for day in range(len(DAYS))), *rows]
    units = np.zeros(len(cells), dtype=np.int64)
    sums = np.array([DAYS[cell].sum() for cell in cells])
    parts = apart(Held(units, np.array([len(cell) for cell in cells]), sums))
    assert not parts.whole.any()
    numbered = np.argsort(np.argsort(DAYS))
    told = sorted(zip(parts.of.tolist(), parts.days.tolist(), parts.rows.tolist(), strict=True))
    laid = {(of, int(numbered[day]), cell.count(day)) for of, cell in enumerate(cells) for day in cell}
    assert told == sorted(laid)


def test_a_unit_whose_days_cannot_be_told_stays_together_in_all_its_entries() -> None:
    units = np.array([0, 0, 1])
    sums = np.array([DAYS[0], DAYS[0] + 5, DAYS[1]])
    parts = apart(Held(units, np.array([1, 2, 1]), sums))
    assert parts.whole.tolist() == [True, True, False]
    assert parts.of.tolist() == [2]


def test_all_the_days_of_a_unit_are_told_apart_however_many() -> None:
    """A meter that is read every day of a month, and the month's cell: no list holds all ways of laying 31 rows."""
    days = np.arange(31) ** 5 * 1009 % PRIME + 1
    parts = apart(Held(np.zeros(32, dtype=np.int64), np.array([*[1] * 31, 31]), np.array([*days, days.sum()])))
    assert not parts.whole.any()
    assert (parts.of == 31).sum() == 31


@settings(deadline=None)
@given(numbers=matrices(7, 3), k=st.integers(2, 4))
def test_whatever_leaves_too_few_is_in_a_space_that_is_found(numbers: list[list[int]], k: int) -> None:
    """One unit a line: some coefficients leave fewer than k exactly when a space is found, and all of it does."""
    lines = np.array(numbers)
    assume(lines.any(axis=1).all() and lines.any(axis=0).all())
    held, facts = np.nonzero(lines)
    equations = Equations(held, facts, lines[held, facts] % PRIME, np.arange(len(lines)), np.arange(len(lines)))
    leaving = Leaving(equations, None, Work(), k=k, nobody=NOBODY)
    found = [chosen for space in leaving.spaces() for chosen in space]
    left = [int((multiplied(lines % PRIME, one[:, None]) != 0).sum()) for one in found]
    assert all(several < k for several in left)
    tried = [int((lines @ np.array(way) != 0).sum()) for way in product(range(-3, 4), repeat=3)]
    assert any(0 < several < k for several in tried) <= any(left)

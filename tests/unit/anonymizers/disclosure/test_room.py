"""Room: what single rows tell by sums is what a linear programme tells, to anybody and to who is alone in a cell."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.cells import TOGETHER, Booleans, CellTable, EmptyCellRule
from anonymizers.disclosure.feasibility import NOBODY
from anonymizers.disclosure.last_cells import LastCells
from anonymizers.disclosure.plain import plain_proofs
from anonymizers.disclosure.problem import Problem, problem_of
from anonymizers.disclosure.protect import protect
from anonymizers.disclosure.table import studied
from tests.cell_tables import Case, Key, by_hand, cases, rules
from tests.unit.anonymizers.disclosure.denied import falls_to

T = TOGETHER


def day(*units: int) -> CellTable:
    """Return hours of some units, ten a unit, and their total."""
    numbers: dict[Key, tuple[int, int, int]] = {
        (f"{hour:02d}",): (count, 10 * count, 10) for hour, count in enumerate(units)
    }
    return by_hand(numbers | {(T,): (sum(units), 10 * sum(units), 10)}, ("heure",))


def needed(cells: CellTable, masked: set[int], cell: int) -> bool:
    """Say whether one row of some reader refuses that a masked cell of hours be shown."""
    problem = problem_of(studied(cells, rules(ks=(3,))))
    hidden = np.isin(np.arange(len(cells.keys)), list(masked))
    place = cells.keys.index((f"{cell:02d}",))
    return any(LastCells(reader, problem.circles).need(place, *reader.ranges(hidden)) for reader in problem.readers)


def test_the_second_of_two_masked_cells_must_stay_masked() -> None:
    hours = day(2, 5, 6, 8)
    places = {hours.keys.index((f"{hour:02d}",)) for hour in (0, 1)}
    assert needed(hours, places, 1)
    assert not needed(hours, places | {hours.keys.index(("02",))}, 1)


def test_who_is_alone_in_one_of_three_masked_cells_would_know_the_second_without_the_third() -> None:
    hours = day(1, 2, 6, 8)
    assert needed(hours, {hours.keys.index((f"{hour:02d}",)) for hour in (0, 1, 2)}, 2)


def some_masked(problem: Problem, draw: st.DataObject) -> Booleans:
    size = len(problem.primary)
    more = draw.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    masked: Booleans = problem.primary | (problem.candidates & np.array(more, dtype=np.bool_))
    return masked


@settings(max_examples=200, deadline=None)
@given(case=cases(), draw=st.data())
def test_a_cell_that_must_stay_masked_leaves_somebody_too_close_once_shown(case: Case, draw: st.DataObject) -> None:
    problem = problem_of(studied(case.cells, case.asked))
    hidden = some_masked(problem, draw)
    for reader in problem.readers:
        last, (low, high) = LastCells(reader, problem.circles), reader.ranges(hidden)
        for cell in np.flatnonzero(hidden & ~problem.primary).tolist():
            before = low.copy(), high.copy()
            if last.need(cell, low, high):
                without = hidden & (np.arange(len(hidden)) != cell)
                claims = [(need, sign) for need in range(len(reader.needs.cells)) for sign in (1, -1)]
                assert any(
                    falls_to(reader, without, claim, known)
                    for claim in claims
                    for known, own in [(NOBODY, NOBODY), *((one.known, one.own) for one in problem.circles)]
                    if reader.needs.cells[claim[0]] not in own
                )
            assert (low == before[0]).all()
            assert (high == before[1]).all()


@settings(max_examples=200, deadline=None)
@given(case=cases(shapes=((4,), (6,))), draw=st.data())
def test_of_a_single_row_sums_refuse_to_who_is_alone_what_a_programme_refuses(case: Case, draw: st.DataObject) -> None:
    problem = problem_of(studied(case.cells, case.asked))
    hidden = some_masked(problem, draw)
    for reader in problem.readers:
        if len(reader.constraints) > 1:
            continue
        plain = plain_proofs(reader, hidden, problem.circles)
        for claim in plain.granted:
            refused = {
                number
                for number, circle in enumerate(problem.circles)
                if reader.needs.cells[claim[0]] not in circle.own and falls_to(reader, hidden, claim, circle.known)
            }
            assert set(plain.refused.get(claim, ())) == refused


def test_a_row_of_thousands_of_cells_of_which_hundreds_hold_one_unit_is_protected_as_a_whole() -> None:
    hours = day(*([1, 0, 2, 0, 0] * 500))
    found = protect(hours, rules(ks=(3,), empty_cells=EmptyCellRule.MASKED))
    assert found.masked[[key != (T,) for key in hours.keys]].all()

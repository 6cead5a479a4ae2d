"""A part of a table says of its cells what the table says, and costs what it holds, however many others there are."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.cells import CellTable, DominanceRule, Integers
from anonymizers.disclosure.circles import Circle
from anonymizers.disclosure.components import components, settled
from anonymizers.disclosure.constraints import Constraints, Floats
from anonymizers.disclosure.lines import Lines
from anonymizers.disclosure.parted import PART, SPLIT, Parts
from anonymizers.disclosure.problem import Problem, blocks, problem_of
from anonymizers.disclosure.table import studied
from benchmarks.suppression_tables import asked, scattered
from tests.cell_tables import Case, cases

RULES = asked(3, percent=15, dominance=DominanceRule(1, 85))
SMALL = 4
"""Cells of one part of the table of many parts, its total apart."""


def rows_of(constraints: Constraints, size: int) -> Floats:
    """Return the rows written out, a column a cell, with what bounds each."""
    rows = np.zeros((len(constraints), size + 2))
    rows[constraints.rows, constraints.columns] = constraints.coefficients
    rows[:, size], rows[:, size + 1] = constraints.low, constraints.high
    return rows


def members(lines: Lines) -> list[tuple[int, list[int]]]:
    return [(int(lines.parents[line]), lines.parts_of(line).tolist()) for line in range(len(lines))]


def part_of(problem: Problem, cells: Integers) -> Problem:
    return Parts(problem).part(cells)


@settings(max_examples=60, deadline=None)
@given(case=cases(), held=st.data())
def test_a_part_holds_what_the_table_says_of_its_cells(case: Case, held: st.DataObject) -> None:
    """Of any cells, whether lines tie them to others or not: others stand still."""
    problem = problem_of(studied(case.cells, case.asked))
    size = len(problem.primary)
    cells = np.flatnonzero(held.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    part, place = part_of(problem, cells), {cell: at for at, cell in enumerate(cells.tolist())}
    for whole, own in zip(problem.readers, part.readers, strict=True):
        rows = rows_of(whole.constraints, size)
        kept = rows[rows[:, cells].any(axis=1)][:, [*cells.tolist(), size, size + 1]]
        assert (rows_of(own.constraints, len(cells)) == kept).all()
        assert (np.diff(own.constraints.starts) == np.bincount(own.constraints.rows, minlength=len(kept))).all()
        needs = zip(*(end.tolist() for end in (whole.needs.cells, whole.needs.up, whole.needs.down)), strict=True)
        ours = zip(*(end.tolist() for end in (own.needs.cells, own.needs.up, own.needs.down)), strict=True)
        assert list(ours) == [(place[cell], up, down) for cell, up, down in needs if cell in place]
        for ends in ("values", "hidden_low", "shown_low", "shown_high"):
            assert (getattr(own, ends) == getattr(whole, ends)[cells]).all()
    assert [(circle.known.tolist(), circle.own.tolist()) for circle in part.circles] == [
        ([place[c] for c in one.known.tolist() if c in place], [place[c] for c in one.own.tolist() if c in place])
        for one in problem.circles
        if set(one.known.tolist()) & set(place)
    ]
    for stage, own_stage in zip(problem.hidden_sums.stages, part.hidden_sums.stages, strict=True):
        assert members(own_stage) == [
            (place[parent], [place[cell] for cell in parts if cell in place])
            for parent, parts in members(stage)
            if parent in place
        ]
    for facts in ("primary", "candidates", "preferred", "units", "sums", "groups"):
        assert (getattr(part, facts) == getattr(problem, facts)[cells]).all()


@settings(max_examples=60, deadline=None)
@given(case=cases())
def test_components_hold_every_free_cell_that_is_tied_once_with_all_its_rows(case: Case) -> None:
    problem = problem_of(studied(case.cells, case.asked))
    for reader in problem.readers:
        low, high = settled(reader.constraints, *reader.ranges(problem.primary | problem.candidates))
        rows, free = rows_of(reader.constraints, len(low)), low < high
        found = components(reader.constraints, low, high)
        held = np.concatenate([np.zeros(0, dtype=np.int64), *(one.columns for one in found)])
        assert sorted(held.tolist()) == np.flatnonzero(free & rows[:, :-2].any(axis=0)).tolist()
        for one in found:
            own = rows[rows[:, one.columns].any(axis=1)]
            assert (rows_of(one.constraints, len(one.columns))[:, :-2] == own[:, one.columns]).all()
            assert not own[:, np.setdiff1d(np.flatnonzero(free), one.columns)].any()


@pytest.fixture(scope="module")
def many() -> CellTable:
    return scattered(2_000, SMALL)


def test_all_parts_of_a_table_take_what_it_holds_however_many_they_are(many: CellTable) -> None:
    problem = problem_of(studied(many, RULES))
    before, entries = problem.work.steps(1), len(problem.readers[0].constraints.columns)
    parts, found = Parts(problem), blocks(problem)
    assert len(found) > 500
    assert sum(len(parts.part(own).circles) for own in found) == len(problem.circles) > 200
    assert before - problem.work.steps(1) <= 2 * SPLIT * entries + len(found) * PART


def test_a_part_that_is_taken_out_reads_nothing_of_the_others(many: CellTable) -> None:
    """Whatever has one number a cell of the table would be seen: it is larger than all that a part needs."""
    problem = problem_of(studied(many, RULES))
    parts, found = Parts(problem), blocks(problem)
    parts.part(found[0])
    tracemalloc.start()
    try:
        taken = parts.part(found[-1])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(taken.primary) <= SMALL + 1
    assert peak < len(many.keys)


def test_who_is_alone_in_cells_of_a_part_knows_those_and_owns_those() -> None:
    whole = Circle(known=np.array([2, 7]), own=np.array([2, 3, 5, 7]))
    part = whole.over(np.array([2, 3, 4]))
    assert (part.known.tolist(), part.own.tolist()) == ([0], [0, 1])

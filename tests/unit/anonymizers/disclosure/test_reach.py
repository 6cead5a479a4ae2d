"""Whether cells stand far enough, next to how far they can: the same ends, from fewer programmes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.circles import Circle
from anonymizers.disclosure.constraints import Floats
from anonymizers.disclosure.feasibility import NOBODY, spans_of
from anonymizers.disclosure.problem import problem_of
from anonymizers.disclosure.programme import PRIMAL_SIMPLEX, Columns, Programme
from anonymizers.disclosure.reach import Reach, Wanted
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.table import studied
from anonymizers.disclosure.ways import Ways
from anonymizers.disclosure.work import Work
from tests.cell_tables import UNITS, Case, Layout, Visit, cases, cell_table, rules

LITTLE = 1e-6


def reach(
    reader: Reader, hidden: Booleans, wanted: Wanted, *, aside: Integers = NOBODY, point: Floats | None = None
) -> Reach:
    at = np.zeros(len(hidden)) if point is None else point
    return Reach(Ways(reader, hidden, point=at, aside=aside, work=Work()), wanted)


def short(asked: Reach, wanted: Wanted, known: Integers) -> Booleans:
    """Ask for all ends."""
    knower = asked.ways.knower(known)
    assert knower is not None
    return asked.short(np.ones((2, len(wanted.cells)), dtype=np.bool_), knower)


@settings(max_examples=100, deadline=None)
@given(case=cases(rounding=False))
def test_what_is_reached_is_what_the_ends_say_whoever_was_asked_before(case: Case) -> None:
    """All cells are asked about, as far as a need goes and half as far again, of one reader after the other."""
    problem = problem_of(studied(case.cells, case.asked))
    hidden = problem.primary | problem.candidates
    every = np.flatnonzero(hidden)
    for reader in problem.readers:
        for share in (0.2, 1.5):
            far = np.ceil(share * reader.values[every]) - LITTLE
            wanted = Wanted(every, -far, far)
            shared = reach(reader, hidden, wanted)
            if share > 1:
                shared.look_ahead()
            for circle in (Circle(NOBODY, NOBODY), *problem.circles):
                told = spans_of(reader, hidden, every, still=circle.known)
                assert (short(shared, wanted, circle.known) == ~wanted.reached(told.low, told.high)).all()


@settings(max_examples=100, deadline=None)
@given(case=cases(rounding=False), seed=st.integers(0, 2**32 - 1))
def test_what_is_reached_is_the_same_from_wherever_a_reader_starts(case: Case, seed: int) -> None:
    """From a table that moves what single contributors know, too: each starts where this is true."""
    problem = problem_of(studied(case.cells, case.asked))
    hidden = problem.primary | problem.candidates
    every = np.flatnonzero(hidden)
    for reader in problem.readers:
        point, far = elsewhere(reader, hidden, seed), np.ceil(0.5 * reader.values[every]) - LITTLE
        shared = reach(reader, hidden, Wanted(every, -far - point[every], far - point[every]), point=point)
        shared.look_ahead()
        for circle in (Circle(NOBODY, NOBODY), *problem.circles):
            told = spans_of(reader, hidden, every, still=circle.known)
            said = short(shared, Wanted(every, -far, far), circle.known)
            assert (said == ~Wanted(every, -far, far).reached(told.low, told.high)).all()


def elsewhere(reader: Reader, hidden: Booleans, seed: int) -> Floats:
    """Return a table that a reader must allow, by its deviations: one that is cheap at random prices."""
    low, high = reader.ranges(hidden)
    low, high = np.maximum(low, -9.0), np.minimum(high, 9.0)
    cost = np.random.default_rng(seed).integers(-3, 4, len(hidden)).astype(np.float64)
    programme = Programme(reader.constraints, Columns(cost, low, high), simplex=PRIMAL_SIMPLEX)
    return programme.point() if programme.solves() else np.zeros(len(hidden))


def crossed(sizes: list[list[int]]) -> Reader:
    frame = {"a": [f"a{n}" for n in range(len(sizes))], "b": [f"b{n}" for n in range(len(sizes[0]))]}
    visits = [
        Visit((f"a{i}", f"b{j}"), (f"{i}-{j}-{unit}",))
        for i, row in enumerate(sizes)
        for j, size in enumerate(row)
        for unit in range(size)
    ]
    cells = cell_table(visits, Layout(frame, [["a"], ["b"], []], (UNITS,)))
    return problem_of(studied(cells, rules(ks=(3,)))).readers[0]


def test_one_table_tells_of_many_cells_and_of_those_who_know_none_of_what_it_moves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a square of sixteen cells, its margins shown, each end of each cell would be a programme of its own."""
    reader = crossed([[2, 9, 8, 7], [7, 3, 6, 5], [12, 11, 3, 4], [6, 8, 2, 9]])
    hidden = reader.values < 13
    asked = list[int]()
    solves = Programme.solves

    def counted(self: Programme) -> bool:
        asked.append(1)
        return solves(self)

    monkeypatch.setattr(Programme, "solves", counted)
    cells = np.flatnonzero(hidden)
    wanted = Wanted(cells, np.full(len(cells), -1.0), np.full(len(cells), 1.0))
    shared = reach(reader, hidden, wanted, aside=cells[:1])
    shared.look_ahead()
    assert not short(shared, wanted, NOBODY).any()
    assert 0 < len(asked) <= len(cells)
    asked.clear()
    assert not short(shared, wanted, cells[:1])[:, 1:].any()
    assert len(asked) <= len(cells) // 2


def test_a_table_that_moves_what_somebody_knows_tells_them_nothing() -> None:
    reader = crossed([[2, 9], [9, 3]])
    hidden = reader.values < 10
    cells = np.flatnonzero(hidden)
    wanted = Wanted(cells, np.full(len(cells), 1.0), np.full(len(cells), 1.0))
    shared = reach(reader, hidden, wanted)
    assert not short(shared, wanted, NOBODY)[1].any()
    assert short(shared, wanted, cells)[1].all()


def test_what_the_solver_cannot_tell_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = crossed([[2, 9], [9, 3]])
    hidden = reader.values < 10
    cells = np.flatnonzero(hidden)
    wanted = Wanted(cells, np.full(len(cells), -1.0), np.full(len(cells), 1.0))
    monkeypatch.setattr(Programme, "solves", lambda _: False)
    assert short(reach(reader, hidden, wanted), wanted, NOBODY).any()

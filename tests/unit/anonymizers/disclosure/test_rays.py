"""Rays: cells that rise together; what they tell is told without a linear programme, and is what one would tell."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.cells import TOGETHER, EmptyCellRule
from anonymizers.disclosure import feasibility, protect, prover
from anonymizers.disclosure.circles import Circle
from anonymizers.disclosure.constraints import Floats
from anonymizers.disclosure.hopeless import hopeless
from anonymizers.disclosure.plain import plain_proofs
from anonymizers.disclosure.problem import Problem, problem_of
from anonymizers.disclosure.rays import Choice, Ray, Rays
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.table import studied
from eclor.errors import GuaranteeBroken
from tests.cell_tables import ROWS, UNITS, Case, Layout, Visit, cases, cell_table, masked_keys, rules
from tests.unit.anonymizers.disclosure.denied import falls_to

T = TOGETHER
GRID = Layout({"a": ["a0", "a1"], "b": ["b0", "b1", "b2"]}, [["a"], ["b"], []], [ROWS, UNITS])


def of_one_person(*, rows: int) -> list[Visit]:
    """Return the visits of one person: some a cell."""
    return [Visit((a, b), ("somebody",)) for a in ("a0", "a1") for b in ("b0", "b1", "b2") for _ in range(rows)]


def of_five(a: str) -> list[Visit]:
    return [Visit((a, "b1"), (f"{a}{number}",)) for number in range(5)]


def asks_a_programme(*_: object) -> None:
    pytest.fail("a linear programme was asked")


def test_a_table_of_one_person_is_masked_whole_without_a_programme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prover.Prover, "_find", asks_a_programme)
    cells = cell_table(of_one_person(rows=3), GRID)
    protected = protect.protect(cells, rules(ks=(3,)))
    assert masked_keys(cells, protected.masked) == set(cells.keys)


def test_a_margin_of_as_many_cells_as_rows_is_refused_before_any_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protect, "complementary", asks_a_programme)
    with pytest.raises(GuaranteeBroken, match="No choice of cells"):
        protect.protect(cell_table(of_one_person(rows=1), GRID), rules(ks=(3,)))


def test_who_is_alone_in_a_margin_knows_its_empty_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person in b0, who was there once: that a1 is empty there is no secret to them, whatever is masked."""
    monkeypatch.setattr(protect, "complementary", asks_a_programme)
    visits = [Visit(("a0", "b0"), ("somebody",)), *of_five("a0"), *of_five("a1")]
    cells = cell_table(visits, Layout({"a": ["a0", "a1"], "b": ["b0", "b1"]}, [["a"], ["b"], []], [UNITS]))
    with pytest.raises(GuaranteeBroken, match="No choice of cells"):
        protect.protect(cells, rules(ks=(3,), empty_cells=EmptyCellRule.MASKED))


def rays_of(problem: Problem) -> Iterator[tuple[Reader, Ray, Floats]]:
    """Yield every ray of a table of which every cell that may be is masked, and the least of each cell."""
    for reader in problem.readers:
        low, high = reader.ranges(problem.primary | problem.candidates)
        rays = Rays(reader.constraints, low, high)
        for target in range(len(low)):
            for choice in Choice:
                ray = rays.ray(target, choice)
                if ray is not None:
                    assert target in ray.cells
                    yield reader, ray, low


@settings(max_examples=100, deadline=None)
@given(case=cases())
def test_a_ray_keeps_to_every_row_as_high_as_one_likes_and_as_low_as_it_says(case: Case) -> None:
    for reader, ray, low in rays_of(problem_of(studied(case.cells, case.asked))):
        held = reader.constraints
        rows = np.zeros((len(held), len(low)))
        rows[held.rows, held.columns] = held.coefficients
        for amount in (1.0, 1e6, -ray.fall):
            moved = np.zeros(len(low))
            moved[ray.cells] = amount
            assert (rows @ moved >= held.low).all()
            assert (rows @ moved <= held.high).all()
            assert (moved >= low).all()


@settings(max_examples=300, deadline=None)
@given(case=cases(), draw=st.data())
def test_what_rays_grant_stands_against_anybody_who_is_not_refused(case: Case, draw: st.DataObject) -> None:
    problem = problem_of(studied(case.cells, case.asked))
    more = draw.draw(st.lists(st.booleans(), min_size=len(problem.primary), max_size=len(problem.primary)))
    hidden = problem.primary | (problem.candidates & np.array(more, dtype=np.bool_))
    for reader in problem.readers:
        plain = plain_proofs(reader, hidden, problem.circles)
        for claim in plain.granted:
            assert not falls_to(reader, hidden, claim, feasibility.NOBODY)
            for number, circle in enumerate(problem.circles):
                if number not in plain.refused.get(claim, ()) and reader.needs.cells[claim[0]] not in circle.own:
                    assert not falls_to(reader, hidden, claim, circle.known)


@settings(max_examples=100, deadline=None)
@given(case=cases())
def test_a_hopeless_table_has_a_reader_who_places_a_cell_too_well(case: Case) -> None:
    problem = problem_of(studied(case.cells, case.asked))
    if not hopeless(problem):
        return
    hidden = problem.primary | problem.candidates
    told = 0
    for reader in problem.readers:
        needs = reader.needs
        for circle in (Circle(feasibility.NOBODY, feasibility.NOBODY), *problem.circles):
            asked = ~np.isin(needs.cells, circle.own)
            spans = feasibility.spans_of(reader, hidden, needs.cells, still=circle.known)
            told += int((asked & ((spans.high < needs.up - 1e-6) | (-spans.low < needs.down - 1e-6))).sum())
    assert told


@settings(max_examples=50, deadline=None)
@given(case=cases(rounding=False))
def test_a_ray_tells_what_a_programme_would(case: Case) -> None:
    problem = problem_of(studied(case.cells, case.asked))
    hidden = problem.primary | problem.candidates
    for reader in problem.readers:
        every = np.flatnonzero(hidden)
        told = feasibility.spans_of(reader, hidden, every)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Rays, "ray", lambda *_: None)
            asked = feasibility.spans_of(reader, hidden, every)
        assert told.low == pytest.approx(asked.low)
        assert told.high == pytest.approx(asked.high)

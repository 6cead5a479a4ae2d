"""Protecting one table takes work that is counted: past a bound it is refused, wherever that work is spent."""

import numpy as np
import pytest

from anonymizers.cells import CellTable, Rules
from anonymizers.disclosure import complementary, work
from anonymizers.disclosure.bounds import spans_by_reader
from anonymizers.disclosure.problem import Problem, problem_of
from anonymizers.disclosure.programme import DUAL_SIMPLEX, PRIMAL_SIMPLEX, READINGS, Columns, Programme
from anonymizers.disclosure.protect import protect
from anonymizers.disclosure.split import guessed_by_parts
from anonymizers.disclosure.table import studied
from anonymizers.disclosure.work import OPENING, QUESTION, Work
from benchmarks.suppression_tables import asked, households, nested_axis, plain_axis
from eclor.errors import GuaranteeBroken

CELLS = households([plain_axis(7), plain_axis(6), plain_axis(5)], seed=3, spread=1.6)
NESTED = households([nested_axis(8, 3), plain_axis(6)], seed=4, spread=1.6)
RULES = asked(11)
READER = problem_of(studied(CELLS, RULES)).readers[0]
ENTRIES = len(READER.constraints.columns)


def spent(cells: CellTable, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return the least bound under which a table is protected."""
    left: list[Work] = []

    def counted(limit: int | None = None) -> Work:
        left.append(Work(limit))
        return left[-1]

    with monkeypatch.context() as patch:
        patch.setattr("anonymizers.disclosure.problem.Work", counted)
        protect(cells, rules)
    [one] = left
    return work.LIMIT - one.steps(1) + 1


def test_a_table_is_protected_with_just_the_work_it_takes_and_refused_with_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    free, least = protect(CELLS, RULES), spent(CELLS, RULES, monkeypatch)
    assert least > 10 * QUESTION
    monkeypatch.setattr(work, "LIMIT", least)
    bounded = protect(CELLS, RULES)
    assert (bounded.masked == free.masked).all()
    assert bounded.bounds == free.bounds
    monkeypatch.setattr(work, "LIMIT", least - 1)
    with pytest.raises(GuaranteeBroken) as refused:
        protect(CELLS, RULES)
    assert refused.value.code == "protection.too-tied"


def test_the_same_table_takes_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    assert spent(CELLS, RULES, monkeypatch) == spent(CELLS, RULES, monkeypatch)


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9])
def test_wherever_the_work_runs_out_the_table_is_refused(share: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "LIMIT", int(share * spent(CELLS, RULES, monkeypatch)))
    with pytest.raises(GuaranteeBroken) as refused:
        protect(CELLS, RULES)
    assert refused.value.code == "protection.too-tied"


def test_the_audit_of_a_table_is_taken_from_its_work() -> None:
    problem = problem_of(studied(CELLS, RULES))
    masked = protect(CELLS, RULES).masked
    before = problem.work.steps(1)
    spans_by_reader(problem, masked)
    assert problem.work.steps(1) < before


def test_parts_that_are_protected_first_are_taken_from_the_work_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complementary, "FEW", 0)
    monkeypatch.setattr(complementary, "WHOLE", 0)
    assert spent(NESTED, RULES, monkeypatch) > parts_alone(problem_of(studied(NESTED, RULES))) > 0


def parts_alone(problem: Problem) -> int:
    before = problem.work.steps(1)
    guessed_by_parts(problem)
    return before - problem.work.steps(1)


class Told(Work):
    """Work without end that notes the steps of each question."""

    __slots__ = ("steps_taken",)

    def asked(self, entries: int, steps: int) -> None:
        assert entries > 0
        self.steps_taken = steps


@pytest.mark.parametrize("simplex", [PRIMAL_SIMPLEX, DUAL_SIMPLEX])
def test_a_question_is_paid_for_by_its_steps(simplex: int) -> None:
    told, left, asked = Told(10**12), Work(10**12), QUESTION + OPENING * ENTRIES
    assert programme(simplex, told).solves()
    assert programme(simplex, left).solves()
    assert told.steps_taken > READINGS[simplex]
    assert 10**12 - left.steps(1) + 1 == asked + ENTRIES * told.steps_taken


@pytest.mark.parametrize("simplex", [PRIMAL_SIMPLEX, DUAL_SIMPLEX])
def test_one_question_takes_no_more_steps_than_what_is_left_pays_for(simplex: int) -> None:
    told = Told(2 * ENTRIES)
    assert not programme(simplex, told).solves()
    assert told.steps_taken <= 3 * READINGS[simplex]


def programme(simplex: int, left: Work) -> Programme:
    """Return a programme in which ten cells of a table of which all are masked stand as high as can be."""
    size = len(READER.values)
    low, high = READER.ranges(np.ones(size, dtype=np.bool_))
    costs = np.where(np.arange(size) < 10, -1.0, 0.0)
    return Programme(READER.constraints, Columns(costs, low, np.minimum(high, 50.0)), simplex=simplex, work=left)

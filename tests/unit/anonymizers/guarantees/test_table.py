"""The table of guarantees: sorted, literal, and every entry is a judge."""

import pytest

from anonymizers.guarantees import GUARANTEES, judge_of
from tests.cell_tables import FIRST_SUM, ROWS, UNITS, Layout, Visit, cell_table, everything, frames, rules

FRAME = frames((2, 2))
CELLS = cell_table([Visit(("a0", "b1"), ("x",), (5,))], Layout(FRAME, everything(FRAME), [ROWS, UNITS, FIRST_SUM]))


def test_names_are_sorted() -> None:
    assert list(GUARANTEES) == sorted(GUARANTEES)


@pytest.mark.parametrize("name", GUARANTEES)
def test_a_judge_says_one_verdict_a_cell(name: str) -> None:
    verdict = judge_of(name)(CELLS, rules())
    assert verdict.refused.shape == (len(CELLS.keys),)
    assert verdict.exposed.shape == verdict.floors.shape == (len(CELLS.indicators), len(CELLS.keys))


@pytest.mark.parametrize("name", GUARANTEES)
def test_what_must_stay_uncertain_is_always_masked(name: str) -> None:
    verdict = judge_of(name)(CELLS, rules())
    assert not (verdict.exposed & ~verdict.refused).any()

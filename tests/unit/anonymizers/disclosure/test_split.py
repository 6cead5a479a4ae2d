"""A very large table is split along a dimension, and the whole is audited all the same."""

import numpy as np
import pytest

from anonymizers.cells import TOGETHER
from anonymizers.disclosure import complementary, routed
from anonymizers.disclosure.groups import ABOVE, groups_of
from anonymizers.disclosure.problem import problem_of
from anonymizers.disclosure.protect import protect
from anonymizers.disclosure.split import guessed_by_parts
from anonymizers.disclosure.table import studied
from benchmarks.suppression_tables import asked, nested_axis, plain_axis, synthetic
from tests.linear_attacker import Judge

T = TOGETHER
CELLS = synthetic([nested_axis(8, 3), plain_axis(5)], seed=4, mean=40, spread=(0.8, 0.6))
RULES = asked(11)


def test_a_dimension_under_which_another_nests_splits_the_table() -> None:
    keys = (("nord", "a"), ("nord", T), ("sud", "b"), ("sud", T), (T, T))
    first, above, second, *rest = groups_of(keys).tolist()
    assert [above, *rest] == [ABOVE] * 3
    assert len({first, second, ABOVE}) == 3


def test_a_table_without_nested_dimensions_is_not_split() -> None:
    keys = (("nord", "a"), ("nord", T), (T, "a"), (T, T))
    assert groups_of(keys).tolist() == [ABOVE] * 4


def test_each_part_masks_more_than_what_is_refused() -> None:
    problem = problem_of(studied(CELLS, RULES))
    hidden = guessed_by_parts(problem)
    assert (hidden >= problem.primary).all()
    assert len(np.unique(problem.groups[hidden & ~problem.primary])) > 1


@pytest.mark.parametrize("large", [0, 3_000], ids=["shortlist", "everywhere"])
def test_the_attacker_finds_nothing_in_a_table_that_was_split(large: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complementary, "FEW", 0)
    monkeypatch.setattr(complementary, "WHOLE", 0)
    monkeypatch.setattr(routed, "LARGE", large)
    protected = protect(CELLS, RULES)
    assert (protected.masked & ~protected.primary).any()
    assert Judge(CELLS, RULES).breaches(protected) == []

"""Hierarchies that do not hold are refused, and so are values and tables that cannot be counted."""

import numpy as np
import pytest

from anonymizers.microdata.hierarchy import hierarchy
from anonymizers.microdata.leaves import leaves_of
from eclor.errors import GuaranteeBroken
from tests.microdata import refused

AGES = [["17", "10-19", "*"], ["19", "10-19", "*"], ["20", "20-29", "*"]]


def test_a_value_loses_the_share_of_the_leaves_that_it_may_stand_for() -> None:
    ages = hierarchy("age", AGES)
    assert [own.tolist() for own in ages.losses] == [[0, 0, 0], [0.5, 0], [1]]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [["17", "10-19"], ["20"]],
        [["17", "10-19"], ["17", "10-19"]],
        [["17", "a", "x"], ["18", "a", "y"]],
    ],
    ids=["nothing", "a short line", "a leaf twice", "what is merged parts again"],
)
def test_a_hierarchy_that_does_not_hold_is_refused(lines: list[list[str]]) -> None:
    with refused("microdata.no-hierarchy"):
        hierarchy("age", lines)


def test_a_value_without_a_line_is_refused_and_not_told() -> None:
    with pytest.raises(GuaranteeBroken) as said:
        hierarchy("age", AGES).places(["17", "Dupont"])
    assert said.value.code == "microdata.unknown-value"
    assert "Dupont" not in str(said.value)


def test_more_combinations_than_can_be_counted_are_refused() -> None:
    wide = hierarchy("code", [[str(number), "*"] for number in range(2_000)])
    one = np.zeros(1, dtype=np.int64)
    with refused("microdata.too-many-values"):
        leaves_of([wide] * 6, [one] * 6, np.ones(1, dtype=np.int64))


def test_no_row_is_refused() -> None:
    none = np.zeros(0, dtype=np.int64)
    with refused("microdata.no-rows"):
        leaves_of([hierarchy("age", AGES)], [none], none)

"""The rows at a node: labels of that node, in order, without those of classes that hold too little."""

from collections import defaultdict

import numpy as np
import pytest

from anonymizers.microdata.hierarchy import hierarchy
from anonymizers.microdata.leaves import leaves_of
from anonymizers.microdata.models import Asked
from anonymizers.microdata.recoded import recoded
from anonymizers.microdata.search import search
from tests.microdata import classes_at, cost, random_table, refused, shown

ASKED = Asked(3, suppressible_percent=20)


@pytest.mark.parametrize("seed", range(4))
def test_each_row_kept_bears_its_labels_and_each_row_left_out_is_counted(seed: int) -> None:
    table = random_table(seed, units=True, sensitive=False)
    node = search(table.leaves(), ASKED).levels
    out = cost(classes_at(table, node), ASKED).out
    seen = recoded(table.leaves(), table.columns(), node, ASKED)
    expected = [shown(table, row, node) for number, row in enumerate(table.rows) if number not in out]
    assert list(zip(*(own.tolist() for own in seen.columns), strict=True)) == expected
    assert seen.suppressed == len(out)
    assert set(np.flatnonzero(~seen.kept).tolist()) == out


@pytest.mark.parametrize("seed", range(4))
def test_each_combination_of_labels_is_borne_by_k_people(seed: int) -> None:
    table = random_table(seed, units=True, sensitive=False)
    assert table.units is not None
    seen = recoded(table.leaves(), table.columns(), search(table.leaves(), ASKED).levels, ASKED)
    people = defaultdict(set)
    for labels, number in zip(zip(*seen.columns, strict=True), np.flatnonzero(seen.kept), strict=True):
        people[labels].add(table.units[number])
    assert people
    assert min(map(len, people.values())) >= 3


def test_a_node_that_does_not_hold_shows_nothing() -> None:
    table = random_table(0, units=True, sensitive=False)
    with refused("microdata.node-fails"):
        recoded(table.leaves(), table.columns(), (0, 0, 0, 0), Asked(11, suppressible_percent=0))


def test_a_row_that_nobody_counted_is_left_out() -> None:
    ages = hierarchy("age", [["17", "*"], ["18", "*"], ["19", "*"]])
    counted = leaves_of([ages], [ages.places(["17", "19"])], np.ones(2, dtype=np.int64))
    seen = recoded(counted, [ages.places(["19", "18", "17"])], (0,), Asked(1))
    assert seen.columns[0].tolist() == ["19", "17"]
    assert seen.suppressed == 1

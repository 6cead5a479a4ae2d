"""A node chosen before is judged on today's rows by one grouping, and refused where it no longer holds."""

import pytest

from anonymizers.microdata.judged import check
from anonymizers.microdata.models import Asked, distances, distinct_values
from anonymizers.microdata.search import search
from tests.microdata import Trial, cost, random_table, refused


@pytest.mark.parametrize("percent", [0, 2, 5, 10, 30])
@pytest.mark.parametrize("units", [False, True])
def test_each_node_costs_what_its_rows_say(units: bool, percent: int) -> None:
    asked = Asked(3, l=2, t_percent=40, suppressible_percent=percent)
    table = random_table(7, units=units, sensitive=True)
    leaves = table.leaves()
    for node, classes in Trial(table).nodes.items():
        own = cost(classes, asked)
        if len(own.out) > percent * len(table.rows) // 100:
            with refused("microdata.node-fails"):
                check(leaves, node, asked)
            continue
        found = check(leaves, node, asked)
        assert found.loss == pytest.approx(own.loss, abs=1e-9)
        assert found.suppressed == len(own.out)


def test_what_the_search_found_checks_the_same() -> None:
    leaves = random_table(2, units=True, sensitive=True).leaves()
    asked = Asked(3, l=2, suppressible_percent=10)
    found = search(leaves, asked)
    assert check(leaves, found.levels, asked) == found


def test_the_whole_is_at_no_distance_from_itself_and_holds_each_value() -> None:
    table = random_table(1, units=False, sensitive=True, width=1)
    leaves = table.leaves()
    everybody = leaves.coarsened(leaves.classes, (0,), (table.hierarchies[0].top,))
    assert everybody.traits is not None
    assert table.sensitive is not None
    assert len(everybody.keys) == 1
    assert distances(everybody, everybody.traits).tolist() == pytest.approx([0.0])
    assert distinct_values(everybody, everybody.traits).tolist() == [len(set(table.sensitive))]


@pytest.mark.parametrize("node", [(), (0, 0, 0), (0, 0, 0, 99), (0, 0, 0, -1)])
def test_levels_that_the_hierarchies_lack_are_refused(node: tuple[int, ...]) -> None:
    with refused("microdata.no-such-node"):
        check(random_table(0, units=False, sensitive=False).leaves(), node, Asked(2))

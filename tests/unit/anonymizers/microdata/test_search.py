"""The node found is the best of all nodes, tried one by one; one person's rows are one person; ties need no luck."""

from collections.abc import Iterator

import numpy as np
import pytest

from anonymizers.microdata.hierarchy import hierarchy
from anonymizers.microdata.leaves import leaves_of
from anonymizers.microdata.models import Asked
from anonymizers.microdata.search import search
from tests.microdata import Table, Trial, cost, random_table, refused

SEX = hierarchy("sex", [["f", "*"], ["m", "*"]])


def asked_of(table: Table) -> Iterator[Asked]:
    for k in (2, 3, 5, 11):
        for percent in (0, 5, 20):
            if table.sensitive is None:
                yield Asked(k, suppressible_percent=percent)
                continue
            yield Asked(k, l=2, suppressible_percent=percent)
            yield Asked(k, t_percent=15, suppressible_percent=percent)
            yield Asked(k, l=3, t_percent=30, suppressible_percent=percent)


@pytest.mark.parametrize("units", [False, True])
@pytest.mark.parametrize("sensitive", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_no_node_that_holds_loses_less(seed: int, sensitive: bool, units: bool) -> None:
    table = random_table(seed, units=units, sensitive=sensitive)
    leaves, trial = table.leaves(), Trial(table)
    for asked in asked_of(table):
        least = trial.best(asked)
        if least is None:
            with refused("microdata.no-node"):
                search(leaves, asked)
            continue
        found = search(leaves, asked)
        own = cost(trial.nodes[found.levels], asked)
        assert found.loss == pytest.approx(least, abs=1e-9)
        assert own.loss == pytest.approx(least, abs=1e-9)
        assert found.suppressed == len(own.out)


def test_a_coarser_node_too_far_from_the_whole_says_nothing_of_finer_ones() -> None:
    table = random_table(76, units=False, sensitive=True, width=3)
    asked = Asked(3, t_percent=25, suppressible_percent=20)
    assert search(table.leaves(), asked).loss == pytest.approx(Trial(table).best(asked), abs=1e-9)


def one_column(*rows: tuple[str, int], k: int, percent: int = 0) -> tuple[int, ...]:
    places = SEX.places([value for value, _ in rows])
    units = np.array([unit for _, unit in rows])
    leaves = leaves_of([SEX], [places], np.ones(len(rows), dtype=np.int64), units=units)
    return search(leaves, Asked(k, suppressible_percent=percent)).levels


def test_exactly_k_people_are_enough() -> None:
    assert one_column(("f", 1), ("f", 2), ("m", 3), ("m", 4), k=2) == (0,)


def test_many_rows_of_one_person_hide_nobody() -> None:
    assert one_column(("f", 1), ("f", 1), ("f", 1), ("m", 3), ("m", 4), k=2) == (1,)


def test_a_person_on_both_sides_is_one_person_when_they_merge() -> None:
    with refused("microdata.no-node"):
        one_column(("f", 1), ("f", 2), ("m", 1), ("m", 2), k=3)


def test_rows_are_left_out_up_to_the_limit_and_no_further() -> None:
    nine = tuple(("m", unit) for unit in range(19))
    assert one_column(*nine, ("f", 99), k=2, percent=5) == (0,)
    assert one_column(*nine, ("f", 99), k=2, percent=4) == (1,)


@pytest.mark.parametrize("asked", [Asked(2, l=2), Asked(2, t_percent=50)])
def test_what_is_asked_of_a_sensitive_value_needs_one(asked: Asked) -> None:
    with refused("microdata.nothing-sensitive"):
        search(random_table(0, units=False, sensitive=False).leaves(), asked)


@pytest.mark.parametrize("wrong", [{"k": 0}, {"k": 2, "l": 0}, {"k": 2, "suppressible_percent": 101}])
def test_what_makes_no_sense_is_not_asked(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Asked(**wrong)

"""Whatever the rows: the node found is the best of all, and the order of rows, units and columns moves no loss."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.microdata.judged import Found
from anonymizers.microdata.models import Asked
from anonymizers.microdata.search import search
from eclor.errors import GuaranteeBroken
from tests.microdata import Table, Trial, random_table

SEEDS = st.integers(0, 10**6)
TABLES = st.builds(random_table, SEEDS, units=st.booleans(), sensitive=st.just(value=True))
NARROW = st.builds(random_table, SEEDS, units=st.booleans(), sensitive=st.just(value=True), width=st.just(3))
ASKED = st.builds(
    Asked,
    k=st.sampled_from([1, 2, 3, 5, 11]),
    l=st.integers(1, 3),
    t_percent=st.sampled_from([None, 5, 20, 50]),
    suppressible_percent=st.sampled_from([0, 1, 5, 30]),
)


def loss_of(table: Table, asked: Asked) -> float | None:
    found = found_of(table, asked)
    return None if found is None else found.loss


def found_of(table: Table, asked: Asked) -> Found | None:
    try:
        return search(table.leaves(), asked)
    except GuaranteeBroken as refusal:
        if refusal.code != "microdata.no-node":
            raise
        return None


@settings(max_examples=60, deadline=None)
@given(NARROW, ASKED)
def test_no_node_that_holds_loses_less(table: Table, asked: Asked) -> None:
    assert loss_of(table, asked) == pytest.approx(Trial(table).best(asked), abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(TABLES, ASKED, st.integers(0, 10**6))
def test_neither_the_order_of_rows_nor_the_names_of_units_move_the_node(table: Table, asked: Asked, seed: int) -> None:
    chance = np.random.default_rng(seed)
    other = table.reordered(chance.permutation(len(table.rows)).tolist())
    if other.units is not None:
        names = chance.permutation(max(other.units) + 1).tolist()
        other = Table(other.hierarchies, other.rows, tuple(names[unit] for unit in other.units), other.sensitive)
    assert found_of(other, asked) == found_of(table, asked)


@settings(max_examples=30, deadline=None)
@given(TABLES, ASKED)
def test_the_order_of_columns_moves_no_loss(table: Table, asked: Asked) -> None:
    turned = Table(table.hierarchies[::-1], tuple(row[::-1] for row in table.rows), table.units, table.sensitive)
    assert loss_of(turned, asked) == pytest.approx(loss_of(table, asked), abs=1e-9)

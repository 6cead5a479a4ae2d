"""Preference: least units masked, then least cells, then least first sum, then first in key order."""

import numpy as np
import pytest

from anonymizers.cells import TOGETHER, CellTable, ProtectionRule
from anonymizers.disclosure import complementary, exact
from anonymizers.disclosure.protect import protect
from tests.cell_tables import Key, by_hand, masked_keys, rules

T = TOGETHER
ASKED = rules(ks=(3,), protection=ProtectionRule(0, 1))


def line(**cells: tuple[int, int]) -> CellTable:
    """Return cells of (units, sum) in one dimension, and their total."""
    numbers: dict[Key, tuple[int, int, int]] = {(name,): (units, total, 1) for name, (units, total) in cells.items()}
    whole = (sum(units for units, _ in cells.values()), sum(total for _, total in cells.values()), 1)
    return by_hand({**numbers, (T,): whole}, ("d",))


def masked(cells: CellTable) -> set[str]:
    return {name for (name,) in masked_keys(cells, protect(cells, ASKED).masked)}


def test_the_cell_of_least_units_is_masked_with_the_small_one() -> None:
    assert masked(line(a=(2, 50), b=(9, 60), c=(5, 900), d=(6, 10))) == {"a", "c"}


def test_of_equal_units_the_least_sum_is_masked() -> None:
    assert masked(line(a=(2, 50), b=(5, 60), c=(5, 55), d=(5, 70))) == {"a", "c"}


def test_of_equal_units_and_sums_the_first_key_is_masked() -> None:
    assert masked(line(a=(2, 50), d=(5, 60), c=(5, 60), b=(5, 60))) == {"a", "b"}


def test_keys_are_in_the_order_of_their_bytes() -> None:
    assert masked(line(a=(2, 50), é=(5, 60), z=(5, 60))) == {"a", "z"}


def test_a_cheap_cell_too_small_to_hide_behind_is_not_enough() -> None:
    """The sum of b is 0: nobody would believe that a holds one less."""
    assert masked(line(a=(2, 50), b=(3, 0), c=(8, 60))) == {"a", "c"}


def test_an_empty_cell_that_everyone_knows_is_never_masked() -> None:
    assert masked(line(a=(2, 50), b=(0, 0), c=(8, 60))) == {"a", "c"}


def test_a_margin_is_masked_where_nothing_else_is_left() -> None:
    assert masked(line(a=(2, 50), b=(0, 0))) == {"a", T}


def test_the_heuristic_stands_in_when_the_exact_search_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "ROUNDS", 0)
    assert masked(line(a=(2, 50), b=(9, 60), c=(5, 900), d=(6, 10))) == {"a", "c"}


def test_the_heuristic_finds_the_preferred_cell_of_a_long_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complementary, "FEW", 0)
    assert masked(line(a=(2, 50), b=(9, 60), c=(5, 900), d=(6, 10), e=(7, 12))) == {"a", "c"}


@pytest.mark.parametrize("few", [60, 0], ids=["exact", "heuristic"])
def test_a_cell_masked_in_the_period_before_is_preferred(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complementary, "FEW", few)
    cells = line(a=(2, 50), b=(9, 60), c=(5, 900), d=(6, 10))
    before = np.array([key == ("b",) for key in cells.keys])
    assert masked_keys(cells, protect(cells, ASKED, preferred=before).masked) == {("a",), ("b",)}


@pytest.mark.parametrize("few", [60, 0], ids=["exact", "heuristic"])
def test_a_preferred_cell_that_nothing_needs_is_shown(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complementary, "FEW", few)
    cells = line(a=(2, 50), b=(2, 60), c=(5, 900), d=(6, 10))
    before = np.array([key in {("c",), ("d",)} for key in cells.keys])
    assert masked_keys(cells, protect(cells, ASKED, preferred=before).masked) == {("a",), ("b",)}

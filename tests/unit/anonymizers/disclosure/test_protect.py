"""Protection at its edges: nothing to do, nothing that can be done, and numbers of any size."""

from dataclasses import replace

import numpy as np
import pytest

from anonymizers.cells import TOGETHER, EmptyCellRule, ProtectionRule
from anonymizers.disclosure import protect as protection
from anonymizers.disclosure.protect import protect
from eclor.errors import GuaranteeBroken
from tests.cell_tables import FIRST_SUM, ROWS, UNITS, Key, Layout, Visit, by_hand, cell_table, masked_keys, rules
from tests.unit.anonymizers.disclosure.worked import CELLS, NUMBERS, RULES

T = TOGETHER


def test_a_table_without_cells_is_protected() -> None:
    empty = cell_table([], Layout({"a": []}, [], [UNITS]))
    protected = protect(empty, rules())
    assert (protected.masked.tolist(), protected.bounds, protected.loss_percent) == ([], (), 0.0)


def test_a_table_of_empty_cells_loses_nothing() -> None:
    protected = protect(cell_table([], Layout({"a": ["a0", "a1"]}, [[]], [UNITS])), rules())
    assert not protected.masked.any()
    assert protected.loss_percent == 0.0


def test_a_table_where_everything_is_large_enough_is_shown_whole() -> None:
    protected = protect(CELLS, rules(ks=(3,)))
    assert not protected.masked.any()
    assert protected.bounds == ()


def test_without_margins_nothing_is_added() -> None:
    visits = [Visit(("a0",), ("x",)), *[Visit(("a1",), (f"y{n}",)) for n in range(5)]]
    cells = cell_table(visits, Layout({"a": ["a0", "a1"]}, [], [ROWS, UNITS]))
    protected = protect(cells, rules())
    assert masked_keys(cells, protected.masked) == {("a0",)}
    assert [(bound.low, bound.high) for bound in protected.bounds] == [(1, None), (1, None)]


def test_masked_zeros_are_masked_with_the_small_cells() -> None:
    visits = [Visit(("a0",), (f"y{n}",)) for n in range(5)]
    cells = cell_table(visits, Layout({"a": ["a0", "a1", "a2"]}, [[]], [UNITS]))
    protected = protect(cells, rules(empty_cells=EmptyCellRule.MASKED))
    assert masked_keys(cells, protected.primary) == {("a1",), ("a2",)}
    assert masked_keys(cells, protected.masked) == {("a0",), ("a1",), ("a2",)}


def test_a_table_that_no_mask_can_protect_is_refused() -> None:
    """Two units in two cells that everyone knows not to be empty: their margin holds two or more, masked or not."""
    numbers: dict[Key, tuple[int, int, int]] = {
        ("a",): (1, 5, 5),
        ("b",): (1, 5, 5),
        ("c",): (0, 0, 0),
        (T,): (2, 10, 5),
    }
    with pytest.raises(GuaranteeBroken) as caught:
        protect(by_hand(numbers, ("d",)), rules())
    assert caught.value.code == "protection.no-pattern"


@pytest.mark.parametrize(
    "code", ["protection.no-pattern", "protection.negative-value", "protection.table-inconsistent"]
)
def test_a_refusal_says_its_cure_and_no_value(code: str) -> None:
    refusal = GuaranteeBroken(code)
    assert refusal.sentence.cure_fr
    assert refusal.sentence.cure_en
    assert not any(character.isdigit() for character in refusal.french() + refusal.english())


def test_a_pattern_that_the_audit_cannot_prove_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "holds", lambda problem, hidden, routes: None)
    with pytest.raises(GuaranteeBroken):
        protect(CELLS, RULES)


@pytest.mark.parametrize("scale", [1_000, 10**6, 10**9])
def test_large_sums_give_the_same_pattern_and_bounds(scale: int) -> None:
    scaled = by_hand(
        {key: (units, total * scale, top * scale) for key, (units, total, top) in NUMBERS.items()}, ("c", "s")
    )
    protected = protect(scaled, RULES)
    assert masked_keys(scaled, protected.masked) == masked_keys(CELLS, protect(CELLS, RULES).masked)
    assert [(bound.low, bound.high) for bound in protected.bounds] == [(790 * scale, 1125 * scale)]


def test_a_table_in_another_order_gets_the_same_masks_and_bounds() -> None:
    backwards = np.arange(len(CELLS.keys))[::-1]
    turned = replace(
        CELLS,
        keys=CELLS.keys[::-1],
        rows=CELLS.rows[backwards],
        units=(CELLS.units[0][backwards],),
        values=tuple(values[backwards] for values in CELLS.values),
        weights=tuple(weights[backwards] for weights in CELLS.weights),
        tops=(tuple(tops[backwards] for tops in CELLS.tops[0]),),
    )
    straight, reverse = protect(CELLS, RULES), protect(turned, RULES)
    assert masked_keys(turned, reverse.masked) == masked_keys(CELLS, straight.masked)
    assert turned.keys[reverse.bounds[0].cell] == CELLS.keys[straight.bounds[0].cell]


def test_a_policy_without_units_is_protected_by_its_masked_zeros_alone() -> None:
    cells = replace(
        cell_table([Visit(("a0",), ("x",), (5,))], Layout({"a": ["a0", "a1"]}, [], [FIRST_SUM])), units=(), tops=()
    )
    protected = protect(cells, rules(ks=(), protection=ProtectionRule(10, 1)))
    assert not protected.masked.any()

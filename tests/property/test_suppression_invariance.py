"""What the masks cost does not depend on how places are named or dimensions ordered, nor on when they are chosen."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymizers.cells import TOGETHER, Booleans, CellTable, Protected
from anonymizers.disclosure import complementary, routed
from anonymizers.disclosure.protect import protect
from benchmarks.suppression_tables import asked, plain_axis, synthetic
from eclor.errors import GuaranteeBroken
from tests.cell_tables import Case, cases, same_unit
from tests.linear_attacker import Judge


def protected_or_none(case: Case, cells: CellTable, preferred: Booleans | None = None) -> Protected | None:
    try:
        return protect(cells, case.asked, preferred=preferred)
    except GuaranteeBroken as refusal:
        if refusal.code != "protection.no-pattern":
            raise
        return None


def renamed(cells: CellTable) -> CellTable:
    """Return the table with every label reversed and the dimensions the other way round."""
    keys = (tuple(label if label == TOGETHER else label[::-1] for label in key[::-1]) for key in cells.keys)
    return replace(cells, dimensions=cells.dimensions[::-1], keys=tuple(keys))


def cost(cells: CellTable, protected: Protected) -> tuple[int, int]:
    return int(cells.units[0][protected.masked].sum()), int(protected.masked.sum())


@settings(max_examples=40, deadline=None)
@given(case=cases())
def test_names_and_the_order_of_dimensions_do_not_change_what_the_masks_cost(case: Case) -> None:
    first, second = protected_or_none(case, case.cells), protected_or_none(case, renamed(case.cells))
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert cost(case.cells, first) == cost(case.cells, second)


@pytest.mark.parametrize("large", [0, 3_000], ids=["shortlist", "everywhere"])
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=cases())
def test_the_same_table_has_the_same_masks(case: Case, large: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complementary, "FEW", 0)
    monkeypatch.setattr(routed, "LARGE", large)
    first, second = protected_or_none(case, case.cells), protected_or_none(case, case.cells)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert (first.masked == second.masked).all()


@settings(max_examples=25, deadline=None)
@given(case=cases(), draw=st.data())
def test_whatever_is_preferred_no_attacker_narrows_a_protected_cell(case: Case, draw: st.DataObject) -> None:
    preferred = draw.draw(st.lists(st.booleans(), min_size=len(case.cells.keys), max_size=len(case.cells.keys)))
    protected = protected_or_none(case, case.cells, np.array(preferred, dtype=np.bool_))
    if protected is None:
        return
    judge = Judge(case.cells, case.asked, same_unit=same_unit(case.visits, case.layout))
    assert judge.breaches(protected) == []


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("large", [0, 3_000], ids=["shortlist", "everywhere"])
def test_no_attacker_narrows_a_cell_of_three_dimensions(seed: int, large: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routed, "LARGE", large)
    axes = [plain_axis(5 + seed % 3), plain_axis(6), plain_axis(3)]
    cells = synthetic(axes, seed=seed, mean=60, spread=(0.7, 0.7))
    protected = protect(cells, asked(11))
    assert (protected.masked & ~protected.primary).any()
    assert Judge(cells, asked(11)).breaches(protected) == []

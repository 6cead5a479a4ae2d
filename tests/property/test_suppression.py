"""Complementary suppression: no reader narrows what must stay unknown, and no more is masked than must be."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymizers.cells import Booleans, CellTable, EmptyCellRule, Protected, Rules
from anonymizers.disclosure import complementary, routed
from anonymizers.disclosure.protect import protect
from eclor.errors import GuaranteeBroken
from tests.cell_tables import Case, Key, cases, masked_keys, same_unit
from tests.linear_attacker import Breach, Judge, lines_in

TINY = ((4,), (2, 2), (3, 2))


def judge_of(case: Case) -> Judge:
    return Judge(case.cells, case.asked, same_unit=same_unit(case.visits, case.layout))


def protected_or_none(case: Case) -> Protected | None:
    try:
        return protect(case.cells, case.asked)
    except GuaranteeBroken as refusal:
        if refusal.code != "protection.no-pattern":
            raise
        return None


def known_zeros(cells: CellTable, asked: Rules) -> Booleans:
    return (cells.rows == 0) & (asked.empty_cells is EmptyCellRule.KNOWN_ZERO)


def breaches_when_masked(case: Case, masked: Booleans) -> list[Breach]:
    return judge_of(case).breaches(Protected(masked, masked, (), 0.0, ()))


@pytest.mark.parametrize(("few", "large"), [(60, 3_000), (0, 3_000), (0, 0)], ids=["exact", "heuristic", "shortlist"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=cases())
def test_no_attacker_narrows_a_protected_cell(
    case: Case, few: int, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(complementary, "FEW", few)
    monkeypatch.setattr(routed, "LARGE", large)
    protected = protected_or_none(case)
    if protected is None:
        return
    assert judge_of(case).breaches(protected) == []


@settings(max_examples=100, deadline=None)
@given(case=cases())
def test_a_table_is_refused_only_when_masking_everything_would_not_be_enough(case: Case) -> None:
    if protected_or_none(case) is None:
        assert breaches_when_masked(case, ~known_zeros(case.cells, case.asked))


@settings(max_examples=40, deadline=None)
@given(case=cases())
def test_a_known_zero_is_never_masked_and_a_primary_cell_always(case: Case) -> None:
    protected = protected_or_none(case)
    if protected is None:
        return
    assert not (protected.masked & known_zeros(case.cells, case.asked)).any()
    assert not (protected.primary & ~protected.masked).any()


@settings(max_examples=40, deadline=None)
@given(case=cases())
def test_what_the_shown_parts_leave_of_a_shown_margin_is_not_a_small_group(case: Case) -> None:
    protected = protected_or_none(case)
    if protected is None:
        return
    assert small_remainders(case, protected.masked) == []


@pytest.mark.parametrize("few", [0, 60], ids=["heuristic", "exact"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=cases(), draw=st.data())
def test_the_order_of_the_cells_does_not_matter(
    case: Case, draw: st.DataObject, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(complementary, "FEW", few)
    order = draw.draw(st.permutations(range(len(case.cells.keys))))
    other = replace(case, cells=case.cells.reordered(order))
    first, second = protected_or_none(case), protected_or_none(other)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert masked_keys(case.cells, first.masked) == masked_keys(other.cells, second.masked)


@settings(max_examples=40, deadline=None)
@given(case=cases(shapes=TINY, rounding=False))
def test_no_right_pattern_is_preferred_to_the_one_chosen(case: Case) -> None:
    """Every cheaper set of cells, tried one by one, is broken by the attacker or leaves a small group.

    Where values are rounded a cell more may be masked than the attacker asks for (docs/limits.md).
    """
    protected = protected_or_none(case)
    if protected is None:
        return
    for added in cheaper_than(case, protected):
        masked = protected.primary.copy()
        masked[list(added)] = True
        assert small_remainders(case, masked) or breaches_when_masked(case, masked)


def cheaper_than(case: Case, protected: Protected) -> list[tuple[int, ...]]:
    open_to = np.flatnonzero(~protected.primary & ~known_zeros(case.cells, case.asked)).tolist()
    chosen = tuple(np.flatnonzero(protected.masked & ~protected.primary).tolist())
    every = (added for size in range(len(open_to) + 1) for added in combinations(open_to, size))
    return [added for added in every if preference(case, added) < preference(case, chosen)]


def preference(case: Case, added: tuple[int, ...]) -> tuple[int, int, int, list[int]]:
    """Least units, then least cells, then least first sum, then first in key order."""
    sums = [
        values
        for measure, values in zip(case.layout.measures, case.cells.values, strict=True)
        if measure.indicator.kind.value == "sum"
    ]
    return (
        sum(int(case.cells.units[0][cell]) for cell in added),
        len(added),
        sum(int(sums[0][cell]) for cell in added) if sums else 0,
        sorted(added),
    )


def small_remainders(case: Case, masked: Booleans) -> list[Key]:
    """List the shown margins whose masked parts have rows, but fewer units in all than k."""
    place = {key: at for at, key in enumerate(case.cells.keys)}
    found = []
    for margin, parts in lines_in(case.cells.keys):
        left = [place[part] for part in parts if masked[place[part]]]
        rows = sum(int(case.cells.rows[cell]) for cell in left)
        units = sum(int(case.cells.units[0][cell]) for cell in left)
        if not masked[place[margin]] and rows and units < case.asked.ks[0]:
            found.append(margin)
    return found


@settings(max_examples=40, deadline=None)
@given(case=cases(), more=st.integers(1, 5))
def test_a_stricter_threshold_masks_all_that_a_laxer_one_does_for_itself(case: Case, more: int) -> None:
    stricter = replace(case.asked, ks=(case.asked.ks[0] + more,), protection=None)
    laxer = replace(case.asked, protection=None)
    assert not (protect(case.cells, laxer).masked & ~protect(case.cells, stricter).masked).any()

"""The kit that we ship finds what it says it finds, in treatments and in guarantees."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest

from anonymizers.cells import CellTable, Rules
from anonymizers.guarantees import GUARANTEES, Judge, judge_of
from anonymizers.guarantees.verdict import Verdict
from anonymizers.kit import check_guarantee, check_treatment, on_duckdb, sample_tables
from anonymizers.treatments import cap, keep

NUMBERS = [3, None, -2, 3, 40]


@pytest.mark.parametrize("name", GUARANTEES)
def test_the_samples_give_each_of_our_guarantees_something_to_refuse(name: str) -> None:
    assert any(judge_of(name)(cells, rules).refused.any() for cells, rules in sample_tables())


@pytest.mark.parametrize("name", GUARANTEES)
def test_our_guarantees_hold_what_the_kit_asks(name: str) -> None:
    check_guarantee(judge_of(name))


def test_our_treatments_run_in_the_kit_on_the_engine() -> None:
    check_treatment(on_duckdb(keep.treat, pa.int64()), NUMBERS, monotone=True)
    check_treatment(on_duckdb(lambda column: cap.treat(column, ceiling=10), pa.int64()), NUMBERS, monotone=True)


def _numbered(column: Any) -> Any:
    return ibis.row_number().over(order_by=column)


BAD_TREATMENTS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "one that says what is missing": (lambda column: column.fill_null(0), "null becomes null"),
    "one that tells equal rows apart": (lambda column: column + _numbered(column), "equal values stay together"),
    "one that turns the order": (lambda column: -column, "a greater value"),
    "one that looks at the others": (lambda column: column - column.min().over(), "beside"),
}


@pytest.mark.parametrize("name", BAD_TREATMENTS)
def test_a_treatment_that_says_too_much_is_found(name: str) -> None:
    treat, sentence = BAD_TREATMENTS[name]
    with pytest.raises(AssertionError, match=sentence):
        check_treatment(on_duckdb(treat, pa.int64()), NUMBERS, monotone=True)


def _verdict(cells: CellTable, refused: Any) -> Verdict:
    exposed = np.tile(refused, (len(cells.indicators), 1))
    return Verdict(refused, exposed, np.zeros(exposed.shape, dtype=np.int64))


def first_cell_only(cells: CellTable, rules: Rules) -> Verdict:
    return _verdict(cells, (np.arange(len(cells.keys)) == 0) & (cells.rows > 0))


def softer_when_asked_for_more(cells: CellTable, rules: Rules) -> Verdict:
    return _verdict(cells, (cells.units[0] > rules.ks[0]) & (cells.rows > 0))


def masks_known_zeros(cells: CellTable, rules: Rules) -> Verdict:
    return _verdict(cells, cells.units[0] < rules.ks[0])


def exposes_what_it_shows(cells: CellTable, rules: Rules) -> Verdict:
    verdict = _verdict(cells, cells.rows > 0)
    return replace(verdict, refused=np.zeros(len(cells.keys), dtype=np.bool_))


def forgets_the_last_cell(cells: CellTable, rules: Rules) -> Verdict:
    return _verdict(cells, (cells.rows > 0)[:-1])


def writes_into_the_table(cells: CellTable, rules: Rules) -> Verdict:
    cells.rows[:] = 0
    return _verdict(cells, cells.rows > 0)


def writes_into_the_groups(cells: CellTable, rules: Rules) -> Verdict:
    cells.wholes.update(dict.fromkeys(cells.wholes, (99,)))  # type: ignore[attr-defined]
    return _verdict(cells, cells.rows > 0)


def takes_the_first_for_another(cells: CellTable, rules: Rules) -> Verdict:
    verdict = _verdict(cells, cells.rows > 0)
    return replace(verdict, floors=np.full(verdict.floors.shape, int(cells.rows[:1].sum()), dtype=np.int64))


def breaks_without_units(cells: CellTable, rules: Rules) -> Verdict:
    return _verdict(cells, cells.units[0] % 2 == 1)


def breaks_on_an_empty_table(cells: CellTable, rules: Rules) -> Verdict:
    return _verdict(cells, cells.rows > cells.rows.max())


@pytest.mark.parametrize(
    "judge",
    [
        first_cell_only,
        softer_when_asked_for_more,
        masks_known_zeros,
        exposes_what_it_shows,
        forgets_the_last_cell,
        writes_into_the_table,
        writes_into_the_groups,
        takes_the_first_for_another,
    ],
)
def test_a_guarantee_that_does_not_hold_is_found(judge: Judge) -> None:
    with pytest.raises(AssertionError):
        check_guarantee(judge)


def test_a_guarantee_that_fails_on_an_empty_table_is_found() -> None:
    with pytest.raises(ValueError, match="zero-size"):
        check_guarantee(breaks_on_an_empty_table)


def test_a_guarantee_that_fails_where_nobody_is_counted_is_found() -> None:
    with pytest.raises(IndexError):
        check_guarantee(breaks_without_units)


def test_the_samples_add_up_and_hold_every_kind_of_cell() -> None:
    units = [count for cells, _ in sample_tables() for of_entry in cells.units for count in of_entry.tolist()]
    assert {0, 1, 7, 10, 11} <= set(units)
    for cells, _ in sample_tables():
        finest = ~cells.margins
        assert cells.rows[finest].sum() == cells.rows[cells.keys.index(("ensemble", "ensemble"))]

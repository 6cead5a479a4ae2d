"""A cell that says an earlier one's rows again is not masked: what it tells with others was told with that one."""

from dataclasses import replace

import numpy as np
import pytest

from anonymizers.cells import TOGETHER, Rules
from anonymizers.differencing import nesting, remainder
from anonymizers.differencing.facts import Facts, facts_of
from anonymizers.differencing.past import Late
from anonymizers.differencing.repeated import once
from anonymizers.differencing.settle import settle
from tests.cell_tables import FIRST_SUM, ROWS, UNITS, rules
from tests.releases import Row, Table, first, people, said

STREETS = {"rue": ["r0", "r1", "r2"]}
THREE, FIVE, OPEN = rules(ks=(3,)), rules(ks=(5,)), rules(ks=(5,), protection=None)


def table(dataset: str, asked: Rules = FIVE) -> Table:
    return Table(dataset, STREETS, asked, measures=(ROWS, UNITS, FIRST_SUM), tells_corrections=False)


def visits(*several: int) -> list[Row]:
    rows = [row for n, count in enumerate(several) for row in people(count, 100 * n, rue=f"r{n}")]
    return [replace(row, amounts=(7,)) for row in rows]


def facts(then: Table, before: list[Row], now: Table, since: list[Row]) -> Facts:
    releases = now.release(since, "v1"), then.release(before, "v0")
    return once(facts_of([(one, np.ones(len(one.cells.keys), dtype=np.bool_)) for one in releases], "foyer"))


def test_what_did_not_change_is_said_by_the_earlier_cell() -> None:
    found = facts(table("then"), visits(6, 7, 8), table("now"), visits(6, 9, 8))
    assert [(table, cell) for table, cell in zip(found.tables.tolist(), found.cells.tolist(), strict=True)] == [
        (0, 1),
        (1, 0),
        (1, 1),
        (1, 2),
    ]
    assert found.repeated == ((0, 1), (2, 3))
    assert np.diff(found.members.starts).tolist() == [9, 6, 7, 8]
    places, _ = found.entries(np.array([1]))
    assert (found.at(np.full(len(places), 1), places) == places).all()


def test_an_amount_that_was_corrected_is_said_anew() -> None:
    corrected = [replace(row, amounts=(8,)) if n == 0 else row for n, row in enumerate(visits(6, 7, 8))]
    found = facts(table("then"), visits(6, 7, 8), table("now"), corrected)
    assert [cell for cell, _ in found.repeated] == [1, 2]


def test_an_amount_that_was_not_shown_is_said_anew() -> None:
    then = Table("then", STREETS, FIVE, measures=(ROWS, UNITS), tells_corrections=False)
    assert facts(then, visits(6, 7, 8), table("now"), visits(6, 7, 8)).repeated == ()


def test_a_table_that_asks_for_more_units_is_held_to_them() -> None:
    assert facts(table("then", THREE), visits(6, 7, 8), table("now", FIVE), visits(6, 7, 8)).repeated == ()
    assert len(facts(table("then", FIVE), visits(6, 7, 8), table("now", THREE), visits(6, 7, 8)).repeated) == 3


def test_a_table_that_is_not_protected_was_not_judged() -> None:
    assert facts(table("then", OPEN), visits(6, 7, 8), table("now"), visits(6, 7, 8)).repeated == ()


def test_a_search_that_gives_up_masks_no_cell_that_says_what_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """One street and the total changed by two households, which masks both; the two others stay shown.

    Whether the earlier total less their numbers tells too much was for the earlier table to say.
    """
    monkeypatch.setattr(nesting, "doubtful", lambda facts, _: np.ones(facts.cells_alone, dtype=np.bool_))
    monkeypatch.setattr(remainder, "NODES", -1)
    then, now = (replace(table(name), margins=[[]]) for name in ("then", "now"))
    settled = settle(now.release(visits(6, 9, 8)), [first(then, visits(6, 7, 8))], late=Late.REVISE)
    assert said(settled, 1) == {("r0",): 6, ("r1",): None, ("r2",): 8, (TOGETHER,): None}

"""Nesting: a published cell less published cells inside it is nobody or k units (LANGUAGE.md section 9, (b))."""

from dataclasses import replace

import numpy as np
import pytest

from anonymizers.differencing import nesting, remainder
from anonymizers.differencing.past import Destroyed, Late, Rule, Settled
from anonymizers.differencing.settle import settle
from eclor.errors import GuaranteeBroken
from tests.cell_tables import rules
from tests.releases import Row, Table, first, people, said

FIVE = rules(ks=(5,), protection=None)
IRIS = Table("par-iris", {"iris": ["i0", "i1", "i2"]}, FIVE)
COMMUNE = Table("par-commune", {"commune": ["c0", "c1"]}, FIVE)


def at(count: int, start: int, iris: str, commune: str = "c0", **more: str) -> list[Row]:
    return people(count, start, iris=iris, commune=commune, **more)


def next_to(table: Table, rows: list[Row], *published: Table) -> Settled:
    return settle(table.release(rows), [first(other, rows) for other in published], late=Late.REVISE)


def test_a_coarser_cell_does_not_show_what_a_finer_table_masks() -> None:
    rows = at(8, 0, "i0") + at(8, 100, "i1") + at(3, 200, "i2")
    settled = next_to(COMMUNE, rows, IRIS)
    assert said(settled) == {("c0",): None}
    (breach,) = settled.breaches
    assert breach.rule is Rule.NESTING
    assert (breach.coarser.dataset, breach.coarser.key) == ("par-commune", ("c0",))
    assert {breach.finer.key, *(other.key for other in breach.others)} == {("i0",), ("i1",)}


def test_a_coarser_cell_shows_when_nothing_or_k_units_are_left() -> None:
    rows = at(8, 0, "i0") + at(8, 100, "i1") + at(8, 200, "i2", "c1") + at(2, 300, "i0", "c1") + at(9, 400, "i2", "c1")
    assert said(next_to(COMMUNE, at(8, 0, "i0") + at(8, 100, "i1"), IRIS)) == {("c0",): 16}
    assert said(next_to(COMMUNE, rows[:16] + rows[16:24], IRIS)) == {("c0",): 16, ("c1",): 8}


def test_a_finer_cell_is_masked_next_to_a_coarser_one_published_before() -> None:
    rows = at(8, 0, "i0") + at(7, 100, "i1") + at(3, 200, "i2")
    assert said(next_to(IRIS, rows, COMMUNE)) == {("i0",): 8, ("i1",): None, ("i2",): None}


def test_filters_that_nearly_coincide_are_sisters() -> None:
    everyone = Table("tous", {"mois": ["m"]}, FIVE)
    known = Table("abonnes", {"mois": ["m"]}, FIVE, only={"abonne": "oui"})
    rows = people(40, 0, mois="m", abonne="oui") + people(4, 100, mois="m", abonne="non")
    assert said(next_to(known, rows, everyone)) == {("m",): None}
    assert said(next_to(everyone, rows, known)) == {("m",): None}
    apart = rows + people(1, 200, mois="m", abonne="non")
    assert said(next_to(everyone, apart, known)) == {("m",): 45}


def test_months_in_a_quarter() -> None:
    may, june = (Table("passages", {"mois": [m]}, FIVE, period=m, only={"mois": m}) for m in ("05", "06"))
    rows = people(9, 0, mois="05", trimestre="t2") + people(9, 20, mois="06", trimestre="t2")
    late = people(3, 50, mois="05", trimestre="t2")
    quarter = Table("passages", {"trimestre": ["t2"]}, FIVE, period="t2")
    assert said(next_to(quarter, rows, may, june)) == {("t2",): 18}
    past = [first(may, rows), first(june, rows)]
    assert said(settle(quarter.release(rows + late), past, late=Late.REVISE)) == {("t2",): None}


def test_overlapping_geographies_leave_a_street() -> None:
    squares = Table("par-carre", {"carre": ["s0", "s1"]}, FIVE)
    left, right = people(9, 0, iris="i0", carre="s0"), people(9, 20, iris="i1", carre="s1")
    street = people(2, 40, iris="i0", carre="s1")
    both = Table("ensemble", {"iris": ["i0", "i1"]}, FIVE, margins=[[]])
    assert said(next_to(squares, left + right + street, both))["s1",] is None
    assert said(next_to(squares, left + right, both)) == {("s0",): 9, ("s1",): 9}


def test_cells_of_two_sisters_are_taken_away_together() -> None:
    whole = Table("territoire", {"tout": ["t"]}, FIVE)
    here, there = (Table(f"zone-{z}", {"zone": [z]}, FIVE, only={"zone": z}) for z in "ab")
    rows = people(9, 0, tout="t", zone="a") + people(9, 20, tout="t", zone="b") + people(2, 40, tout="t", zone="c")
    assert said(next_to(whole, rows, here)) == {("t",): 20}
    assert said(next_to(whole, rows, here, there)) == {("t",): None}


def test_kept_and_new_cells_are_taken_away_together() -> None:
    """Two late rows of i0 are kept back; a sister told all rows since: what i1 may add now would bare the two."""
    before = at(9, 0, "i0") + at(9, 100, "i1")
    after = before + at(2, 200, "i0") + at(6, 300, "i1")
    one = first(IRIS, before)
    sister = first(COMMUNE, after, [one])
    assert said(settle(COMMUNE.release(after), [one], late=Late.REVISE)) == {("c0",): 26}
    settled = settle(IRIS.release(after, "v2"), [one, sister], late=Late.REVISE)
    assert said(settled) == {("i0",): 9, ("i1",): 9}


def test_units_are_counted_and_not_rows() -> None:
    often = [Row(number, {"iris": "i2", "commune": "c0"}, (f"h{number % 2}",)) for number in range(200, 240)]
    rows = at(8, 0, "i0") + at(8, 100, "i1") + often
    assert said(next_to(COMMUNE, rows, IRIS)) == {("c0",): None}


def test_rows_of_nobody_are_left_over() -> None:
    nobody = [Row(number, {"iris": "i2", "commune": "c0"}, (None,)) for number in range(200, 240)]
    rows = at(8, 0, "i0") + at(8, 100, "i1") + nobody
    assert said(next_to(COMMUNE, rows, IRIS)) == {("c0",): None}


def test_regulars_of_two_months_are_not_nested() -> None:
    """The same people twice in May and once more in June: other rows, so neither month holds the other."""
    tables = [Table("passages", {"mois": [m]}, FIVE, period=m, only={"mois": m}) for m in ("05", "06")]
    rows = [Row(n, {"mois": "05"}, (f"h{n % 9}",)) for n in range(18)]
    rows += [Row(n, {"mois": "06"}, (f"h{n % 9}",)) for n in range(100, 127)]
    assert said(next_to(tables[1], rows, tables[0]), 0) == {("06",): 27}


def test_a_release_whose_ledger_is_gone_freezes_what_overlaps_it() -> None:
    rows = at(8, 0, "i0") + at(8, 100, "i1")
    past = first(IRIS, rows)
    gone = replace(
        past,
        release=replace(past.release, memberships=()),
        ledger=Destroyed(np.array([True, False])),
    )
    two = rows + at(9, 300, "i2", "c1")
    settled = settle(COMMUNE.release(two), [gone], late=Late.REVISE)
    assert said(settled) == {("c0",): None, ("c1",): 9}
    assert [breach.rule for breach in settled.breaches] == [Rule.FROZEN]
    again = settle(
        IRIS.release(two, "v2"), [replace(gone, ledger=Destroyed(np.ones(3, dtype=np.bool_)))], late=Late.REVISE
    )
    assert said(again) == {("i0",): 8, ("i1",): 8}


def test_sisters_that_count_other_units_cannot_be_compared() -> None:
    rows = at(8, 0, "i0") + at(8, 100, "i1")
    with pytest.raises(GuaranteeBroken) as caught:
        next_to(COMMUNE, rows, replace(IRIS, units=("appareil",)))
    assert caught.value.code == "differencing.no-common-unit"


def test_a_search_that_gives_up_among_older_tables_masks_nothing_of_the_one_to_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where none of its cells is in doubt there is none to name: what older ones say together was judged then."""
    monkeypatch.setattr(nesting, "doubtful", lambda facts, _: facts.tables != 0)
    monkeypatch.setattr(remainder, "NODES", -1)
    streets = Table("par-rue", {"rue": ["r0", "r1"]}, FIVE)
    new = Table("par-age", {"age": ["a0", "a1"]}, FIVE)
    rows = at(8, 0, "i0", rue="r0", age="a0") + at(8, 100, "i1", rue="r1", age="a1")
    rows += at(8, 200, "i2", "c1", rue="r1", age="a1")
    published = [first(other, rows) for other in (COMMUNE, IRIS, streets)]
    settled = settle(new.release(rows), published, late=Late.REVISE)
    assert said(settled) == {("a0",): 8, ("a1",): 16}

"""Revision: two versions of a cell differ by nobody or by k units (LANGUAGE.md section 9, (a))."""

from dataclasses import replace

import numpy as np
import pytest

from anonymizers.cells import TOGETHER, DominanceRule
from anonymizers.differencing.past import Destroyed, Late, Mark, PastRelease, Rule, Settled
from anonymizers.differencing.settle import settle
from tests.cell_tables import FIRST_SUM, rules
from tests.releases import Row, Table, first, people, published_as, said

SIX = rules(ks=(6,), protection=None)
LINKS = Table("trajets", {"liaison": ["a", "b", "c"]}, SIX)


def broken(settled: Settled) -> list[Rule]:
    return [breach.rule for breach in settled.breaches]


def revised(table: Table, before: list[Row], after: list[Row]) -> Settled:
    return settle(table.release(after, "v2"), [first(table, before)], late=Late.REVISE)


def test_worked_example_3() -> None:
    before = people(8, 0, liaison="a") + people(6, 100, liaison="b") + people(4, 200, liaison="c")
    late = people(2, 50, liaison="a") + people(6, 150, liaison="b") + people(3, 250, liaison="c")
    settled = revised(LINKS, before, before + late)
    assert said(settled) == {("a",): 8, ("b",): 12, ("c",): 7}
    assert settled.sources == ("v1", None, None)
    assert [breach.rule for breach in settled.breaches] == [Rule.REVISION]
    assert settled.late_rows == 11


def test_a_masked_cell_that_reaches_only_k_stays_masked() -> None:
    before = people(4, 0, liaison="c")
    assert said(revised(LINKS, before, before + people(2, 50, liaison="c"))) == {("c",): None}


def test_one_late_row_never_changes_a_cell() -> None:
    before = people(20, 0, liaison="a")
    settled = revised(LINKS, before, before + people(1, 50, liaison="a"))
    assert said(settled) == {("a",): 20}
    (breach,) = settled.breaches
    assert (breach.finer.version, breach.finer.key) == ("v1", ("a",))
    assert (breach.coarser.version, breach.coarser.key) == ("v2", ("a",))


def test_late_rows_of_some_units_and_of_nobody_count_the_units_alone() -> None:
    before = people(20, 0, liaison="a")
    nobody = [Row(number, {"liaison": "a"}, (None,)) for number in range(100, 130)]
    settled = revised(LINKS, before, before + people(5, 50, liaison="a") + nobody)
    assert said(settled, 0) == {("a",): 20}
    assert broken(settled) == [Rule.REVISION]
    assert said(revised(LINKS, before, before + people(6, 50, liaison="a") + nobody), 0) == {("a",): 56}


def test_five_in_and_five_out_are_ten_who_moved_and_not_nobody() -> None:
    fine, net = rules(ks=(11,), protection=None), 5
    table = replace(LINKS, asked=fine)
    before = people(20, 0, liaison="a") + people(20, 100, liaison="b")
    swapped = [replace(row, place={"liaison": "b"}) for row in before[:net]]
    back = [replace(row, place={"liaison": "a"}) for row in before[20 : 20 + net]]
    settled = revised(table, before, before[net:20] + back + before[20 + net :] + swapped)
    assert settled.marks[:2] == (Mark.KEPT, Mark.KEPT)
    assert {breach.rule for breach in settled.breaches} == {Rule.REVISION}


def test_a_corrected_amount_is_a_change_of_its_unit() -> None:
    table = replace(LINKS, measures=(FIRST_SUM,))
    before = [replace(row, amounts=(10,)) for row in people(20, 0, liaison="a")]
    corrected = [replace(before[0], amounts=(90,)), *before[1:]]
    settled = revised(table, before, corrected)
    assert said(settled) == {("a",): 200}
    assert broken(settled) == [Rule.REVISION]


def test_a_corrected_row_is_a_change_even_where_no_number_moves() -> None:
    before = people(20, 0, liaison="a")
    settled = revised(LINKS, before, [replace(before[0], amounts=(1,)), *before[1:]])
    assert settled.marks[0] is Mark.KEPT
    assert broken(settled) == [Rule.REVISION]


def test_a_deletion_on_request_does_not_show() -> None:
    before = people(20, 0, liaison="a")
    assert said(revised(LINKS, before, before[1:])) == {("a",): 20}


def test_late_rows_without_a_unit_never_change_a_cell() -> None:
    before = people(20, 0, liaison="a")
    nobody = [Row(number, {"liaison": "a"}, (None,)) for number in range(100, 130)]
    settled = revised(LINKS, before, before + nobody)
    assert said(settled, 0) == {("a",): 20}
    assert broken(settled) == [Rule.REVISION]


def test_many_rows_of_few_units_are_few() -> None:
    before = people(20, 0, liaison="a")
    often = [Row(number, {"liaison": "a"}, (f"h{number % 2}",)) for number in range(100, 140)]
    settled = revised(LINKS, before, before + often)
    assert said(settled, 0) == {("a",): 20}
    assert broken(settled) == [Rule.REVISION]


def test_a_change_by_k_units_is_shown_and_nothing_is_said_against_it() -> None:
    before = people(20, 0, liaison="a")
    settled = revised(LINKS, before, before + people(6, 50, liaison="a"))
    assert said(settled) == {("a",): 26}
    assert settled.breaches == ()


def test_an_added_part_that_one_unit_dominates_is_not_shown() -> None:
    table = replace(LINKS, asked=replace(SIX, dominance=DominanceRule(1, 85)), measures=(FIRST_SUM,))
    before = [replace(row, amounts=(1_000,)) for row in people(20, 0, liaison="a")]
    late = [replace(row, amounts=(1,)) for row in people(9, 50, liaison="a")]
    giant = [replace(row, amounts=(900,)) for row in people(1, 80, liaison="a")]
    assert said(revised(table, before, before + late + giant)) == {("a",): 20_000}
    assert said(revised(table, before, before + late)) == {("a",): 20_009}
    assert said(revised(table, before, before[10:] + late + giant)) == {("a",): 20_000}
    assert said(revised(table, before, before[10:] + late)) == {("a",): 10_009}


def test_all_earlier_versions_are_compared() -> None:
    v1 = people(20, 0, liaison="a")
    v2 = v1 + people(8, 50, liaison="a")
    v3 = v1 + people(2, 80, liaison="a")
    one = first(LINKS, v1)
    two = first(LINKS, v2, [one], "v2")
    assert two.marks[0] is Mark.FRESH
    settled = settle(LINKS.release(v3, "v3"), [one, two], late=Late.REVISE)
    assert said(settled) == {("a",): 28}
    assert settled.sources[0] == "v2"
    assert broken(settled) == [Rule.REVISION]


def test_late_rows_add_up_over_kept_versions() -> None:
    v1 = people(20, 0, liaison="a")
    v2, v3 = v1 + people(3, 50, liaison="a"), v1 + people(6, 50, liaison="a")
    one = first(LINKS, v1)
    two = first(LINKS, v2, [one], "v2")
    assert two.marks[0] is Mark.KEPT
    assert said(settle(LINKS.release(v3, "v3"), [one, two], late=Late.REVISE)) == {("a",): 26}


def test_a_published_cell_that_must_now_be_masked_keeps_its_number() -> None:
    before = people(8, 0, liaison="a")
    settled = revised(LINKS, before, before[:2])
    assert said(settled) == {("a",): 8}


def test_a_cell_that_lost_its_key_keeps_its_place() -> None:
    before = people(3, 0, liaison="c") + people(8, 100, liaison="a")
    open_list = replace(LINKS, frame={"liaison": ["a"]})
    settled = settle(open_list.release(before[3:], "v2"), [first(LINKS, before)], late=Late.REVISE)
    assert settled.release.cells.keys == (("a",), ("b",), ("c",))
    assert said(settled) == {("a",): 8, ("c",): None}


def test_a_margin_of_a_kept_cell_is_kept_and_another_is_revised() -> None:
    table = Table("passages", {"a": ["a0", "a1"], "b": ["b0", "b1"]}, rules(ks=(3,)), margins=[["a"], ["b"], []])
    before = [
        row
        for n, (a, b) in enumerate([("a0", "b0"), ("a0", "b1"), ("a1", "b0"), ("a1", "b1")])
        for row in people(20, 100 * n, a=a, b=b)
    ]
    late = people(1, 500, a="a0", b="b0") + people(9, 600, a="a1", b="b1")
    settled = revised(table, before, before + late)
    found = said(settled)
    assert found["a0", "b0"] == 20
    assert found["a0", TOGETHER] == found[TOGETHER, "b0"] == 40
    assert found[TOGETHER, TOGETHER] == 80
    assert found["a1", "b1"] == 29
    assert found["a1", TOGETHER] == found[TOGETHER, "b1"] == 49
    assert set(broken(settled)) == {Rule.REVISION}


def test_a_margin_of_a_masked_cell_that_changed_is_kept() -> None:
    table = Table("passages", {"b": ["b0", "b1", "b2"]}, rules(ks=(5,)), margins=[[]])
    before = people(2, 0, b="b0") + people(20, 100, b="b1") + people(30, 200, b="b2")
    late = people(1, 50, b="b0") + people(9, 150, b="b1")
    settled = revised(table, before, before + late)
    assert said(settled) == {("b0",): None, ("b1",): None, ("b2",): 30, (TOGETHER,): 52}
    others = revised(table, before, before + people(9, 250, b="b2"))
    assert said(others) == {("b0",): None, ("b1",): None, ("b2",): 39, (TOGETHER,): 61}


def test_frozen_periods_never_change_and_late_rows_are_counted() -> None:
    before = people(8, 0, liaison="a") + people(4, 100, liaison="c")
    settled = settle(
        LINKS.release(before + people(30, 200, liaison="c"), "v2"), [first(LINKS, before)], late=Late.FREEZE
    )
    assert said(settled) == {("a",): 8, ("c",): None}
    assert settled.late_rows == 30
    assert settled.breaches == ()


def test_a_version_whose_ledger_and_cells_are_gone_says_nothing() -> None:
    one = first(LINKS, people(8, 0, liaison="a"))
    empty = one.release.cells.reordered([])
    gone = PastRelease(replace(one.release, cells=empty, memberships=()), (), Destroyed(np.ones(3, dtype=np.bool_)))
    settled = settle(LINKS.release(people(30, 0, liaison="a"), "v3"), [one, gone], late=Late.REVISE)
    assert said(settled) == {("a",): 8}
    assert settled.sources[0] == "v1"


def test_what_did_not_change_is_published_again_as_it_was() -> None:
    before = people(8, 0, liaison="a") + people(4, 100, liaison="c")
    settled = revised(LINKS, before, before)
    assert said(settled) == {("a",): 8, ("c",): None}
    assert settled.breaches == ()
    assert settled.late_rows == 0


@pytest.mark.parametrize("late", list(Late))
def test_a_third_version_knows_what_the_second_said(late: Late) -> None:
    before = people(8, 0, liaison="a")
    one = first(LINKS, before)
    two = published_as(settle(LINKS.release(before + people(2, 50, liaison="a"), "v2"), [one], late=late))
    three = settle(LINKS.release(before + people(2, 50, liaison="a"), "v3"), [one, two], late=late)
    assert said(three) == {("a",): 8}
    assert three.sources[0] == "v1"

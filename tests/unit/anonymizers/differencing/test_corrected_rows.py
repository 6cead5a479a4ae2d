"""Rows corrected between two tables: what their sums tell of the corrections is of nobody or of k units."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from anonymizers.differencing.past import Late, Rule
from anonymizers.differencing.settle import settle
from tests.cell_tables import FIRST_SUM, UNITS, rules
from tests.releases import Row, Table, first, published_as, said

SIX = rules(ks=(6,), protection=None)
IRIS = Table("par-iris", {"iris": ["i0", "i1"]}, SIX, measures=(UNITS, FIRST_SUM))
COMMUNE = Table("par-commune", {"commune": ["c0"]}, SIX, measures=(UNITS, FIRST_SUM))
ROWS = Table("par-theme", {"theme": ["t0"]}, SIX)


def corrected(count: int) -> list[Row]:
    """Return forty rows of five, of forty households in two iris, the first of them corrected to six."""
    return [
        Row(
            number,
            {"commune": "c0", "theme": "t0", "iris": "i0" if number < 20 else "i1"},
            (f"h{number}",),
            (6 if number < count else 5,),
        )
        for number in range(40)
    ]


@pytest.mark.parametrize("tells", [True, False])
@pytest.mark.parametrize("beside", [False, True])
def test_a_total_less_a_kept_and_a_new_cell_does_not_tell_two_corrections(*, tells: bool, beside: bool) -> None:
    """Eleven corrections make a new cell beside a kept one; two more came before the sister's total."""
    iris, commune = (replace(table, tells_corrections=tells) for table in (IRIS, COMMUNE))
    past = [first(iris, corrected(0))]
    second = settle(iris.release(corrected(11), "v2"), past, late=Late.REVISE)
    assert said(second) == {("i0",): 111, ("i1",): 100}
    past.append(published_as(second))
    if beside:
        past.append(first(replace(ROWS, tells_corrections=tells), corrected(11), past))
    total = settle(commune.release(corrected(13)), past, late=Late.REVISE)
    assert said(total) == {("c0",): None}
    assert {breach.rule for breach in total.breaches} == {Rule.NESTING}
    assert said(settle(commune.release(corrected(11)), past, late=Late.REVISE)) == {("c0",): 211}


@pytest.mark.parametrize("tells", [True, False])
def test_a_new_cell_beside_a_kept_one_does_not_tell_what_a_total_had_more(*, tells: bool) -> None:
    iris, commune = (replace(table, tells_corrections=tells) for table in (IRIS, COMMUNE))
    past = [first(iris, corrected(0))]
    past.append(first(commune, corrected(13), past))
    assert said(settle(iris.release(corrected(11), "v2"), past, late=Late.REVISE)) == {("i0",): 100, ("i1",): 100}


@pytest.mark.parametrize(("k_before", "k_now"), [(3, 11), (11, 3)])
def test_the_larger_k_judges_corrections_between_two_tables(k_before: int, k_now: int) -> None:
    """Of 24 households in all, 20 are shown apart, five of them corrected: the four others and these are nine."""

    def of(table: Table, k: int) -> Table:
        return replace(table, asked=rules(ks=(k,), protection=None))

    def rows(change: Callable[[int], int]) -> list[Row]:
        return [replace(row, place={**row.place, "iris": "i0"}, amounts=(change(row.number),)) for row in corrected(0)]

    before, now = rows(lambda _: 5)[:24], rows(lambda number: 6 if number < 5 else 5)[:20]
    past = [first(of(COMMUNE, k_before), before)]
    assert said(settle(of(IRIS, k_now).release(now), past, late=Late.REVISE)) == {("i0",): None}

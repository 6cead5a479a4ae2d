"""What a reader adds up: cells that fit into another one, and tables that have no totals (decision 76)."""

from dataclasses import replace

import numpy as np
import pytest

from anonymizers.cells import TOGETHER, Kind, ProtectionRule
from anonymizers.differencing.facts import facts_of
from anonymizers.differencing.links import Nest, nested
from anonymizers.differencing.past import Late, Mark
from anonymizers.differencing.settle import settle
from anonymizers.differencing.totals import with_margins
from anonymizers.disclosure.constraints import UNBOUNDED
from tests.cell_tables import ROWS, UNITS, rules
from tests.releases import Row, Table, marked, people, said

K = 4
WIDE = rules(ks=(K,), protection=ProtectionRule(percent=20, minimum=2))
NARROW = rules(ks=(K,), protection=None)
BY_T = Table("t", {"t": ["t0", "t1"]}, WIDE, measures=(UNITS,))
BY_U = Table("u", {"u": ["u0", "u1", "u2", "u3"]}, WIDE, measures=(UNITS,))


def placed(sizes: dict[tuple[str, str], int]) -> list[Row]:
    """Return so many households in each place `t` and `u`."""
    return [row for n, ((t, u), size) in enumerate(sizes.items()) for row in people(size, 100 * n, t=t, u=u)]


TOWN = placed(
    {("t0", "u0"): 3, ("t1", "u2"): 1, ("t0", "u3"): 10, ("t0", "u1"): 8, ("t1", "u1"): 5},
)
"""21 households in `t0` and 6 in `t1`, which no table adds up; `u0` and `u2` are the 4 that `u1` and `u3` leave."""


@pytest.mark.parametrize("margins", [[], [[]]], ids=["without a total", "with a total"])
def test_two_tables_without_totals_have_the_same_total(margins: list[list[str]]) -> None:
    """Of 27 in all, the 13 of `u1` and the 10 of `u3` leave 4 in two masked cells: `u0` would be 3 at most."""
    by_t = replace(BY_T, margins=margins)
    whole = marked(by_t.release(TOWN), {("t0",): Mark.FRESH, ("t1",): Mark.FRESH, (TOGETHER,): Mark.FRESH})
    beside = said(settle(BY_U.release(TOWN), [whole], late=Late.REVISE))
    assert (beside["u0",], beside["u2",]) == (None, None)
    assert None in (beside["u1",], beside["u3",])
    alone = said(settle(BY_U.release(TOWN), [], late=Late.REVISE))
    assert (alone["u1",], alone["u3",]) == (13, 10)


def test_a_table_without_totals_does_not_tell_what_an_earlier_one_masks() -> None:
    """The 27 of both cells of the table to come, less the 23 that `u` shows, are those of its two masked ones."""
    by_u = marked(BY_U.release(TOWN), {("u1",): Mark.FRESH, ("u3",): Mark.FRESH})
    shown = said(settle(replace(BY_T, asked=NARROW).release(TOWN), [by_u], late=Late.REVISE))
    assert None in shown.values()


def test_tables_whose_totals_are_of_other_rows_are_not_tied() -> None:
    """Of the 27 of the one no more than 22 lie in the other, which holds five others: neither has the other's total."""
    other = [*TOWN[:22], *people(5, 5_000, t="t1", u="u0")]
    whole = marked(BY_T.release(other), {("t0",): Mark.FRESH, ("t1",): Mark.FRESH})
    beside = said(settle(BY_U.release(TOWN), [whole], late=Late.REVISE))
    assert (beside["u1",], beside["u3",]) == (13, 10)


@pytest.mark.parametrize(
    ("parts", "apart", "tied"),
    [
        ((5, 5), "foyer", [(0.0, 0.0)]),
        ((5, 4), "foyer", [(-1.0, UNBOUNDED)]),
        # Households that lie in two of the parts are counted twice: as many on both sides is a chance.
        ((5, 5), "", []),
        ((5, 6), "", []),
    ],
)
def test_households_of_one_table_add_up_to_those_of_another_where_none_is_counted_twice(
    parts: tuple[int, int], apart: str, tied: list[tuple[float, float]]
) -> None:
    nest = Nest(around=((0, 0), (0, 1)), parts=((1, 0), (1, 1)), whole=True, apart=apart)
    links = nested(nest, [np.array([4, 6]), np.array(parts)], Kind.DISTINCT_COUNT, "foyer")
    assert [(link.low, link.high) for link in links] == tied


@pytest.mark.parametrize(
    ("margins", "sizes"), [([], [3, 3, 3, 3, 3, 3, 9]), ([["a"], ["b"]], [3]), ([["a"], ["b"], []], [])]
)
def test_a_table_is_given_the_margins_that_it_does_not_have(margins: list[list[str]], sizes: list[int]) -> None:
    """Three of `a`, three of `b` and one of all: of its nine cells, of three margins if it has them."""
    rows = [row for n in range(9) for row in people(2, 10 * n, a=f"a{n // 3}", b=f"b{n % 3}")]
    table = Table("passages", {"a": ["a0", "a1", "a2"], "b": ["b0", "b1", "b2"]}, margins=margins)
    release = table.release(rows)
    facts = with_margins(facts_of([(release, release.cells.rows > 0)], "foyer"), [release])
    assert sorted(len(of) for of in facts.totals) == sizes


IN_ZONE = Table("zones", {"z": ["z0"]}, NARROW, measures=(ROWS,), tells_corrections=False)
SITES = Table("sites", {"s": ["s0", "s1", "s2", "s3", "s4"]}, WIDE, measures=(ROWS,), tells_corrections=False)


def visits(site: str, zone: str, households: str) -> list[Row]:
    return [Row(0, {"s": site, "z": zone}, (household,)) for household in households]


def test_a_cell_that_only_seems_to_lie_in_another_does_not_hide_what_the_others_add_up_to() -> None:
    """All households of `s3` came to the zone once, too: it seems to lie there, where there is no room for it.

    The zone's 9 less the 4 of `s2` are those of `s0` and `s1`: `s0` would be 4 at most, not 5.
    """
    in_zone = [*visits("s0", "z0", "abc"), *visits("s1", "z0", "dn"), *visits("s2", "z0", "efgh")]
    elsewhere = [*visits("s3", "z1", "abcef"), *visits("s4", "z1", "ijklm")]
    sites = marked(SITES.release([*in_zone, *elsewhere]), {("s2",): Mark.FRESH, ("s4",): Mark.FRESH})
    assert said(settle(IN_ZONE.release(in_zone), [], late=Late.REVISE)) == {("z0",): 9}
    assert said(settle(IN_ZONE.release(in_zone), [sites], late=Late.REVISE)) == {("z0",): None}


def test_a_cell_that_a_household_came_to_again_does_not_loosen_what_two_others_hold() -> None:
    """Of 15 visits in three masked cells, the zone's 11 are all of `s1` or `s2`: `s0`, which is 3, is 4 at most, not 5.

    A household of the zone came to `s0`, too, where no visit of the zone was.
    """
    in_zone = [*visits("s1", "z0", "abcdef"), *visits("s2", "z0", "ghijkl")]
    rows = [*in_zone, *visits("s0", "z1", "amn"), *visits("s3", "z1", "opqrstuvw")]
    sites = marked(
        replace(SITES, margins=[[]]).release(rows), {("s3",): Mark.FRESH, ("s4",): Mark.FRESH, (TOGETHER,): Mark.FRESH}
    )
    assert said(settle(IN_ZONE.release(in_zone[:-1]), [sites], late=Late.REVISE)) == {("z0",): None}
    assert said(settle(IN_ZONE.release(in_zone[:-2]), [sites], late=Late.REVISE)) == {("z0",): 10}

"""Past tables tied among themselves: what two of them mask between them, no table to come tells (decision 73)."""

from dataclasses import replace

from anonymizers.cells import TOGETHER, ProtectionRule
from anonymizers.differencing.past import Late, Mark
from anonymizers.differencing.settle import settle
from tests.cell_tables import UNITS, rules
from tests.releases import Row, Table, marked, people, said

K = 4


def cells(sizes: dict[str, int], start: int = 0) -> list[Row]:
    """Return so many households in each cell `a`, told apart by cell."""
    return [row for n, (a, size) in enumerate(sizes.items()) for row in people(size, start + 1_000 * n, a=a)]


def crossed(sizes: dict[tuple[str, str], int], start: int = 0) -> list[Row]:
    """Return so many households in each place `a` and `b`, all of the zone `z0`."""
    return [
        row for n, ((a, b), size) in enumerate(sizes.items()) for row in people(size, start + 100 * n, a=a, b=b, z="z0")
    ]


WIDE = rules(ks=(K,), protection=ProtectionRule(percent=20, minimum=2))
BY_A = Table("a", {"a": ["a0", "a1", "a2", "a3"]}, WIDE, margins=[[]], measures=(UNITS,))
BY_B = Table("b", {"b": ["b0", "b1", "b2", "b3"]}, WIDE, margins=[[]], measures=(UNITS,))
ZONE = Table("zones", {"z": ["z0"]}, rules(ks=(K,), protection=None), measures=(UNITS,))


def test_a_masked_cell_of_one_sister_inside_one_of_another_is_not_told_by_a_third() -> None:
    """All 3 of `a0` are of `b0`. Of 11 in `b0`, `b2` and `b3`, the zone's 7 are those of two: `b0` is 4."""
    rows = crossed(
        {
            ("a0", "b0"): 3,
            ("a1", "b0"): 1,
            ("a1", "b2"): 2,
            ("a1", "b3"): 2,
            ("a2", "b3"): 3,
            ("a2", "b1"): 6,
        }
    )
    by_a = marked(BY_A.release(rows), {("a2",): Mark.FRESH, (TOGETHER,): Mark.FRESH})
    by_b = marked(BY_B.release(rows), {("b1",): Mark.FRESH, (TOGETHER,): Mark.FRESH})
    zone = ZONE.release([row for row in rows if row.place["b"] in {"b2", "b3"}])
    for past, told in (([by_a], 7), ([by_b], 7), ([by_a, by_b], None)):
        assert said(settle(zone, past, late=Late.REVISE)) == {("z0",): told}


def test_a_masked_cell_of_an_earlier_version_inside_one_of_a_sister_is_not_told_by_the_next() -> None:
    """All 3 of `b0` were of `a0`, which the 7 of `b1`, all of `a1` and `a2`, leave at 4 of their 11."""
    rows = crossed(
        {
            ("a0", "b0"): 3,
            ("a0", "b2"): 1,
            ("a1", "b1"): 2,
            ("a2", "b1"): 5,
            ("a3", "b3"): 9,
            ("a3", "b2"): 5,
        }
    )
    more = [*rows, *crossed({("a3", "b0"): 8, ("a3", "b3"): 11}, 7_000)]
    one = marked(BY_B.release(rows), {("b2",): Mark.FRESH, (TOGETHER,): Mark.FRESH})
    sister = marked(BY_A.release(rows), {("a3",): Mark.FRESH, (TOGETHER,): Mark.FRESH})
    for past, told in (([one], 7), ([sister], 7), ([one, sister], None)):
        assert said(settle(BY_B.release(more, "v2"), past, late=Late.REVISE))["b1",] == told


def test_a_mask_beside_a_shown_cell_tells_that_somebody_is_there() -> None:
    """`a1` holds the 8 of `b1` and those of the masked `b2`, one at least: of 12, `a0` has 3 at most, fewer than k."""
    rows = crossed({("a0", "b0"): 1, ("a1", "b1"): 8, ("a1", "b2"): 3})
    one = marked(BY_A.release(rows), {(TOGETHER,): Mark.FRESH})
    by_b = replace(BY_B, asked=ZONE.asked, margins=())
    assert said(settle(by_b.release(rows[1:9]), [one], late=Late.REVISE)) == {("b1",): 8}
    assert said(settle(by_b.release(rows[1:]), [one], late=Late.REVISE)) == {("b1",): None, ("b2",): None}


def test_a_zone_of_the_same_units_tells_no_cell_of_them_though_they_came_again() -> None:
    """The 4 households of the zone are the 2 of `a0`, that of `a1` and that of `a2`: `a0` holds 2 at most."""
    rows = crossed({("a0", "b0"): 2, ("a1", "b0"): 1, ("a2", "b0"): 1, ("a3", "b1"): 9})
    one = marked(BY_A.release(rows), {(TOGETHER,): Mark.FRESH})
    again = [*(row for row in rows if row.place["b"] == "b0"), replace(rows[0], number=9_000)]
    assert said(settle(ZONE.release(again), [one], late=Late.REVISE)) == {("z0",): None}

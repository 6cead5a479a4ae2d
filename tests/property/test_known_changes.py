"""A revision judged by the rows that came or left alone says what comparing the whole versions says."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.differencing.membership import Membership, entries_of, gathered, joined, taken_away
from anonymizers.differencing.past import Change, Late, PastRelease, Settled
from anonymizers.differencing.settle import settle
from tests.cell_tables import FIRST_SUM, ROWS, UNITS, rules
from tests.releases import Row, Table, first

LABELS = ("a", "b", "c", "d")
TOTALS = Table(
    "essai",
    {"x": LABELS[:2], "y": LABELS},
    rules(ks=(3,), protection=None),
    margins=((), ("x",)),
    measures=(ROWS, UNITS, FIRST_SUM),
)


@st.composite
def some_rows(draw: st.DrawFn, start: int) -> list[Row]:
    count = draw(st.integers(0, 14))
    return [
        Row(
            start + number,
            {"x": draw(st.sampled_from(LABELS[:2])), "y": draw(st.sampled_from(LABELS))},
            (draw(st.sampled_from([None, *(f"h{unit}" for unit in range(9))])),),
            (draw(st.integers(0, 5)),),
        )
        for number in range(count)
    ]


@st.composite
def versions(draw: st.DrawFn) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the rows of the first version, those that left it and those that came since, corrected ones in both."""
    before, came = draw(some_rows(0)), draw(some_rows(100))
    left = [row for row in before if draw(st.integers(0, 3)) == 0]
    corrected = [replace(row, amounts=(row.amounts[0] + 1,)) for row in left if draw(st.booleans())]
    return before, left, came + corrected


def told(before: PastRelease, left: Sequence[Row], came: Sequence[Row]) -> PastRelease:
    """Say of a version what changed since, from those rows alone."""
    keys = tuple(sorted({tuple(row.place[name] for name in TOTALS.frame) for row in (*left, *came)}))
    parts = [entries_of(TOTALS.membership(came, keys, 0)), taken_away(entries_of(TOTALS.membership(left, keys, 0)))]
    change: Membership = gathered(joined(parts), len(keys))
    return replace(before, change=Change(keys, (change,)))


def same(one: Settled, other: Settled) -> bool:
    numbers = zip((*one.shown.values, one.shown.rows), (*other.shown.values, other.shown.rows), strict=True)
    return (
        (one.marks, one.sources, one.breaches, one.late_rows, one.shown.keys)
        == (other.marks, other.sources, other.breaches, other.late_rows, other.shown.keys)
        and np.array_equal(one.protected.masked, other.protected.masked)
        and all(np.array_equal(mine, theirs) for mine, theirs in numbers)
    )


@given(versions())
@settings(deadline=None)
def test_what_changed_alone_settles_as_the_whole_does(story: tuple[list[Row], list[Row], list[Row]]) -> None:
    before, left, came = story
    now = TOTALS.release([row for row in before if row not in left] + came, "v2")
    past = first(TOTALS, before)
    whole = settle(now, [past], late=Late.REVISE)
    assert same(settle(now, [told(past, left, came)], late=Late.REVISE), whole)

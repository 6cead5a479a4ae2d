"""What changed speaks of too few, asked of the parts first, exactly where asking who is in each margin says so."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.cells import TOGETHER, DominanceRule, EmptyCellRule, Indicator, Kind, Rules
from anonymizers.differencing.entering import changed_and_small
from anonymizers.differencing.keys import containers
from anonymizers.differencing.membership import Entries, Membership, gathered, spread
from anonymizers.differencing.small import dominated, too_few, touched

KEYS = tuple(sorted(product(("a", "b", TOGETHER), ("c", "d", "e", TOGETHER))))
FINEST = [place for place, key in enumerate(KEYS) if TOGETHER not in key]
INDICATORS = (Indicator("lignes", Kind.ROW_COUNT), Indicator("volume", Kind.SUM))
MARGINS = containers(KEYS)


@st.composite
def changes(draw: st.DrawFn) -> Membership:
    """Rows that entered, and in some changes others that left or moved to another cell; unit 0 is nobody.

    The marks of some changes end alike.
    """
    leaving, apart = draw(st.booleans()), draw(st.sampled_from([1, 2**13, 2**62 - 2**10]))
    entry = st.tuples(
        st.sampled_from(FINEST),
        st.integers(0, draw(st.integers(1, 40))),
        st.integers(-2 if leaving else 1, 3),
        st.integers(-20 if leaving else 0, 40),
    )
    some = draw(st.lists(entry, max_size=60))
    moved = [(draw(st.sampled_from(FINEST)), unit, -rows, -volume) for _, unit, rows, volume in some if leaving]
    some += moved[: draw(st.integers(0, len(moved)))]
    cells, units, rows, volumes = (np.array([one[at] for one in some], dtype=np.int64) for at in range(4))
    named = units.astype(np.uint64) * np.uint64(apart)
    return gathered(Entries(cells, named, rows, named * rows.astype(np.uint64), (rows, volumes)), len(KEYS))


@given(changes(), st.integers(1, 6), st.sampled_from([None, DominanceRule(1, 85), DominanceRule(2, 60)]))
@settings(deadline=None)
def test_asking_the_parts_first_says_what_asking_everybody_says(
    change: Membership, k: int, dominance: DominanceRule | None
) -> None:
    rules = Rules((k,), dominance, None, EmptyCellRule.KNOWN_ZERO, None)
    everybody = (spread(change, MARGINS),)
    changed, small = changed_and_small((change,), MARGINS, rules, INDICATORS)
    assert np.array_equal(changed, touched(everybody))
    assert np.array_equal(small, too_few(everybody, rules) | dominated(everybody, rules, INDICATORS))

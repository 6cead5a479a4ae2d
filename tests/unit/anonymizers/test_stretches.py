"""Numbers looked up in an array put in order once, against looking at every one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from anonymizers.stretches import Occurrences, places_among

NUMBERS = st.lists(st.integers(0, 6), max_size=12)
DISTINCT = st.sets(st.integers(0, 7)).map(sorted)


@given(held=NUMBERS, wanted=st.permutations(range(8)), count=st.integers(0, 8))
def test_numbers_are_found_wherever_they_occur_in_their_order(held: list[int], wanted: list[int], count: int) -> None:
    found = Occurrences(np.array(held, dtype=np.int64)).of(np.array(wanted[:count], dtype=np.int64))
    assert found.tolist() == [place for place, number in enumerate(held) if number in wanted[:count]]


@given(ascending=DISTINCT, wanted=NUMBERS)
def test_a_number_has_its_place_among_ascending_ones_or_none(ascending: list[int], wanted: list[int]) -> None:
    places = places_among(np.array(ascending, dtype=np.int64), np.array(wanted, dtype=np.int64))
    assert places.tolist() == [ascending.index(number) if number in ascending else -1 for number in wanted]

"""Numbers written as runs come back as they were."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.runs import numbers_of, runs


def test_runs_are_short() -> None:
    assert runs([3, 1, 2, 7, 9, 10]) == "1-3, 7, 9-10"
    assert (runs([]), numbers_of("")) == ("", ())


@given(st.sets(st.integers(1, 60)))
def test_no_number_is_lost_nor_made_up(numbers: set[int]) -> None:
    assert numbers_of(runs(numbers)) == tuple(sorted(numbers))

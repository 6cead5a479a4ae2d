"""Rounding: nearest multiple, halves up, in integers."""

import numpy as np
import pytest

from anonymizers.rounding import nearest, whole_means


@pytest.mark.parametrize(
    ("value", "base", "shown"),
    [(12, 5, 10), (13, 5, 15), (0, 5, 0), (2, 5, 0), (3, 5, 5), (5, 10, 10), (4, 10, 0), (7, 1, 7)],
)
def test_a_number_goes_to_the_nearest_multiple_halves_up(value: int, base: int, shown: int) -> None:
    assert nearest(np.array([value]), base).tolist() == [shown]


def test_large_numbers_stay_exact() -> None:
    assert nearest(np.array([10**15 + 7]), 10).tolist() == [10**15 + 10]


def test_a_mean_is_shown_whole_halves_up() -> None:
    assert whole_means(np.array([5, 7, 8]), np.array([2, 3, 3]), decimals=0).tolist() == [3, 2, 3]


def test_a_decimal_mean_is_shown_whole_in_its_own_unit() -> None:
    assert whole_means(np.array([2500, 2499]), np.array([10, 10]), decimals=2).tolist() == [3, 2]


def test_a_mean_of_nothing_is_zero() -> None:
    assert whole_means(np.array([0]), np.array([0]), decimals=0).tolist() == [0]

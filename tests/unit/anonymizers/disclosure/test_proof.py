"""Proofs are exact: fractions are read as such, and what cannot be checked exactly proves nothing."""

import numpy as np
import pytest

from anonymizers.disclosure.constraints import Columnwise
from anonymizers.disclosure.proof import Deviations, exact_readings

ENDLESS = np.full(2, np.inf)


BOTH = np.array([0, 1])


def equal_and_opposite() -> Columnwise:
    """Two cells whose deviations cancel out."""
    return Columnwise(
        starts=np.array([0, 1, 2]),
        rows=np.array([0, 0]),
        coefficients=np.array([1.0, 1.0]),
        low=np.zeros(1),
        high=np.zeros(1),
    )


def stands(*solved: float) -> bool:
    low = np.full(2, -(10.0**15))
    readings = exact_readings(BOTH, np.array(solved))
    return any(reading.stand(equal_and_opposite(), low=low, high=ENDLESS) for reading in readings)


@pytest.mark.parametrize("amount", [5.0, 2.5, 1 / 3, 5 / 18, 7 / 16, 10.0**12])
def test_a_fraction_of_a_small_denominator_is_proven_exactly(amount: float) -> None:
    assert stands(amount, -amount)


def test_the_solvers_noise_is_not_part_of_a_proof() -> None:
    assert stands(5.0 + 1e-9, -5.0 - 2e-9)


def test_deviations_that_do_not_cancel_out_prove_nothing() -> None:
    assert not stands(5.0, -4.0)


@pytest.mark.parametrize("amount", [2**0.5, 1 / 19])
def test_what_is_no_such_fraction_proves_nothing(amount: float) -> None:
    assert not stands(amount, -amount)


def test_numbers_too_large_for_exact_sums_prove_nothing() -> None:
    huge = Deviations(BOTH, np.array([2.0**53, -(2.0**53)]), 1)
    assert not huge.stand(equal_and_opposite(), low=-ENDLESS, high=ENDLESS)


def test_a_cell_past_its_end_proves_nothing() -> None:
    moved = Deviations(BOTH, np.array([5.0, -5.0]), 2)
    assert moved.stand(equal_and_opposite(), low=np.array([0.0, -2.5]), high=ENDLESS)
    assert not moved.stand(equal_and_opposite(), low=np.array([0.0, -2.0]), high=ENDLESS)

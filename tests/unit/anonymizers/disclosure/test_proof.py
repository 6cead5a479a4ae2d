"""Proofs are exact: fractions are read as such, and what cannot be checked exactly proves nothing."""

from dataclasses import replace

import numpy as np
import pytest

from anonymizers.disclosure import proof
from anonymizers.disclosure.constraints import Columnwise
from anonymizers.disclosure.proof import Deviations, exact_readings, standing

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
    return any(way for way, _ in standing(list(readings), equal_and_opposite(), low=low, high=ENDLESS))


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
    assert standing([huge], equal_and_opposite(), low=-ENDLESS, high=ENDLESS) == [(False, False)]


@pytest.mark.parametrize(
    ("least", "ways"),
    [
        ((-2.5, -2.5), (True, True)),
        ((0.0, -2.5), (True, False)),
        ((-2.5, 0.0), (False, True)),
        ((0.0, -2.0), (False, False)),
    ],
)
def test_a_cell_past_its_end_proves_nothing_that_way(least: tuple[float, float], ways: tuple[bool, bool]) -> None:
    moved = Deviations(BOTH, np.array([5.0, -5.0]), 2)
    assert standing([moved], equal_and_opposite(), low=np.array(least), high=ENDLESS) == [ways]


@pytest.mark.parametrize(("low", "high", "ways"), [(0.0, 5.0, (True, False)), (-5.0, 0.0, (False, True))])
def test_a_row_past_its_end_proves_nothing_that_way(low: float, high: float, ways: tuple[bool, bool]) -> None:
    loose = replace(equal_and_opposite(), low=np.array([low]), high=np.array([high]))
    moved = Deviations(BOTH, np.array([6.0, -1.0]), 1)
    assert standing([moved], loose, low=-ENDLESS, high=ENDLESS) == [ways]


def test_many_are_told_what_each_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Columnwise(
        starts=np.array([0, 1, 3, 4]),
        rows=np.array([0, 0, 1, 1]),
        coefficients=np.array([1.0, -1.0, 1.0, 1.0]),
        low=np.array([-2.0, -3.0]),
        high=np.array([1.0, 4.0]),
    )
    low, high = np.array([-3.0, -2.0, -9.0]), np.array([np.inf, 7.0, 5.0])
    chance = np.random.default_rng(0)
    many = [
        Deviations(np.sort(chance.permutation(3)[:size]), chance.integers(-4, 5, size).astype(np.float64), of)
        for size, of in chance.integers(1, 4, (200, 2)).tolist()
    ]
    apart = [standing([one], known, low=low, high=high)[0] for one in many]
    assert set(apart) == {(True, True), (True, False), (False, True), (False, False)}
    for size in (1, 7, 100_000):
        monkeypatch.setattr(proof, "AT_ONCE", size)
        assert standing(many, known, low=low, high=high) == apart
    assert standing([], known, low=low, high=high) == []

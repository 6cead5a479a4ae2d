"""Modular: whole numbers modulo a prime, so that a small coefficient and a fraction of two are told apart exactly."""

from typing import Final

import numpy as np

from anonymizers.cells import Integers

PRIME: Final = 2**31 - 1
"""A product of two of its numbers fits a signed one of 64 bits."""


def inverses(numbers: Integers) -> Integers:
    """Return the inverse of each number, none of which is zero."""
    distinct, place = np.unique(numbers, return_inverse=True)
    found, power, exponent = np.ones_like(distinct), distinct % PRIME, PRIME - 2
    while exponent:
        if exponent & 1:
            found = found * power % PRIME
        power = power * power % PRIME
        exponent >>= 1
    inverse: Integers = found[place]
    return inverse


def small(numbers: Integers, most: int) -> Integers | None:
    """Return whole numbers from `-most` to `most` in the same proportions, none if there are none."""
    for unit in np.unique(numbers[numbers != 0])[:most]:
        scaled = numbers * int(inverses(np.array([unit]))[0]) % PRIME
        signed: Integers = np.where(scaled > PRIME // 2, scaled - PRIME, scaled)
        if np.abs(signed).max() <= most:
            return signed
    return None

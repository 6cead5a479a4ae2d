"""Modular: whole numbers modulo a prime, so that a small coefficient and a fraction of two are told apart exactly."""

from typing import Final

import numpy as np

from anonymizers.cells import Integers

PRIME: Final = 2**31 - 1
"""A product of two of its numbers fits a signed one of 64 bits."""
_HALF: Final = 2**16
_FEW: Final = 100
"""So many numbers are inverted one by one: powers of whole arrays are sixty products each."""


def inverses(numbers: Integers) -> Integers:
    """Return the inverse of each number, none of which is zero."""
    if len(numbers) < _FEW:
        several = numbers.tolist()
        of = {number: pow(number, -1, PRIME) for number in set(several)}
        return np.array([of[number] for number in several], dtype=np.int64)
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
    first = numbers[np.flatnonzero(numbers)[:1]]
    for times in range(1, most + 1):
        scaled = numbers * (times * inverses(first) % PRIME) % PRIME
        signed: Integers = np.where(scaled > PRIME // 2, scaled - PRIME, scaled)
        if np.abs(signed).max() <= most:
            return signed
    return None


def product(one: Integers, other: Integers) -> Integers:
    """Return the product of two matrices of fewer than 2 ** 16 columns and lines in common."""
    high, low = np.divmod(other, _HALF)
    found: Integers = ((one @ high % PRIME) * _HALF + one @ low) % PRIME
    return found


def kernel(lines: Integers) -> Integers:
    """Return, line by line, what is free when every one of `lines` times it is zero: a basis."""
    lines, pivots = lines.copy(), list[int]()
    for column in range(lines.shape[1]):
        rest = np.flatnonzero(lines[len(pivots) :, column])
        if len(rest):
            own, place = len(pivots), len(pivots) + int(rest[0])
            lines[[own, place]] = lines[[place, own]]
            lines[own] = lines[own] * inverses(lines[own, column : column + 1]) % PRIME
            others = np.flatnonzero(lines[:, column])
            others = others[others != own]
            lines[others] = (lines[others] - lines[others, column, None] * lines[own]) % PRIME
            pivots.append(column)
    free = np.setdiff1d(np.arange(lines.shape[1]), pivots)
    found = np.zeros((len(free), lines.shape[1]), dtype=np.int64)
    found[np.arange(len(free)), free] = 1
    found[:, pivots] = -lines[: len(pivots), free].T % PRIME
    return found

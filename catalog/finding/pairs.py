"""Sets of numbers as bits, and words that look alike: those that share pairs of neighbouring letters."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

_MOST: Final = 24
"""Words that are compared letter by letter."""
_PLANES: Final = 4
_MOST_PAIRS: Final = 2**_PLANES - 1
_PAIRS_PER_ERROR: Final = 3
"""Pairs that a swap of two letters changes: of all errors the one that changes most."""


def bits(numbers: Iterable[int]) -> int:
    """Return a set of numbers as bits."""
    held = bytearray()
    for number in numbers:
        place = number >> 3
        if place >= len(held):
            held.extend(bytes(place + 1 - len(held)))
        held[place] |= 1 << (number & 7)
    return int.from_bytes(held, "little")


def numbers_in(held: int) -> Iterator[int]:
    """Give the numbers of a set, rising: they are looked for in its digits, at the speed of a text's search."""
    digits = f"{held:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


class Pairs:
    """Which terms, by their number, hold a pair of letters, and which are of a length."""

    def __init__(self, terms: Sequence[str]) -> None:
        holders: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        lengths: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        for number, term in enumerate(terms):
            lengths[len(term)].append(number)
            for pair in _letters(term):
                holders[pair].append(number)
        self._holders: Mapping[str, int] = {pair: bits(numbers) for pair, numbers in holders.items()}
        self._lengths: Mapping[int, int] = {length: bits(numbers) for length, numbers in lengths.items()}

    def alike(self, word: str, errors: int) -> list[int]:
        """Return the terms that may be that word with so many errors, those that share the most pairs first."""
        pairs = _letters(word)[:_MOST_PAIRS]
        planes = [0] * _PLANES
        for carry in (self._holders.get(pair, 0) for pair in pairs):
            for plane in range(_PLANES):
                planes[plane], carry = planes[plane] ^ carry, planes[plane] & carry  # noqa: PLW2901 - a ripple carry
        near = range(len(word) - errors, len(word) + errors + 1)
        possible = sum(self._lengths.get(length, 0) for length in near)  # lengths share no term
        found: list[int] = []
        for count in range(len(pairs), max(len(pairs) - _PAIRS_PER_ERROR * errors - 1, 0), -1):
            found.extend(numbers_in(_counted(planes, count) & possible))
            if len(found) >= _MOST:
                return found[:_MOST]
        return found


def _counted(planes: list[int], count: int) -> int:
    """Return the numbers that were counted exactly so often: `planes` are the digits of their counts."""
    held = -1
    for plane, digits in enumerate(planes):
        held &= digits if count >> plane & 1 else ~digits
    return held


def _letters(word: str) -> list[str]:
    """Return the pairs of neighbouring letters of a word, its two ends among them, each once."""
    bounded = f"^{word}$"
    return list(dict.fromkeys(bounded[place : place + 2] for place in range(len(bounded) - 1)))

"""What is told of a text whatever its digits: texts that differ by numbers alone are looked at once."""

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar

Told = TypeVar("Told")
_DIGIT: Final = re.compile(r"\d")
_LONGEST_KEPT: Final = 400
_MOST_KEPT: Final = 8_192
_LAST: Final = 4


def whatever_digits(tells: Callable[[str], Told]) -> Callable[[str], Told]:
    """Return a function that is told a text with zeros for digits, as long; of short texts its answers are kept."""
    of_short, of_long = lru_cache(_MOST_KEPT)(tells), lru_cache(_LAST)(tells)

    @wraps(tells)
    def told(text: str) -> Told:
        zeros = _DIGIT.sub("0", text)
        return of_short(zeros) if len(zeros) <= _LONGEST_KEPT else of_long(zeros)

    return told

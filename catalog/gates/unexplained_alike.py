"""How alike the values of a column are."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from typing import Final

MOST: Final = 0.75
"""Of values, of which the others are mistyped or something else."""


def most(values: Sequence[str], judged: Callable[[str], object]) -> bool:
    """Tell whether most values are judged so."""
    return sum(bool(judged(each)) for each in values) >= MOST * len(values)


def beginning(values: Sequence[str]) -> str:
    """Return how all values begin."""
    least, greatest = min(values), max(values)
    same = (one == other for one, other in zip(least, greatest, strict=False))
    return least[: sum(1 for _ in takewhile(bool, same))]


def usual(sizes: Iterable[int]) -> tuple[int, int]:
    """Return the size that most have, and how many have it."""
    return Counter(sizes).most_common(1)[0]


def compact(code: str) -> str:
    """Return the letters, digits and stars of a code."""
    return re.sub(r"[^0-9A-Za-z*•]", "", code)

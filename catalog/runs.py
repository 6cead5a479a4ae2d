"""Version numbers as a short text and back: `1-3, 7`."""

from collections.abc import Iterable, Iterator


def runs(numbers: Iterable[int]) -> str:
    """Return numbers as runs, in order."""
    return ", ".join(f"{first}-{last}" if first < last else f"{first}" for first, last in _runs(sorted({*numbers})))


def numbers_of(text: str) -> tuple[int, ...]:
    """Return the numbers that a text of `runs` stands for."""
    found: list[int] = []
    for part in filter(None, text.split(", ")):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return tuple(found)


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for number in numbers:
        if last is not None and first is not None and number != last + 1:
            yield first, last
            first = None
        first, last = number if first is None else first, number
    if first is not None and last is not None:
        yield first, last

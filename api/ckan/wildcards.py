"""`*` and `?` in a value: read once, tried in time that grows with the text alone, whatever the value."""

import re
from collections.abc import Callable
from itertools import pairwise


def wildcard(value: str) -> Callable[[str], bool]:
    """Return the test of a text in lower case: `*` is any letters, `?` is one, neither behind a backslash."""
    pieces = [_piece(piece) for piece in re.split(r"(?<!\\)\*+", value.lower())]
    return lambda text: _fits(text, pieces)


def _piece(text: str) -> tuple["re.Pattern[str]", int]:
    """Return what a piece between two stars looks for, and its length."""
    letters = re.findall(r"\\.|.", text, re.DOTALL)
    shapes = ["." if one == "?" else re.escape(one[-1]) for one in letters]
    return re.compile("".join(shapes), re.DOTALL), len(letters)


def _fits(text: str, pieces: list[tuple["re.Pattern[str]", int]]) -> bool:
    """The first piece stands at the beginning, the last at the end, the others one after the other, each at once."""
    (first, length), (last, tail) = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return first.fullmatch(text) is not None
    end = len(text) - tail
    if length > end or not first.match(text) or not last.match(text, end):
        return False
    place = length
    for _, (piece, _) in pairwise(pieces[:-1]):
        found = piece.search(text, place, end)
        if found is None:
            return False
        place = found.end()
    return True

"""Patterns of LIKE, for both engines, each linear in the text: neither goes back over what it has passed.

DuckDB's own LIKE does, and is not interrupted meanwhile: a pattern of a few `%` held a thread for minutes.
"""

import re
from functools import lru_cache
from typing import Final

_PATTERNS: Final = 32
"""Patterns kept: the longest that a filter holds weighs half a megabyte."""
_WILDCARDS: Final = re.compile(r"\\(.)|([%_])|([^\\%_]+|\\)", re.DOTALL)


def like(text: object, pattern: object) -> bool | None:
    r"""Say whether a text has a pattern's form: `%` any run, `_` one letter, `\` before either for itself.

    Linear in the text for each piece between two `%`: no pattern makes it slow.
    """
    if text is None or pattern is None:
        return None
    whole, pieces = str(text), _pieces(str(pattern))
    if len(pieces) == 1:
        return pieces[0][0].fullmatch(whole) is not None
    (first, _), *middle, (last, tail) = pieces
    found = first.match(whole)
    for piece, _ in middle:
        found = found and piece.search(whole, found.end())
    if found is None or len(whole) - tail < found.end():
        return False
    return last.match(whole, len(whole) - tail) is not None


@lru_cache(maxsize=_PATTERNS)
def _pieces(pattern: str) -> tuple[tuple[re.Pattern[str], int], ...]:
    """Return what stands between the `%` of a pattern, and the length of each: all are of fixed length."""
    pieces: list[list[str]] = [[]]
    for escaped, wildcard, plain in _WILDCARDS.findall(pattern):
        if wildcard == "%":
            pieces.append([])
        elif wildcard:
            pieces[-1].append(".")
        else:
            pieces[-1].extend(map(re.escape, escaped or plain))
    return tuple((re.compile("".join(piece), re.DOTALL), len(piece)) for piece in pieces)


def run_of(pattern: str) -> tuple[str, bool, bool] | None:
    """Return the one run of letters that a pattern looks for, and whether any may stand before it and behind it.

    None of a pattern that has several runs, a `_`, or no `%`.
    """
    run, places = "", list[int]()
    for escaped, wildcard, plain in _WILDCARDS.findall(pattern):
        if wildcard == "_":
            return None
        if wildcard:
            places.append(len(run))
        run += escaped or plain
    before, behind = 0 in places, len(run) in places
    return (run, before, behind) if places and {*places} <= {0, len(run)} else None


def expression_of(pattern: str) -> str:
    """Return the regular expression (RE2) of a whole text that has a pattern's form."""
    return "(?s)" + ".*".join(piece.pattern for piece, _ in _pieces(pattern))

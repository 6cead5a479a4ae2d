"""Texts with case and accents apart: as a folded text, and as a pattern that finds a word in a text as it stands.

Marks are those of the combining blocks of Unicode; those of one script alone (Hebrew points) are read as they stand.
"""

import re
from functools import cache, lru_cache
from typing import Final
from unicodedata import combining, normalize

_ACCENTED: Final = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
"""Latin letters with marks (Latin-1 Supplement to Latin Extended-B, Latin Extended Additional)."""

_SHORT: Final = 200
"""Letters of a text that is remembered folded: cells come back, geometries and remarks fill the memory."""

_MARKS: Final = r"[\x{300}-\x{36F}\x{1AB0}-\x{1AFF}\x{1DC0}-\x{1DFF}\x{20D0}-\x{20FF}\x{FE20}-\x{FE2F}]*"
"""The combining marks of any letter. All those of Unicode (`\\p{M}`) would cost a long word a hundred times as much."""


def fold(text: str) -> str:
    """Return a text as searches compare it: lower case, without accents."""
    if text.isascii():
        return text.lower()
    return _remembered(text) if len(text) <= _SHORT else _bare(text)


def _bare(text: str) -> str:
    return "".join(letter for letter in normalize("NFKD", text.lower()) if not combining(letter))


_remembered: Final = lru_cache(maxsize=8192)(_bare)


def pattern_of(word: str) -> str:
    """Return the regular expression (RE2) of what folds to a folded word; marks may follow each of its letters."""
    return "(?is)" + "".join(map(_letter, word))


@cache
def _classes() -> dict[str, str]:
    found: dict[str, str] = {}
    for letter in map(chr, _ACCENTED):
        plain = fold(letter)
        if plain != letter:
            found[plain] = found.get(plain, "") + letter
    return found


def _letter(letter: str) -> str:
    accented = _classes().get(letter, "")
    one = f"[{letter}{accented}]" if accented else re.escape(letter)
    return one + _MARKS if letter.isalpha() else one

"""A word, folded, as a pattern that finds it in a text as it stands.

Marks are those of the combining blocks of Unicode; those of one script alone (Hebrew points) are read as they stand.
"""

import re
from functools import cache
from typing import Final

from catalog.letters import ACCENTED, MARKS, fold

__all__: Final = ("fold", "pattern_of")
_MARKS: Final = "[" + "".join(rf"\x{{{marks.start:X}}}-\x{{{marks.stop - 1:X}}}" for marks in MARKS) + "]*"
"""The combining marks of any letter. All those of Unicode (`\\p{M}`) would cost a long word a hundred times as much."""


def pattern_of(word: str) -> str:
    """Return the regular expression (RE2) of what folds to a folded word; marks may follow each of its letters."""
    return "(?is)" + "".join(map(_letter, word))


@cache
def _classes() -> dict[str, str]:
    found: dict[str, str] = {}
    for letter in map(chr, ACCENTED):
        plain = fold(letter)
        if plain != letter:
            found[plain] = found.get(plain, "") + letter
    return found


def _letter(letter: str) -> str:
    accented = _classes().get(letter, "")
    one = f"[{letter}{accented}]" if accented else re.escape(letter)
    return one + _MARKS if letter.isalpha() else one

"""Texts with case and accents apart, and how an index of words writes the pieces of a text.

A word that stands in a text stands in one of its pieces, since no word that the index answers for holds what parts
pieces. `canonical` gives the same letter to all that the pattern of a letter finds (`api.folding.pattern_of`).
"""

import re
from functools import cache, lru_cache
from typing import Final
from unicodedata import combining, normalize

ACCENTED: Final = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
"""Latin letters with marks (Latin-1 Supplement to Latin Extended-B, Latin Extended Additional)."""
MARKS: Final = (
    range(0x300, 0x370),
    range(0x1AB0, 0x1B00),
    range(0x1DC0, 0x1E00),
    range(0x20D0, 0x2100),
    range(0xFE20, 0xFE30),
)
"""The combining blocks of Unicode: marks that may follow any letter."""
_SHORT: Final = 200
"""Letters of a text that is remembered folded: cells come back, geometries and remarks fill the memory."""
BETWEEN: Final = r"[^\p{L}\p{M}\p{N}.'’_-]+"
"""What parts pieces (RE2)."""
_ANSWERED: Final = re.compile(r"[.'’_\-0-9a-z\u00aa-\u024f]+")


def fold(text: str) -> str:
    """Return a text as searches compare it: lower case, without accents."""
    if text.isascii():
        return text.lower()
    return _remembered(text) if len(text) <= _SHORT else _bare(text)


def _bare(text: str) -> str:
    return "".join(letter for letter in normalize("NFKD", text.lower()) if not combining(letter))


_remembered: Final = lru_cache(maxsize=8192)(_bare)


def canonical(text: str) -> str:
    """Return a text letter by letter: case apart, Latin letters without their marks, no mark behind a letter."""
    if text.isascii():
        return text.lower()
    found: list[str] = []
    for letter in text:
        if not (_is_mark(letter) and found and found[-1].isalpha()):
            found.append(_plain(letter))
    return "".join(found)


def _is_mark(letter: str) -> bool:
    return any(ord(letter) in marks for marks in MARKS)


def sought(word: str) -> str | None:
    """Return a folded word as it stands in canonical texts; None if an index of words does not answer for it."""
    plain = _ANSWERED.fullmatch(word) and all(letter.isalnum() or letter in ".'’_-" for letter in word)
    return word if plain and canonical(word) == word else None


@lru_cache(maxsize=8192)
def _plain(letter: str) -> str:
    lower = letter.lower() if len(letter.lower()) == 1 else letter
    return _marked().get(letter) or _marked().get(lower, lower)


@cache
def _marked() -> dict[str, str]:
    """Return the plain letter of each Latin letter whose fold is one other letter."""
    folded = {letter: fold(letter) for letter in map(chr, ACCENTED)}
    return {letter: plain for letter, plain in folded.items() if plain != letter and len(plain) == 1}

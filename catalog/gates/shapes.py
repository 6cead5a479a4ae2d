"""What may be shown of a value that nobody may read: its shape, of which only the kinds of characters are left."""

import string
from typing import Final

LONGEST: Final = 40
_MARKS: Final = frozenset(string.punctuation)


def shape(text: str) -> str:
    """Return a text, cut short: a for small letters, A for capitals, 9 for digits, ? for what is no mark of ASCII."""
    told = "".join(map(_kind, text[:LONGEST]))
    return f"{told}…" if len(text) > LONGEST else told


def _kind(letter: str) -> str:
    if letter.isspace():
        return " "
    if letter.isalpha():
        return "A" if letter.isupper() else "a"
    if letter.isnumeric():
        return "9"
    return letter if letter in _MARKS else "?"

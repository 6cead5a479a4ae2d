"""The shape of a recogniser: a pattern, what it must not miss beforehand, what proves it, and where it must stand."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

SEPARATOR: Final = r"[ .\-/_\t\u00a0\u2009\u202f]"
"""What people put between groups of digits."""
ALONE: Final = r"(?<!\d)(?<!\d[.,:/_-])"
"""Before a number: no other digit, nor one that a mark of decimals, hours or dates ties to it."""
ANY_LETTER: Final = r"[^\x00-@\[-`{-\x7F]"
"""For RE2, a letter or more: all that ASCII does not know is taken for one, which costs less than to know it."""
LOOSE_SEPARATOR: Final = r"[\W_]"
"""The same or more, for a superset in RE2."""


_COMBINING: Final = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")

_USUAL: Final = "\u0300\u0301\u0302\u0303\u0308\u0327"
"""Those of French and German words, which a search finds sooner than a pattern: of most texts none is left."""


class Decision(StrEnum):
    """What a finding means for the release. A review refuses too, as long as no one can lift it."""

    BLOCK = "block"
    REVIEW = "review"


def any_match(_: str) -> bool:
    """Take whatever the pattern takes."""
    return True


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One kind of personal data.

    `pattern` is for the `regex` module; `prefilter`, for RE2, takes every text that `pattern` finds something in (a
    property test holds it). `check` proves a match (checksum, registry). With `context`, a match counts only if one
    of these word beginnings, without accents, stands in the cell or in the column's name and words. A column whose
    name holds one of `public_in` may hold it: the policy that publishes the column signs for it. `beside` are word
    beginnings that count as context in the names of the file's other columns. A match right after what `announced_by`
    finds, in small letters without accents, is public. `spans`, where it is given, finds
    what is taken in a text in which `pattern` finds something.
    """

    kind: str
    pattern: str
    prefilter: str
    check: Callable[[str], bool] = any_match
    context: tuple[str, ...] = ()
    public_in: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    announced_by: re.Pattern[str] | None = None
    decision: Decision = Decision.BLOCK
    spans: Callable[[str], Iterable[tuple[int, int]]] | None = None


def folded(text: str) -> str:
    """Return a text in lower case, without accents, its underscores as spaces."""
    if text.isascii():
        return text.lower().replace("_", " ")
    plain = unicodedata.normalize("NFKD", text.casefold().replace("_", " "))
    for mark in _USUAL:
        plain = plain.replace(mark, "")
    return plain if plain.isascii() else _COMBINING.sub("", plain)


def has_word(stems: tuple[str, ...], text: str) -> bool:
    """Tell whether a folded text holds a word that begins with one of the stems, each a regular expression."""
    return _beginning(stems).search(text) is not None


@cache
def _beginning(stems: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(stems)})" if stems else "(?!)")


def digits(text: str) -> str:
    """Return the digits of a text."""
    return "".join(letter for letter in text if letter.isascii() and letter.isdigit())


def passes_luhn(number: str) -> bool:
    """Tell whether a string of digits ends with its Luhn check digit (ISO/IEC 7812-1)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0  # noqa: PLR2004 - a digit

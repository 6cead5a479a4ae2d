"""What a hand most likely meant by a text that the language refuses: pure rules for cures, nothing is accepted so.

A respelling is shown where it stands as the language wants it: a wrong guess costs one more refusal, never a meaning.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Final

from charter.vocabulary import DURATION_UNITS

_DAY: Final = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")
_DURATION: Final = re.compile(r"([0-9]{1,4})\s*([a-z]+)\.?")
_PLURALS: Final = ("minutes", "heures", "jours", "semaines", "mois", "ans")
_ALIKE: Final = 0.75


def plain(text: str) -> str:
    """Return a text in small letters without accents, its outer and no-break spaces gone."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold().strip()


def near_word(text: str, admitted: Iterable[str]) -> str:
    """Return the admitted word that a text most resembles, accents and spaces apart, or ""."""
    words = {plain(word): word for word in admitted}
    found = get_close_matches("-".join(plain(text).split()), words, n=1, cutoff=_ALIKE)
    return words[found[0]] if found else ""


def respelt(text: str, pattern: str) -> str:
    """Return the spelling of a text that has a form, or "": a day, a duration, an identifier, a name of column."""
    words = re.findall(r"[^\W_]+", plain(text))
    if re.search("[;,]", text):
        return ""  # several things, not one ill-spelt
    guesses = (_day(text.strip()), _duration(plain(text)), "-".join(words), "_".join(words))
    return next((guess for guess in guesses if guess and re.search(pattern, guess)), "")


def _day(text: str) -> str:
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat() if found else ""
    except ValueError:
        return ""


def _duration(text: str) -> str:
    found = _DURATION.fullmatch(text)
    if found is None or int(found[1]) == 0:
        return ""
    count, begun = int(found[1]), found[2]
    known = begun if begun in DURATION_UNITS else next((unit for unit in _PLURALS if unit.startswith(begun)), "")
    return f"{count} {known}" if known else ""

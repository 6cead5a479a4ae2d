"""Words as a search compares them, in French, English, German and Luxembourgish, and how far two of them are apart.

Each language loses its plurals, its commonest endings and its doubled letters, and nothing else: a stem is short enough
for two forms of a word to meet, long enough for two words not to. German and Luxembourgish umlauts are written as their
bare letter.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from unicodedata import normalize

_WORD: Final = re.compile(r"[a-z0-9]+")
_DOUBLED: Final = re.compile(r"([a-z])\1")
_MARKS: Final = re.compile("[\u0300-\u036f\u1dc4-\u1dff\u20d0-\u20f0]")
"""The marks that a letter loses once it is taken apart."""
_SHORTEST: Final = 4
"""Letters that a stem keeps."""
_ONE_ERROR: Final = 4
_TWO_ERRORS: Final = 8
_SILENT: Final = """
a au aux avec ce ces cette combien comment dans de des du elle en est et il ils la le les leur leurs mais ne nos notre
ou par pas pour que quel quelle quelles quels qui sa sans se ses son sont sur un une vos votre y
an and are at by for from has how in is it its of on or that the their to what when where which who with
als am auf aus bei das dem den der die ein eine einen einer es fur hat im ist mit oder sind und vom von was wer wie wo
zu zum zur
dat deem denen dei een eng engem fir huet mat sinn un vun wat wei wou
"""
STOP_WORDS: Final = frozenset(_SILENT.split())
"""Words that say nothing of what is looked for, without their accents."""


def folded(text: str) -> str:
    """Return a text in lower case, without accents, ligatures opened."""
    lower = text.lower()
    if lower.isascii():
        return lower
    opened = lower.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return _MARKS.sub("", normalize("NFKD", opened))


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return _WORD.findall(folded(text))


def _french(word: str) -> str:
    if word.endswith("eaux"):
        word = word[:-1]
    elif word.endswith("aux") and len(word) > _SHORTEST:
        word = f"{word[:-2]}l"
    elif word[-1] in "sx" and len(word) >= _SHORTEST:
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST + 1 else word


def _english(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORTEST:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) >= _SHORTEST
    return word[:-1] if plural else word


def _ending(*endings: str) -> Callable[[str], str]:
    """Return what takes off the first of these endings that leaves a stem."""

    def stem(word: str) -> str:
        kept = (word[: -len(one)] for one in endings if word.endswith(one) and len(word) - len(one) >= _SHORTEST)
        return next(kept, word)

    return stem


def _undoubled(stem: Callable[[str], str]) -> Callable[[str], str]:
    """Return the same stem with its doubled letters once: *déchetterie* and *déchèterie* are one word."""
    return lambda word: _DOUBLED.sub(r"\1", stem(word))


STEMS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "fr": _undoubled(_french),
        "en": _undoubled(_english),
        "de": _undoubled(_ending("ern", "en", "er", "em", "es", "e", "n", "s")),
        "lb": _undoubled(_ending("eren", "en", "er", "e", "n", "s")),
    }
)
"""Language → what leaves a folded word's stem."""


@lru_cache(maxsize=32_768)
def stem_of(word: str, language: str) -> str:
    """Return a folded word's stem in a language; remembered, for a catalogue says the same words again and again."""
    return STEMS[language](word)


def allowed_errors(word: str) -> int:
    """Return how many typing errors a word may hold: none in a short one, two in a long one."""
    if len(word) < _ONE_ERROR:
        return 0
    return 1 if len(word) < _TWO_ERRORS else 2


def distance(one: str, other: str, most: int) -> int:
    """Count the letters added, dropped, changed or swapped with the next between two words, at most `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    far = most + 1
    before: list[int] = []
    row = [min(at, far) for at in range(len(other) + 1)]
    for place, letter in enumerate(one, 1):
        older, before, row = before, row, [min(place, far)] + [far] * len(other)
        # farther from the diagonal than `most`, nothing is near
        for at in range(max(1, place - most), min(len(other), place + most) + 1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != other[at - 1]))
            if place > 1 < at and letter == other[at - 2] and one[place - 2] == other[at - 1]:
                cost = min(cost, older[at - 2] + 1)
            row[at] = cost
        if min(row) > most:
            return far
    return min(row[-1], far)

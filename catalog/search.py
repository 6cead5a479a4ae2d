"""Words as CKAN's search compares them: without accents, case nor the mark of a plural."""

from typing import Final

from catalog.finding.words import words_of

_SHORTEST_PLURAL: Final = 4


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text: lower case, no accent, ligatures opened, final s or x of a plural dropped."""
    return tuple(map(_singular, words_of(text)))


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] in "sx" else word

"""Which capitalised words may be names, by the words that a language model has seen in like places.

The model's vectors put words that stand in like places in one row: surnames stand beside surnames. Rows that hold some
of our names hold tens of thousands more.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from catalog.gates.recognisers.given_names import COMMON_WORDS, FOLDED_GIVEN_NAMES, GIVEN_NAMES
from catalog.gates.recognisers.more_given_names import MORE_GIVEN_NAMES
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.roles import ROLES
from catalog.gates.recognisers.surnames import SURNAMES

NAMES: Final = (*map(str.capitalize, SURNAMES), *GIVEN_NAMES, *MORE_GIVEN_NAMES)
_SHORTEST_NOUN: Final = 4
_FEWEST: Final = 3
"""Of our names in a row of which the other words are names too."""
_MOST_KEPT: Final = 65_536
"""Words of which the answer is kept: a column's texts say the same ones again and again."""


class KnownWords:
    """The words of a language model, told apart by the rows of their vectors, which `row` gives."""

    def __init__(
        self,
        row: Callable[[str], int | None],
        *,
        names: Iterable[str] = NAMES,
        people: Callable[[Iterable[int]], frozenset[int]] = frozenset,
    ) -> None:
        """Take the row of each word, and what tells all rows of people from those of our words for them."""
        self._row = row
        listed = (row(word) for word in ROLES if len(word) >= _SHORTEST_NOUN)
        self._of_people = people(found for found in listed if found is not None)
        counted = Counter(found for name in names if (found := row(name)) is not None)
        self._of_names = frozenset(found for found, count in counted.items() if count >= _FEWEST)
        self._told = lru_cache(_MOST_KEPT)(self._may_name)
        self._are_names = lru_cache(_MOST_KEPT)(self._is_name)
        self._are_people = lru_cache(_MOST_KEPT)(self._names_people)

    def may_name(self, word: str) -> bool:
        """Tell whether a capitalised word is a name, or no word that is written in lower case either.

        Of a word with hyphens, one part that is.
        """
        return any(map(self._told, word.split("-"))) if "-" in word else self._told(word)

    def is_name(self, word: str) -> bool:
        """Tell whether a capitalised word stands in a row of names, and is no word that is written in lower case.

        Of a word with hyphens, every part.
        """
        return all(map(self._are_names, word.split("-"))) if "-" in word else self._are_names(word)

    def is_word(self, word: str) -> bool:
        """Tell whether the language has a word, as it is written."""
        return self._row(word) is not None

    def names_people(self, word: str) -> bool:
        """Tell whether a word in small letters says what somebody is, as those that we list do; no given name does."""
        return self._are_people(word)

    def _names_people(self, word: str) -> bool:
        is_noun = len(word) >= _SHORTEST_NOUN and folded(word) not in FOLDED_GIVEN_NAMES
        return is_noun and self._row(word) in self._of_people

    def _is_name(self, word: str) -> bool:
        return self._row(word) in self._of_names and folded(word) not in COMMON_WORDS and self._only_names(word)

    def _may_name(self, word: str) -> bool:
        plain = folded(word)
        if self._row(word) in self._of_names or plain in SURNAMES:
            return True
        if plain in FOLDED_GIVEN_NAMES:
            return plain not in COMMON_WORDS
        return self._only_names(word)

    def _only_names(self, word: str) -> bool:
        """Tell whether a word is unknown in lower case, or written so by negligence only."""
        lower = self._row(word.lower())
        return lower is None or lower in self._of_names

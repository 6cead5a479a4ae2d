"""Columns of people's names that nothing says are such: a name alone in each cell, or what somebody is called online.

Recognisers of names ask for a word beside one, or for a given name and a surname: a column of surnames called *USR_02*
has neither. What tells it is that its values are names, and that no word says whose else.
"""

from functools import partial
from typing import Final

import regex

from catalog.gates.known_words import KnownWords
from catalog.gates.recognisers.given_names import COMMON_WORDS
from catalog.gates.recognisers.name_words import is_given_name
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.surnames import SURNAMES

_ENOUGH: Final = 1 / 3
"""Of the different texts of a column: no list knows most surnames."""
_FEWEST: Final = 2
_ALONE: Final = regex.compile(r"\p{Lu}[\p{L}'’-]{2,}")
_CALLED: Final = regex.compile(r"(?=.*\p{Ll}{3})[\p{Ll}\d._-]{4,30}")
_BETWEEN: Final = regex.compile(r"[._\d-]+")
_PARTED: Final = regex.compile(r"[\s/&.,]+")
_LABEL: Final = regex.compile(r"(?=.*\p{Lu}{2})[\p{L}\s/&.,'’-]{3,60}")
_INITIALS: Final = 2
"""Letters, at most, of what stands beside a surname, and before one in the name by which one logs in."""
_MOST_WORDS: Final = 5
_SHORTEST: Final = 4
"""Letters of a name within a longer word: three are in too many."""


def are_of_people(texts: set[str], words: KnownWords) -> bool:
    """Tell whether a third of different texts, and more than one, are names alone or made of one."""
    names = sum(is_name_alone(text, words) or is_made_of_a_name(text, words) for text in texts)
    return names >= max(_FEWEST, _ENOUGH * len(texts))


def is_name_alone(text: str, words: KnownWords) -> bool:
    """Tell whether a text is one capitalised word that people are called by (*Desmet*, *AIT-KACI*).

    Or such words in capitals with initials beside (*MOUGEOT C*, *PAQUIN/THIRION*).
    """
    if _ALONE.fullmatch(text):
        return _is_name(text.title(), words)
    parts = [part for part in _PARTED.split(text) if part] if _LABEL.fullmatch(text) else []
    names = [part for part in parts if len(part) > _INITIALS]
    return len(parts) <= _MOST_WORDS and bool(names) and all(_is_name(each.title(), words) for each in names)


def is_made_of_a_name(text: str, words: KnownWords) -> bool:
    """Tell whether a word that is none of the language holds a name (*mclement*, *s.demir*, *DPOIROT*).

    A domain may stand before it, with a backslash.
    """
    text = text.rpartition("\\")[2]
    if text.isupper() and text.isalpha() and not words.is_word(text.lower()) and not words.is_word(text):
        after = (text[initials:] for initials in range(1, _INITIALS + 1))
        return any(len(each) > _SHORTEST and _is_name(each.title(), words) for each in after)
    if _CALLED.fullmatch(text) is None or words.is_word(text):
        return False
    parts = [part for part in _BETWEEN.split(text) if len(part) >= _SHORTEST]
    return any(part != text and _is_name(part.title(), words) for part in parts) or any(
        _begins_with_a_name(part, words) for part in parts if not words.is_word(part)
    )


def _begins_with_a_name(part: str, words: KnownWords) -> bool:
    """Tell whether a name stands after an initial, or before whatever else."""
    within = (part[1:], *(part[:end] for end in range(_SHORTEST, len(part))))
    return any(len(each) >= _SHORTEST and _is_name(each.title(), words) for each in within)


def _is_name(word: str, words: KnownWords) -> bool:
    """Tell whether people are called by a capitalised word, or by some part of one with hyphens."""
    return any(map(partial(_is_borne, words), word.split("-")))


def _is_borne(words: KnownWords, word: str) -> bool:
    plain = folded(word)
    return plain not in COMMON_WORDS and (plain in SURNAMES or is_given_name(plain) or words.is_name(word))

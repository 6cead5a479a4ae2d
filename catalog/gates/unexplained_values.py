"""What the values of a column say of themselves, neither numbers nor dates: houses, initials, geohashes, sentences."""

import re
from collections.abc import Sequence
from typing import Final

from catalog.gates.recognisers.recogniser import digits
from catalog.gates.unexplained_alike import beginning

_FEWEST_SHORT: Final = 3
_FEWEST_WORDS: Final = 4
_FEWEST_PEOPLE: Final = 4
_DOTTED: Final = re.compile(r"(?:[^\W\d_]\. ?){2,3}")
_NO_INITIALS: Final = frozenset({
    "lun", "mar", "mer", "jeu", "ven", "sam", "dim", "lu", "ma", "me", "je", "ve", "sa", "di", "mo", "do", "fr", "so",
    "mi", "jan", "fev", "avr", "mai", "jui", "jun", "jul", "aou", "sep", "oct", "nov", "dec", "al", "all", "av", "bd",
    "che", "ch", "imp", "pl", "rte", "rue", "pas", "crs", "sq", "res", "qu", "oui", "non", "nc", "ras", "vu", "ok",
    "ko", "ne", "nw", "se", "sw", "ene", "fra", "deu", "lux", "bel", "de", "be", "it", "pt", "es", "nl", "eur", "usd",
    "cdi", "cdd", "mme", "mr", "km", "kg",
})  # fmt: skip
"""Days, months, kinds of streets, winds, countries, answers."""
_FEWEST_HOUSES: Final = 4
_HIGHEST_OF_A_TEAM: Final = 20
_SAME: Final = 2
"""Letters with which geohashes of one region begin (some thousand kilometres wide)."""
_LONG: Final = 8
_SAME_OF_LONG: Final = 1
"""The same of those of a house, as they are written: no thing that is numbered so begins with one letter in small."""


def differ(values: Sequence[str]) -> bool:
    """Tell whether there are values at all: their column asks for no more."""
    return bool(values)


def vary(values: Sequence[str]) -> bool:
    """Tell whether there are more than two values: what is nowhere but in one place is a place's."""
    return len(values) >= _FEWEST_SHORT


def are_houses(values: Sequence[str]) -> bool:
    """Tell whether words that hardly come twice have numbers of houses beside: what is counted or numbered is alike.

    Some number is beyond those of teams, floors and kinds.
    """
    numbers = [digits(each) for each in values]
    words = {re.sub("[^a-z]+", " ", each.lower()).strip() for each in values}
    return (
        len(values) >= _FEWEST_HOUSES
        and 3 * len(words) >= len(values)
        and 2 * len(set(numbers)) > len(values)
        and any(int(each) > _HIGHEST_OF_A_TEAM for each in numbers)
    )


def are_sentences(values: Sequence[str]) -> bool:
    """Tell whether some value says more than an address: a verb, somebody, what is to be done there."""
    return any(len(value.split()) >= _FEWEST_WORDS for value in values)


def are_geohashes(values: Sequence[str]) -> bool:
    """Tell whether words of base 32 are places within one region: digits and letters, begun alike, then not.

    What ends with a number and its key, each of them, is numbered: a school, a district.
    """
    words = [each.lower() for each in values]
    begun = beginning(words)
    ends = [each[max(len(begun), _SAME) :] for each in words]
    mixed = 2 * sum(bool(re.search("[0-9]", end) and re.search("[a-z]", end)) for end in ends) >= len(ends)
    numbered = all(re.fullmatch("[0-9]+[a-z]", end) for end in ends)
    same = _SAME_OF_LONG if min(map(len, words)) >= _LONG and values[0].islower() else _SAME
    return len(words) >= _FEWEST_SHORT and mixed and not numbered and same <= len(begun) < len(words[0]) - 1


def are_initials(values: Sequence[str]) -> bool:
    """Tell whether there are enough letters by twos and threes to be several people's, neither days' nor kinds'.

    A stop after each letter makes sure of one.
    """
    letters = {re.sub("[^a-z]+", "", each.lower()) for each in values}
    fewest = _FEWEST_PEOPLE - any(map(_DOTTED.fullmatch, values))
    return len(letters) >= fewest and 3 * len(letters & _NO_INITIALS) < len(letters)

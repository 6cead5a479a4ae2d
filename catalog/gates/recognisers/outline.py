"""The outline of a text: a sign for each of its words, and for what stands between them.

A column's texts differ, their words come back: what is known of a word is looked up once. Patterns over the outline
then tell which texts may hold a name that no list knows; few do, and they alone are read closely.
"""

from functools import partial
from typing import Final

import regex

from catalog.gates.recognisers.full_names import is_given_name, is_sure_name
from catalog.gates.recognisers.lone_names import (
    BEFORE_IT_DOES,
    CIVILITIES,
    DOES,
    ELISION,
    ENDS,
    PARTICLES,
    Words,
    is_role,
    may_precede,
    stands_alone,
)
from catalog.gates.recognisers.names import is_known_word
from catalog.gates.recognisers.place_names import LINKS, is_adjective, is_institution, is_place_head, leads_on
from catalog.gates.recognisers.recogniser import folded

_WORD: Final = regex.compile(r"(\p{L}+(?:-\p{L}+)*)")
_MOST_KEPT: Final = 65_536
_SHORTEST_IN_CAPITALS: Final = 3
_LONGEST: Final = 31
"""Letters; of a longer word, only the end may be seen by what looks back from a name."""
_WIDEST: Final = 8
"""Characters between a name and the word before it."""
_BETWEEN_NAMES: Final = frozenset({"d", "de", "du", "la", "le", "van", "von"})
_APART: Final = {"": "^", " ": " ", ", ": ",", ".": ".", ". ": "."} | dict.fromkeys(ELISION, "'")
_JOINING: Final = ("'", "’", "-")

_LINK: Final = r"\w*K\w* |\w*L'"
_OF_AN_INSTITUTION: Final = rf"(?<!(?<=[ ,.'^])\w*I\w* (?:\w*J\w* |{_LINK}){{0,4}})"
_OF_A_PLACE: Final = rf"(?<!(?<=[ ,.'^])\w*H\w* (?:\w*B\w* |{_LINK}){{0,4}})"
_IS: Final = r"(?:\w*E\w*[ '])?\w*D\w* "
_ALONE: Final = regex.compile(
    rf"(?:(?:^\W|[.:;]|A\w*[ ']){_OF_AN_INSTITUTION}\w*N|,\w*N(?!\.))(?! C)|G|[:;]\w*U"
    rf"| {_OF_AN_INSTITUTION}\w*Y\w* {_IS}|R\w* \w*U|V\w*[ .]",
)
_THEN: Final = r"(?:\w*P\w*[ ']){0,2}C"
_SECOND: Final = rf"[ ,-]{_THEN}"
_TWO: Final = regex.compile(
    rf"(?<!\w){_OF_A_PLACE}C\w*"
    rf"(?:(?<=M\w*){_SECOND}\w*[MW]|(?<=W\w*){_SECOND}\w*M|{_SECOND}\w*[';-]|(?:[';-]\w*)+{_SECOND}|[;-]{_THEN})"
)


class Outline(dict[str, str]):
    """Outlines of texts; the signs seen last are kept.

    A word has a letter for each thing that it may be: C with a capital, U in capitals, G a given name in small letters,
    A what may stand before a name, I, J, K and L an institution, an adjective and links, H and B what makes a place's
    name and what may stand after it, P a particle, M and W what may be a part of a name, a sure word or not, N a name
    by itself, Y that of a person and of nothing else, D what somebody does, E what may stand before that, R what
    somebody is, V a civility in small letters.
    """

    def __init__(self, words: Words) -> None:
        self._word = partial(_sign, words=words)

    def __missing__(self, part: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[part] = sign = self._word(part) if _WORD.match(part) else _sign_between(part)
        return sign

    def of(self, text: str) -> str:
        """Return the signs of a text: what stands before its first word, the word, what stands after it, and so on."""
        return "".join(map(self.__getitem__, _WORD.split(text)))


def may_name_alone(outline: str) -> bool:
    """Tell whether a text may hold a name of one word; wherever `lone_names` would find one, it may.

    The name begins a sentence or follows what may announce it, and no other word with a capital follows, or a given
    name does something; the noun before it is of nothing that governs a place. Names in capitals follow a label or what
    somebody is, those in small letters are given names or follow a civility.
    """
    return _ALONE.search(outline) is not None


def may_name_fully(outline: str) -> bool:
    """Tell whether a text may hold a full name; wherever `unknown_names` would find one, it may.

    Two words with capitals, neither of which is known and one may be a name; what apostrophes or hyphens tie to them
    may be anything. Before them stands nothing that makes a place's name of theirs.
    """
    return _TWO.search(outline) is not None


def _sign(word: str, words: Words) -> str:
    plain, capital, long = folded(word), word[0].isupper(), len(word) > _LONGEST
    part = capital and len(word) > 1 and not is_known_word(word)
    alone = stands_alone(word, words)
    signs = {
        "C": capital,
        "U": word[:_SHORTEST_IN_CAPITALS].isupper(),
        "G": word.islower() and is_given_name(plain) and is_sure_name(plain),
        "A": long or word in PARTICLES or may_precede(plain),
        "I": not long and is_institution(plain) and not is_role(plain),
        "J": not long and is_adjective(plain),
        "H": not long and is_place_head(plain),
        "B": 1 < len(word) <= _LONGEST and leads_on(plain),
        "K": plain in LINKS and len(word) > 1,
        "P": word in _BETWEEN_NAMES,
        "M": part and words.may_name(word),
        "W": part and not words.may_name(word),
        "D": word in DOES,
        "E": word in BEFORE_IT_DOES,
        "R": is_role(plain),
        "V": word.rpartition("-")[2] in CIVILITIES,
        "Y": alone and is_sure_name(plain) and is_given_name(plain),
        "N": alone,
        "L": plain in LINKS and len(word) == 1,
    }
    return "".join(sign for sign, told in signs.items() if told)


def _sign_between(gap: str) -> str:
    """Return what stands between two words: `:` parts sentences, `-` is tied to a word, `;` does both, `|` neither."""
    if gap in _APART:
        return _APART[gap]
    parts = len(gap) > _WIDEST or not ENDS.isdisjoint(gap)
    if gap.startswith(_JOINING):
        return ";" if parts else "-"
    return ":" if parts else "|"

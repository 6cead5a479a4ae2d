"""Which words may be a name by themselves, and such in a row: "impayés : Hubert / Kaczmarek", "Ludo et Rachid"."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import regex

from catalog.gates.recognisers.foreign import ROLES_ELSEWHERE
from catalog.gates.recognisers.name_words import FEASTS, is_sure_name
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.roles import FIRMS
from catalog.gates.recognisers.small_names import Words, is_borne

ONE_WORD: Final = r"\p{Lu}\p{Ll}\p{L}+(?:-\p{Lu}\p{Ll}\p{L}*)?"
_MORE: Final = rf"(?: ?[/+&] ?| et )(?:\p{{Lu}}\p{{Ll}} )?{ONE_WORD}"
_IN_A_ROW: Final = regex.compile(
    rf"(?:\A\s*|[:=] ?)({ONE_WORD}(?:{_MORE})+)(?![\p{{L}}\d@_'’-])(?:(?= \p{{Ll}})|(?<=[/+&][^/+&:=]+))"
)
"""With an "et" alone, a sentence goes on: "Paul et Virginie" is a title."""
_ALONE: Final = regex.compile(ONE_WORD)
_PARTS: Final = regex.compile(r" ?[/+&] ?| et ")
_MARKED: Final = frozenset("/+&")


@lru_cache(maxsize=65_536)
def stands_alone(word: str, words: Words) -> bool:
    """Tell whether a word is one that may be a name by itself, wherever it stands."""
    plain = folded(word)
    if _ALONE.fullmatch(word) is None or plain in FEASTS or plain in ROLES_ELSEWHERE:
        return False
    return words.may_name(word) or is_sure_name(plain)


def names_in_a_row(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Yield where names stand in a row, most of them names and no words besides, none a firm's or a place's."""
    if _MARKED.isdisjoint(text) and " et " not in text:
        return
    for found in _IN_A_ROW.finditer(text):
        names = [each.rpartition(" ")[2] for each in _PARTS.split(found[1])]
        told = sum(words.is_name(each) or is_sure_name(folded(each)) for each in names)
        may_be = FIRMS.isdisjoint(map(folded, names)) and stands_alone(names[0], words)
        if 2 * told > len(names) and may_be and not is_borne(text, *found.span(1)):
            yield found.span(1)

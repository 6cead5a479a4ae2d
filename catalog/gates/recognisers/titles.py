"""Titles of works and cultivars that read as names of persons: what stands between quotation marks after what it is."""

import re
from typing import Final

import regex

from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.word_before import may_precede

_WORKS: Final = frozenset(
    """album ballet bd chanson comedie concert conte documentaire drame exposition film lecture livre manga morceau
    opera operette piece poeme projection recueil representation revue roman sculpture serie spectacle tableau
    titre""".split()  # noqa: SIM905 - words to be read
)
_CLOSING: Final = {'"': '"', "'": "'", "‘": "’", "“": "”", "„": "“", "«": "»"}
_OF_CULTIVARS: Final = frozenset("'‘")
"""Marks of cultivars, by the code of their nomenclature: rosier 'Pierre de Ronsard'."""
_OPENED: Final = regex.compile(
    r"(?<!\p{L})(\p{L}{2,}) ([\"'‘“„«])[ \u00a0\u202f]?(?:(?:\p{Lu}\p{L}*|d[eu]|des|l[ae]) |[dl]['’]){0,3}$"
)
_QUOTE: Final = re.compile(f"[{''.join(_CLOSING)}]")
_PARTICIPLE: Final = regex.compile(r"ée?s?$")
_FARTHEST: Final = 60
"""Characters of a title."""


def is_quoted_title(text: str, start: int, _: int) -> bool:
    """Tell whether the name at `start` begins what is quoted after a kind of work, or a cultivar's name after a plant.

    Nobody's title or trade is a plant, nor a participle or what somebody is named after ("par 'Karim'").
    """
    opened = _QUOTE.search(text, max(start - _FARTHEST, 0), start) and _OPENED.search(
        text, max(start - _FARTHEST, 0), start
    )
    if opened is None or _CLOSING[opened[2]] not in text[start : start + _FARTHEST]:
        return False
    noun = folded(opened[1])
    may_be_a_plant = not (may_precede(noun) or _PARTICIPLE.search(opened[1]))
    return noun in _WORKS or (opened[2] in _OF_CULTIVARS and may_be_a_plant)

"""Known names in capitals or in small letters that something announces: a label, what somebody is, a greeting."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

import regex

from catalog.gates.recognisers.name_words import is_given_name, is_sure_name
from catalog.gates.recognisers.one_word import names_in_a_row
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.roles import ASKED, FIRMS, PAPERS, ROLES
from catalog.gates.recognisers.small_names import Words, names_in_small_letters
from catalog.gates.recognisers.surnames import SURNAMES
from catalog.gates.recognisers.told_beside import is_of_kin, names_told_beside
from catalog.gates.recognisers.word_before import is_labelled

_IN_CAPITALS: Final = regex.compile(r"(?<=[:=] ?)(\p{Lu}{3,}(?:[-'’]\p{Lu}{2,})*)(?![\p{L}'’-]| \p{Lu})")
_COMPOUND_INITIALS: Final = regex.compile(
    r"(?<!\p{L})(?:avec|chez|par|voir|vu|à|appeler|demander|pour|selon) ([JM]-\p{Lu})(?![\p{L}\d-])"
)
"""Jean- or Marie-somebody, as colleagues call each other."""
_BEGINS_IN_CAPITALS: Final = regex.compile(
    r"\A(\p{Lu}{4,}(?:[-'’]\p{Lu}{2,})*)(?= ?[:/] ?\p{Ll}| (?:n['’]\p{Ll}|\p{Ll}{2,}))"
)
"""A surname that begins a note: what it does, or what is noted of somebody."""
_IN_CAPITALS_AFTER: Final = regex.compile(
    r"(?<=(?<!\p{L})(\p{L}+) )(\p{Lu}{4,}(?:[-'’]\p{Lu}{2,})*)(?![\p{L}'’\d-]| \p{Lu})"
)
_CAPITALS: Final = regex.compile(r"\p{Lu}{4}")
"""What the one before looks for, without looking back at each letter."""
_SIGNED: Final = regex.compile(
    r"(?i:(?<!\p{L})(?:cordialement|cdl?t|salutations|bien à vous|bonne journée|merci(?: d['’]avance)?|mfg|"
    r"gr(?:ü|ue)(?:ß|ss)e?|gréiss))[,.!]?\s{1,3}(\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)\s*[.!]?\s*$"
)
"""A given name that signs a note."""
_ENDS_AS_A_NAME: Final = regex.compile(r"(?r)\p{Lu}\p{Ll}+\s*[.!]?\s*$")
_LEADS_TO_CAPITALS: Final = ASKED | PAPERS | {"avec", "chez", "par", "pour"}
"""Before a surname in capitals."""


def announced_names(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Yield where known names stand in capitals or in small letters, after what announces somebody."""
    for found in _IN_CAPITALS.finditer(text) if ":" in text or "=" in text else ():
        if is_labelled(text, found.start()) and _is_known(found[1], words):
            yield found.span(1)
    for found in _IN_CAPITALS_AFTER.finditer(text) if _CAPITALS.search(text) else ():
        if not found[1].isupper() and _leads_to_capitals(folded(found[1]), found[2], words):
            yield found.span(2)
    for found in _COMPOUND_INITIALS.finditer(text) if "-" in text else ():
        yield found.span(1)
    if (begun := _BEGINS_IN_CAPITALS.match(text)) and is_known_person(folded(begun[1])):
        yield begun.span(1)
    signed = _ENDS_AS_A_NAME.search(text) and _SIGNED.search(text)
    if signed and is_given_name(folded(signed[1])) and is_sure_name(folded(signed[1])):
        yield signed.span(1)
    told = names_in_small_letters(text, words), names_in_a_row(text, words), names_told_beside(text, words)
    yield from dict.fromkeys(chain.from_iterable(told))


def _leads_to_capitals(before: str, capitals: str, words: Words) -> bool:
    """Tell whether a folded word before a known surname in capitals tells that it is somebody's."""
    if before in ROLES:
        return _is_known(capitals, words) or is_of_kin(before, capitals, words)
    return before in _LEADS_TO_CAPITALS and is_known_person(folded(capitals))


def is_known_person(plain: str) -> bool:
    """Tell whether a folded word is a known surname, no word besides and no firm's."""
    return plain in SURNAMES and is_sure_name(plain) and plain not in FIRMS


def _is_known(capitals: str, words: Words) -> bool:
    return folded(capitals) in SURNAMES or words.is_name(capitals.capitalize())

"""Names of one word that what touches them tells, without a sentence: "c/ Quettier", "sa fille, Léa", "dit « Léa »"."""

from collections.abc import Iterator
from typing import Final

import regex

from catalog.gates.recognisers.name_words import is_given_name, is_sure_name
from catalog.gates.recognisers.one_word import ONE_WORD, stands_alone
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.roles import FIRMS, KIN, PAPERS
from catalog.gates.recognisers.small_names import Words, is_borne
from catalog.gates.recognisers.surnames import SURNAMES

AGAINST: Final = "c"
"""Between the parties of a lawsuit, with a stroke or a stop."""
_OPPOSED: Final = regex.compile(
    rf"(?<![\p{{L}}\d.'’-])c(?:/ ?|\. )({ONE_WORD})(?![\p{{L}}\d@_'’-]| \p{{Lu}})"
    rf"|(?<![\p{{L}}\d@_'’-]|\p{{Lu}}\p{{L}}* )({ONE_WORD})(?= c(?:/|\. \p{{Lu}}))"
)
_APPOSED: Final = regex.compile(rf"(?<!\p{{L}})(\p{{Ll}}{{3,}}), ({ONE_WORD})(?=,|\s*\Z)")
_QUOTED: Final = regex.compile(
    rf"(?i:(?<!\p{{L}})(?:appel|d[ée]nomm|nomm|pr[ée]nomm|sign|surnomm)[ée]e?|(?<!\p{{L}})(?:nom|sonnette))"
    rf" ?:? ?[\"«“] ?({ONE_WORD}) ?[\"»”]"
)
_OF_TWO: Final = regex.compile(r"(?<!\p{L})(\p{L}+) (\p{Lu}\p{Ll}\p{L}+-\p{Lu}\p{Ll}\p{L}+)(?![\p{L}\d@_'’-]| \p{Lu})")


_SHORTEST_UNKNOWN: Final = 6
"""Letters of capitals that are a surname and no firm's initials, though no list holds it."""


def names_told_beside(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Yield where such names stand, none a firm's or a place's."""
    for start, end in _found(text):
        name = text[start:end]
        known = "-" in name or is_sure_name(folded(name)) or words.is_name(name)
        if known and folded(name) not in FIRMS and stands_alone(name, words):
            yield start, end


def is_of_kin(before: str, capitals: str, words: Words) -> bool:
    """Tell whether a word in capitals that no list holds is a surname, after what nobody is for a firm; both folded."""
    return before in KIN and len(capitals) >= _SHORTEST_UNKNOWN and words.may_name(capitals.capitalize())


def _found(text: str) -> Iterator[tuple[int, int]]:
    yield from _parties(text) if " c/" in text or " c. " in text else ()
    for found in _APPOSED.finditer(text) if ", " in text else ():
        if folded(found[1]) in KIN and is_given_name(folded(found[2])):
            yield found.span(2)
    for found in _QUOTED.finditer(text):
        yield found.span(1)
    for found in _OF_TWO.finditer(text) if "-" in text else ():
        known = any(part in SURNAMES and is_sure_name(part) for part in folded(found[2]).split("-"))
        if known and folded(found[1]) in PAPERS and not is_borne(text, *found.span(2)):
            yield found.span(2)


def _parties(text: str) -> Iterator[tuple[int, int]]:
    for found in _OPPOSED.finditer(text):
        if found[1]:
            yield found.span(1)  # whatever stands before: it is the other party
        elif not is_borne(text, *found.span(2)):
            yield found.span(2)

"""Names of persons by one word in a sentence ("le voisin Kaufmann", "Karim demande"), never sure: a review.

No list holds most surnames. The words around tell where one may stand; whether it is a name, a title or a kinship right
before it tells, or else the language model.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import regex

from catalog.gates.recognisers.announced_names import announced_names, is_known_person
from catalog.gates.recognisers.foreign import ROLES_ELSEWHERE, nouns_have_capitals
from catalog.gates.recognisers.name_words import is_given_name, is_sure_name
from catalog.gates.recognisers.namesakes import is_namesake
from catalog.gates.recognisers.one_word import ONE_WORD, stands_alone
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.roles import APPOSITIONS, FIRMS, HOUSES, PAPERS, SAYS_ENOUGH, TRADE
from catalog.gates.recognisers.small_names import ACTS, AT_HOME, Words, is_borne
from catalog.gates.recognisers.word_before import IT_DOES, NEAR, NOTE, OF, TO, WordBefore, is_labelled, word_before

_NAME: Final = regex.compile(rf"(?<![\p{{L}}\d_@#/.*`-]){ONE_WORD}(?![\p{{L}}'’-])")
_GOES_ON: Final = regex.compile(r"[\d_@/(\[\]:]|(?<!\(\p{L}+)\)|\s+(?:\p{Lu}|\d|[&+]\s|en\s\d)")
_NUMBER: Final = regex.compile(r" \d")
_ACTS: Final = regex.compile(rf" {ACTS}\b")
"""After a given name that begins a note."""
_BEGINS_A_NOTE: Final = regex.compile(
    r"(?:\A|\n)\s*$|(?<!\p{L})(?:avec|bei|chez|fir|fir de|für|ma[mt]|mit|pour|v[ou]m|v[ou]n) $"
)
"""Nothing, or what stands before somebody of whom something is noted: "Adress vum Karim: fehlt"."""
_OF_SPECIES: Final = regex.compile(r"(?:acees?|aceae|idae|ides)$")
"""A family of plants or animals."""
_AGED: Final = regex.compile(r" \(?\d{1,3} (?:ans|mois)\b")
_LOWER: Final = regex.compile(r"(?<!\p{L})\p{Ll}+(?!\p{L})")
_ARTICLES: Final = frozenset({"La ", "Le "})
"""Before a given name: a boat, a school."""
_FEWEST_IN_LOWER_CASE: Final = 3
_APPOSED: Final = regex.compile(r", (?:l[ae] |l['’]|notre |m[ao]n? |s[ao]n? )?(\p{Ll}+)")


@dataclass(frozen=True, slots=True)
class LoneName:
    """Where a word stands that may be somebody's name; `told`: a list or what stands before it says so."""

    start: int
    end: int
    told: bool


def lone_names(text: str, words: Words) -> Iterator[LoneName]:
    """Yield the words of a text that may name somebody by themselves, in order of how they are found."""
    yield from (LoneName(start, end, told=True) for start, end in announced_names(text, words))
    capitalised = [found for found in _NAME.finditer(text) if _may_name(found, words)]
    if not capitalised:
        return
    sentence = _is_sentence(text)
    for found in capitalised:
        if sentence or _needs_no_sentence(found, words):
            name = _judged(found, words)
            if name is not None and (name.told or words.is_name(found[0]) or not nouns_have_capitals(text)):
                yield name


def _may_name(found: "regex.Match[str]", words: Words) -> bool:
    if not stands_alone(found[0], words):
        return False
    return (
        not _GOES_ON.match(found.string, found.end())
        or _is_noted(found)
        or _is_numbered(found, words)
        or _is_aged(found)
    )


def _is_numbered(found: "regex.Match[str]", words: Words) -> bool:
    """Tell whether a number follows what somebody is called at home: "chez Roux 2e étage", "la famille Roux 3 bacs"."""
    if _NUMBER.match(found.string, found.end()) is None:
        return False
    before = word_before(found.string, found.start(), words)
    return before.between == " " and (before.word in AT_HOME | PAPERS or before.is_role)


def _is_aged(found: "regex.Match[str]") -> bool:
    """Tell whether it is a given name with an age: "Kevin 12 ans"."""
    plain = folded(found[0])
    return is_given_name(plain) and is_sure_name(plain) and _AGED.match(found.string, found.end()) is not None


def _is_in_brackets(found: "regex.Match[str]", before: "WordBefore") -> bool:
    """Tell whether it stands alone in brackets: "le gérant (Karim)"."""
    return before.between.endswith(" (") and found.string[found.end() : found.end() + 1] == ")"


def _is_noted(found: "regex.Match[str]") -> bool:
    """Tell whether it is a given name of which something is noted: "Kevin : absent"."""
    plain = folded(found[0])
    if NOTE.match(found.string, found.end()) is None or not (is_given_name(plain) and is_sure_name(plain)):
        return False
    return _BEGINS_A_NOTE.search(found.string, max(found.start() - NEAR, 0), found.start()) is not None


def _needs_no_sentence(found: "regex.Match[str]", words: Words) -> bool:
    """Tell whether a known name is told by what stands right beside it: "indivision Roux", "vu Karim"."""
    plain, before = folded(found[0]), word_before(found.string, found.start(), words)
    if before.between == " " and before.word in HOUSES:
        return _OF_SPECIES.search(plain) is None
    if before.is_role and before.word not in ROLES_ELSEWHERE and words.may_name(found[0]):
        return True
    if not before.makes_sure_of(plain):
        return False
    return _is_told_beside(found, before)


def _is_told_beside(found: "regex.Match[str]", before: "WordBefore") -> bool:
    """Tell whether what stands right beside a sure name tells that it is somebody's."""
    plain, text, right_after = folded(found[0]), found.string, before.between == " "
    if right_after and (before.word in SAYS_ENOUGH or before.is_of_somebody(text)):
        return is_given_name(plain) or is_known_person(plain)
    papers = right_after and before.word in PAPERS
    if before.is_role or papers or is_labelled(text, before.end):
        return True
    acts = IT_DOES.match(text, found.end()) or (before.parted and _ACTS.match(text, found.end()))
    told = acts or (right_after and before.word == TO)
    return is_given_name(plain) and bool(told or _is_noted(found) or _is_aged(found) or _is_in_brackets(found, before))


def _judged(found: "regex.Match[str]", words: Words) -> LoneName | None:
    """Return the word as a name, `None` where no name stands or where it is that of a place or a body."""
    text, plain, (start, end) = found.string, folded(found[0]), found.span()
    before = word_before(text, start, words)
    sure = before.makes_sure_of(plain)
    known = sure or (before.word not in OF and words.is_name(found[0]))
    if not before.allows(text, end, known=known, given=sure and is_given_name(plain)) or (
        not is_given_name(plain) and before.leads_to_a_place(text)
    ):
        return None
    if is_given_name(plain) and text[start - 3 : start] in _ARTICLES:
        return None
    if before.word in PAPERS and plain in FIRMS:
        return None
    whole = before.start if before.is_role else before.end
    if is_borne(text, whole, end) or is_namesake(text, start, end):
        return None
    is_told_by_role = before.is_role and (known or before.word not in ROLES_ELSEWHERE)
    bracketed = sure and is_given_name(plain) and _is_in_brackets(found, before)
    acts = known and before.acts(text, end)
    told = is_told_by_role or acts or bracketed or (before.parted and _is_apposed(text, end))
    return LoneName(start, end, told)


def _is_apposed(text: str, end: int) -> bool:
    """Tell whether what somebody is follows: "Rioux, vicaire"."""
    found = _APPOSED.match(text, end)
    return found is not None and (folded(found[1]) in APPOSITIONS or TRADE.fullmatch(folded(found[1])) is not None)


def _is_sentence(text: str) -> bool:
    return sum(1 for _ in islice(_LOWER.finditer(text), _FEWEST_IN_LOWER_CASE)) == _FEWEST_IN_LOWER_CASE

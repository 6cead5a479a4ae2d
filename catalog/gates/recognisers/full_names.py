"""Full names of persons by gazetteer: a given name beside a surname, in any case and order, with initials or labels."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise, product
from typing import Final

import regex

from catalog.gates.recognisers.digitless import whatever_digits
from catalog.gates.recognisers.famous_names import are_famous
from catalog.gates.recognisers.given_names import FOLDED_GIVEN_NAMES
from catalog.gates.recognisers.name_words import (
    COMMON_SURNAMES,
    COMPOUNDS,
    CUES,
    KNOWN_WORDS,
    LABELS,
    TERRITORIES,
    NameWord,
)
from catalog.gates.recognisers.place_names import ACRONYM, PLACE_HEADS, WITHIN_ACRONYM
from catalog.gates.recognisers.recogniser import folded

_WORD: Final = regex.compile(r"(?:[dDlL]['’])?\p{L}+(?:[-'’]\p{L}+)*\.?")
_LETTERS: Final = regex.compile(r"[^\W\d_]+")
_INITIAL: Final = regex.compile(r"(?<!\p{L})\p{Lu}(?:\.|\s|-\p{Lu}(?!\p{L}))")
GAP: Final = regex.compile(r"[ \t]?,?[ \t_]{1,3}|[;,._\n/]|\n[ \t]*|[\"']?\s?[:=,;]\s?[\"']?")
_SIZES: Final = frozenset({"grand", "gros", "petit"})
_ARTICLES: Final = frozenset({"au", "du", "le", "un"})
"""Before a surname that is an adjective too, they make it one."""
_MOSTLY_NAMES: Final = frozenset(
    """dominique franck gabriel laurent marion nathalie pascal pascale regine remi simon vincent xavier""".split()  # noqa: SIM905 - words to be read
)
"""Words besides, but somebody's names where another capitalised word follows."""


@dataclass(frozen=True, slots=True)
class FoundName:
    """A full name in a text, and whether both of its parts are known."""

    start: int
    end: int
    sure: bool


@whatever_digits
def full_names(text: str) -> tuple[FoundName, ...]:
    """Return the full names in a text, in order."""
    named = tuple(named_pairs(text))
    return named if named and (any(_is_told(text, each) for each in named) or tells_of_one(text)) else ()


def _is_told(text: str, name: FoundName) -> bool:
    """Tell whether a name tells of itself, as most do: no mark beside it asks for the whole text."""
    around = text[max(name.start - 1, 0) : name.end + 1]
    return around[0].isascii() and around[-1].isascii() and tells_of_one(around)


def tells_of_one(text: str) -> bool:
    """Tell whether a text has an initial or a given name, whatever its accents: "Klees L13" has neither."""
    return _INITIAL.search(text) is not None or not FOLDED_GIVEN_NAMES.isdisjoint(_LETTERS.findall(folded(text)))


def known_edge(text: str, place: int) -> tuple[bool, bool]:
    """Tell of a text's first (0) or last (-1) word, particles apart, if it is a known given name, a known surname."""
    words = [word for word in _placed(text)[0] if word.may_name]
    return (words[place].given, words[place].surname) if words else (False, False)


def _placed(text: str) -> tuple[list[NameWord], list[int]]:
    """Return the words of a text, and where each starts; those of acronyms apart."""
    found, starts, end = _WORD.findall(text), [], 0
    for word in found:
        starts.append(text.index(word, end))  # nothing but marks stands between words
        end = starts[-1] + len(word)
    words = [KNOWN_WORDS[word] for word in found]
    if WITHIN_ACRONYM.search(text) and (acronyms := [acronym.span() for acronym in ACRONYM.finditer(text)]):
        apart = [not any(first <= start < last for first, last in acronyms) for start in starts]
        return [*compress(words, apart)], [*compress(starts, apart)]
    return words, starts


def named_pairs(text: str) -> Iterator[FoundName]:
    """Yield the full names in a text, in order, whatever the first look says."""
    words, starts = _placed(text)
    named = [place for place, word in enumerate(words) if word.may_name]
    for place, next_place in pairwise(named):
        first, second = words[place], words[next_place]
        if not (first.telling or second.telling):
            continue
        labelled = any(word.plain in LABELS for word in words[place + 1 : next_place])
        cued = labelled or (place > 0 and words[place - 1].plain in CUES)
        sure = _judged(first.text, second.text, cued)
        between = slice(place, next_place + 1)
        if sure is None or not _beside(text, words[between], starts[between]):
            continue
        before, after = (words[at].plain if 0 <= at < len(words) else "" for at in (place - 1, next_place + 1))
        if sure and first.plain in _SIZES and before in _ARTICLES:
            sure = False  # "le petit Bernard"
        if sure or not are_famous(second.plain, after):
            yield FoundName(starts[place], starts[next_place] + len(second.text), sure)


def _beside(text: str, words: list[NameWord], starts: list[int]) -> bool:
    """Tell whether nothing parts the first and the last of some words but a space, a comma, particles or labels."""
    first = words[0]
    if len(words) > 4 or (first.text.endswith(".") and not first.initial):  # noqa: PLR2004 - "de la" between
        return False
    ends = (start + len(word.text) for word, start in zip(words, starts, strict=True))
    return all(
        GAP.fullmatch(text, end, start) or (word.initial and start == end)
        for word, end, start in zip(words, ends, starts[1:], strict=False)
    )


@lru_cache(maxsize=65_536)
def _judged(first_text: str, second_text: str, cued: bool) -> bool | None:  # noqa: FBT001 - a key of what is kept
    """Return whether a pair of words is surely a full name; `None` if it is none."""
    first, second = KNOWN_WORDS[first_text], KNOWN_WORDS[second_text]
    if first.no_name or second.no_name or first.plain == second.plain or are_famous(first.plain, second.plain):
        return None
    if first.initial or second.initial:
        return _with_initial(first, second, cued=cued)
    if first.given and second.surname:
        return _known(first, second, cued=cued)
    if first.surname and second.given:
        sure = _known(second, first, cued=cued)
        return False if sure and second.plain in TERRITORIES else sure
    return _half_known(first, second, cued=cued)


def may_pair(first: str, second: str, *, cued: bool) -> bool:
    """Tell whether two words beside one another, with or without a stop, may be a full name; `cued`: after a cue."""
    pairs = product((first, f"{first}."), (second, f"{second}."))
    return any(_judged(*pair, cue) is not None for pair in pairs for cue in {False, cued})


def _with_initial(first: NameWord, second: NameWord, *, cued: bool) -> bool | None:
    initial, other = (first, second) if first.initial else (second, first)
    known = other.surname and (not other.word or "-" in initial.text)
    announced = cued and initial.text.endswith(".") and other.plain not in PLACE_HEADS
    is_name = first.given and (not first.word or first.plain in _MOSTLY_NAMES)
    shortened = second.initial and second.text.endswith(".") and is_name
    return False if other.capital and (known or announced or shortened) else None


def _known(given: NameWord, surname: NameWord, *, cued: bool) -> bool | None:
    if given.capital and surname.capital:
        doubtful = (surname.given and given.plain in COMPOUNDS) or (given.word and surname.word)
        return not doubtful
    if surname.plain in COMMON_SURNAMES or (given.word and surname.word):
        return False if cued else None
    return not given.word


def _half_known(first: NameWord, second: NameWord, *, cued: bool) -> bool | None:
    """Judge a given name beside an unknown word: capitals tell, or a word before that announces somebody."""
    if min(len(first.plain), len(second.plain)) < 3 or not PLACE_HEADS.isdisjoint((first.plain, second.plain)):  # noqa: PLR2004 - letters of a name
        return None
    capitals = first.capital and second.capital
    if first.given and not first.word and (cued or first.plain not in TERRITORIES):
        likely = cued or (capitals and not _is_acronym(second, first))
    else:
        likely = (capitals and first.plain in _MOSTLY_NAMES) or _given_last(first, second, cued=cued)
    return False if likely else None


def _given_last(first: NameWord, second: NameWord, *, cued: bool) -> bool:
    """Tell whether a given name stands last: after a cue, written as the word before it, or after one in capitals."""
    if cued and second.given and first.capital == second.capital:
        return second.capital or not second.word
    return second.given and second.capital and not second.word and first.text.isupper() and len(first.text) > 3  # noqa: PLR2004


def _is_acronym(word: NameWord, beside: NameWord) -> bool:
    return word.text.isupper() and not beside.text.isupper() and len(word.text) < 4  # noqa: PLR2004 - SNCF is longer


def sure_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where full names stand whose given name and surname are both known."""
    return ((each.start, each.end) for each in full_names(text) if each.sure)


def likely_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand that read as a full name, one of them known."""
    return ((each.start, each.end) for each in full_names(text) if not each.sure)

"""Names of persons in a cell, by their form: after a civility, or with a given name in them."""

import re
from itertools import pairwise
from typing import Final

from catalog.gates.recognisers.given_names import FOLDED_GIVEN_NAMES
from catalog.gates.recognisers.place_names import PLACE_HEADS
from catalog.gates.recognisers.recogniser import Recogniser, folded

_WORD: Final = r"\p{Lu}[\p{L}'’]*"
_NAME: Final = rf"{_WORD}(?:-{_WORD})*"
_LOOSE_NAME: Final = r"\p{Lu}[\p{L}'’-]*"
_CIVILITY: Final = r"(?:MM?\.|Mr\.?|Mmes?\.?|Mlles?\.?|Monsieur|Madame|Mademoiselle)"
_PARTICLE: Final = r"(?:d[eu] |des |de la |da |dos |di |del |van |von |el |ben |le |la |d['’])?"
_PARTICLE_WORDS: Final = frozenset({"d", "da", "de", "del", "des", "di", "dos", "du", "el", "la", "le", "van", "von"})
_NO_NAMES: Final = _PARTICLE_WORDS | {"a", "au", "aux", "en", "et", "l", "les", "sous", "sur"}
_OFFICES: Final = frozenset({"commissaire", "depute", "maire", "ministre", "prefet", "president", "senateur"})
_LONG_CIVILITY: Final = ("monsieur", "madame", "mademoiselle")


def full_name_start(text: str) -> int:
    """Return where the full name in a row of capitalised words begins, -1 if there is none.

    A full name is a given name before another capitalised word ("Sophie Martin"), or after one all in capitals
    ("MARTIN Sophie", "MARTIN, Sophie").
    """
    found = ((each.start(), re.sub(r"^d['’]", "", each.group())) for each in re.finditer(r"[^\s,]+", text))
    words = [(place, word) for place, word in found if word not in _PARTICLE_WORDS]
    for (place, first), (_, second) in pairwise(words):
        if _is_given(first) and second[0].isupper() and folded(second) not in _NO_NAMES:
            return place
        if first.isupper() and folded(first) not in _NO_NAMES and _is_given(second) and _tells(second, words):
            return place
    return -1


def _tells(given: str, words: list[tuple[int, str]]) -> bool:
    """Tell whether a given name after capitals is one: where all is in capitals, only two words alone can tell."""
    return not given.isupper() or len(words) == 2  # noqa: PLR2004 - a surname and a given name


def holds_full_name(text: str) -> bool:
    """Tell whether a row of capitalised words holds a full name."""
    return full_name_start(text) >= 0


def ends_with_given_name(text: str) -> bool:
    """Tell whether the last of two capitalised words is a given name ("Martin Sophie")."""
    first, *_, last = text.split()
    return _is_given(last) and folded(first) not in PLACE_HEADS


def is_no_office(text: str) -> bool:
    """Tell whether what follows a civility is a name rather than an office ("M. le maire")."""
    return folded(text).split()[-1] not in _OFFICES


def begins_with_long_civility(text: str) -> bool:
    """Tell whether the civility is written out: streets bear such names ("rue Madame"), never the short ones."""
    return folded(text).startswith(_LONG_CIVILITY)


def reads_as_full_name(name: str) -> bool:
    """Tell whether what a language model takes for a person reads as a full name: capitalised words, two or more."""
    words = name.replace(",", " ").split()
    capitalised = [word for word in words if word[0].isupper() and re.sub(r"[-'’.]", "", word).isalpha()]
    others = {folded(word) for word in words} - {folded(word) for word in capitalised} - _PARTICLE_WORDS
    ends_as_place = bool(words) and folded(words[-1]) in PLACE_HEADS
    return len(capitalised) >= 2 and not others and not ends_as_place  # noqa: PLR2004 - given name and surname


def _is_given(word: str) -> bool:
    return word[0].isupper() and all(part in FOLDED_GIVEN_NAMES for part in folded(word).split("-"))


CIVILITY: Final = Recogniser(
    kind="person",
    pattern=rf"(?<![\p{{L}}\d]){_CIVILITY}\s+(?:\p{{Lu}}\.\s*)?{_PARTICLE}{_NAME}",
    prefilter=r"M(?:M?\.|r\.?|mes?\.?|lles?\.?|onsieur|adame|ademoiselle)\W",
    check=is_no_office,
)
FULL_NAME: Final = Recogniser(
    kind="person",
    pattern=rf"(?<![\p{{L}}\d'’-]){_NAME}(?:,? {_PARTICLE}{_NAME})+",
    prefilter=rf"{_LOOSE_NAME},? (?:[a-z]+ ){{0,2}}(?:d['’])?\p{{Lu}}",
    check=holds_full_name,
)
SURNAME_FIRST: Final = Recogniser(
    kind="person",
    pattern=rf"^\s*{_NAME},? {_NAME}\s*$",
    prefilter=rf"^\W*{_LOOSE_NAME},? {_LOOSE_NAME}\W*$",
    check=ends_with_given_name,
)

SENTENCE: Final = r"\S\s+\S+\s+\S+\s+\S"
"""RE2: four words or more. In shorter cells a language model takes anything for a name."""
CAPITALS: Final = r"\S\s+\p{Lu}\p{L}"
"""RE2: a word with a capital that is not the cell's first; a text without one holds no full name."""

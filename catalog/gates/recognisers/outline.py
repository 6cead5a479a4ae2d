"""The outline of texts: signs for each of their words, and for what stands between them, in arrays.

A column's texts differ, their words come back: what is known of a word is looked up once. Masks over the signs then
tell which texts may hold a name (`first_look`); few do, and they alone are read closely.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntFlag, auto
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import regex
from numpy.typing import NDArray

from catalog.gates.plain import ODD
from catalog.gates.recognisers.full_names import GAP
from catalog.gates.recognisers.name_words import KNOWN_WORDS, is_given_name, is_sure_name
from catalog.gates.recognisers.names import is_known_word
from catalog.gates.recognisers.one_word import stands_alone
from catalog.gates.recognisers.place_names import LINKS, is_adjective, is_institution, is_place_head, leads_on
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.roles import CLOSINGS, is_role
from catalog.gates.recognisers.small_names import CIVILITIES, DOES, Words, is_unlisted_name
from catalog.gates.recognisers.told_beside import AGAINST
from catalog.gates.recognisers.word_before import BEFORE_IT_DOES, ELISION, ENDS, PARTICLES, may_precede

Mask = NDArray[np.bool_]
Signs = NDArray[np.uint32]
_WORD: Final = r"\pL+(?:-\pL+)*"
_LETTER: Final = regex.compile(r"\p{L}")
_ODD: Final = regex.compile(ODD)
_MARK: Final = "\x1f"
"""Between parts: a control character, which no plain text holds."""
_MOST_KEPT: Final = 65_536
_SHORTEST_IN_CAPITALS: Final = 3
_SHORTEST_SMALL: Final = 3
_LONGEST: Final = 31
"""Letters; of a longer word, only the end may be seen by what looks back from a name."""
_WIDEST: Final = 8
"""Characters between a name and the word before it."""
_BETWEEN_NAMES: Final = frozenset({"d", "de", "du", "la", "le", "van", "von"})
_JOINING: Final = ("'", "’", "-")


class Word(IntFlag):
    """What a word may be."""

    CAPITAL = auto()
    IN_CAPITALS = auto()
    SMALL_GIVEN = auto()
    """A sure given name in small letters."""
    SMALL_SURNAME = auto()
    """A sure surname in small letters."""
    BEFORE_A_NAME = auto()
    INSTITUTION = auto()
    ADJECTIVE = auto()
    PLACE_HEAD = auto()
    """It makes a place's name out of the name that follows."""
    LEADS_ON = auto()
    """It may stand between such a word and the name."""
    LINK = auto()
    ELIDED_LINK = auto()
    PARTICLE = auto()
    NAME_PART = auto()
    """It may be a part of a name, a sure one: it is no common word."""
    OTHER_PART = auto()
    """It may be a part of a name whose other part is sure."""
    DOES = auto()
    BEFORE_IT_DOES = auto()
    ROLE = auto()
    CIVILITY = auto()
    ALONE = auto()
    """It may be a name by itself."""
    INITIAL = auto()
    GIVEN = auto()
    SKIPPED = auto()
    """A particle or a label: the words on both sides may be a name together."""
    SHORTENED = auto()
    """With a stop after it, it is an initial, whatever it is without."""
    SURE_GIVEN = auto()
    """It is a given name with a capital, and nothing else."""
    CUE = auto()
    NOTHING_BUT_A_NAME = auto()
    """A word in small letters that stands where names stand, and nowhere else."""
    CLOSES = auto()
    """It may end a note, before who signs it."""
    AGAINST = auto()
    """It may stand between the parties of a lawsuit."""


class Gap(IntFlag):
    """What stands between two words: at most one of the first five, and any of the others."""

    NOTHING = auto()
    SPACE = auto()
    COMMA = auto()
    STOP = auto()
    ELISION = auto()
    PARTS = auto()
    """It parts sentences."""
    TIED = auto()
    """An apostrophe or a hyphen ties it to the word before."""
    NEAR = auto()
    """Words on both sides of it may be a full name."""
    NEAR_A_STOP = auto()
    """They may, if its stop is the first word's own."""
    SHORTENS = auto()
    """It begins with a stop, which may be the word's own."""
    STRANGE = auto()
    """A letter stands in it that RE2 does not know: nothing is told of its text."""
    ODD = auto()
    """A character stands in it that may be another than it seems."""


_APART: Final = {"": Gap.NOTHING, " ": Gap.SPACE, ", ": Gap.COMMA, ".": Gap.STOP, ". ": Gap.STOP} | dict.fromkeys(
    ELISION, Gap.ELISION
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of some texts, one after the other, with what stands before and after each.

    A word without signs ends each text; `ends` are the places right after these. What looks at a word's neighbours
    never sees another text's words.
    """

    words: Signs
    before: Signs
    after: Signs
    ends: NDArray[np.int64]
    ids: NDArray[np.int64]
    listed: Sequence[str]
    """The words by their `ids`."""

    def word(self, signs: Word) -> Mask:
        """Tell of each word whether it has one of some signs."""
        told: Mask = (self.words & np.uint32(signs)) != 0
        return told

    def gap_before(self, signs: Gap) -> Mask:
        """Tell of each word whether one of some signs stands before it."""
        told: Mask = (self.before & np.uint32(signs)) != 0
        return told

    def gap_after(self, signs: Gap) -> Mask:
        """Tell of each word whether one of some signs stands after it."""
        told: Mask = (self.after & np.uint32(signs)) != 0
        return told

    @property
    def first(self) -> Mask:
        """Tell of each word whether it is the first of its text."""
        first = np.zeros(len(self.words), dtype=bool)
        first[:1] = True
        first[self.ends[:-1]] = True
        return first

    @property
    def last(self) -> Mask:
        """Tell of each word whether it is the last of its text."""
        last = np.zeros(len(self.words), dtype=bool)
        last[self.ends - 2] = True
        return last

    def texts(self, words: NDArray[np.intp]) -> Mask:
        """Tell of each text whether it holds one of some words, given by their places."""
        held = np.zeros(len(self.ends), dtype=bool)
        held[np.searchsorted(self.ends, words, side="right")] = True
        return held


class Outline:
    """Outlines of texts; the signs of the words and gaps seen last are kept."""

    def __init__(self, words: Words) -> None:
        self._words, self._gaps = _Known(partial(_sign_of_word, words=words)), _Known(_sign_between)

    def of(self, texts: Sequence[str]) -> Parts:
        """Return the outline of plain texts: the signs of all their words, one text after the other."""
        without_digits = pc.replace_substring_regex(pa.array(texts, pa.string()), "[1-9]", "0")  # what parts is fewer
        marked = pc.replace_substring_regex(without_digits, _WORD, rf"{_MARK}\0{_MARK}")
        ended = pc.binary_join_element_wise(marked, "", _MARK)
        parted = pc.split_pattern(ended, _MARK)
        parts = parted.flatten().dictionary_encode()
        are_words = pc.match_substring_regex(parts.dictionary, rf"\A{_WORD}\z").to_pylist()
        listed = parts.dictionary.to_pylist()
        signs = (
            self._words[part] if is_word else self._gaps[part] for part, is_word in zip(listed, are_words, strict=True)
        )
        known, ids, ends = np.fromiter(signs, np.uint32), parts.indices.to_numpy(), parted.offsets.to_numpy()[1:] // 2
        gaps, words = known[ids[0::2]], known[ids[1::2]]
        words[ends - 1] = 0
        return Parts(words, gaps, np.append(gaps, np.uint32(0))[1:], ends, ids[1::2].astype(np.int64), listed)


class _Known(dict[str, int]):
    """The signs of the parts seen last."""

    def __init__(self, sign: Callable[[str], int]) -> None:
        self._sign = sign

    def __missing__(self, part: str) -> int:
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[part] = sign = self._sign(part)
        return sign


def _sign_of_word(word: str, words: Words) -> int:
    plain, capital, long, seen = folded(word), word[0].isupper(), len(word) > _LONGEST, KNOWN_WORDS[word]
    part = capital and len(word) > 1 and not is_known_word(word)
    signs = {
        Word.CAPITAL: capital,
        Word.IN_CAPITALS: word[:_SHORTEST_IN_CAPITALS].isupper(),
        Word.SMALL_GIVEN: word.islower() and is_given_name(plain) and is_sure_name(plain),
        Word.SMALL_SURNAME: word.islower() and not is_given_name(plain) and is_sure_name(plain),
        Word.BEFORE_A_NAME: long or word in PARTICLES or may_precede(plain) or words.names_people(word.lower()),
        Word.INSTITUTION: not long and is_institution(plain) and not is_role(plain),
        Word.ADJECTIVE: not long and is_adjective(plain),
        Word.PLACE_HEAD: not long and is_place_head(plain),
        Word.LEADS_ON: 1 < len(word) <= _LONGEST and leads_on(plain),
        Word.LINK: plain in LINKS and len(word) > 1,
        Word.ELIDED_LINK: plain in LINKS and len(word) == 1,
        Word.PARTICLE: word in _BETWEEN_NAMES,
        Word.NAME_PART: part and words.may_name(word),
        Word.OTHER_PART: part and not words.may_name(word),
        Word.DOES: word in DOES,
        Word.BEFORE_IT_DOES: word in BEFORE_IT_DOES,
        Word.ROLE: is_role(plain) or words.names_people(word.lower()),
        Word.CIVILITY: word.rpartition("-")[2] in CIVILITIES,
        Word.ALONE: stands_alone(word, words),
        Word.INITIAL: seen.initial,
        Word.GIVEN: seen.given,
        Word.SKIPPED: not seen.may_name,
        Word.SHORTENED: seen.initial and KNOWN_WORDS[f"{word}."].may_name,
        Word.SURE_GIVEN: capital and is_given_name(plain) and is_sure_name(plain),
        Word.CUE: seen.cue,
        Word.NOTHING_BUT_A_NAME: word.islower() and len(word) > _SHORTEST_SMALL and is_unlisted_name(word, words),
        Word.AGAINST: plain == AGAINST,
        Word.CLOSES: plain.rpartition("-")[2] in CLOSINGS,
    }
    return sum(sign for sign, told in signs.items() if told)


def _sign_between(gap: str) -> int:
    return _what_parts(gap) | (Gap.ODD if _ODD.search(gap) else Gap(0))


def _what_parts(gap: str) -> Gap:
    if _LETTER.search(gap):
        return Gap.STRANGE
    near = Gap.NEAR if GAP.fullmatch(gap) else Gap(0)
    if gap[:1] == ".":
        near |= Gap.SHORTENS
        if len(gap) == 1 or GAP.fullmatch(gap, 1):
            near |= Gap.NEAR_A_STOP
    if gap in _APART:
        return near | _APART[gap]
    parts = Gap.PARTS if len(gap) > _WIDEST or not ENDS.isdisjoint(gap) else Gap(0)
    return near | parts | (Gap.TIED if gap.startswith(_JOINING) else Gap(0))

"""Which words of texts may begin what a recogniser asks for beside a match: looked up once a word, not once a text."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

import numpy as np
import regex

from catalog.gates.plain import ODD
from catalog.gates.recognisers.outline import Gap, Parts
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.sieve import BIT, Bits

_MOST_KEPT: Final = 65_536
_ODD: Final = regex.compile(ODD)
_OTHER: Final = ";"
"""A mark that stands in no stem."""


class ContextWords:
    """The words with which the context of some filters may begin; `with_word` gives the stems of each filter.

    Wherever `has_word` finds a stem in the folded text, a word of the text says so. A text that holds none but letters
    and marks that fold one by one has its runs of letters where the folded one has them, and a stem begins with a
    letter, where such a run begins. So the rest of the word, folded, holds the stem, or is the beginning of it with
    the mark that follows (a partial match): one that stands in the stems, a space, a digit or any other, which are all
    one to them. A text with another character says everything.
    """

    def __init__(self, with_word: Mapping[str, tuple[str, ...]]) -> None:
        together: defaultdict[tuple[str, ...], int] = defaultdict(int)
        for prefilter, stems in with_word.items():
            together[stems] |= BIT[prefilter]
        every = "|".join(dict.fromkeys(stem for stems in together for stem in stems))
        self._all = sum(together.values())
        self._any = regex.compile(every or "(?!)")
        self._each = [(regex.compile("|".join(stems)), bits) for stems, bits in together.items()]
        self._marks = sorted({" ", "0", _OTHER, *(mark for mark in every if mark.isascii() and not mark.isalnum())})
        self._known: dict[str, int] = {}

    def said(self, parts: Parts) -> Bits:
        """Return for each text the bits of the filters of which a word may stand in it."""
        signs = np.zeros(len(parts.listed), np.int64)
        distinct = np.flatnonzero(np.bincount(parts.ids, minlength=len(signs)))
        signs[distinct] = [self._sign(parts.listed[each]) for each in distinct.tolist()]
        of_words = signs[parts.ids]
        of_words[parts.gap_before(Gap.ODD)] = self._all
        starts = np.append(0, parts.ends[:-1])
        return np.bitwise_or.reduceat(of_words, starts) if len(of_words) else np.zeros(0, np.int64)

    def _sign(self, word: str) -> int:
        if word not in self._known:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[word] = self._looked_up(word)
        return self._known[word]

    def _looked_up(self, word: str) -> int:
        """Return the bits of the filters of which a stem begins with the word, or with what follows a hyphen in it."""
        if _ODD.search(word):
            return self._all
        whole = folded(word)
        parts = (whole[place:] for place, mark in enumerate(f"-{whole}") if mark == "-")
        begun = [
            part + mark
            for part in parts
            if self._any.match(part, partial=True)
            for mark in self._marks
            if part and self._any.match(part + mark, partial=True)
        ]
        return sum(bits for stems, bits in self._each if any(stems.match(each, partial=True) for each in begun))

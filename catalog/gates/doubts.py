"""Where a text may name somebody whom no list knows, and the words around, which are all that a language model reads.

What the model takes a word for is told by four words on either side of it, and by the name that it stands in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from catalog.gates.recognisers.lone_names import LoneName, lone_names
from catalog.gates.recognisers.look import NAME_ALONE, UNKNOWN_NAME
from catalog.gates.recognisers.names import unknown_names
from catalog.gates.recognisers.small_names import Words

_WORDS: Final = 6
"""Words kept on either side."""
_FARTHEST: Final = 240
"""Characters in which they are looked for."""
_AFTER: Final = re.compile(rf"\S*(?:\s+\S+){{0,{_WORDS}}}")


@dataclass(frozen=True, slots=True)
class Doubts:
    """The words of a text that may name somebody by themselves, and where the stretches begin and end to be read."""

    text: str
    lone: tuple[LoneName, ...]
    stretches: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str, words: Words, look: int) -> Self:
        """Return the doubts of a text, of which nothing is to be read once somebody is surely named.

        `look` is the first look at it.
        """
        alone = tuple(lone_names(text, words)) if look & NAME_ALONE else ()
        if any(each.told for each in alone):
            return cls(text, alone, ())
        full = unknown_names(text, words.may_name) if look & UNKNOWN_NAME else ()
        places = sorted([*full, *((each.start, each.end) for each in alone)])
        return cls(text, alone, tuple(_joined(_around(text, start, end) for start, end in places)))

    @classmethod
    def of_all(cls, text: str, words: Words, *, lone: bool) -> Self:
        """Return the doubts of a text that is to be read from end to end."""
        return cls(text, tuple(lone_names(text, words)) if lone else (), ((0, len(text)),))

    @property
    def excerpts(self) -> Iterator[tuple[int, str]]:
        """Yield what is to be read, and where it begins."""
        return ((start, self.text[start:end]) for start, end in self.stretches)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    before = text[max(start - _FARTHEST, 0) : start]
    words = before.rsplit(None, _WORDS)
    first = before[len(words[0]) :].lstrip() if len(words) > _WORDS else before
    after = _AFTER.match(text, end, end + _FARTHEST)
    return start - len(first), after.end() if after else end


def _joined(stretches: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield stretches in order, those that touch as one."""
    begun: tuple[int, int] | None = None
    for start, end in stretches:
        if begun and start <= begun[1]:
            begun = begun[0], max(begun[1], end)
            continue
        if begun:
            yield begun
        begun = start, end
    if begun:
        yield begun

"""What a question is once it was read and checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

MOST_ROWS: Final = 32_000
"""Rows of an answer; a question is asked for one more, so as to know that there are more."""


@dataclass(frozen=True, slots=True)
class Ordering:
    """How the rows of a question are ordered and cut, where they could be without the engine.

    `tail` is that as the question for the engine ends with it. Keys are outputs, by their place, and whether they
    descend: null is last both ways.
    """

    tail: str
    outputs: int
    keys: tuple[tuple[int, bool], ...]
    limit: int
    offset: int


@dataclass(frozen=True, slots=True)
class Read:
    """A checked question: the tables that it names, and itself, said once, when these have a name in the engine.

    `lasting` says that the same rows always give the same answer: it does not look at the clock.
    """

    tables: tuple[str, ...]
    full_text: bool
    lasting: bool
    said: Callable[[Mapping[str, str]], str]
    """The question for the engine, by the name that each table has there. Refuses what cannot be said."""
    ordering: Ordering | None = None

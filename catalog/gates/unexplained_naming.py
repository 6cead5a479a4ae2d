"""Which neighbours of a column may name what its rows are about: those that vary with it.

Where each address has a name of its own beside, the name is that of what stands there; where three names come back,
they say what somebody who lives there pays, attends or uses.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from catalog.gates.explaining import names_a_thing
from catalog.gates.findings import column_words

_ENOUGH: Final = 0.25
"""Of as many different texts as the column has, and more: a station has three charging points, a school two doors."""


def may_name(columns: Iterable[str]) -> Mapping[str, str]:
    """Return the folded names of the columns that say that they name things."""
    return {each: words for each in columns if names_a_thing(words := column_words(each))}


def naming(column: str, named: Mapping[str, str], variety: Callable[[str], int]) -> str:
    """Return those of its neighbours; `variety` tells how many different texts a column has."""
    return " ".join(
        words for each, words in named.items() if each != column and variety(each) > _ENOUGH * variety(column)
    )

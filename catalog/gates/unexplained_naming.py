"""Which neighbours of a column may name what its rows are about: those that vary with it.

Where each address has a name of its own beside, the name is that of what stands there; where three names come back,
they say what somebody who lives there pays, attends or uses.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from catalog.gates.cells import Cells
from catalog.gates.explaining import names_a_thing
from catalog.gates.findings import column_words

_ENOUGH: Final = 0.25
"""Of as many different texts as the column has: a station has four charging points, a school two entrances."""


def naming(cells: Cells, names: Sequence[str], about: int) -> Mapping[str, str]:
    """Return for each column the folded names of those neighbours, among texts of about so many rows."""
    may_name = {name: words for name in names if names_a_thing(words := column_words(name))}
    if not may_name:
        return dict.fromkeys(names, "")
    vary = {name: len({text for text, _ in cells.some_texts(name, about)[0]}) for name in names}
    return {
        name: " ".join(words for each, words in may_name.items() if each != name and vary[each] >= _ENOUGH * vary[name])
        for name in names
    }

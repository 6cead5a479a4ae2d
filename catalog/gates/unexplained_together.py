"""What neighbouring columns hold together, where nothing explains it in any of them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from catalog.gates.cells import Cells
from catalog.gates.explaining import explains_a_date, explains_a_position, explains_a_street, speaks_of_one_person
from catalog.gates.findings import Context, Finding
from catalog.gates.parted import STREET_WORDS
from catalog.gates.recognisers.recogniser import has_word
from catalog.gates.scanned_column import Tally
from catalog.gates.unexplained_asked import doubt
from catalog.gates.unexplained_held import filled
from catalog.gates.unexplained_parts import Texts, parted

_EXPLAINS: Final[Mapping[str, Callable[[Context], bool]]] = {
    "date": explains_a_date,
    "position": explains_a_position,
    "street": explains_a_street,
}


def together(
    cells: Cells, drawn: Mapping[str, Texts], contexts: Mapping[str, Context]
) -> Iterator[tuple[str, Finding, Tally]]:
    """Yield what neighbours hold, each column by itself; in a street, if it is no place's.

    `drawn`: texts of each column in the file's order, none of one that is not asked about.
    """
    streets = [name for name, context in contexts.items() if has_word(STREET_WORDS, context.name)]
    for kind, names in parted(drawn, streets=streets):
        if kind == "street" and speaks_of_one_person(contexts[names[1]].name):
            continue  # who lives there is numbered, not the house
        if not any(_EXPLAINS[kind](contexts[each]) for each in (names[:1] if kind == "street" else names)):
            tally = filled(cells, names)
            yield from ((name, doubt(kind), tally) for name in names)

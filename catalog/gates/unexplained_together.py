"""What neighbouring columns hold together, where nothing explains it in any of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from catalog.gates.cells import Cells
from catalog.gates.explaining import (
    counts,
    explains_a_part_of_a_date,
    explains_a_street,
    explains_an_axis,
    explains_old_dates,
    speaks_of_one_person,
)
from catalog.gates.findings import Context, Finding
from catalog.gates.parted import STREET_WORDS
from catalog.gates.recognisers.recogniser import has_word
from catalog.gates.scanned_column import Tally
from catalog.gates.unexplained_asked import doubt
from catalog.gates.unexplained_days import are_of_lifetimes
from catalog.gates.unexplained_held import filled
from catalog.gates.unexplained_parts import Texts, parted

_EXPLAINS: Final[Mapping[str, Callable[[Context, str], bool]]] = {
    "date": lambda context, _: explains_a_part_of_a_date(context),
    "position": explains_an_axis,
    "street": explains_a_street,
}


def together(
    cells: Cells, drawn: Mapping[str, Texts], contexts: Mapping[str, Context], naming: Mapping[str, str]
) -> Iterator[tuple[str, Finding, Tally]]:
    """Yield what neighbours hold, each column by itself; in a street, if it is no place's.

    `drawn`: texts of each column in the file's order, none of one that is not asked about. `naming`: names of the
    neighbours that vary as each does.
    """
    streets = [name for name, context in contexts.items() if has_word(STREET_WORDS, context.name)]
    for kind, names in parted(drawn, streets=streets):
        if kind == "street" and _numbers_no_house(contexts[names[1]]):
            continue
        varied = min((naming[each] for each in names), key=len)
        if not _is_explained(kind, [(contexts[each], drawn[each]) for each in names], varied):
            tally = filled(cells, names)
            yield from ((name, doubt(kind), tally) for name in names)


def _numbers_no_house(context: Context) -> bool:
    """Tell whether a column beside a street numbers who lives there, or says how many or how much of something."""
    return speaks_of_one_person(context.name) or counts(context)


def _is_explained(kind: str, parts: Sequence[tuple[Context, Texts]], naming: str) -> bool:
    """Tell whether some part is explained; of a street and a number, the street; of dates, none of old years."""
    if kind == "date" and any(are_of_lifetimes([text for text, _ in texts]) for _, texts in parts):
        return any(explains_old_dates(context) for context, _ in parts)
    asked = parts[:1] if kind == "street" else parts
    return any(_EXPLAINS[kind](context, naming) for context, _ in asked)

"""The levels of a field: their chain, their order, the charter's floors, also for minors (M307 to M310, P404, P405)."""

from collections.abc import Iterator
from typing import Final

from charter.checks.case import Case
from charter.levels import SQUARES, chain_of, is_finer, is_one_chain
from charter.model import PolicyField
from charter.vocabulary import GRID_CHAIN, TIME_CHAIN, ZONE_CHAIN, Category, FieldType, Level, french_key
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant

_ADMITTED: Final[dict[Category, tuple[Level, ...]]] = {
    Category.TIME: TIME_CHAIN,
    Category.PLACE: (*ZONE_CHAIN, *(level for level in GRID_CHAIN if level in SQUARES)),
}
_OTHERWISE: Final = f"{french_key('bins')}, {french_key('grouping')}"
_DAYS: Final = (FieldType.DATE, FieldType.DATETIME)
_PLACES: Final = (FieldType.CODE, FieldType.POSITION)
_YEARS: Final = (FieldType.INTEGER, FieldType.CODE, *_DAYS)


def levels(case: Case, rank: int, field: PolicyField) -> Iterator[PolicyRefused]:
    """Yield what is wrong with the levels of one field."""
    given = field.treatment.levels
    if given is None:
        return
    place = ("fields", rank, "treatment", "levels")
    suitable = _ADMITTED.get(field.category, ())
    if odd := [level for level in given if level not in suitable]:
        facts = {"category": field.category, "admitted": ", ".join(suitable) or _OTHERWISE}
        yield case.refuse("M307", *place, given=odd[0], column=field.name, **facts)
    elif not is_one_chain(given):
        yield case.refuse("M308", *place, column=field.name)
    else:
        yield from _order(case, rank, field, given=given)
        yield from _type(case, rank, field, given=given)
        yield from _floors(case, rank, field, given=given)


def _order(case: Case, rank: int, field: PolicyField, *, given: tuple[Level, ...]) -> Iterator[PolicyRefused]:
    chain = next(chain for chain in (TIME_CHAIN, ZONE_CHAIN, GRID_CHAIN) if set(given) <= set(chain))
    order = tuple(sorted(given, key=chain.index))
    if given != order:
        place = ("fields", rank, "treatment", "levels")
        yield case.refuse("M309", *place, column=field.name, order=", ".join(order))


def _type(case: Case, rank: int, field: PolicyField, *, given: tuple[Level, ...]) -> Iterator[PolicyRefused]:
    for level in given:
        types = _types_of(level)
        if field.type not in types:
            facts = {"type": field.type, "given": level, "admitted": ", ".join(types)}
            yield case.refuse("M310", "fields", rank, "type", column=field.name, **facts)
            return


def _types_of(level: Level) -> tuple[FieldType, ...]:
    """Return the types that can be coarsened to a level; a text becomes a zone only by a code column."""
    if level is Level.HOUR:
        return (FieldType.DATETIME,)
    if level is Level.YEAR:
        return _YEARS
    if level in SQUARES:
        return (FieldType.POSITION,)
    return _DAYS if level in TIME_CHAIN else _PLACES


def _floors(case: Case, rank: int, field: PolicyField, *, given: tuple[Level, ...]) -> Iterator[PolicyRefused]:
    place = ("fields", rank, "treatment", "levels")
    for level in given:
        floor = _floor(case, level)
        if is_finer(level, floor):
            facts = variant("P404", "level", column=field.name, asked=level, floor=floor)
            yield case.refuse("P404", *place, **facts)
    for level in given if case.has_minors else ():
        minors = case.charter.minors
        floor = minors.time if level in TIME_CHAIN else minors.zone
        if level in SQUARES or is_finer(level, floor):
            yield case.refuse("P405", *place, column=field.name, asked=level, floor=floor)


def _floor(case: Case, level: Level) -> Level:
    finest = case.charter.finest
    if level in SQUARES:
        return finest.grid
    return finest.time if chain_of(level) == TIME_CHAIN else finest.zone

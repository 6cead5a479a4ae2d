"""What leaves: rows without anyone, dimensions, measures, margins, licence (G501 to G507, G519, G521 to G523, G528)."""

from collections.abc import Iterator
from typing import Final

from charter.checks.case import Case
from charter.checks.measures import measures
from charter.guarantees import GUARANTEES_OF_ROWS, Guarantees
from charter.matrix import COUNTING, UNIT_CATEGORIES
from charter.model import PolicyField
from charter.vocabulary import Category, Licence, Operation, Role, YesNo, french_key
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant

_OF_ROWS: Final = (Operation.KEEP, Operation.GENERALISE, Operation.MASK)
_OF_TABLES: Final = (Operation.GENERALISE, Operation.AGGREGATE)
_OF_SOMEBODY: Final = UNIT_CATEGORIES | {Category.SPECIAL_CATEGORY}
_FREE_LICENCES: Final = (Licence.LICENCE_OUVERTE, Licence.ODBL)


def publication(case: Case) -> Iterator[PolicyRefused]:
    """Yield what may not leave as the policy says."""
    if case.is_table:
        yield from _table(case)
        yield from measures(case)
        yield from _margins(case)
    else:
        yield from _rows(case)
    yield from _presence(case)
    yield from _licence(case)


def _rows(case: Case) -> Iterator[PolicyRefused]:
    for field in case.policy.fields:
        if _is_of_somebody(field):
            wording = "source" if field.category in _OF_SOMEBODY else "kept"
            facts = variant("G501", wording, column=field.name, category=field.category, role=field.role)
            yield case.refuse("G501", "publication", "shape", **facts)
    for rank, name in enumerate(case.policy.publication.columns or ()):
        yield from _published(case, name, place=("publication", "columns", rank), admitted=_OF_ROWS)
    for name in Guarantees.model_fields:
        if name not in GUARANTEES_OF_ROWS and getattr(case.policy.guarantees, name) is not None:
            yield case.refuse("G528", "guarantees", name, guarantee=french_key(name))


def _is_of_somebody(field: PolicyField) -> bool:
    """Tell whether a column speaks of somebody, dropped or not, or would leave without being technical or reviewed."""
    if field.category in _OF_SOMEBODY:
        return True
    is_reviewed_text = (field.category, field.treatment.operation) == (Category.FREE_TEXT, Operation.MASK)
    return field.treatment.operation is not Operation.DROP and field.role is not Role.TECHNICAL and not is_reviewed_text


def _table(case: Case) -> Iterator[PolicyRefused]:
    for rank, name in enumerate(case.policy.publication.dimensions or ()):
        yield from _published(case, name, place=("publication", "dimensions", rank), admitted=_OF_TABLES)
    for field in case.kept():
        if (given := case.unfit(field)) is not None:
            yield case.refuse("G522", "fields", case.rank(field), "treatment", column=field.name, given=given)


def _published(
    case: Case, name: str, *, place: tuple[str | int, ...], admitted: tuple[Operation, ...]
) -> Iterator[PolicyRefused]:
    field = case.field(name)
    if field is None:
        yield case.refuse("G502", *place, **case.unkept(name))
        return
    operation = field.treatment.operation
    if operation in COUNTING:
        yield case.refuse("G503", *place, column=name, operation=operation)
    elif operation not in admitted or (operation is Operation.AGGREGATE and not _is_dimension_as_is(field)):
        fitting = [one for one in admitted if one is not Operation.AGGREGATE or _is_dimension_as_is(field)]
        facts = {"operation": operation, "block": french_key(str(place[1])), "admitted": ", ".join(fitting)}
        yield case.refuse("G505", *place, column=name, **facts)


def _is_dimension_as_is(field: PolicyField) -> bool:
    is_technical_place = field.category is Category.PLACE and field.role is Role.TECHNICAL
    return field.category is Category.CODE_LIST or is_technical_place


def _margins(case: Case) -> Iterator[PolicyRefused]:
    publication = case.policy.publication
    margins = publication.margins
    if margins is None or isinstance(margins, str):
        return
    dimensions = set(publication.dimensions or ())
    seen: set[frozenset[str]] = set()
    for rank, margin in enumerate(margins):
        kept = frozenset(margin.by)
        if not kept < dimensions or kept in seen:
            facts = {"by": ", ".join(margin.by), "dimensions": ", ".join(publication.dimensions or ())}
            yield case.refuse("G506", "publication", "margins", rank, **facts)
        seen.add(kept)
    guarantees = case.policy.guarantees
    suppression = guarantees.complementary_suppression
    if guarantees.minimum_counts and suppression and suppression.active is YesNo.NO:
        yield case.refuse("G507", "publication", "margins")


def _presence(case: Case) -> Iterator[PolicyRefused]:
    for field in case.kept():
        column = case.column(field.name)
        if column is None or column.presence is YesNo.NO:
            continue
        is_kept_as_is = field.treatment.operation is Operation.KEEP
        if is_kept_as_is or (not case.is_table and field.treatment.bins is None):
            yield case.refuse("G519", "fields", case.rank(field), "treatment", column=field.name)


def _licence(case: Case) -> Iterator[PolicyRefused]:
    if case.entry is None:
        return
    imposed = case.entry.imposed_licence
    admitted = _FREE_LICENCES if imposed is None else (imposed,)
    if case.policy.publication.licence not in admitted:
        facts = {"asked": case.policy.publication.licence, "admitted": ", ".join(admitted)}
        yield case.refuse("G523", "publication", "licence", **facts)

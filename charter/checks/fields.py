"""Each field alone: its category, its role, what may be done to it (J806, J807, M301 to M303, M313)."""

from collections.abc import Iterator

from charter.checks.case import Case
from charter.checks.levels import levels
from charter.checks.parameters import parameters
from charter.matrix import UNIT_CATEGORIES, admitted
from charter.model import PolicyField
from charter.vocabulary import Category, FieldType, Operation, Role, YesNo
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant


def fields(case: Case) -> Iterator[PolicyRefused]:
    """Yield what is wrong with each field, field by field, in the order of LANGUAGE.md section 8, step 5."""
    for rank, field in enumerate(case.policy.fields):
        yield from _treatment(case, rank, field)
        yield from _nature(case, rank, field)
        if field.category is not Category.SPECIAL_CATEGORY or field.treatment.operation is Operation.DROP:
            yield from parameters(case, rank, field)
            yield from levels(case, rank, field)


def _treatment(case: Case, rank: int, field: PolicyField) -> Iterator[PolicyRefused]:
    operation = field.treatment.operation
    if operation is Operation.DROP:
        return
    facts = {"operation": operation, "category": field.category, "column": field.name}
    place = ("fields", rank, "treatment")
    allowed = admitted(case.charter, field.category, field.role)
    if field.category is Category.SPECIAL_CATEGORY:
        yield case.refuse("M302", *place, **facts)
    elif operation not in allowed:
        other = _other_role(case, field)
        facts |= {"role": field.role, "admitted": ", ".join(allowed), "other": other}
        yield case.refuse("M301", *place, **variant("M301", "role" if other else "treatment", **facts))
    if field.collected is YesNo.NO:
        yield case.refuse("M303", *place, operation=operation, column=field.name)


def _other_role(case: Case, field: PolicyField) -> str:
    """Return the role under which the charter admits what is asked, "" for none.

    Never for a unit, whose identifier is not to be called less than one, nor `technique`, which the catalogue says.
    """
    roles = (role for role in (Role.QUASI_IDENTIFIER, Role.SENSITIVE, Role.MEASURE) if role is not field.role)
    fit = [role for role in roles if field.treatment.operation in admitted(case.charter, field.category, role)]
    return fit[0] if fit and field.category not in UNIT_CATEGORIES else ""


def _nature(case: Case, rank: int, field: PolicyField) -> Iterator[PolicyRefused]:
    column = case.column(field.name)
    if column and field.category not in {column.category, Category.SPECIAL_CATEGORY}:
        facts = {"held": column.category, "asked": field.category}
        yield case.refuse("J806", "fields", rank, "category", column=field.name, **facts)
    if column and field.role is Role.TECHNICAL and column.technical is YesNo.NO:
        yield case.refuse("J807", "fields", rank, "role", column=field.name)
    if (
        field.type is FieldType.GEOMETRY
        and field.role is not Role.TECHNICAL
        and field.treatment.operation is not Operation.DROP
    ):
        yield case.refuse("M313", "fields", rank, "type", column=field.name)

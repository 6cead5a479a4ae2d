"""Which columns of what a source sends are judged before treatment: those in which nobody declared a person.

A column that the policy declares personal is expected to be so. One that leaves as it came is judged once, where it
leaves: its texts are the same. One that is dropped is never read; a masked one leaves only as the DPO redacted it.
"""

from typing import Final

from catalog.declaration import DatasetDeclaration
from catalog.gates.subject import SubjectColumn
from catalog.gates.subject_of import words_of
from charter.compile import Plan
from charter.model import Policy, PolicyField
from charter.raw_table import read_fields
from charter.release_parts import ReleaseColumn
from charter.vocabulary import Category, FieldType, Operation, Role, Shape

_PERSONAL: Final = frozenset(
    {
        Category.PERSON,
        Category.HOUSEHOLD,
        Category.DEVICE,
        Category.DELIVERY_POINT,
        Category.TRIP,
        Category.FREE_TEXT,
        Category.MEDIA,
        Category.SPECIAL_CATEGORY,
    }
)
_OF_UNITS: Final = frozenset({Operation.PSEUDONYMISE, Operation.COUNT_UNITS})
_TEXTS: Final = frozenset({FieldType.TEXT, FieldType.CODE})


def received_columns(plan: Plan, declaration: DatasetDeclaration) -> tuple[SubjectColumn, ...]:
    """Return the columns to be judged as they are stored, with what the policy and the declaration say of them."""
    judged = (field for field in read_fields(plan.policy) if _hides_surprises(field, plan.policy))
    return tuple(_column(field, plan, declaration) for field in judged)


def _hides_surprises(field: PolicyField, policy: Policy) -> bool:
    return _may_hold_codes(field) and not _is_declared_personal(field) and not _leaves_as_it_came(field, policy)


def _may_hold_codes(field: PolicyField) -> bool:
    """Tell whether an identifier fits in what is stored: dates, positions and shapes were read as such on arrival."""
    is_count = field.category is Category.MEASURE or field.role is Role.MEASURE
    return field.type in _TEXTS or (field.type is FieldType.INTEGER and not is_count)


def _is_declared_personal(field: PolicyField) -> bool:
    is_of_unit = field.role is Role.DIRECT_IDENTIFIER or field.treatment.operation in _OF_UNITS
    return field.category in _PERSONAL or is_of_unit


def _leaves_as_it_came(field: PolicyField, policy: Policy) -> bool:
    """Tell whether the gate on the release judges the very texts that came in, or those that the DPO let through."""
    published = policy.publication
    is_kept = field.treatment.operation is Operation.KEEP and field.name in (published.columns or ())
    return field.treatment.operation is Operation.MASK or (is_kept and published.shape is Shape.ROWS)


def _column(field: PolicyField, plan: Plan, declaration: DatasetDeclaration) -> SubjectColumn:
    """Return a column as it is stored.

    Names are not looked for where texts are listed: a value out of the list is refused by itself.
    """
    listed = plan.entry.column(field.name)
    return SubjectColumn(
        published=ReleaseColumn(field.name, field.type.value, "dimension"),
        category=field.category.value,
        closed=bool(field.treatment.grouping or (listed and listed.values)),
        words=words_of(field.description, declared=declaration.column(field.name)),
    )

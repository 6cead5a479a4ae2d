"""Category × role → treatments: what the charter admits, and what no charter may (LANGUAGE.md sections 1 and 5)."""

from collections.abc import Iterator
from itertools import product
from typing import Final

from charter.document import Document
from charter.model import Charter
from charter.vocabulary import Category, Operation, Role, Unit
from eclor.errors import PolicyRefused

UNIT_CATEGORIES: Final = frozenset(Category(unit.value) for unit in Unit)
"""The categories whose values are the units that a count counts."""

COUNTING: Final = frozenset({Operation.PSEUDONYMISE, Operation.COUNT_UNITS})
"""The treatments whose values serve to count and never leave."""

SUMMED: Final = frozenset({Operation.AGGREGATE, Operation.ROUND, Operation.CAP})
"""The treatments after which a measure may be summed."""


def admitted(charter: Charter, category: Category, role: Role) -> tuple[Operation, ...]:
    """Return the treatments that the charter admits, in the order of its rows; `retirer` ends them, always."""
    found = dict.fromkeys(
        treatment
        for row in charter.matrix
        if category in row.categories and role in row.roles
        for treatment in row.treatments
    )
    return (*found, Operation.DROP)


def crossed(document: Document, charter: Charter) -> Iterator[PolicyRefused]:
    """Yield P423 for each combination of a charter's matrix that no charter may admit, once a row."""
    for rank, row in enumerate(charter.matrix):
        for category, role, operation in product(row.categories, row.roles, row.treatments):
            if _is_never_admitted(category, role, operation):
                facts = {"category": category, "role": role, "operation": operation}
                yield PolicyRefused("P423", place=document.at("matrix", rank), **facts)
                break


def _is_never_admitted(category: Category, role: Role, operation: Operation) -> bool:
    return (
        (operation is Operation.KEEP and role is not Role.TECHNICAL)
        or (role is Role.DIRECT_IDENTIFIER and operation not in COUNTING)
        or (category is Category.FREE_TEXT and operation is not Operation.MASK)
        or (category in UNIT_CATEGORIES and operation in {Operation.KEEP, Operation.AGGREGATE})
    )

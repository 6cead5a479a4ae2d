"""Which releases a release is compared with (G514)."""

from collections.abc import Iterator

from charter.checks.case import Case
from eclor.errors import PolicyRefused


def differencing(case: Case) -> Iterator[PolicyRefused]:
    """Yield G514 where the dataset does not compare with itself, or with what cannot be compared."""
    rule = case.policy.guarantees.differencing
    if rule is None:
        return
    if case.policy.dataset not in rule.compared_with:
        yield case.refuse("G514", "guarantees", "differencing", "compared_with", dataset=case.policy.dataset)
    for rank, other in enumerate(rule.compared_with):
        if other != case.policy.dataset and not _is_comparable(case, other):
            yield case.refuse("G514", "guarantees", "differencing", "compared_with", rank, dataset=other)


def _is_comparable(case: Case, dataset: str) -> bool:
    mine, other = case.entry, case.territory.entry(dataset)
    if mine is None or other is None:
        return False
    return mine.source == other.source or (mine.unit_register is not None and mine.unit_register == other.unit_register)

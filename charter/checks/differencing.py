"""Which releases a release is compared with (G514)."""

from collections.abc import Iterator

from charter.checks.case import Case
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant


def differencing(case: Case) -> Iterator[PolicyRefused]:
    """Yield G514 where the dataset does not compare with itself, or with what cannot be compared."""
    rule = case.policy.guarantees.differencing
    if rule is None or case.entry is None:
        return
    if case.policy.dataset not in rule.compared_with:
        yield case.refuse(
            "G514", "guarantees", "differencing", "compared_with", **_facts("itself", case.policy.dataset)
        )
    for rank, other in enumerate(rule.compared_with):
        if other != case.policy.dataset and not _is_comparable(case, other):
            yield case.refuse("G514", "guarantees", "differencing", "compared_with", rank, **_facts("stranger", other))


def _facts(wording: str, dataset: str) -> dict[str, dict[str, str]]:
    return variant("G514", wording, dataset=dataset)


def _is_comparable(case: Case, dataset: str) -> bool:
    mine, other = case.entry, case.territory.entry(dataset)
    if mine is None or other is None:
        return False
    return mine.source == other.source or (mine.unit_register is not None and mine.unit_register == other.unit_register)

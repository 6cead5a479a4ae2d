"""Which releases a release is compared with: what may not be named (G514), and what is warned of (J809, J814)."""

from collections.abc import Iterator

from charter.checks.case import Case
from charter.document import Document
from charter.matrix import UNIT_CATEGORIES
from charter.model import CatalogueEntry, Policy
from charter.territory import Territory
from charter.vocabulary import Category
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


def unnamed_sisters(document: Document, policy: Policy, territory: Territory) -> Iterator[PolicyRefused]:
    """Yield a J809, to be shown as a warning, for each dataset of the same units that a table is not compared with.

    Two tables of the same people may be subtracted: one by week, one by month. The language leaves the choice to who
    writes (LANGUAGE.md section 6, `differences`), so this refuses nothing.
    """
    rule, mine = policy.guarantees.differencing, territory.entry(policy.dataset)
    if rule is None or mine is None:
        return
    for other in territory.catalogue.datasets:
        if other.dataset not in {policy.dataset, *rule.compared_with} and _has_units_of(mine, other):
            place = document.at("guarantees", "differencing", "compared_with")
            yield PolicyRefused("J809", place=place, dataset=other.dataset)


def sisters_of_other_units(document: Document, policy: Policy, territory: Territory) -> Iterator[PolicyRefused]:
    """Yield a J814, to be shown as a warning, for each named dataset that holds units, none of them counted here.

    Tables are compared by the units that they share: with none, the run is refused (`differencing.no-common-unit`) as
    soon as the other one counts its own, which its policy says, and not the catalogue.
    """
    rule, counts = policy.guarantees.differencing, policy.guarantees.minimum_counts
    if rule is None or not counts:
        return
    mine = {Category(count.unit.value) for count in counts}
    for rank, dataset in enumerate(rule.compared_with):
        entry = territory.entry(dataset)
        held = {column.category for column in entry.columns if column.category in UNIT_CATEGORIES} if entry else set()
        if held and not held & mine:
            place = document.at("guarantees", "differencing", "compared_with", rank)
            told = {"held": ", ".join(sorted(held)), "counted": ", ".join(sorted(mine))}
            yield PolicyRefused("J814", place=place, dataset=dataset, **told)


def _has_units_of(mine: CatalogueEntry, other: CatalogueEntry) -> bool:
    """Tell whether two entries speak of the same units: one register, or a column of units in common at one source."""
    units, others = (
        {column.name for column in entry.columns if column.category in UNIT_CATEGORIES} for entry in (mine, other)
    )
    is_one_register = mine.unit_register is not None and mine.unit_register == other.unit_register
    return is_one_register or (mine.source == other.source and bool(units & others))


def _facts(wording: str, dataset: str) -> dict[str, dict[str, str]]:
    return variant("G514", wording, dataset=dataset)


def _is_comparable(case: Case, dataset: str) -> bool:
    mine, other = case.entry, case.territory.entry(dataset)
    if mine is None or other is None:
        return False
    return mine.source == other.source or (mine.unit_register is not None and mine.unit_register == other.unit_register)

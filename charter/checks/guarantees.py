"""Dominance, diversity, suppression, empty cells, rounding: asked where due, whole, never looser than the charter's."""

from collections.abc import Iterator
from typing import Final

from charter.checks.case import Case
from charter.guarantees import Diversity
from charter.model import PolicyField
from charter.vocabulary import Category, EmptyCells, Operation, Role, Statistic, YesNo, french_key
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant

_OR_MORE: Final = {"fr": "ou plus", "en": "or more"}
_OR_LESS: Final = {"fr": "ou moins", "en": "or less"}
_WHERE_OR_WHEN: Final = frozenset({Category.PLACE, Category.TIME})


def dominance(case: Case) -> Iterator[PolicyRefused]:
    """Yield G512 where the rule is due and off, G524 where it lacks a part, P403 where it is looser than voted."""
    rule, floor = case.policy.guarantees.dominance, case.charter.dominance
    if rule is None:
        return
    if rule.active is YesNo.YES:
        yield from _whole(case, "dominance", "contributors", "percent")
        yield from _at_least(case, "P403", "dominance", "contributors", floor=floor.contributors)
        yield from _at_most(case, "P403", "dominance", "percent", floor=floor.max_percent)
        return
    measures = case.policy.publication.measures or ()
    summed = [measure.name for measure in measures if measure.statistic is not Statistic.DISTINCT_COUNT]
    if summed and case.policy.guarantees.minimum_counts:
        yield case.refuse("G512", "guarantees", "dominance", measure=summed[0])


def diversity(case: Case) -> Iterator[PolicyRefused]:
    """Yield G513 where the one sensitive dimension is not held, G524, P406 where it is held loosely, and G525."""
    rule, floor = case.policy.guarantees.diversity, case.charter.diversity
    sensitive = [field for field in case.dimensions() if field.role is Role.SENSITIVE and not _is_refused(field)]
    if rule is None:
        return
    if rule.active is YesNo.YES:
        yield from _whole(case, "diversity", "field", "l", "max_share_percent")
        yield from _at_least(case, "P406", "diversity", "l", floor=floor.l_min)
        yield from _at_most(case, "P406", "diversity", "max_share_percent", floor=floor.max_share_percent)
    yield from _undiversified(case, rule, sensitive)
    held = [field.name for field in sensitive if field.category not in _WHERE_OR_WHEN or field.name == rule.field]
    judged = [*held, *([rule.field] if rule.active is YesNo.YES and rule.field else [])]
    if judged and case.policy.guarantees.empty_cells is EmptyCells.PUBLISH:
        yield case.refuse("G525", "guarantees", "empty_cells", column=judged[0])


def _undiversified(case: Case, rule: Diversity, sensitive: list[PolicyField]) -> Iterator[PolicyRefused]:
    """Yield G513 for a rule about no dimension, then for the sensitive dimensions that no rule is about."""
    dimensions = case.policy.publication.dimensions or ()
    if rule.active is YesNo.YES and rule.field and rule.field not in dimensions:
        facts = variant("G513", "no-dimension", column=rule.field, dimensions=", ".join(dimensions))
        yield case.refuse("G513", "guarantees", "diversity", "field", **facts)
    unheld = [field for field in sensitive if rule.active is YesNo.NO or rule.field not in {None, field.name}]
    for field in (field for field in unheld if field.category in _WHERE_OR_WHEN):
        facts = variant("G513", "where-or-when", column=field.name, category=field.category)
        yield case.refuse("G513", "fields", case.rank(field), "role", **facts)
    told, *others = [field.name for field in sensitive if field.category not in _WHERE_OR_WHEN] or [""]
    if others and any(field.name in {told, *others} for field in unheld):
        facts = variant("G513", "several", columns=", ".join(f"« {name} »" for name in (told, *others)))
        yield case.refuse("G513", "guarantees", "diversity", **facts)
    elif told in {field.name for field in unheld}:
        yield case.refuse("G513", "guarantees", "diversity", **variant("G513", "unheld", column=told))


def suppression(case: Case) -> Iterator[PolicyRefused]:
    """Yield G524 and P407: the complementary suppression is whole and protects as much as the charter's."""
    rule, floor = case.policy.guarantees.complementary_suppression, case.charter.complementary_suppression
    if rule is not None and rule.active is YesNo.YES:
        yield from _whole(case, "complementary_suppression", "protection_percent", "protection_min")
        for name in ("protection_percent", "protection_min"):
            yield from _at_least(case, "P407", "complementary_suppression", name, floor=getattr(floor, name))


def empty_cells(case: Case) -> Iterator[PolicyRefused]:
    """Yield G526 where empty cells are masked in a frame that only the data would close."""
    if case.policy.guarantees.empty_cells is not EmptyCells.MASK:
        return
    for field in case.dimensions():
        if _is_open(case, field):
            yield case.refuse("G526", "guarantees", "empty_cells", column=field.name)


def rounding(case: Case) -> Iterator[PolicyRefused]:
    """Yield G524 where rounding is active without a base."""
    rule = case.policy.guarantees.rounding
    if rule is not None and rule.active is YesNo.YES:
        yield from _whole(case, "rounding", "round_to")


def _is_refused(field: PolicyField) -> bool:
    """Tell whether no table may hold a field whatever is guaranteed: M302 says so, and no diversity would cure it."""
    return field.category is Category.SPECIAL_CATEGORY


def _is_open(case: Case, field: PolicyField) -> bool:
    column = case.column(field.name)
    is_listed = field.category is not Category.CODE_LIST or column is None or column.values is not None
    return field.treatment.operation is Operation.AGGREGATE and not is_listed


def _whole(case: Case, block: str, *names: str) -> Iterator[PolicyRefused]:
    rule = getattr(case.policy.guarantees, block)
    for name in names:
        if getattr(rule, name) is None:
            facts = {"guarantee": french_key(block), "parameter": french_key(name)}
            yield case.refuse("G524", "guarantees", block, **facts)


def _at_least(case: Case, code: str, block: str, name: str, *, floor: int) -> Iterator[PolicyRefused]:
    asked: int | None = getattr(getattr(case.policy.guarantees, block), name)
    if asked is not None and asked < floor:
        facts = {"key": french_key(name), "asked": asked, "floor": floor, "side": _OR_MORE}
        yield case.refuse(code, "guarantees", block, name, **facts)


def _at_most(case: Case, code: str, block: str, name: str, *, floor: int) -> Iterator[PolicyRefused]:
    asked: int | None = getattr(getattr(case.policy.guarantees, block), name)
    if asked is not None and asked > floor:
        facts = {"key": french_key(name), "asked": asked, "floor": floor, "side": _OR_LESS}
        yield case.refuse(code, "guarantees", block, name, **facts)

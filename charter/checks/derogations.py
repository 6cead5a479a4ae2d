"""Derogations, then the count floors that they alone may lower (P410 to P413, P402; LANGUAGE.md section 7)."""

from collections.abc import Iterator
from datetime import date, timedelta

from charter.checks.case import Case
from charter.durations import Duration
from charter.floors import required_k
from charter.guarantees import MinimumCount
from charter.model import Derogation
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant


def derogations(case: Case) -> Iterator[PolicyRefused]:
    """Yield what is wrong with each derogation."""
    seen: set[str] = set()
    for rank, derogation in enumerate(case.policy.derogations):
        place = ("derogations", rank)
        if derogation.unit in seen:
            yield case.refuse("P412", *place, "unit", unit=derogation.unit)
            continue
        seen.add(derogation.unit)
        if case.has_minors:
            yield case.refuse("P413", *place, unit=derogation.unit)
            continue
        if facts := _of_dates(case, derogation):
            yield case.refuse("P410", *place, "start", **facts)
        if facts := _of_k(case, derogation):
            yield case.refuse("P411", *place, "k", **facts)


def count_floors(case: Case) -> Iterator[PolicyRefused]:
    """Yield P402 for each k under the charter's floor; a derogation for the unit was judged on its own."""
    derogated = {derogation.unit for derogation in case.policy.derogations}
    for rank, count in enumerate(case.policy.guarantees.minimum_counts or ()):
        minors_k = case.charter.minors.k if case.has_minors else 0
        floor = required_k(case.charter, count.unit, minors_k=minors_k)
        if count.k < floor and count.unit not in derogated:
            facts = _shortfall(case, count, floor=floor)
            yield case.refuse("P402", "guarantees", "minimum_counts", rank, "k", **facts)


def _shortfall(case: Case, count: MinimumCount, *, floor: int) -> dict[str, dict[str, str]]:
    voted = case.charter.floor(count.unit)
    facts = {"k": count.k, "unit": count.unit, "floor": floor, "least": voted.hard_floor}
    if case.has_minors:
        return variant("P402", "minors", **facts)
    return variant("P402", "derogation" if voted.hard_floor < voted.k else "no-derogation", **facts)


def _of_k(case: Case, derogation: Derogation) -> dict[str, dict[str, str]]:
    """Return what is wrong with the k, in the words that fit, or nothing."""
    floor = case.charter.floor(derogation.unit)
    counted = [count.k for count in case.policy.guarantees.minimum_counts or () if count.unit is derogation.unit]
    facts = {"unit": derogation.unit, "k": derogation.k, "least": floor.hard_floor, "floor": floor.k}
    if floor.hard_floor >= floor.k:
        return variant("P411", "none", **facts)
    if not counted:
        return variant("P411", "uncounted", **facts)
    if derogation.k in counted and floor.hard_floor <= derogation.k < floor.k:
        return {}
    return variant("P411", "another-k", asked=counted[0], **facts)


def _of_dates(case: Case, derogation: Derogation) -> dict[str, dict[str, str]]:
    """Return what is wrong with the dates, in the words that fit, or nothing."""
    start, end = date.fromisoformat(derogation.start), date.fromisoformat(derogation.end)
    longest = case.charter.derogations.max_duration
    too_late = Duration.parse(longest).after_day(start)
    validity = case.policy.governance.validity
    facts: dict[str, object] = {"unit": derogation.unit, "start": start, "end": end}
    if end < start:
        return variant("P410", "backwards", **facts)
    if end >= too_late:
        return variant("P410", "long", longest=longest, last=too_late - timedelta(days=1), **facts)
    if start < date.fromisoformat(validity.start) or date.fromisoformat(validity.end) < end:
        return variant("P410", "outside", first=validity.start, last=validity.end, **facts)
    return {} if start <= case.today <= end else variant("P410", "not-today", today=case.today, **facts)

"""Who answers and for how long: roles, separation, validity, withdrawal, state (V701 to V711)."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from charter.checks.case import Case
from charter.durations import Duration
from charter.vocabulary import DpiaDecision, PersonRole, State, french_key
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant

_NAMED: Final = {"author": PersonRole.AUTHOR, "dpo": PersonRole.DPO, "garant": PersonRole.GARANT}
_BEFORE_IMPACT: Final = frozenset({State.DRAFT, State.SIMULATED})


def governance(case: Case) -> Iterator[PolicyRefused]:
    """Yield what is wrong with the people, the dates and the state."""
    yield from _people(case)
    yield from _validity(case)
    asked, floor = case.policy.governance.withdrawal_delay, case.charter.governance.withdrawal_delay_max
    if not Duration.parse(asked).fits_in(Duration.parse(floor)):
        yield case.refuse("V706", "governance", "withdrawal_delay", asked=asked, floor=floor)
    yield from _state(case)


def _people(case: Case) -> Iterator[PolicyRefused]:
    named = {key: getattr(case.policy.governance, key) for key in _NAMED}
    for key, identifier in named.items():
        person = case.territory.roles.person(identifier)
        able = [each.identifier for each in case.territory.roles.people if each.person_role is _NAMED[key]]
        facts = {"person": identifier, "key": french_key(key), "able": ", ".join(able) or "—"}
        if person is None:
            yield case.refuse("V701", "governance", key, **facts)
        elif person.person_role is not _NAMED[key]:
            yield case.refuse("V702", "governance", key, **facts)
    for one, other in combinations(named, 2):
        if named[one] == named[other]:
            keys = f"{french_key(one)}, {french_key(other)}"
            yield case.refuse("V703", "governance", other, person=named[one], keys=keys)


def _validity(case: Case) -> Iterator[PolicyRefused]:
    validity = case.policy.governance.validity
    start, end = date.fromisoformat(validity.start), date.fromisoformat(validity.end)
    longest = case.charter.governance.policy_validity_max
    too_late = Duration.parse(longest).after_day(start)
    if not start <= end < too_late:
        dates = {"start": start, "end": end, "longest": longest, "last": too_late - timedelta(days=1)}
        wording = "long" if start <= end else "backwards"
        yield case.refuse("V704", "governance", "validity", **variant("V704", wording, **dates))
    if end < case.today:
        yield case.refuse("V705", "governance", "validity", "end", end=end)
    if (charter_end := date.fromisoformat(case.charter.validity.end)) < case.today:
        yield case.refuse("V711", "charter", end=charter_end)


def _state(case: Case) -> Iterator[PolicyRefused]:
    asked = case.policy.governance.state
    is_impact_due = case.policy.processing_record.dpia.decision is DpiaDecision.REQUIRED
    for state in dict.fromkeys((asked, case.state)):
        if is_impact_due and state not in _BEFORE_IMPACT:
            yield case.refuse("V707", "processing_record", "dpia", "decision", state=state)
    if asked not in {State.DRAFT, case.state}:
        yield case.refuse("V710", "governance", "state", asked=asked, held=case.state)

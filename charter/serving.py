"""Whether what was published may still be given out: from the acts and the policies, at an instant.

LANGUAGE.md section 10. A dataset is served while one of its policy's versions is in force. A revocation withdraws what
was made under that version; an expiry after 90 days; the end of a derogation at once for what it made. What a former
version made stays. Pure: no file, no clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from charter.course import PARIS, Course
from charter.durations import Duration
from charter.model import Derogation, Policy
from charter.vocabulary import ActKind, State
from eclor.names import Sha256

GRACE: Final = timedelta(days=90)
"""How long an expired policy's data is still served."""
_LAST_DAY: Final = date(9990, 1, 1)
"""Later days count as this one: what follows from them must still be a date."""


class Reason(StrEnum):
    """Why nothing is given out any more."""

    NEVER_OPENED = "jamais-en-vigueur"
    STOPPED = "arretee"
    REVOKED = "revoquee"
    EXPIRED = "expiree"
    DEROGATION_ENDED = "derogation-terminee"


@dataclass(frozen=True, slots=True)
class Served:
    """What was made may be given out."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Nothing may leave: why, since when, and by when even caches must be empty (`delai_retrait`)."""

    reason: Reason
    since: datetime
    until: datetime


ServingState: TypeAlias = Served | Withdrawn


def serving_state(course: Course, made_under: Policy, *, texts: Mapping[Sha256, Policy], now: datetime) -> ServingState:
    """Return whether what was made under a policy is served at `now`.

    `course` are the acts of its dataset; `texts` the policies at hand, by digest: the one in force says whether what
    ended was renewed. One that is in force and not at hand renews nothing.
    """
    ended = _closed_by_acts(course, made_under, now) or _ended(course, made_under, texts=texts, now=now)
    if ended is None:
        return Served()
    reason, since = ended
    delay = Duration.parse(made_under.governance.withdrawal_delay)
    return Withdrawn(reason, since, delay.after(since))


def ending_after(
    course: Course, made_under: Policy, *, texts: Mapping[Sha256, Policy], now: datetime
) -> tuple[Reason, datetime] | None:
    """Return what will end the serving of what was made under a policy, and when, if nothing is renewed before.

    None where the calendar ended it already, or never does.
    """
    in_force = texts.get(course.in_force.policy) if course.in_force else None
    ends = {end for policy in (made_under, in_force or made_under) for end in _ends(policy)}
    for end in sorted(one for one in ends if one > now):
        if ended := _ended(course, made_under, texts=texts, now=end):
            return ended[0], end
    return None


def _ends(policy: Policy) -> Iterator[datetime]:
    yield from (_over(derogation.end) for derogation in policy.derogations)
    yield _over(policy.governance.validity.end) + GRACE


def _closed_by_acts(course: Course, made_under: Policy, now: datetime) -> tuple[Reason, datetime] | None:
    if act := course.revoked.get(made_under.version):
        return Reason.REVOKED, act.instant
    if course.in_force is None:
        return Reason.NEVER_OPENED, now
    moment = course.moment(course.in_force)
    if moment.state is State.REVOKED:
        return Reason.REVOKED, course.revoked[course.in_force.version].instant
    if moment.state is State.STOPPED:
        stops = [act.instant for act in moment.acts if act.kind is ActKind.STOP]
        return Reason.STOPPED, stops[-1]
    return None


def _ended(
    course: Course, made_under: Policy, *, texts: Mapping[Sha256, Policy], now: datetime
) -> tuple[Reason, datetime] | None:
    """Return what the calendar ended, and what renews it taken into account."""
    in_force = texts.get(course.in_force.policy) if course.in_force else None
    renewing = in_force or made_under
    for derogation in made_under.derogations:
        if _over(derogation.end) <= now and not _is_renewed(derogation, renewing, now):
            return Reason.DEROGATION_ENDED, _over(derogation.end)
    withdrawn = _over(renewing.governance.validity.end) + GRACE
    return (Reason.EXPIRED, withdrawn) if withdrawn <= now else None


def may_continue(made_under: Policy, renewing: Policy, *, now: datetime) -> bool:
    """Tell whether what was made under a policy may stand in a version made under another.

    What a derogation made goes when it ends, so that only a policy that renews it may carry it on.
    """
    return all(_is_renewed(derogation, renewing, now) for derogation in made_under.derogations)


def _is_renewed(ended: Derogation, renewing: Policy, now: datetime) -> bool:
    """Tell whether a policy has a derogation for the same unit, no stricter, that runs today."""
    return any(
        (one.rule, one.unit) == (ended.rule, ended.unit) and one.k <= ended.k and now < _over(one.end)
        for one in renewing.derogations
        if date.fromisoformat(one.start) <= now.astimezone(PARIS).date()
    )


def _over(last_day: str) -> datetime:
    """Return when a last day is over: midnight in Paris."""
    after = min(date.fromisoformat(last_day), _LAST_DAY) + timedelta(days=1)
    return datetime.combine(after, time(), tzinfo=PARIS)

"""The state machine of acts: where each text of a policy stands after them, and what that means at an instant.

LANGUAGE.md section 10. A state is derived, never declared. A text is one version of a policy with its catalogue entry
and its source: another source is another text, which begins as a draft. At most one text is in force.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import reduce
from pathlib import Path
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from charter.acts import Act, Adopted, Bindings, Signed, read_acts
from charter.model import Policy
from charter.vocabulary import ActKind, PersonRole, State
from eclor.errors import GuaranteeBroken, PolicyRefused
from eclor.names import Sha256

PARIS: Final = ZoneInfo("Europe/Paris")
_OPENED: Final = frozenset({State.IN_FORCE, State.STOPPED})
_ON_THE_WAY: Final = frozenset({State.SIMULATED, State.ENDORSED, State.SIGNED})


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """What acts are about, the charter and roles apart: these change by adoption, not by a new policy."""

    version: int
    policy: Sha256
    catalogue: Sha256
    source: Sha256


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a text stands; `resumed_by` are the roles that already asked to resume, `acts` those that led here."""

    state: State = State.DRAFT
    resumed_by: frozenset[PersonRole] = frozenset()
    acts: tuple[Act, ...] = ()

    def hand(self, role: PersonRole) -> str | None:
        """Return the person who acted in that role, the last one if the roles changed."""
        return next((act.personne for act in reversed(self.acts) if act.by is role), None)


@dataclass(frozen=True, slots=True)
class Course:
    """What all acts of a dataset gave: each text's moment, the text in force or stopped, versions revoked for good."""

    moments: Mapping[Text, Moment] = field(default_factory=lambda: MappingProxyType({}))
    in_force: Text | None = None
    revoked: Mapping[int, Act] = field(default_factory=lambda: MappingProxyType({}))

    def moment(self, text: Text) -> Moment:
        """Return where a text stands by its acts alone, whatever the date; a text without acts is a draft."""
        held = self.moments.get(text, Moment())
        if text.version in self.revoked:
            return replace(held, state=State.REVOKED)
        if self.in_force and text.version < self.in_force.version:
            return replace(held, state=State.SUPERSEDED)
        return held


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do an act, from which states, and where it leads."""

    roles: frozenset[PersonRole]
    sources: frozenset[State]
    target: State


_THREE: Final = frozenset({PersonRole.AUTHOR, PersonRole.DPO, PersonRole.GARANT})
OVERSEERS: Final = frozenset({PersonRole.DPO, PersonRole.GARANT})
RULES: Final[Mapping[ActKind, Rule]] = {
    ActKind.SIMULATE: Rule(frozenset({PersonRole.AUTHOR}), frozenset({State.DRAFT}), State.SIMULATED),
    ActKind.ENDORSE: Rule(frozenset({PersonRole.DPO}), frozenset({State.SIMULATED}), State.ENDORSED),
    ActKind.SIGN: Rule(frozenset({PersonRole.GARANT}), frozenset({State.ENDORSED}), State.SIGNED),
    ActKind.ENTER_INTO_FORCE: Rule(frozenset({PersonRole.AUTHOR}), frozenset({State.SIGNED}), State.IN_FORCE),
    ActKind.STOP: Rule(_THREE, frozenset({State.IN_FORCE}), State.STOPPED),
    ActKind.RESUME: Rule(OVERSEERS, frozenset({State.STOPPED}), State.IN_FORCE),
    ActKind.REVOKE: Rule(OVERSEERS, frozenset(State) - {State.REVOKED}, State.REVOKED),
}
OPENING: Final = frozenset({ActKind.SIMULATE, ActKind.ENDORSE, ActKind.SIGN, ActKind.ENTER_INTO_FORCE})
CLOSING: Final = frozenset({ActKind.STOP, ActKind.REVOKE})
"""Acts that only ever protect: whoever took over the role of a person who left may do them."""


def asked_to_resume(moment: Moment, bindings: Bindings) -> frozenset[PersonRole]:
    """Return the roles that asked to resume under the charter and roles that hold now: another vote voids a half.

    Else a key that roles.yaml replaces since would have resumed with one other person's.
    """
    return moment.resumed_by if moment.resumed_by and _under_vote(moment, bindings) else frozenset()


def text_of(version: int, bindings: Bindings) -> Text:
    """Return what a policy's version and its bindings are about."""
    return Text(version, bindings.policy, bindings.catalogue, bindings.source)


def follow(acts: Iterable[Signed]) -> Course:
    """Return what these acts give, in their order. Refuses (V753, V754, V762) the first that the machine refuses."""
    return reduce(step, acts, Course())


def step(course: Course, signed: Signed) -> Course:
    """Return the course after one more act. Refuses who may not do it (V753, V762) and what may not follow (V754)."""
    act = signed.act
    text = text_of(act.version, act.bindings)
    moment = course.moment(text)
    if moment.state in _ON_THE_WAY and not _under_vote(moment, act.bindings) and act.kind in OPENING:
        moment = Moment()
    _check_hands(moment, signed)
    after = _after(moment, signed)
    moments = dict(course.moments) | {text: after}
    if act.kind is ActKind.REVOKE:
        return replace(course, moments=moments, revoked=dict(course.revoked) | {text.version: act})
    if act.kind is not ActKind.ENTER_INTO_FORCE:
        return replace(course, moments=moments)
    if course.in_force and course.in_force != text:
        former = moments[course.in_force]
        state = State.REVOKED if former.state is State.REVOKED else State.SUPERSEDED
        moments[course.in_force] = replace(former, state=state)
    return replace(course, moments=moments, in_force=text)


def read_course(
    file: Path,
    dataset: str,
    *,
    adopted: tuple[Adopted, ...],
    texts: Mapping[Sha256, Policy],
    now: datetime,
) -> Course:
    """Read the acts of a dataset and follow them. Refuses (`PolicyRefused`) the first that may not stand.

    `texts` are policies at hand, by digest: acts on these are held to the people that they name; on others only the
    acts speak.
    """
    course = Course()
    for signed in read_acts(file, adopted=adopted, now=now):
        if signed.act.jeu != dataset:
            raise PolicyRefused("V756", place=signed.place, dataset=signed.act.jeu)
        if policy := texts.get(Sha256(signed.act.empreinte)):
            check_named(signed, policy)
        course = step(course, signed)
    return course


def check_named(signed: Signed, policy: Policy) -> None:
    """Refuse (V753) an act on a policy by somebody whom it does not name for that role."""
    if not _stands_for(signed, named(policy).get(signed.act.by, "")):
        raise PolicyRefused("V753", place=signed.place, person=signed.act.personne)


def named(policy: Policy) -> Mapping[PersonRole, str]:
    """Return the person whom a policy names for each role."""
    governance = policy.governance
    return {
        PersonRole.AUTHOR: governance.author,
        PersonRole.DPO: governance.dpo,
        PersonRole.GARANT: governance.garant,
    }


def state_at(course: Course, *, policy: Policy, bindings: Bindings, now: datetime) -> State:
    """Return the state of a policy with these bindings at an instant."""
    moment = course.moment(text_of(policy.version, bindings))
    if moment.state in _ON_THE_WAY and not _under_vote(moment, bindings):
        return State.DRAFT
    if moment.state in _OPENED and has_ended(policy, now):
        return State.EXPIRED
    return moment.state


def derive_state(
    file: Path, *, policy: Policy, bindings: Bindings, adopted: tuple[Adopted, ...], now: datetime
) -> State:
    """Return the state that the acts of `file` give this policy; without acts, or about other texts, a draft.

    Refuses (`PolicyRefused`, V750 to V771) at the first broken link, and a charter or roles that nobody adopted: the
    dataset then publishes nothing.
    """
    course = read_course(file, policy.dataset, adopted=adopted, texts={bindings.policy: policy}, now=now)
    return state_at(course, policy=policy, bindings=bindings, now=now)


def has_ended(policy: Policy, now: datetime) -> bool:
    """Tell whether a policy expired or one of its derogations ended, by the day in Paris."""
    today = now.astimezone(PARIS).date()
    ends = [policy.governance.validity.end, *(derogation.end for derogation in policy.derogations)]
    return any(date.fromisoformat(end) < today for end in ends)


def refuse_ended(policy: Policy, now: datetime) -> None:
    """Refuse (`GuaranteeBroken`) what ended since it was compiled: a run that midnight overtakes publishes nothing."""
    if has_ended(policy, now):
        raise GuaranteeBroken("release.policy-ended", dataset=policy.dataset)


def has_begun(policy: Policy, now: datetime) -> bool:
    """Tell whether the validity of a policy has begun, by the day in Paris."""
    return date.fromisoformat(policy.governance.validity.start) <= now.astimezone(PARIS).date()


def changed_since(course: Course, *, policy: Policy, bindings: Bindings) -> tuple[str, ...]:
    """Name what changed since this version was last signed, in French; nothing if it never was, or nothing did."""
    about = text_of(policy.version, bindings)
    acts = [moment.acts[-1] for text, moment in course.moments.items() if text.version == about.version]
    if not acts:
        return ()
    held = course.moments.get(about)
    last = (held.acts[-1] if held else max(acts, key=lambda act: act.instant)).bindings
    words = {
        "la politique": last.policy != bindings.policy,
        "le socle": last.charter != bindings.charter,
        "les rôles": last.roles != bindings.roles,
        "l'entrée au catalogue": last.catalogue != bindings.catalogue,
        "la source": last.source != bindings.source,
    }
    return tuple(word for word, changed in words.items() if changed)


def _under_vote(moment: Moment, bindings: Bindings) -> bool:
    last = moment.acts[-1]
    return (last.socle, last.roles) == (bindings.charter, bindings.roles)


def _stands_for(signed: Signed, named: str) -> bool:
    """Tell whether the signatory is the one named, or closes in the place of one who no longer holds the role."""
    act = signed.act
    if act.personne == named:
        return True
    holder = signed.roles.person(named)
    return act.kind in CLOSING and (holder is None or holder.person_role is not act.by)


def _check_hands(moment: Moment, signed: Signed) -> None:
    """Refuse one who already acted in another role on this text (V762), and one who is not who acted in this role."""
    act = signed.act
    for former in moment.acts:
        same = former.personne == act.personne or former.cle == act.cle
        if same and (former.personne, former.role) != (act.personne, act.role):
            raise PolicyRefused("V762", place=signed.place, person=act.personne, role=former.role)
    hand = moment.hand(act.by)
    if hand is not None and not _stands_for(signed, hand):
        raise PolicyRefused("V753", place=signed.place, person=act.personne)


def _after(moment: Moment, signed: Signed) -> Moment:
    act = signed.act
    rule = RULES.get(act.kind)
    if rule is None or act.by not in rule.roles or moment.state not in rule.sources:
        raise PolicyRefused("V754", place=signed.place, act=act.acte, role=act.role, state=moment.state.value)
    acts = (*moment.acts, act)
    if act.kind is not ActKind.RESUME:
        return Moment(rule.target, acts=acts)
    asked = asked_to_resume(moment, act.bindings) | {act.by}
    if asked == OVERSEERS:
        return Moment(rule.target, acts=acts)
    return replace(moment, resumed_by=asked, acts=acts)

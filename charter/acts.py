"""The acts on a policy: one signed envelope a line, chained; a policy's state is derived from them, never declared.

LANGUAGE.md section 10: the service drafts, the DPO endorses, the garant signs; two open, one stops, two resume.
"""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import rfc8785
from pydantic import BaseModel, ConfigDict, ValidationError

from charter.model import Policy, Roles
from charter.signatures import key_text, open_envelope, sign, signer_of
from charter.vocabulary import ActKind, PersonRole, State
from eclor.errors import Place, PolicyRefused
from eclor.names import Sha256
from eclor.world import Secret

FIRST: Final = "0" * 64
"""`precedent` of the first act."""


@dataclass(frozen=True, slots=True)
class Bindings:
    """What an act binds: SHA-256 of the RFC 8785 form of what was parsed (policy: without `gouvernance.etat`)."""

    policy: Sha256
    charter: Sha256
    roles: Sha256
    catalogue: Sha256
    source: Sha256


class Act(BaseModel):
    """One act, as its payload says it (French keys, as signed)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    acte: str
    jeu: str
    version: int
    empreinte: str
    socle: str
    roles: str
    catalogue: str
    source: str
    personne: str
    role: str
    cle: str
    date: str
    precedent: str

    @property
    def digest(self) -> Sha256:
        """Return the SHA-256 of the payload as signed: its RFC 8785 form."""
        return Sha256(sha256(rfc8785.dumps(self.model_dump())).hexdigest())

    @property
    def bindings(self) -> Bindings:
        """Return what this act binds."""
        return Bindings(
            *(Sha256(digest) for digest in (self.empreinte, self.socle, self.roles, self.catalogue, self.source))
        )


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a policy version stands after some acts; `resumed_by` are the roles that already asked to resume."""

    state: State = State.DRAFT
    resumed_by: frozenset[PersonRole] = frozenset()


@dataclass(frozen=True, slots=True)
class _Rule:
    """Who may do an act, from which states, and where it leads."""

    roles: frozenset[PersonRole]
    sources: frozenset[State]
    target: State


_THREE: Final = frozenset({PersonRole.AUTHOR, PersonRole.DPO, PersonRole.GARANT})
_OVERSEERS: Final = frozenset({PersonRole.DPO, PersonRole.GARANT})
_RULES: Final[Mapping[ActKind, _Rule]] = {
    ActKind.SIMULATE: _Rule(frozenset({PersonRole.AUTHOR}), frozenset({State.DRAFT}), State.SIMULATED),
    ActKind.ENDORSE: _Rule(frozenset({PersonRole.DPO}), frozenset({State.SIMULATED}), State.ENDORSED),
    ActKind.SIGN: _Rule(frozenset({PersonRole.GARANT}), frozenset({State.ENDORSED}), State.SIGNED),
    ActKind.ENTER_INTO_FORCE: _Rule(frozenset({PersonRole.AUTHOR}), frozenset({State.SIGNED}), State.IN_FORCE),
    ActKind.STOP: _Rule(_THREE, frozenset({State.IN_FORCE}), State.STOPPED),
    ActKind.RESUME: _Rule(_OVERSEERS, frozenset({State.STOPPED}), State.IN_FORCE),
    ActKind.REVOKE: _Rule(_OVERSEERS, frozenset(State) - {State.REVOKED}, State.REVOKED),
}


def derive_state(file: Path, *, policy: Policy, bindings: Bindings, roles: Roles, now: datetime) -> State:
    """Return the state that the acts of `file` give this policy; without acts, or bound to other texts, a draft.

    Refuses (`PolicyRefused`, V750 to V756) at the first broken link: the dataset then publishes nothing.
    """
    current = Moment()
    for act, place in read_acts(file, roles=roles, now=now):
        _check_person(act, place, policy=policy, roles=roles)
        if act.version > policy.version and act.acte == ActKind.ENTER_INTO_FORCE:
            return State.SUPERSEDED
        if act.version == policy.version and act.bindings == bindings:
            current = _after(current, act, place)
    return current.state


def read_acts(file: Path, *, roles: Roles, now: datetime) -> Iterator[tuple[Act, Place]]:
    """Yield the acts in their order, each envelope opened, its signer and its link checked."""
    keys = frozenset(person.key for person in roles.people)
    previous, latest = FIRST, datetime.min.replace(tzinfo=UTC)
    for number, line in enumerate(_lines(file), start=1):
        place = Place(str(file), number, 1)
        payload = open_envelope(line, place=place, keys=keys)
        act = _read(payload, place)
        if act.cle != signer_of(line):
            raise PolicyRefused("V751", place=place)
        if act.precedent != previous:
            raise PolicyRefused("V752", place=place)
        latest = _later(act, latest, place=place, now=now)
        previous = sha256(payload).hexdigest()
        yield act, place


def act_payload(
    kind: ActKind,
    *,
    policy: Policy,
    bindings: Bindings,
    signatory: tuple[str, PersonRole, Secret],
    after: tuple[datetime, str],
) -> bytes:
    """Return the signed line of an act by `signatory` (person, role, private key), `after` (instant, `precedent`)."""
    person, role, private = signatory
    instant, previous = after
    payload: dict[str, str | int] = {
        "acte": kind.value,
        "jeu": policy.dataset,
        "version": policy.version,
        "empreinte": bindings.policy,
        "socle": bindings.charter,
        "roles": bindings.roles,
        "catalogue": bindings.catalogue,
        "source": bindings.source,
        "personne": person,
        "role": role.value,
        "cle": key_text(private),
        "date": instant.astimezone(UTC).isoformat(timespec="seconds"),
        "precedent": previous,
    }
    return sign(payload, private)


def last_link(file: Path) -> str:
    """Return the `precedent` that the next act of this file must carry."""
    lines = list(_lines(file))
    return link_of(lines[-1]) if lines else FIRST


def link_of(line: bytes) -> str:
    """Return the `precedent` that the act after this line must carry: SHA-256 of its payload's bytes."""
    return sha256(b64decode(json.loads(line)["payload"])).hexdigest()


def _lines(file: Path) -> Iterator[bytes]:
    if not file.exists():
        return
    with file.open("rb") as stream:
        yield from (line.rstrip(b"\n") for line in stream if line.strip())


def _read(payload: bytes, place: Place) -> Act:
    try:
        act = Act.model_validate_json(payload)
        ActKind(act.acte), PersonRole(act.role)
    except (ValidationError, ValueError) as broken:
        raise PolicyRefused("V750", place=place) from broken
    return act


def _later(act: Act, latest: datetime, *, place: Place, now: datetime) -> datetime:
    try:
        instant = datetime.fromisoformat(act.date)
    except ValueError as broken:
        raise PolicyRefused("V750", place=place) from broken
    if instant.tzinfo is None or instant < latest or instant > now:
        raise PolicyRefused("V755", place=place, date=act.date)
    return instant


def _check_person(act: Act, place: Place, *, policy: Policy, roles: Roles) -> None:
    person = roles.person(act.personne)
    if person is None or person.key != act.cle or person.person_role != act.role:
        raise PolicyRefused("V753", place=place, person=act.personne)
    if act.jeu != policy.dataset:
        raise PolicyRefused("V756", place=place, dataset=act.jeu)
    named = {policy.governance.author, policy.governance.dpo, policy.governance.garant}
    if act.version == policy.version and act.personne not in named:
        raise PolicyRefused("V753", place=place, person=act.personne)


def _after(moment: Moment, act: Act, place: Place) -> Moment:
    kind = ActKind(act.acte)
    rule = _RULES.get(kind)
    role = PersonRole(act.role)
    if rule is None or role not in rule.roles or moment.state not in rule.sources:
        raise PolicyRefused("V754", place=place, act=act.acte, role=act.role, state=moment.state.value)
    if kind is not ActKind.RESUME:
        return Moment(rule.target)
    asked = moment.resumed_by | {role}
    return Moment(rule.target) if asked == _OVERSEERS else Moment(moment.state, asked)

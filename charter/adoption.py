"""Which charter and roles hold: each adopted by the DPO and the garant of the former ones (LANGUAGE.md section 10).

`$ECLOR_HOME/acts/charte_socle.jsonl` (no dataset can be called so) holds one line an act: the envelope, and the whole
`roles.yaml` that it adopts, so that the acts of people who left can still be judged. The first charter and roles of a
territory are adopted by their own DPO and garant: that one step is taken on trust.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

import rfc8785
from pydantic import ValidationError

from charter.acts import FIRST, Act, Adopted, Bindings, act_line, checked_date, new_act, open_act, person_of
from charter.course import OVERSEERS
from charter.digests import digest
from charter.model import Roles
from charter.territory import Territory
from charter.vocabulary import ActKind, PersonRole
from eclor.errors import Place, PolicyRefused
from eclor.names import Sha256
from eclor.world import Secret

ADOPTIONS: Final = "charte_socle.jsonl"
"""Name of the file of adoptions, beside the acts."""
EVERY_DATASET: Final = "*"
"""`jeu` of an adoption: no dataset has this name."""
_ALWAYS: Final = datetime.min.replace(tzinfo=UTC)
"""Since when the first charter and roles hold: acts made before anything was adopted are judged by them."""
_BY: Final = (PersonRole.DPO, PersonRole.GARANT)


@dataclass(frozen=True, slots=True)
class Adoptions:
    """What was adopted, in order; `pending` are the acts of an adoption that one person signed and another must."""

    held: tuple[Adopted, ...] = ()
    acts: tuple[Act, ...] = ()
    pending: Mapping[PersonRole, Act] = field(default_factory=dict)

    @property
    def former(self) -> Sha256:
        """Return what an adoption binds as `empreinte`: the digest of the charter and roles that hold now."""
        if not self.held:
            return FIRST
        return digest({"roles": self.held[-1].roles_digest, "socle": self.held[-1].charter})

    @property
    def link(self) -> Sha256:
        """Return the `precedent` of the next adoption."""
        return self.acts[-1].digest if self.acts else FIRST

    def signers(self, territory: Territory) -> Roles:
        """Return the roles whose DPO and garant adopt: those that hold, else a territory's own first ones."""
        return self.held[-1].roles if self.held else territory.roles

    def holds(self, territory: Territory) -> bool:
        """Tell whether the charter and roles of a territory are the last ones adopted."""
        held = self.held[-1] if self.held else None
        pair = (territory.charter_digest, territory.roles_digest)
        return held is not None and (held.charter, held.roles_digest) == pair


def sole(charter: Sha256, roles_digest: Sha256, roles: Roles) -> tuple[Adopted, ...]:
    """Return a charter and roles taken as they are: for a version's folder made before anything was adopted."""
    return (Adopted(_ALWAYS, charter, roles_digest, roles),)


def read_adoptions(content: bytes, *, file: str, now: datetime) -> Adoptions:
    """Read the adoptions and check each link. Refuses (`PolicyRefused`, V750 to V755) the first that may not stand."""
    read, latest = Adoptions(), _ALWAYS
    for number, line in enumerate(content.splitlines(keepends=True), start=1):
        place = Place(file, number, 1)
        if (said := _line(line)) is None:
            raise PolicyRefused("V750", place=place)
        envelope, roles_digest, roles = said
        signers = read.held[-1].roles if read.held else roles
        keys = frozenset(person.key for person in signers.people)
        act = open_act(envelope, place=place, keys=keys, previous=read.link)
        latest = checked_date(act, latest, place=place, now=now)
        person_of(act, signers, place=place)
        if act.roles != roles_digest:
            raise PolicyRefused("V750", place=place)
        read = _after(read, act, roles, place=place)
    return read


def adopted_now(adoptions: Adoptions, territory: Territory) -> tuple[Adopted, ...]:
    """Return what was adopted, the territory's own charter and roles last. Refuses V760 and V761: who must sign."""
    if adoptions.holds(territory):
        return adoptions.held
    if not adoptions.held:
        raise PolicyRefused("V761", who=_who(adoptions, territory))
    held = adoptions.held[-1]
    changed = [
        word
        for word, is_changed in {
            "charte-socle.yaml": held.charter != territory.charter_digest,
            "roles.yaml": held.roles_digest != territory.roles_digest,
        }.items()
        if is_changed
    ]
    raise PolicyRefused("V760", files=", ".join(changed), who=_who(adoptions, territory))


def adoption(
    adoptions: Adoptions, territory: Territory, *, by: tuple[str, PersonRole, Secret], now: datetime
) -> tuple[Adoptions, bytes]:
    """Return the adoptions with one more act, and its line. Refuses what is adopted already (V769) and who may not."""
    if adoptions.holds(territory):
        raise PolicyRefused("V769", version=territory.charter.version)
    bindings = Bindings(adoptions.former, territory.charter_digest, territory.roles_digest, FIRST, FIRST)
    on = (EVERY_DATASET, territory.charter.version, bindings)
    act = new_act(ActKind.ADOPT, on=on, by=by, after=(now, adoptions.link))
    place = Place(ADOPTIONS, len(adoptions.acts) + 1, 1)
    if adoptions.acts:
        checked_date(act, adoptions.acts[-1].instant, place=place, now=now)
    person_of(act, adoptions.signers(territory), place=place)
    after = _after(adoptions, act, territory.roles, place=place)
    envelope = json.loads(act_line(act, by[2]))
    return after, rfc8785.dumps({"acte": envelope, "roles": json.loads(territory.roles_form)}) + b"\n"


def holders(roles: Roles, role: PersonRole) -> str:
    """Name the people who hold a role, as roles.yaml does: for a sentence."""
    people = [f"{person.name} ({person.identifier})" for person in roles.people if person.person_role is role]
    return ", ".join(people) or role.value


def _who(adoptions: Adoptions, territory: Territory) -> str:
    """Say who signs an adoption, and who already did."""
    signers = adoptions.signers(territory)
    done = [act.personne for act in adoptions.pending.values() if act.roles == territory.roles_digest]
    both = f"dpo : {holders(signers, PersonRole.DPO)} ; garant : {holders(signers, PersonRole.GARANT)}"
    return f"{both} ; ont signé : {', '.join(done)}" if done else both


@lru_cache(maxsize=64)
def _line(line: bytes) -> tuple[bytes, Sha256, Roles] | None:
    """Return the envelope, the digest of the roles and the roles as values; nothing of other bytes than we write."""
    try:
        plain = json.loads(line)
        envelope, roles = rfc8785.dumps(plain["acte"]) + b"\n", Roles.model_validate(plain["roles"])
        is_ours = plain.keys() == {"acte", "roles"} and rfc8785.dumps(plain) + b"\n" == line
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, ValidationError):
        return None
    return (envelope, digest(plain["roles"]), roles) if is_ours else None


def _after(adoptions: Adoptions, act: Act, roles: Roles, *, place: Place) -> Adoptions:
    if act.kind is not ActKind.ADOPT or act.by not in _BY:
        raise PolicyRefused("V754", place=place, act=act.acte, role=act.role, state="adoption")
    is_ours = (act.jeu, act.catalogue, act.source) == (EVERY_DATASET, FIRST, FIRST)
    if not is_ours:
        raise PolicyRefused("V756", place=place, dataset=act.jeu)
    if act.empreinte != adoptions.former:
        raise PolicyRefused("V752", place=place)
    pair = (act.socle, act.roles)
    pending = {role: one for role, one in adoptions.pending.items() if (one.socle, one.roles) == pair}
    if act.by in pending:
        raise PolicyRefused("V772", place=place, person=pending[act.by].personne)
    pending[act.by] = act
    acts = (*adoptions.acts, act)
    if pending.keys() != OVERSEERS:
        return replace(adoptions, acts=acts, pending=pending)
    since = act.instant if adoptions.held else _ALWAYS
    held = Adopted(since, Sha256(act.socle), Sha256(act.roles), roles)
    return Adoptions((*adoptions.held, held), acts)

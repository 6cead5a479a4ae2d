"""Demonstration signatures: keys that everybody can compute, made at the first start and labelled so everywhere.

The private key of a person is SHA-256 of ``eclor-demonstration:`` followed by the identifier (roles.yaml says so).
A territory whose people hold other keys gets no act from here.
"""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from charter.acts import Bindings, act_line, last_link, new_act
from charter.adoption import Adoptions
from charter.model import Person, Policy, Roles
from charter.signatures import key_text
from charter.territory import Territory
from charter.vocabulary import ActKind, PersonRole
from eclor.durable import write_whole
from eclor.world import Secret

_SALT: Final = b"eclor-demonstration:"
_ADOPTING: Final = (PersonRole.DPO, PersonRole.GARANT)


def demonstration_key(person: str) -> Secret:
    """Return the private key that the demonstration gives this person: no secret at all."""
    return Secret(sha256(_SALT + person.encode()).digest())


def holds_demonstration_key(person: Person) -> bool:
    """Tell whether a person's key is the one that everybody can compute."""
    return person.key == key_text(demonstration_key(person.identifier))


def held_by_demonstration(policy: Policy, roles: Roles) -> bool:
    """Tell whether all three signatories of this policy hold demonstration keys."""
    people = [roles.person(name) for _, name, _ in _signatories(policy)]
    return all(person is not None and holds_demonstration_key(person) for person in people)


def sign_for_demonstration(file: Path, *, policy: Policy, bindings: Bindings, now: datetime) -> None:
    """Write the four acts that open a policy, by its three people, at `now`, in one durable write after those there."""
    lines = file.read_bytes() if file.exists() else b""
    previous = last_link(file)
    for kind, person, role in _signatories(policy):
        act = new_act(
            kind,
            on=(policy.dataset, policy.version, bindings),
            by=(person, role, demonstration_key(person)),
            after=(now, previous),
        )
        lines += act_line(act, demonstration_key(person))
        previous = act.digest
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, lines)


def adopters(adoptions: Adoptions, territory: Territory) -> tuple[Person, ...]:
    """Return a DPO and a garant who may adopt a territory's charter by demonstration keys; nobody if one lacks."""
    people = adoptions.signers(territory).people
    known = [person for person in people if holds_demonstration_key(person)]
    found = [next((one for one in known if one.person_role is role), None) for role in _ADOPTING]
    return tuple(one for one in found if one is not None) if all(found) else ()


def _signatories(policy: Policy) -> Iterator[tuple[ActKind, str, PersonRole]]:
    governance = policy.governance
    yield ActKind.SIMULATE, governance.author, PersonRole.AUTHOR
    yield ActKind.ENDORSE, governance.dpo, PersonRole.DPO
    yield ActKind.SIGN, governance.garant, PersonRole.GARANT
    yield ActKind.ENTER_INTO_FORCE, governance.author, PersonRole.AUTHOR

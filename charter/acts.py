"""The acts on a policy: one signed envelope a line, chained; each judged by the roles adopted at its date.

LANGUAGE.md section 10: the service drafts, the DPO endorses, the garant signs; two open, one stops, two resume. What
state the acts give is said in `charter.course`; which charter and roles hold, in `charter.adoption`.
"""

import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import rfc8785
from pydantic import BaseModel, ConfigDict, ValidationError

from charter.model import Person, Roles
from charter.signatures import key_text, open_envelope, sign, signer_of
from charter.vocabulary import ActKind, PersonRole
from eclor.errors import Place, PolicyRefused
from eclor.names import Sha256
from eclor.world import Secret

FIRST: Final = Sha256("0" * 64)
"""`precedent` of the first act; also what an adoption writes for what it does not bind."""
_NOWHERE: Final = Place("")


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

    @cached_property
    def digest(self) -> Sha256:
        """Return the SHA-256 of the payload as signed: its RFC 8785 form."""
        return Sha256(sha256(rfc8785.dumps(self.model_dump())).hexdigest())

    @property
    def bindings(self) -> Bindings:
        """Return what this act binds."""
        return Bindings(
            *(Sha256(digest) for digest in (self.empreinte, self.socle, self.roles, self.catalogue, self.source))
        )

    @property
    def kind(self) -> ActKind:
        """Return what was done; the reader refused any other word."""
        return ActKind(self.acte)

    @property
    def by(self) -> PersonRole:
        """Return as what the person acted; the reader refused any other word."""
        return PersonRole(self.role)

    @property
    def instant(self) -> datetime:
        """Return when it was done, aware; the reader refused any other date."""
        return datetime.fromisoformat(self.date)


@dataclass(frozen=True, slots=True)
class Adopted:
    """A charter and roles that hold from an instant on."""

    since: datetime
    charter: Sha256
    roles_digest: Sha256
    roles: Roles


@dataclass(frozen=True, slots=True)
class Signed:
    """An act that was checked: where it stands, and the roles that it was judged by."""

    act: Act
    place: Place
    roles: Roles


def read_acts(file: Path, *, adopted: tuple[Adopted, ...], now: datetime) -> Iterator[Signed]:
    """Yield the acts in their order, each envelope opened; signer, link, date and roles of that date checked.

    Refuses (`PolicyRefused`) at the first broken link: V750 to V753, V755, V760.
    """
    keys = frozenset(person.key for held in adopted for person in held.roles.people)
    previous, latest, rank = FIRST, datetime.min.replace(tzinfo=UTC), 0
    for number, line in enumerate(lines_of(file), start=1):
        place = Place(str(file), number, 1)
        act = open_act(line, place=place, keys=keys, previous=previous)
        latest = checked_date(act, latest, place=place, now=now)
        rank = _adopted_at(act, adopted, place=place, rank=rank)
        previous = act.digest
        person_of(act, adopted[rank].roles, place=place)
        yield Signed(act, place, adopted[rank].roles)


def open_act(line: bytes, *, place: Place, keys: frozenset[str], previous: Sha256) -> Act:
    """Return the act of an envelope that one of `keys` signed and that follows `previous`. Refuses V750, V751, V752."""
    act = _opened(line, keys)
    if isinstance(act, str):
        raise PolicyRefused(act, place=place)
    if act.precedent != previous:
        raise PolicyRefused("V752", place=place)
    return act


@lru_cache(maxsize=1024)
def _opened(line: bytes, keys: frozenset[str]) -> Act | str:
    """Return the act of an envelope that one of `keys` signed, or the code of its refusal: nothing else decides it.

    A walk reads the same acts some ten times: while they stay as they are, their signatures are checked once.
    """
    envelope = line.removesuffix(b"\n")
    try:
        payload = open_envelope(envelope, place=_NOWHERE, keys=keys)
        act = Act.model_validate_json(payload)
        is_ours = line.endswith(b"\n") and rfc8785.dumps(act.model_dump()) == payload
        _ = act.kind, act.by, act.instant
    except PolicyRefused as refusal:
        return refusal.code
    except (ValidationError, ValueError):
        return "V750"
    if not is_ours:
        return "V750"
    return act if act.cle == signer_of(envelope) else "V751"


def checked_date(act: Act, latest: datetime, *, place: Place, now: datetime) -> datetime:
    """Return the date of an act. Refuses (V755) one without its offset, before `latest` or after `now`."""
    if act.instant.tzinfo is None or act.instant < latest or act.instant > now:
        raise PolicyRefused("V755", place=place, date=act.date)
    return act.instant


def person_of(act: Act, roles: Roles, *, place: Place) -> Person:
    """Return the person who acted. Refuses (V753) one that these roles do not know by that key and role."""
    person = roles.person(act.personne)
    if person is None or person.key != act.cle or person.person_role != act.by:
        raise PolicyRefused("V753", place=place, person=act.personne)
    return person


def act_line(act: Act, private: Secret) -> bytes:
    """Return the signed line of an act, with its line feed."""
    return sign(act.model_dump(), private) + b"\n"


def new_act(
    kind: ActKind,
    *,
    on: tuple[str, int, Bindings],
    by: tuple[str, PersonRole, Secret],
    after: tuple[datetime, str],
) -> Act:
    """Return an act `on` a dataset's version and texts, `by` a person (role, private key), `after` (now, `precedent`).

    Its date is `now` cut to the second: it never lies in the future.
    """
    (dataset, version, bindings), (person, role, private), (instant, previous) = on, by, after
    return Act(
        acte=kind.value,
        jeu=dataset,
        version=version,
        empreinte=bindings.policy,
        socle=bindings.charter,
        roles=bindings.roles,
        catalogue=bindings.catalogue,
        source=bindings.source,
        personne=person,
        role=role.value,
        cle=key_text(private),
        date=instant.astimezone(UTC).isoformat(timespec="seconds"),
        precedent=previous,
    )


def last_link(file: Path) -> Sha256:
    """Return the `precedent` that the next act of this file must carry."""
    lines = list(lines_of(file))
    return link_of(lines[-1]) if lines else FIRST


def link_of(line: bytes) -> Sha256:
    """Return the `precedent` that the act after this line must carry: SHA-256 of its payload's bytes."""
    return Sha256(sha256(b64decode(json.loads(line)["payload"])).hexdigest())


def lines_of(file: Path) -> Iterator[bytes]:
    """Give each line with its line feed; a missing file has none."""
    if file.exists():
        yield from file.read_bytes().splitlines(keepends=True)


def _adopted_at(act: Act, adopted: tuple[Adopted, ...], *, place: Place, rank: int) -> int:
    """Return which adoption an act was made under: never an earlier one than the act before, never outside its time."""
    for later in range(rank, len(adopted)):
        held = adopted[later]
        if (held.charter, held.roles_digest) != (act.socle, act.roles):
            continue
        until = adopted[later + 1].since if later + 1 < len(adopted) else None
        if held.since <= act.instant and (until is None or act.instant <= until):
            return later
    raise PolicyRefused("V771", place=place, date=act.date)

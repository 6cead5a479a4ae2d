"""The texts that let anyone judge a version: policy, acts, charter, roles, catalogue entry; and their check.

Publication and verification ask the same question of them: do they bind what the plan and the proof say, and was the
policy in force?
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from charter.acts import Act, Adopted, Bindings
from charter.adoption import read_adoptions, sole
from charter.course import read_course, state_at, text_of
from charter.digests import digest, policy_digest
from charter.model import CatalogueEntry, Charter, Plain, Policy, Roles
from charter.reader import parse
from charter.vocabulary import State
from eclor.errors import PolicyRefusals, PolicyRefused, VerificationFailed
from eclor.names import Sha256

POLICY: Final = "politique.yaml"
ACTS: Final = "actes.jsonl"
CHARTER: Final = "charte-socle.yaml"
ROLES: Final = "roles.yaml"
CATALOGUE: Final = "catalogue.json"
ADOPTIONS: Final = "adoptions.jsonl"
MEDIA_TYPES: Final[Mapping[str, str]] = {
    ACTS: "application/jsonl",
    ADOPTIONS: "application/jsonl",
    CATALOGUE: "application/json",
    CHARTER: "application/yaml",
    POLICY: "application/yaml",
    ROLES: "application/yaml",
}


@dataclass(frozen=True, slots=True)
class Dossier:
    """The bytes of those texts as they stood when the plan was compiled.

    `catalogue` is the RFC 8785 form of the dataset's entry; of the source only its digest is public. `adoptions` are
    the charters and roles that were adopted, so that acts of people who left can be judged; without any, the roles here
    are taken as they are.
    """

    policy: bytes
    acts: bytes
    charter: bytes
    roles: bytes
    catalogue: bytes
    source_digest: Sha256
    adoptions: bytes = b""

    def files(self) -> dict[str, bytes]:
        """Return the files that a version holds of it."""
        texts = (self.policy, self.acts, self.charter, self.roles, self.catalogue)
        files = dict(zip((POLICY, ACTS, CHARTER, ROLES, CATALOGUE), texts, strict=True))
        return files | ({ADOPTIONS: self.adoptions} if self.adoptions else {})


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a dossier, read."""

    policy: Policy
    charter: Charter
    roles: Roles
    entry: CatalogueEntry
    bindings: Bindings


def read_texts(folder: Path, *, source_digest: Sha256) -> Texts:
    """Read the texts of a version's folder and take their digests. Refuses (`VerificationFailed`) a text unread."""
    policy, charter, roles, entry = (_bytes(folder / name) for name in (POLICY, CHARTER, ROLES, CATALOGUE))
    return _texts(policy, charter, roles, entry, source_digest)


@lru_cache(maxsize=8)
def _texts(policy_text: bytes, charter_text: bytes, roles_text: bytes, entry_text: bytes, source: Sha256) -> Texts:
    """Read the texts: those of a live state are the same from version to version."""
    policy, charter, roles = (
        _plain(text, name) for text, name in ((policy_text, POLICY), (charter_text, CHARTER), (roles_text, ROLES))
    )
    entry = _json(entry_text, CATALOGUE)
    try:
        return Texts(
            Policy.model_validate(policy),
            Charter.model_validate(charter),
            Roles.model_validate(roles),
            CatalogueEntry.model_validate(entry),
            Bindings(policy_digest(policy), digest(charter), digest(roles), digest(entry), source),
        )
    except ValidationError as wrong:
        raise VerificationFailed("verify.unreadable", file=POLICY) from wrong


def check_in_force(folder: Path, texts: Texts, *, now: datetime) -> tuple[Act, ...]:
    """Return the acts that put this very policy in force by `now`.

    Refuses (`VerificationFailed`) acts that are broken, bind other texts, or leave the policy out of force.
    """
    policy, bound = texts.policy, texts.bindings
    try:
        known = {bound.policy: policy}
        adopted = _adopted(folder, texts, now=now)
        course = read_course(folder / ACTS, policy.dataset, adopted=adopted, texts=known, now=now)
    except PolicyRefused as broken:
        raise VerificationFailed("verify.acts", reason=f"[{broken.code}] {broken.french()}") from broken
    state = state_at(course, policy=policy, bindings=bound, now=now)
    if state is not State.IN_FORCE:
        raise VerificationFailed("verify.not-in-force", state=state.value)
    return course.moment(text_of(policy.version, bound)).acts


def _adopted(folder: Path, texts: Texts, *, now: datetime) -> tuple[Adopted, ...]:
    """Return the charters and roles that acts are judged by; the last must be the version's own."""
    path, bound = folder / ADOPTIONS, texts.bindings
    if not path.exists():
        return sole(bound.charter, bound.roles, texts.roles)
    held = read_adoptions(path.read_bytes(), file=path.name, now=now).held
    if not held or (held[-1].charter, held[-1].roles_digest) != (bound.charter, bound.roles):
        raise VerificationFailed("verify.other-texts")
    return held


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise VerificationFailed("verify.unreadable", file=path.name) from wrong


def _plain(text: bytes, name: str) -> Plain:
    try:
        return parse(text, name).plain
    except PolicyRefusals as wrong:
        raise VerificationFailed("verify.unreadable", file=name) from wrong


def _json(text: bytes, name: str) -> Plain:
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise VerificationFailed("verify.unreadable", file=name) from wrong
    if not isinstance(plain, dict):
        raise VerificationFailed("verify.unreadable", file=name)
    return plain

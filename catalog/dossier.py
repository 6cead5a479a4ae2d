"""The texts that let anyone judge a version: policy, acts, charter, roles, catalogue entry; and their check.

Publication and verification ask the same question of them: do they bind what the plan and the proof say, and was the
policy in force?
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from charter.acts import Act, Bindings, derive_state, read_acts
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
MEDIA_TYPES: Final[Mapping[str, str]] = {
    ACTS: "application/jsonl",
    CATALOGUE: "application/json",
    CHARTER: "application/yaml",
    POLICY: "application/yaml",
    ROLES: "application/yaml",
}


@dataclass(frozen=True, slots=True)
class Dossier:
    """The bytes of those texts as they stood when the plan was compiled.

    `catalogue` is the RFC 8785 form of the dataset's entry; of the source only its digest is public.
    """

    policy: bytes
    acts: bytes
    charter: bytes
    roles: bytes
    catalogue: bytes
    source_digest: Sha256

    def files(self) -> dict[str, bytes]:
        """Return the files that a version holds of it."""
        texts = (self.policy, self.acts, self.charter, self.roles, self.catalogue)
        return dict(zip((POLICY, ACTS, CHARTER, ROLES, CATALOGUE), texts, strict=True))


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
    policy, charter, roles = (_plain(folder / name) for name in (POLICY, CHARTER, ROLES))
    entry = _json(folder / CATALOGUE)
    try:
        return Texts(
            Policy.model_validate(policy),
            Charter.model_validate(charter),
            Roles.model_validate(roles),
            CatalogueEntry.model_validate(entry),
            Bindings(policy_digest(policy), digest(charter), digest(roles), digest(entry), source_digest),
        )
    except ValidationError as wrong:
        raise VerificationFailed("verify.unreadable", file=POLICY) from wrong


def check_in_force(folder: Path, texts: Texts, *, now: datetime) -> tuple[Act, ...]:
    """Return the acts that put this very policy in force by `now`.

    Refuses (`VerificationFailed`) acts that are broken, bind other texts, or leave the policy out of force.
    """
    try:
        state = derive_state(folder / ACTS, policy=texts.policy, bindings=texts.bindings, roles=texts.roles, now=now)
        acts = [act for act, _ in read_acts(folder / ACTS, roles=texts.roles, now=now)]
    except PolicyRefused as broken:
        raise VerificationFailed("verify.acts", reason=f"[{broken.code}] {broken.french()}") from broken
    if state is not State.IN_FORCE:
        raise VerificationFailed("verify.not-in-force", state=state.value)
    return tuple(act for act in acts if act.version == texts.policy.version and act.bindings == texts.bindings)


def _plain(path: Path) -> Plain:
    try:
        return parse(path.read_bytes(), path.name).plain
    except (PolicyRefusals, OSError) as wrong:
        raise VerificationFailed("verify.unreadable", file=path.name) from wrong


def _json(path: Path) -> Plain:
    try:
        plain = json.loads(path.read_bytes())
    except (ValueError, OSError, RecursionError) as wrong:
        raise VerificationFailed("verify.unreadable", file=path.name) from wrong
    if not isinstance(plain, dict):
        raise VerificationFailed("verify.unreadable", file=path.name)
    return plain

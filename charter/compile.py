"""Door 3: a policy and its charter become a `Plan`, here and nowhere else; no row is read."""

from dataclasses import dataclass
from typing import final

from charter.expressions import Expression, PlanStep
from charter.model import CatalogueEntry, Charter, Policy
from eclor.names import Sha256


@final
@dataclass(frozen=True, slots=True)
class Plan:
    """What a run executes, and nothing else. Made without reading a row; holds no key."""

    policy: Policy
    charter: Charter
    entry: CatalogueEntry
    steps: tuple[PlanStep, ...]
    operations: tuple[str, ...]
    """The ordered columns and operations, one readable line each; what the digest is made of."""
    policy_digest: Sha256
    """LANGUAGE.md section 10, `empreinte`."""
    charter_digest: Sha256
    roles_digest: Sha256
    catalogue_digest: Sha256
    digest: Sha256


__all__ = ["Expression", "Plan", "PlanStep"]

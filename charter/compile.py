"""Door 3: a policy and its charter become a `Plan`, here and nowhere else; no row is read."""

from dataclasses import dataclass
from typing import Any, final

from charter.model import CatalogueEntry, Charter, Policy
from eclor.names import Sha256


@dataclass(frozen=True, slots=True)
class Expression:
    """An Ibis expression over the unbound table `raw`; ibis ships no types, so it stays wrapped."""

    value: Any


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of the ladder: `levels` maps each generalised dimension to its level; the only step has none.

    For `tableau`, `expression` gives one row per cell of the finest grouping and per margin (see charter/steps.py);
    for `lignes`, one row per row.
    """

    levels: tuple[tuple[str, str], ...]
    expression: Expression


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

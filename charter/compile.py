"""Door 3: a policy and its charter become a `Plan`, here and nowhere else; no row is read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, final
from zoneinfo import ZoneInfo

from charter.checks.case import Case
from charter.checks.families import judged
from charter.digests import digest, policy_digest
from charter.document import Document
from charter.expressions import Expression, PlanStep
from charter.model import CatalogueEntry, Charter, Policy
from charter.shape import shape
from charter.territory import Territory
from charter.vocabulary import State
from eclor.errors import PolicyRefusals, PolicyRefused
from eclor.names import Sha256

_PARIS: Final = ZoneInfo("Europe/Paris")


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


def check(
    document: Document, territory: Territory, *, now: datetime, state: State = State.DRAFT
) -> list[PolicyRefused]:
    """Return every refusal of a policy, first fault first (LANGUAGE.md section 8); none means that it compiles.

    `now` is an aware instant, read as a day in Paris; `state` is what the dataset's acts give. Loads no engine.
    """
    return _examined(document, territory, now=now, state=state)[1]


def judged_policy(document: Document, territory: Territory, *, now: datetime, state: State = State.DRAFT) -> Policy:
    """Return a policy that compiles; raise `PolicyRefusals` with every refusal. Loads no engine."""
    policy, refusals = _examined(document, territory, now=now, state=state)
    if refusals or policy is None:
        raise PolicyRefusals(refusals)
    return policy


def compile_policy(document: Document, territory: Territory, *, now: datetime, state: State = State.DRAFT) -> Plan:
    """Compile a policy into its plan, the same for the same bytes; raise `PolicyRefusals` with every refusal."""
    policy, refusals = _examined(document, territory, now=now, state=state)
    entry = territory.entry(policy.dataset) if policy else None
    if refusals or policy is None or entry is None:
        raise PolicyRefusals(refusals)
    from charter.steps import build, operations  # noqa: PLC0415 - loads ibis, which checking a policy never needs

    listed = operations(policy)
    parts = {
        "policy": policy_digest(document.plain),
        "charter": territory.charter_digest,
        "roles": territory.roles_digest,
        "catalogue": territory.catalogue_digest(policy.dataset),
    }
    return Plan(
        policy=policy,
        charter=territory.charter,
        entry=entry,
        steps=build(policy, entry),
        operations=listed,
        policy_digest=parts["policy"],
        charter_digest=parts["charter"],
        roles_digest=parts["roles"],
        catalogue_digest=parts["catalogue"],
        digest=digest({**parts, "operations": list(listed)}),
    )


def _examined(
    document: Document, territory: Territory, *, now: datetime, state: State
) -> tuple[Policy | None, list[PolicyRefused]]:
    policy, faults = shape(document, Policy)
    if policy is None:
        return None, faults
    today = now.astimezone(_PARIS).date()
    case = Case(document=document, policy=policy, territory=territory, today=today, state=state)
    return policy, judged(case)


__all__ = ["Expression", "Plan", "PlanStep", "check", "compile_policy"]

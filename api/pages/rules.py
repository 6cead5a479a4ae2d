"""A policy in plain words for the people it is about: what is counted, hidden, kept, erased, and who answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charter.model import Policy
from charter.promises import promises
from charter.reader import read
from charter.shape import shape
from charter.vocabulary import NO_DELAY, Operation, Shape, YesNo
from eclor.sentences.doors import UNITS


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one dataset. `objection` and `erasure` say how one asks, or are empty where nobody is concerned."""

    purpose: str
    basis: str
    personal: bool
    threshold: str
    rounding: str
    delay: str
    raw_kept: str
    versions_kept: str
    erasure: str
    objection: str
    dropped: tuple[str, ...]
    promises: tuple[str, ...]
    dpo: str
    garant: str


def read_policy(file: Path) -> Policy | None:
    """Read a policy; None if the file is missing or ill-shaped. Refuses (`PolicyRefusals`) what is not the language."""
    if not file.is_file():
        return None
    policy, _ = shape(read(file), Policy)
    return policy


def rules_of(policy: Policy) -> Rules:
    """Return a policy's rules."""
    record, retention = policy.processing_record, policy.retention
    concerned = record.personal_data is YesNo.YES
    return Rules(
        purpose=record.purpose,
        basis=record.legal_provision,
        personal=concerned,
        threshold=threshold_words(policy),
        rounding=rounding_words(policy),
        delay=policy.guarantees.publication_delay.replace(NO_DELAY, ""),
        raw_kept=retention.raw_store,
        versions_kept=retention.published_versions,
        erasure=retention.erasure.procedure if concerned else "",
        objection=retention.objection.procedure if retention.objection.applicable is YesNo.YES else "",
        dropped=tuple(_dropped(policy)),
        promises=promises(policy),
        dpo=policy.governance.dpo,
        garant=policy.governance.garant,
    )


def threshold_words(policy: Policy) -> str:
    """Say the smallest count that may leave: « 11 foyers »; empty for a list of things."""
    if policy.publication.shape is not Shape.TABLE:
        return ""
    counts = policy.guarantees.minimum_counts or ()
    return ", ".join(f"{count.k} {UNITS[count.unit.value]}" for count in counts)


def rounding_words(policy: Policy) -> str:
    """Say what the smallest figure stands for where rounding shows less than the threshold; empty elsewhere."""
    rounding, counts = policy.guarantees.rounding, policy.guarantees.minimum_counts
    if not counts or rounding is None or rounding.active is not YesNo.YES or rounding.round_to is None:
        return ""
    least = min(count.k for count in counts)
    shown = (2 * least + rounding.round_to) // (2 * rounding.round_to) * rounding.round_to
    return f"Un {shown} affiché en vaut au moins {least}." if shown < least else ""


def _dropped(policy: Policy) -> Iterator[str]:
    """Name the columns of the source that never leave: not collected, or dropped before anything is counted."""
    for field in policy.fields:
        if field.collected is YesNo.NO or field.treatment.operation is Operation.DROP:
            yield field.name

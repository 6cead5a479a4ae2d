"""The screening for an impact assessment (AIPD): nine criteria, how many are met, what was decided (LANGUAGE.md 11)."""

from dataclasses import dataclass
from typing import Final

from charter.model import Policy
from charter.vocabulary import YesNo, french_key
from eclor.sentences.notice import CRITERIA
from eclor.sentences.register import DECISIONS

FROM: Final = 2
"""Criteria from which an assessment is due (WP248, G510)."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the nine: its key in the language, its words, whether it is met."""

    key: str
    words: str
    met: bool


@dataclass(frozen=True, slots=True)
class Screening:
    """What the screening of one policy gave; `reference` is that of the assessment, if it was made."""

    criteria: tuple[Criterion, ...]
    decision: str
    decision_words: str
    reference: str

    @property
    def met(self) -> tuple[Criterion, ...]:
        """Return the criteria that are met."""
        return tuple(one for one in self.criteria if one.met)


def screening_of(policy: Policy) -> Screening:
    """Return the screening that a policy holds."""
    dpia = policy.processing_record.dpia
    keys = {french_key(name): getattr(dpia.criteria, name) is YesNo.YES for name in type(dpia.criteria).model_fields}
    return Screening(
        criteria=tuple(Criterion(key, CRITERIA[key], met) for key, met in keys.items()),
        decision=dpia.decision.value,
        decision_words=DECISIONS[dpia.decision.value],
        reference=dpia.reference or "",
    )

"""What the Article 30 register holds for one dataset (LANGUAGE.md section 11)."""

from typing import Annotated, Literal

from pydantic import Field

from charter.vocabulary import DpiaDecision, LegalBasis, YesNo
from charter.words import Block, NoRepeat, PlainText, SlugText


class DpiaCriteria(Block):
    """The nine criteria of the impact screening (WP248)."""

    scoring: YesNo
    automated_decision: YesNo
    systematic_monitoring: YesNo
    sensitive_data: YesNo
    large_scale: YesNo
    matching: YesNo
    vulnerable_people: YesNo
    innovative_use: YesNo
    right_blocked: YesNo


class Dpia(Block):
    """Impact screening (RGPD art. 35)."""

    criteria: DpiaCriteria
    decision: DpiaDecision
    reference: PlainText | None = None


class ProcessingRecord(Block):
    """What the Article 30 register holds for this dataset."""

    purpose: PlainText
    legal_basis: LegalBasis
    legal_provision: PlainText
    personal_data: YesNo
    data_subjects: Annotated[tuple[SlugText, ...], NoRepeat]
    minors: YesNo
    data_categories: Annotated[tuple[PlainText, ...], Field(min_length=1)]
    recipients: Annotated[tuple[SlugText, ...], Field(min_length=1), NoRepeat]
    transfers: Literal["aucun"]
    safeguards: Annotated[tuple[PlainText, ...], Field(min_length=1)]
    privacy_notice: PlainText
    dpia: Dpia

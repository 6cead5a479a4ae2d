"""The shape of what a refusal says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finding and its cure in both languages; `status` is the HTTP status of an answer that says it."""

    fr: str
    en: str
    cure_fr: str = ""
    cure_en: str = ""
    status: int = 422

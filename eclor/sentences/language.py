"""Sentences of the charter language: one code a refusal (LANGUAGE.md section 8; docs/dpo/refus.md)."""

from typing import Final

from eclor.sentences import language_fields, language_governance, language_guarantees, language_reading
from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    **language_reading.SENTENCES,
    **language_fields.SENTENCES,
    **language_guarantees.SENTENCES,
    **language_governance.SENTENCES,
}

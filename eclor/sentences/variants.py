"""Findings that one code words in several ways: the code stays the contract, the wording fits the case."""

from eclor.sentences.language_variants import VARIANTS


def variant(code: str, wording: str, **facts: object) -> dict[str, dict[str, str]]:
    """Return the facts `finding` and `cure` of a refusal, in both languages, for one wording of a code."""
    sentence = VARIANTS[code][wording]
    return {
        "finding": {"fr": sentence.fr.format(**facts), "en": sentence.en.format(**facts)},
        "cure": {"fr": sentence.cure_fr.format(**facts), "en": sentence.cure_en.format(**facts)},
    }

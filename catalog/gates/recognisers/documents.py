"""Papers and cards that bear a person's identity: passports, identity cards, their machine-readable zone."""

import re
from typing import Final

from catalog.gates.recognisers.recogniser import (
    ALONE,
    LOOSE_SEPARATOR,
    SEPARATOR,
    Decision,
    Recogniser,
    digits,
    passes_luhn,
)

_S: Final = f"{SEPARATOR}?"
_L: Final = rf"{LOOSE_SEPARATOR}?"
_WEIGHTS: Final = (7, 3, 1)


def holds_a_digit(text: str) -> bool:
    """Tell whether a code has a digit: without one it is rather a word."""
    return any(letter.isdigit() for letter in text)


def is_zone(text: str) -> bool:
    """Tell whether it is a line of a machine-readable zone (ICAO 9303).

    A line of names holds two marks together after its country; a line of numbers has a date with its check digit.
    """
    return "<<" in text or any(_has_check_digit(each.group()) for each in re.finditer(r"\d{7}", text))


def _has_check_digit(text: str) -> bool:
    total = sum(int(digit) * _WEIGHTS[place % 3] for place, digit in enumerate(text[:-1]))
    return total % 10 == int(text[-1])


def is_card_number(text: str) -> bool:
    """Tell whether a row of digits ends with its Luhn digit, and is not one digit over and over."""
    number = digits(text)
    return passes_luhn(number) and len(set(number)) > 2  # noqa: PLR2004 - "4444 4444…" is a placeholder


PASSPORT: Final = Recogniser(
    kind="identity-document",
    pattern=rf"(?<![\p{{L}}\d])(?:\d{{2}}{_S}[A-Za-z]{{2}}{_S}\d{{5}}|[A-Z]{{1,2}}{_S}\d{{6,8}}"
    r"|[CFGHJK](?=\p{L}*\d)[CFGHJKLMNPRTVWXYZ\d]{8}|J(?=[A-Z]*\d)[A-Z\d]{7})(?![\p{L}\d])",
    prefilter=rf"[0-9]{{2}}{_L}[A-Za-z]{{2}}{_L}[0-9]{{5}}|[A-Z]{_L}[0-9]{{6}}|[CFGHJK][A-Z0-9]{{8}}|J[A-Z0-9]{{7}}",
    context=("passeport", "passport", "reisepass"),
)
"""Of France, Germany (nine letters and digits) and Luxembourg (eight, the first of which is J)."""
IDENTITY_CARD: Final = Recogniser(
    kind="identity-document",
    pattern=rf"(?<![\p{{L}}\d])(?:\d(?:{_S}\d){{11}}|[A-Za-z0-9]{{9,11}})(?![\p{{L}}\d])",
    prefilter=rf"[0-9](?:{_L}[0-9]){{11}}|[A-Za-z0-9]{{9}}",
    check=holds_a_digit,
    context=(
        "identite",
        r"cni\b",
        r"cnie\b",
        r"(?:carte|titre) (?:de )?(?:resident|sejour)\b",
        r"(?:n|no|n°|num|numero) (?:d')?etranger",
        "agdref",
        "aufenthaltstitel",
        "personalausweis",
        "fuhrerschein",
        "id card",
        "identity card",
        "ausweis",
        "permis de conduire",
        r"permis (?:vl|pl|be?|ce?|c1e?|d1e?)\b",
        "driving licence",
    ),
)
FRENCH_DOCUMENT: Final = Recogniser(
    kind="identity-document",
    pattern=rf"(?<![\p{{L}}\d])\d{{2}}{_S}[A-Z]{{2}}{_S}\d{{5}}(?![\p{{L}}\d])",
    prefilter=rf"[0-9]{{2}}{_L}[A-Za-z]{{2}}{_L}[0-9]{{5}}|[A-Z]{_L}[0-9]{{6}}|[CFGHJK][A-Z0-9]{{8}}",
    context=("conduire", r"doc(?:ument)?\b", "identite", r"permis\b", r"piece\b", r"titre\b", "travel", "voyage"),
    decision=Decision.REVIEW,
)
"""What passports and driving licences are numbered by, beside a word that papers share with other things."""
READABLE_ZONE: Final = Recogniser(
    kind="identity-document",
    pattern=r"(?<![A-Z0-9<])(?:[PIACV][A-Z<][A-Z<]{3}[A-Z0-9<]{20,39}|[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{2,16}"
    r"|\d{7}[MFX<]\d{7}[A-Z<]{3}[A-Z0-9<]{12})(?![A-Z0-9])",
    prefilter="[A-Z0-9<]{25}",
    check=is_zone,
)
PAYMENT_CARD: Final = Recogniser(
    kind="payment-card",
    pattern=rf"{ALONE}[2-6]\d{{3}}(?:([ -]?)\d{{4}}\1\d{{4}}\1\d{{4}}|([ -])\d{{6}}\2\d{{5}})(?![ -]?\d)",
    prefilter=rf"[2-6][0-9]{{3}}(?:{_L}[0-9]){{11}}",
    check=is_card_number,
    context=("carte bancaire", r"cb\b", "carte bleue", "visa", "mastercard", "amex", r"pan\b", "card"),
)
FRENCH_CARD: Final = Recogniser(
    kind="payment-card",
    pattern=rf"{ALONE}(?:497\d|513[1-6])([ -]?)\d{{4}}\1\d{{4}}\1\d{{4}}(?![ -]?\d)",
    prefilter=rf"(?:497|513)[0-9](?:{_L}[0-9]){{12}}",
    check=is_card_number,
    decision=Decision.REVIEW,
)
"""Of the French banks' own numbers (Carte Bancaire), without a word that says so: one number of sixteen digits in some
six thousand begins so and adds up by chance."""
HEALTH_PROFESSIONAL: Final = Recogniser(
    kind="health-professional",
    pattern=rf"{ALONE}(?:[18]\d(?:{_S}\d){{9}})(?!\d)",
    prefilter=rf"[18](?:{_L}[0-9]){{10}}",
    check=lambda text: passes_luhn(digits(text)),
    context=("rpps", "professionnel de sante", "medecin", "praticien", "infirmi", "kine", "pharmacien", "sage femme"),
)
UNPROVED_HEALTH_PROFESSIONAL: Final = Recogniser(
    kind="health-professional",
    pattern=rf"{ALONE}(?:[18]\d(?:{_S}\d){{9}})(?!\d)",
    prefilter=rf"[18](?:{_L}[0-9]){{10}}",
    context=(r"rpps\b",),
    decision=Decision.REVIEW,
)
"""One that fails its check digit, mistyped or made up, where its register is named."""
OLD_HEALTH_PROFESSIONAL: Final = Recogniser(
    kind="health-professional",
    pattern=rf"{ALONE}(?:\d|2[AB])\d?(?:{_S}\d){{7}}(?!\d)",
    prefilter=rf"[0-9](?:{_L}[0-9AB]){{7}}",
    context=("adeli",),
)

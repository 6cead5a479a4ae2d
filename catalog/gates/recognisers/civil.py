"""Numbers that a state gives to persons: NIR (and the INS, which is one), tax number, Luxembourg matricule."""

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
_NIR_BODY: Final = rf"[1-478]{_S}\d{{2}}{_S}(?:0[1-9]|1[0-2]|[2-9]\d){_S}(?:\d{{2}}|2[ABab]){_S}\d{{3}}{_S}\d{{3}}"
_CORSICA: Final = {"A": "19", "B": "18"}
_KEY: Final = 97
_TAX_MODULUS: Final = 511
_MATRICULE_BODY_DIGITS: Final = 11

# Verhoeff's dihedral multiplication, by its rows; a permutation of digits per place.
_VERHOEFF: Final = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_TURNS: Final = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def has_nir_key(text: str) -> bool:
    """Tell whether a NIR of 15 characters ends with its key, 97 - (number mod 97); 2A counts as 19 and 2B as 18."""
    compact = "".join(letter for letter in text.upper() if letter.isalnum())
    number = compact[:5] + _CORSICA.get(compact[6], compact[5:7]) + compact[7:13]
    return int(compact[13:]) == _KEY - int(number) % _KEY


def has_matricule_digits(text: str) -> bool:
    """Tell whether a matricule ends with its Luhn and Verhoeff digits, each made of the first eleven."""
    number = digits(text)
    body = number[:_MATRICULE_BODY_DIGITS]
    return passes_luhn(body + number[_MATRICULE_BODY_DIGITS]) and _passes_verhoeff(body + number[-1])


def _passes_verhoeff(number: str) -> bool:
    state = 0
    for place, digit in enumerate(reversed(number)):
        state = int(_VERHOEFF[state][int(_TURNS[place % 8][int(digit)])])
    return state == 0


def has_tax_key(text: str) -> bool:
    """Tell whether a French tax number ends with its key: the rest of its first ten digits divided by 511."""
    number = digits(text)
    return int(number[:10]) % _TAX_MODULUS == int(number[10:])


_L: Final = rf"{LOOSE_SEPARATOR}?"
_BEFORE: Final = "(?:^|[^0-9])"
_AFTER: Final = "(?:[^0-9]|$)"
_LOOSE_NIR: Final = rf"{_BEFORE}[1-478]{_L}\d{_L}\d{_L}(?:0{_L}[1-9]|1{_L}[0-2]|[2-9]{_L}\d){_L}\d{_L}[0-9ABab]"

NIR: Final = Recogniser(
    kind="nir",
    pattern=rf"{ALONE}{_NIR_BODY}{_S}\d{{2}}(?!\d)",
    prefilter=rf"{_LOOSE_NIR}(?:{_L}\d){{8}}{_AFTER}",
    check=has_nir_key,
)
NIR_WITHOUT_KEY: Final = Recogniser(
    kind="nir",
    pattern=rf"{ALONE}{_NIR_BODY}(?!{_S}\d)",
    prefilter=rf"{_LOOSE_NIR}(?:{_L}\d){{6}}",
    context=(
        r"nir\b",
        r"ins\b",
        "secu",
        "securite sociale",
        "immatriculation sociale",
        "assure",
        "carte vitale",
        r"(?:immatriculation|n|no|n°|numero) ss\b",
    ),
)
COMPUTED_INS: Final = Recogniser(
    kind="nir",
    pattern=rf"{ALONE}\d(?:{_S}\d){{21}}(?!\d)",
    prefilter=rf"[0-9](?:{_L}[0-9]){{21}}",
    context=(r"ins\b", r"insc?\b", "identifiant national de sante", "identite de sante", "patient"),
)
MATRICULE: Final = Recogniser(
    kind="matricule",
    pattern=rf"{ALONE}(?:1[89]|20)\d{{2}}{_S}(?:0[1-9]|1[0-2]){_S}(?:0[1-9]|[12]\d|3[01]){_S}\d{{3}}{_S}\d{{2}}(?!\d)",
    prefilter=rf"{_BEFORE}(?:1{_L}[89]|2{_L}0)(?:{_L}\d){{2}}{_L}[01](?:{_L}\d){{8}}{_AFTER}",
    check=has_matricule_digits,
)
OLD_MATRICULE: Final = Recogniser(
    kind="matricule",
    pattern=rf"{ALONE}(?:19|20)\d{{2}}{_S}(?:0[1-9]|1[0-2]){_S}(?:0[1-9]|[12]\d|3[01]){_S}\d{{3}}(?:{_S}\d{{2}})?(?!\d)",
    prefilter=rf"(?:19|20)(?:{_L}\d){{9}}",
    context=(
        *("matricule", r"cnss?\b", "ccss", r"adem\b", r"cnap\b", "securite sociale", "sozialversicherung"),
        *("sozialversecherung", r"identifikationsnummer\b", r"stellige?[nr]? (?:nr|nummer)\b"),
    ),
    decision=Decision.REVIEW,
)
"""Beside who numbers people by it, or beside how many digits it has ("13-stellige Nr.")."""
TAX_NUMBER: Final = Recogniser(
    kind="tax-number",
    pattern=rf"{ALONE}[0-3](?:{_S}\d){{12}}(?!\d)",
    prefilter=rf"{_BEFORE}[0-3](?:{_L}[0-9]){{12}}{_AFTER}",
    check=has_tax_key,
    context=("fiscal", r"spi\b", r"nif\b", "impot", "impots", "contribuable", "redevable", "foyer fiscal"),
)
UNPROVED_TAX_NUMBER: Final = Recogniser(
    kind="tax-number",
    pattern=rf"{ALONE}(?:[0-3](?:{_S}\d){{12}}|\d{{2}}{_S}[A-Z]{_S}\d{{10}}|\d(?:{_S}\d){{10}})(?!\d)",
    prefilter=rf"[0-9](?:{_L}[0-9A-Z]){{10}}",
    context=(
        r"(?:n|no|n°|num|numero|id|ident|identifiant|ref|reference)(?:\.|:)? ?(?:d |d'|de l'|de l )?(?:fiscal|avis)",
        "foyer fiscal",
        "invariant fiscal",
        r"spi\b",
        "contribuable",
        "avis d'impo",
        "avis d impo",
        r"steuer ?-?id",
        "steueridentifikation",
        r"steuerliche id",
    ),
    decision=Decision.REVIEW,
)
"""Beside a word that leaves no doubt: one that fails its key, the number of a notice (13 characters), a German one."""
FAMILY_ALLOWANCE: Final = Recogniser(
    kind="family-allowance",
    pattern=rf"(?<![\p{{L}}\d])\d{{7}}(?:{_S}[A-Z])?(?![\p{{L}}\d])",
    prefilter=r"[0-9]{7}",
    context=(r"caf\b", "allocataire", r"alloc\b", "numcaf", "quotient familial"),
)
_NUMBERED: Final = r"(?:n|no|n°|num|numero|matricule|id|identifiant|dossier)(?:\.|:)? ?(?:d |d'|de )?"
UNUSUAL_FAMILY_ALLOWANCE: Final = Recogniser(
    kind="family-allowance",
    pattern=rf"(?<![\p{{L}}\d])(?:\d{{6}}|\d{{8}}|\d{{13}})(?:{_S}[A-Z])?(?![\p{{L}}\d])",
    prefilter=r"[0-9]{6}",
    context=(
        rf"{_NUMBERED}(?:allocataire|caf|msa)\b",
        r"(?:allocataire|caf|msa) (?:n|no|n°|num|numero)\b",
        "caf msa",
        r"kinn?dergeld ?(?:nr|nummer)",
        r"kannergeld ?(?:nr|nummer)",
    ),
    decision=Decision.REVIEW,
)
"""Of another length than the CAF's seven digits, of the MSA or of a neighbour's fund, beside a word that says so."""

"""Codes that lead to a person or a home: plates, bank accounts, delivery points, sole traders."""

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

_PLATE_LETTER: Final = "[A-HJ-NP-TV-Z]"
_ANY_CASE_LETTER: Final = "[A-HJ-NP-TV-Za-hj-np-tv-z]"
_VEHICLE: Final = (
    "immat", "plaque", "plate", "vehicule", "vehicle", "voiture", "camion", "fourgon", r"autos?\b", r"motos?\b",
    "scooter", "kennzeichen", "nummerplack", "nummernschild", "numberplate", "conducteur", "epave", "carte grise",
    "kfz", "fahrzeug", "gefier", r"pkw\b", r"lkw\b",
)  # fmt: skip

_ROADS: Final = frozenset({"RD", "RN", "CD", "VC", "CR", "CV", "GR", "PR", "PK"})
_NO_SERIES: Final = frozenset(
    {"BIS", "TER", "RUE", "RTE", "AV", "BD", "PL", "CH", "ZA", "ZI", "ZAC", "KM", "KW", "KG", "CM", "MM", "HA", "KVA"}
)
_HOURS: Final = frozenset({"AM", "PM"})
_BEFORE_A_YEAR: Final = frozenset(
    """ab am an au bj da de du em en et im in la le ma nr no on ou pk si um vu zu""".split()  # noqa: SIM905 - words to be read
)

IBAN_LENGTHS: Final = {
    "AT": 20, "BE": 16, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27,
    "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27,
    "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
}  # fmt: skip
"""Characters of an account number, by country (ISO 13616 registry)."""

_IBAN_REST: Final = 97
_LA_POSTE: Final = "356000000"
_SIREN_DIGITS: Final = 9


def is_plate(text: str) -> bool:
    """Tell whether a plate of the French system (SIV) can exist, and is not a road ("RD 938 ZA") nor an hour."""
    compact = "".join(letter for letter in text.upper() if letter.isalnum())
    left, number, right = compact[:2], compact[2:5], compact[5:]
    if left in {"SS", "WW"} or right == "SS" or number == "000":
        return False
    return " " not in text.replace("\u00a0", " ") or (left not in _ROADS and right not in _HOURS)


def is_old_plate(text: str) -> bool:
    """Tell whether the letters of an old French plate are a series, and no unit, road or part of an address."""
    series = "".join(letter for letter in text.upper() if letter.isalpha())
    return series not in _NO_SERIES | _ROADS


def is_no_hour(text: str) -> bool:
    """Tell whether what reads as an old plate is no date with its hour ("25T10")."""
    return "".join(letter for letter in text.upper() if letter.isalpha()) not in {"T", "Z", "H"}


def is_luxembourg_plate(text: str) -> bool:
    """Tell whether two letters and four digits are no short word and a year ("véhicules de 2015")."""
    return not (text[:2] in _BEFORE_A_YEAR and text[2:].strip(" -").startswith(("19", "20")))


def has_iban_rest(text: str) -> bool:
    """Tell whether an account number of a known country leaves the rest 1 when divided by 97 (ISO 7064)."""
    compact = "".join(letter for letter in text.upper() if letter.isalnum())
    size = IBAN_LENGTHS.get(compact[:2], 0)
    if not size or len(compact) < size:
        return False
    number = compact[4:size] + compact[:4]
    return int("".join(str(int(letter, 36)) for letter in number)) % _IBAN_REST == 1


def is_company_number(text: str) -> bool:
    """Tell whether a SIREN or SIRET has its check digit; La Poste's sites may add up to a multiple of 5 instead."""
    number = digits(text)
    if number.startswith(_LA_POSTE) and sum(int(digit) for digit in number) % 5 == 0:
        return True
    return passes_luhn(number) and passes_luhn(number[:_SIREN_DIGITS])


PLATE: Final = Recogniser(
    kind="plate",
    pattern=rf"(?<![\p{{L}}\d-])(?:{_ANY_CASE_LETTER}{{2}}-\d{{3}}-{_ANY_CASE_LETTER}{{2}}"
    rf"|{_PLATE_LETTER}{{2}}([ .\u00a0]?)\d{{3}}\1{_PLATE_LETTER}{{2}})(?![\p{{L}}\d-])",
    prefilter=rf"[A-Za-z]{{2}}{LOOSE_SEPARATOR}?[0-9]{{3}}{LOOSE_SEPARATOR}?[A-Za-z]{{2}}",
    check=is_plate,
)
NAMED_PLATE: Final = Recogniser(
    kind="plate",
    pattern=rf"(?<![\p{{L}}\d-]){_ANY_CASE_LETTER}{{2}}[ -]?\d{{3}}[ -]?{_ANY_CASE_LETTER}{{2}}(?![\p{{L}}\d-])",
    prefilter=rf"[A-Za-z]{{2}}{LOOSE_SEPARATOR}?[0-9]{{3}}{LOOSE_SEPARATOR}?[A-Za-z]{{2}}",
    check=is_plate,
    context=_VEHICLE,
)
"""In small letters and without hyphens, only beside a word of vehicles."""
OLD_PLATE: Final = Recogniser(
    kind="plate",
    pattern=rf"(?<![\p{{L}}\d-])\d{{1,4}}[ -]?{_PLATE_LETTER}{{1,3}}[ -]?(?:\d{{2}}|2[AB]|97[1-6])(?![\p{{L}}\d:])",
    prefilter=r"[0-9][ -]?[A-Z]{1,3}[ -]?[0-9]",
    check=is_no_hour,
    context=_VEHICLE,
    beside=("immat", "plaque", "vehicule", r"crit ?air\b"),
)
ODD_PLATE: Final = Recogniser(
    kind="plate",
    pattern=rf"(?<![\p{{L}}\d./_-]){_ANY_CASE_LETTER}{{2}}([./_|])\d{{3}}\1{_ANY_CASE_LETTER}{{2}}(?![\p{{L}}\d./_-]\p{{L}}|[\p{{L}}\d])",
    prefilter=rf"[A-Za-z]{{2}}{LOOSE_SEPARATOR}?[0-9]{{3}}{LOOSE_SEPARATOR}?[A-Za-z]{{2}}",
    check=is_plate,
    decision=Decision.REVIEW,
)
"""Parted by other marks than a plate's hyphens: "ab.482.cd"."""
BARE_OLD_PLATE: Final = Recogniser(
    kind="plate",
    pattern=rf"(?<![\p{{L}}\d,.-] )(?<![\p{{L}}\d,.-])[1-9]\d{{2,3}}([ -]){_PLATE_LETTER}{{2,3}}\1"
    r"(?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-6])(?![\p{L}\d])",
    prefilter=r"[1-9][0-9]{2,3}[ -][A-Z]{2,3}[ -][0-9]",
    check=is_old_plate,
    decision=Decision.REVIEW,
)
LUXEMBOURG_PLATE: Final = Recogniser(
    kind="plate",
    pattern=r"(?<![\p{L}\d])(?:[A-Za-z]{2}[ -]?\d{4})(?![\p{L}\d])",
    prefilter=r"[A-Za-z]{2}[ -]?[0-9]{4}",
    check=is_luxembourg_plate,
    context=_VEHICLE,
)
GERMAN_PLATE: Final = Recogniser(
    kind="plate",
    pattern=r"(?<![\p{L}\d-])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?[1-9]\d{0,3}[EH]?(?![\p{L}\d-])",
    prefilter=r"[A-ZÄÖÜ]-[A-Z]{1,2} ?[1-9]",
    context=_VEHICLE,
)
IBAN: Final = Recogniser(
    kind="iban",
    pattern=rf"(?<![\p{{L}}\d])(?i:{'|'.join(IBAN_LENGTHS)})\d{{2}}(?:{SEPARATOR}?[A-Za-z0-9]){{11,38}}(?![A-Za-z0-9])",
    prefilter=rf"[A-Za-z]{{2}}[0-9]{{2}}(?:{LOOSE_SEPARATOR}?[A-Za-z0-9]){{11}}",
    check=has_iban_rest,
)
DELIVERY_POINT: Final = Recogniser(
    kind="delivery-point",
    pattern=rf"{ALONE}(?:\d(?:{SEPARATOR}?\d){{13}}|54(?:{SEPARATOR}?\d){{16}})(?!\d)|(?<![\p{{L}}\d])GI\d{{6}}(?!\d)",
    prefilter=rf"[0-9](?:{LOOSE_SEPARATOR}?[0-9]){{13}}|GI[0-9]{{6}}",
    context=(
        "pdl",
        "prm",
        r"pce\b",
        r"pod\b",
        "point de livraison",
        "delivery point",
        "usage point",
        "linky",
        "gazpar",
        "compteur",
        "point reference mesure",
        "point de reference",
        "point de comptage",
        "enedis",
        r"erdf\b",
        "grdf",
        r"code ean\b",
        "messlokation",
        "messstelle",
        "stromzahler",
        "zahlerpunkt",
        "zahlpunkt",
    ),
)
"""Of electricity (PRM) and gas (PCE, by its GI number too) in France; in Belgium 18 digits that begin with 54."""
METERING_POINT: Final = Recogniser(
    kind="delivery-point",
    pattern=rf"(?<![\p{{L}}\d])(?:DE|LU)(?:{SEPARATOR}?\d){{11}}(?:{SEPARATOR}?[0-9A-Z]){{20}}(?![\p{{L}}\d])",
    prefilter=rf"(?:DE|LU)(?:{LOOSE_SEPARATOR}?[0-9]){{11}}(?:{LOOSE_SEPARATOR}?[0-9A-Z]){{20}}",
)
"""Of Germany and Luxembourg: 33 characters (VDE-AR-N 4400), a form that nothing else has."""
VEHICLE_NUMBER: Final = Recogniser(
    kind="plate",
    pattern=r"(?<![\p{L}\d])(?=[A-Z0-9]*\d{4})(?=\d*[A-Z])[A-HJ-NPR-Z0-9]{17}(?![\p{L}\d])",
    prefilter=r"[A-HJ-NPR-Z0-9]{17}",
    context=(r"vin\b", "chassis", "serie vehicule", "type variante", r"fin\b", "fahrgestell", *_VEHICLE),
)
"""The number of a vehicle (ISO 3779), which its papers bear beside its keeper."""
SOLE_TRADER: Final = Recogniser(
    kind="sole-trader",
    pattern=rf"{ALONE}\d(?:{SEPARATOR}?\d){{8}}(?:(?:{SEPARATOR}?\d){{5}})?(?!\d)",
    prefilter=rf"[0-9](?:{LOOSE_SEPARATOR}?[0-9]){{8}}",
    check=is_company_number,
    context=(
        "entrepreneur",
        "auto entrepreneur",
        "autoentrepreneur",
        "micro entreprise",
        "microentreprise",
        "entreprise individuelle",
        "personne physique",
        "profession liberale",
        "artisan",
        "exploitant agricole",
    ),
    beside=("prenom", "sexe", "civilite", "pseudonyme", "nom usage", "nom naissance"),
    decision=Decision.REVIEW,
)

"""The recognisers: to add one, write it in a file here and add it to the table."""

from typing import Final

from catalog.gates.recognisers.civil import MATRICULE, NIR, NIR_WITHOUT_KEY
from catalog.gates.recognisers.codes import (
    DELIVERY_POINT,
    IBAN,
    LUXEMBOURG_PLATE,
    OLD_PLATE,
    PLATE,
    SOLE_TRADER,
)
from catalog.gates.recognisers.contact import LANDLINE, LUXEMBOURG_PHONE, MOBILE, PERSONAL_EMAIL, UNKNOWN_EMAIL
from catalog.gates.recognisers.devices import EUI, EUI_PAIRS, IPV4, IPV6, MAC
from catalog.gates.recognisers.names import CIVILITY, FULL_NAME, SURNAME_FIRST
from catalog.gates.recognisers.recogniser import Decision, Recogniser

RECOGNISERS: Final[tuple[Recogniser, ...]] = (
    NIR,
    NIR_WITHOUT_KEY,
    MATRICULE,
    MOBILE,
    LANDLINE,
    LUXEMBOURG_PHONE,
    PERSONAL_EMAIL,
    UNKNOWN_EMAIL,
    IBAN,
    PLATE,
    OLD_PLATE,
    LUXEMBOURG_PLATE,
    DELIVERY_POINT,
    SOLE_TRADER,
    IPV4,
    IPV6,
    MAC,
    EUI_PAIRS,
    EUI,
    CIVILITY,
    FULL_NAME,
    SURNAME_FIRST,
)

__all__ = ["RECOGNISERS", "Decision", "Recogniser"]

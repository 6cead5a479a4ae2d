"""The recognisers: to add one, write it in a file here and add it to the table."""

from typing import Final

from catalog.gates.recognisers.civil import (
    COMPUTED_INS,
    FAMILY_ALLOWANCE,
    MATRICULE,
    NIR,
    NIR_WITHOUT_KEY,
    OLD_MATRICULE,
    TAX_NUMBER,
    UNPROVED_TAX_NUMBER,
    UNUSUAL_FAMILY_ALLOWANCE,
)
from catalog.gates.recognisers.codes import (
    BARE_OLD_PLATE,
    DELIVERY_POINT,
    GERMAN_PLATE,
    IBAN,
    LUXEMBOURG_PLATE,
    METERING_POINT,
    NAMED_PLATE,
    ODD_PLATE,
    OLD_PLATE,
    PLATE,
    SOLE_TRADER,
    VEHICLE_NUMBER,
)
from catalog.gates.recognisers.contact import (
    LANDLINE,
    LUXEMBOURG_PHONE,
    MOBILE,
    MOBILE_WITHOUT_ZERO,
    NEIGHBOURS_MOBILE,
    ODD_MOBILE,
    PERSONAL_EMAIL,
    UNKNOWN_EMAIL,
)
from catalog.gates.recognisers.devices import BARE_MAC, EUI, EUI_PAIRS, IMEI, IPV4, IPV6, MAC, UNPROVED_IMEI
from catalog.gates.recognisers.documents import (
    FRENCH_CARD,
    FRENCH_DOCUMENT,
    HEALTH_PROFESSIONAL,
    IDENTITY_CARD,
    OLD_HEALTH_PROFESSIONAL,
    PASSPORT,
    PAYMENT_CARD,
    READABLE_ZONE,
    UNPROVED_HEALTH_PROFESSIONAL,
)
from catalog.gates.recognisers.names import (
    ANY_CASE_CIVILITY,
    BARE_CIVILITY,
    CELL_NAME,
    CIVILITY,
    FULL_NAME,
    LIKELY_CIVILITY,
    LIKELY_NAME,
    ONE_NAME,
)
from catalog.gates.recognisers.numbers import PERSONAL_NUMBER
from catalog.gates.recognisers.recogniser import Decision, Recogniser
from catalog.gates.recognisers.secrets import (
    BARE_LICENCE_KEY,
    DEVICE_KEY,
    LICENCE_KEY,
    PASSWORD,
    PRIVATE_KEY,
    TOKEN,
)
from catalog.gates.recognisers.traces import (
    ADDRESS,
    BIRTH_DATE,
    BIRTH_SERIAL,
    BIRTH_YEAR,
    BIRTHDAY,
    GUID,
    HOME_ADDRESS,
    PERSONAL_POSITION,
    POSITION,
)

RECOGNISERS: Final[tuple[Recogniser, ...]] = (
    *(NIR, NIR_WITHOUT_KEY, COMPUTED_INS, MATRICULE, OLD_MATRICULE, TAX_NUMBER, FAMILY_ALLOWANCE),
    *(UNPROVED_TAX_NUMBER, UNUSUAL_FAMILY_ALLOWANCE, UNPROVED_HEALTH_PROFESSIONAL, FRENCH_DOCUMENT, PERSONAL_NUMBER),
    *(METERING_POINT, VEHICLE_NUMBER),
    *(PASSPORT, IDENTITY_CARD, READABLE_ZONE, PAYMENT_CARD, FRENCH_CARD, HEALTH_PROFESSIONAL, OLD_HEALTH_PROFESSIONAL),
    *(
        MOBILE,
        MOBILE_WITHOUT_ZERO,
        ODD_MOBILE,
        NEIGHBOURS_MOBILE,
        LANDLINE,
        LUXEMBOURG_PHONE,
        PERSONAL_EMAIL,
        UNKNOWN_EMAIL,
    ),
    *(
        IBAN,
        PLATE,
        NAMED_PLATE,
        ODD_PLATE,
        OLD_PLATE,
        BARE_OLD_PLATE,
        LUXEMBOURG_PLATE,
        GERMAN_PLATE,
        DELIVERY_POINT,
        SOLE_TRADER,
    ),
    *(IPV4, IPV6, MAC, BARE_MAC, EUI_PAIRS, EUI, IMEI, UNPROVED_IMEI),
    *(TOKEN, PRIVATE_KEY, PASSWORD, DEVICE_KEY, LICENCE_KEY, BARE_LICENCE_KEY),
    *(ADDRESS, HOME_ADDRESS, POSITION, PERSONAL_POSITION, BIRTH_DATE, BIRTHDAY, BIRTH_SERIAL, BIRTH_YEAR, GUID),
    *(CIVILITY, ANY_CASE_CIVILITY, LIKELY_CIVILITY, BARE_CIVILITY, FULL_NAME, LIKELY_NAME, CELL_NAME, ONE_NAME),
)

__all__ = ["RECOGNISERS", "Decision", "Recogniser"]

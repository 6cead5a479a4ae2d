"""Numbers that have a form of persons' own: no word for a thing, an event or a count explains one of these.

A delivery point (14 digits), a tax number (13), an identity card (12, of which the first four are a year and a month;
9 since 2021), a register of doctors (11 with their check digit), a payment card (its check digit, or masked), a
passport, a family's number, a device (16 hexadecimal digits), a gas meter, a metering point. A word for what bears a
number of another form explains those that have it: a firm's establishment, a parcel, a school, a telephone.
"""

import re
from collections.abc import Sequence
from typing import Final

from catalog.gates.recognisers.recogniser import passes_luhn
from catalog.gates.unexplained_alike import most
from catalog.gates.unexplained_forms import GROUPED
from catalog.gates.unexplained_numbers import are_numbers, code_of

_OWN: Final = re.compile(
    r"\d{13,14}|\d{2}[A-Z]{2}\d{5}|\d{7}[A-Z]|(?=\d*[A-F])[0-9A-F]{16}|GI\d{6}|[A-Z]{3}\d{8}|[A-Z]\d\d[A-Z]{2}\d{6}|54\d{16}|[A-Z]{2}\d{31}"
    r"|(?=(?:\d*[A-Z]+\d+){2})[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ\d]{8}|\d{0,6}[X*•]{4,}\d{4}"
)
_WITH_LUHN: Final = re.compile(r"1\d{10}|8\d{10}|3[47]\d{13}|[3-6]\d{15}")
_NATIONAL: Final = re.compile(r"^8(?=1\d{10}$)")
"""Before a number of the register of doctors, where other registers' stand beside."""
_CARD_OF_A_MONTH: Final = re.compile(r"\d\d(?:0[1-9]|1[0-2])\d{8}")
_FEWEST_YEARS: Final = 4
"""In which identity cards were made: what else begins with a year and a month was made in one or two."""
_PUBLIC: Final = re.compile(
    r"\d{9}0\d{4}|\d{5}000\d{6}|(?:0\d\d|97\d|[67]20)\d{4}[A-Z]|(?:00)?(?:32|33|352|49)\d{8,10}"
)
"""An establishment, a parcel, a school, a telephone abroad: check digits may be mistyped, and few have all of these
forms by chance."""
_ARTICLE: Final = re.compile(r"\d{13}|1\d{13}")
"""Of which a case of some begins with a one."""
_WITHIN: Final = re.compile(
    r"(?<![0-9.,])(?:\d{13,14}|8?[18]\d{10})(?![0-9])"
    rf"|(?<![0-9.,])(?:{GROUPED})(?![0-9])"
    r"|(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{16}|\d{7}[A-Z])(?!\w)"
)
_MOMENT: Final = re.compile(r"1[4-9]\d{11}")
"""Milliseconds since 1970, as software writes them."""


def are_of_persons(values: Sequence[str]) -> bool:
    """Tell whether numbers that are nothing public have such a form."""
    if not are_numbers(values):
        return False
    codes = [code_of(each).upper() for each in values]
    return most(codes, _is_of_a_person) or _are_identity_cards(codes)


def are_unproved(values: Sequence[str]) -> bool:
    """Tell whether they have, and not the form of what their column's name says."""
    return are_of_persons(values) and not most([code_of(each).upper() for each in values], _PUBLIC.fullmatch)


def are_no_articles(values: Sequence[str]) -> bool:
    """Tell whether they have, and not the length of an article's number."""
    return are_of_persons(values) and not most([code_of(each) for each in values], _ARTICLE.fullmatch)


def hold_a_persons_number(values: Sequence[str]) -> bool:
    """Tell whether what stands within longer texts, links and labels, has such a form: no two texts hold the same."""
    found = {number[0].upper() for each in values if (number := _WITHIN.search(each)) and number[0] != each}
    return len(found) > 1 and not most([*found], _MOMENT.fullmatch) and are_unproved([*sorted(found)])


def _is_of_a_person(code: str) -> bool:
    number = _NATIONAL.sub("", code)
    return bool(_OWN.fullmatch(code)) or (_WITH_LUHN.fullmatch(number) is not None and passes_luhn(number))


def _are_identity_cards(codes: Sequence[str]) -> bool:
    return most(codes, _CARD_OF_A_MONTH.fullmatch) and len({code[:2] for code in codes}) >= _FEWEST_YEARS

"""Which numbers are nothing public: not in a row, no firm's, no article's, none that begins with its year."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import regex

from catalog.gates.recognisers.codes import is_company_number
from catalog.gates.recognisers.recogniser import digits
from catalog.gates.recognisers.traces import DATE
from catalog.gates.unexplained_alike import MOST, beginning, compact, most, usual

_SIRET_DIGITS: Final = 14
_EAN_DIGITS: Final = 13
_DIGITS_OF_A_MATRICULE: Final = (11, 13)
"""Which begins with the year of a birth, as files begin with theirs."""
_YEAR: Final = re.compile(r"199\d|20[0-3]\d")
_PERSONAL: Final = re.compile(
    r"\d{2}[A-Z]{2}\d{5}|\d{2,4}[A-Z]\d{8,10}|\d{6,15}[A-Z]{1,2}|[A-Z]{1,2}\d{6,9}[A-Z]{0,2}|[A-Z]{2}\d{15,33}"
    r"|[A-Z]{2}\d{3}[A-Z]{2}"
    r"|[A-Z]{3}\d{8}|\d{2,4}[A-Z]{2,3}\d{2}|[A-Z]{2,5}\d{1,4}|[A-Z0-9]{17}|[A-Z]{2}[A-Z0-9]{3}C[A-Z0-9]{8,9}"
)
_MASKED: Final = re.compile(r"[Xx]{3}|[*•]{3}")
_LONG: Final = re.compile(
    r"(?<![^\W_]|[.,/+_-])(?<![0-9] )(?:(?!20|19)[1-9][0-9]{6,9}|[0-9](?: ?[0-9]){10,21}|[0-9]{2} ?[A-Z]{2} ?[0-9]{5}"
    r"|[0-9]{9,10}[A-Z]{1,2}|(?!0|97|[67]20)[0-9]{7}[A-Z]|[0-9]{3} ?[0-9]{4} [A-Z]|[0-9A-Fa-f]{16})"
    r"(?![^\W_]|[.,/_-][^\W_])"
)
"""Within a sentence: no year begins what is shorter than eleven digits, but for seven and a key, as a family's are."""
_AFTER: Final = re.compile(r"[.,]0$|(?<=\d{11})[ /_-][^\W\d]{1,4}$")
"""A spreadsheet's decimal, or what kind of thing is numbered."""
_ROUNDED: Final = re.compile(r"\d[.,]\d+E\+?1\d")
"""As spreadsheets write a number of more than eleven digits."""
_SEVERAL: Final = re.compile(r" ?[;|&] ?| [/+] ")
"""Between numbers of one cell, of which the first tells what they are."""
_DAY: Final = regex.compile(rf"{DATE}|\d{{1,2}}[./-]\d{{1,2}}[./-]1[5-8]\d\d")
"""Or one of a century in which nobody who lives was born."""
_DAYS_LOOKED_AT: Final = 100
_FEWEST_SHORT: Final = 3
_FEWEST_RUNS: Final = 5
_FEWEST_RUNS_THAT_VARY: Final = 3
"""Of digits and of letters in a code that is no name and no number of a series."""
_FEWEST_LETTERS: Final = 3
_FIRST_YEAR: Final = 1850
_LAST_YEAR: Final = 2050
_FEWEST_PEOPLE: Final = 4
_LONG_ENOUGH: Final = 10
_DEVICE: Final = re.compile(r"(?=.*[A-Fa-f])[0-9A-Fa-f]{16}")
_DIGITS_OF_A_MAKER: Final = 12
"""With which devices of one make, and of one batch, begin."""
_OF_A_NETWORK: Final = re.compile(r"(?:[A-Za-z]{2}(?=\d{6}$|\d{15,33}$)|[A-Z]{3}(?=\d{8}$))(\d+)")
_DIGITS_OF_A_METER: Final = 8
"""At most: six behind *GI* of one of gas, eight behind its maker of one that is read by radio (EN 13757-7)."""
_BEHIND_LETTERS: Final = re.compile(r"([A-Za-z]{1,3})(\d{5,9})")
_FEWEST_DRAWN: Final = 6
_FEWEST_BEHIND: Final = 5
_FEWEST_OF_A_MAKE: Final = 8
"""Digits drawn by lot, behind those that say a maker, a type, a year."""
_NUMBERED_ALIKE: Final = re.compile(r"[A-Za-z]{1,4}[ ._-]?\d+")
_FAR_APART: Final = 0.3
"""Of all numbers of so many digits, between the least and the greatest."""


def tell_a_number(values: Sequence[str]) -> bool:
    """Tell whether a long number stands beside a word, and is no firm's nor an article's."""
    return any(map(_is_told, values))


def _is_told(text: str) -> bool:
    numbers = [re.sub(r"\s", "", found) for found in _LONG.findall(text)]
    worded = re.search(r"[^\W\d_]{2}", _LONG.sub("", text)) is not None
    return worded and any(not _is_public(each) for each in numbers)


def _is_public(number: str) -> bool:
    return number.isdigit() and (_is_firm(number) or _is_article(number))


def code_of(value: str) -> str:
    """Return the letters, digits and stars of a number, or of the first of several; without a spreadsheet's decimal."""
    if _ROUNDED.fullmatch(value):
        return compact(value.partition("E")[0])
    return compact(_AFTER.sub("", _SEVERAL.split(value)[0]))


def are_codes(values: Sequence[str]) -> bool:
    """Tell whether values are codes of one length that do not follow one another, as those of persons are.

    Of long ones, or where some have letters, one character less or more: telephones of several countries, a letter that
    the older ones lack.
    """
    codes = [compact(each) for each in values]
    size, share = usual(len(each) for each in codes)
    if size >= _LONG_ENOUGH or not all(map(str.isdigit, codes)):
        share = sum(abs(len(each) - size) <= 1 for each in codes)
    begun = "" if len(codes) == 1 else beginning(codes)
    if share < MOST * len(codes):
        return False
    if most(codes, _DEVICE.fullmatch):
        return len(begun) < _DIGITS_OF_A_MAKER
    return len(begun) < size // 2 and not _are_a_series(codes)


def _are_a_series(codes: Sequence[str]) -> bool:
    """Tell whether codes begin with the same letters, but for two before numbers as networks and banks give them."""
    letters = {re.sub("[0-9].*", "", each) for each in codes}
    if len(letters) > 1 or letters == {""} or most(codes, lambda code: _runs(code) >= _FEWEST_RUNS):
        return False
    return not _are_of_a_network(codes)


def _are_of_a_network(codes: Sequence[str]) -> bool:
    """Tell whether they are those of meters (*GI* and six digits), delivery points or accounts, drawn by lot.

    Four of six digits drawn by lot stand that far apart but once in twelve, those of a series hardly ever.
    """
    found = [parts for each in codes if (parts := _OF_A_NETWORK.fullmatch(each))]
    if len(found) < max(_FEWEST_SHORT, MOST * len(codes)):
        return False
    shares = [int(each[1]) / 10 ** len(each[1]) for each in found]
    return len(found[0][1]) > _DIGITS_OF_A_METER or max(shares) - min(shares) >= _FAR_APART


def are_numbers(values: Sequence[str]) -> bool:
    """Tell whether such codes are those of nothing public: no firm's, no article's, none that begins with its year.

    All, or those of digits, or the others: a paper's number of one year has letters, an older one none. What has
    letters where digits may stand is a code made at random: one form for all is a make's or a series'.
    """
    codes = [code_of(each) for each in values]
    if most(codes, _MASKED.search):
        return True
    if most(values[:_DAYS_LOOKED_AT], _DAY.fullmatch):
        return False
    numbers, lettered = [each for each in codes if each.isdigit()], [each for each in codes if not each.isdigit()]
    kinds = (codes, numbers, lettered, *_by_length(codes))
    return any(_are_of_nothing_public(each) for each in kinds if 3 * len(each) >= len(codes))


def _by_length(codes: Sequence[str]) -> Iterable[Sequence[str]]:
    """Return the codes of each length, if they have several: papers of several kinds stand in one column."""
    alike = defaultdict[int, list[str]](list)
    for each in codes:
        alike[len(each)].append(each)
    return alike.values() if len(alike) > 1 else ()


def are_codes_of_people(values: Sequence[str]) -> bool:
    """Tell whether values are such codes, or numbers far apart behind the same letters (*A19848*, *A90346*)."""
    return are_codes(values) or _lie_far_apart([compact(each) for each in values])


def _lie_far_apart(codes: Sequence[str]) -> bool:
    """Tell whether numbers of one length behind the same letters are no series: five digits or more drawn by lot."""
    found = [parts for each in codes if (parts := _BEHIND_LETTERS.fullmatch(each))]
    if len(found) < max(_FEWEST_PEOPLE, MOST * len(codes)) or len({(each[1], len(each[2])) for each in found}) > 1:
        return False
    return _are_far_apart([int(each[2]) for each in found], len(found[0][2]))


def _are_of_nothing_public(codes: Sequence[str]) -> bool:
    if not codes or not are_codes(codes):
        return False
    numbers = [each for each in codes if each.isdigit()]
    if 2 * len(numbers) < len(codes):
        return _are_of_a_person([each for each in codes if not each.isdigit()])
    harmless = (_is_firm, _is_article, _begins_with_year, _is_round)
    return not any(most(numbers, each) for each in harmless)


def are_short_numbers(values: Sequence[str]) -> bool:
    """Tell whether there are enough short numbers to tell that they follow nothing, of one length: amounts vary."""
    lengths = {len(compact(each)) for each in values}
    enough = len(values) >= _FEWEST_SHORT and len(lengths) == 1
    return enough and are_numbers(values) and not _are_counted(values)


def are_numbers_of_people(values: Sequence[str]) -> bool:
    """Tell whether numbers of four digits may be those of who stands beside, and are no years."""
    years = most(values, lambda each: _FIRST_YEAR <= int(each) <= _LAST_YEAR)
    return not years and are_short_numbers(values)


def _are_counted(values: Sequence[str]) -> bool:
    """Tell whether numbers are half or more of all those between the least and the greatest."""
    numbers = [int(each) for each in values if each.isdecimal()]
    return bool(numbers) and 2 * len(set(numbers)) > max(numbers) - min(numbers)


def _are_of_a_person(codes: Sequence[str]) -> bool:
    """Tell whether codes with letters have the form of papers', pupils' or plates', or change as if drawn by lot."""
    forms = Counter(re.sub("[A-Za-z]+", "A", re.sub("[0-9]+", "9", code)) for code in codes)
    vary = forms.most_common(1)[0][1] < MOST * len(codes)
    fewest = _FEWEST_RUNS_THAT_VARY if vary else _FEWEST_RUNS
    return (
        _letters_differ(codes)
        or _are_drawn(codes)
        or most(codes, lambda code: _PERSONAL.fullmatch(code.upper()) is not None or _runs(code) >= fewest)
    )


def hold_drawn_digits(values: Sequence[str]) -> bool:
    """Tell whether digits drawn by lot stand among letters and marks, more of them than before a series' numbers."""
    if _are_drawn_behind(values):
        return True
    odd = [each for each in values if re.search(r"[^\W\d_]", each) and not _NUMBERED_ALIKE.fullmatch(each)]
    return len(odd) >= MOST * len(values) and not most(values[:_DAYS_LOOKED_AT], _DAY.search) and _are_drawn(values)


def _are_drawn(codes: Sequence[str]) -> bool:
    """Tell whether the longest run of digits in each was drawn by lot: six or more, as many in each, far apart."""
    drawn = [max(re.findall("[0-9]+", code), key=len, default="") for code in codes]
    size, share = usual(map(len, drawn))
    if size < _FEWEST_DRAWN or len(codes) < _FEWEST_PEOPLE or share < MOST * len(codes):
        return False
    numbers = [int(each) for each in drawn if len(each) == size]
    return len({*numbers}) >= MOST * len(codes) and _are_far_apart(numbers, size)


def _are_drawn_behind(codes: Sequence[str]) -> bool:
    """Tell whether what follows the same letters and digits in each was drawn by lot, as meters of one make are."""
    begun = beginning(codes)
    tails = [each[len(begun) :] for each in codes]
    size = len(tails[0])
    return (
        len(codes) >= _FEWEST_RUNS
        and size >= _FEWEST_BEHIND
        and len(begun) >= _FEWEST_OF_A_MAKE
        and all(each.isdecimal() and len(each) == size for each in tails)
        and _are_far_apart([int(each) for each in tails], size)
    )


def _are_far_apart(numbers: Sequence[int], size: int) -> bool:
    """Tell whether numbers of so many digits were drawn by lot, not given one after the other."""
    return max(numbers) - min(numbers) >= _FAR_APART * float(10**size)


def _letters_differ(codes: Sequence[str]) -> bool:
    """Tell whether codes have three letters each, hardly ever the same, and half of them digits: a series has few."""
    letters = [re.sub("[0-9]+", "", code) for code in codes]
    enough = min(map(len, letters)) >= _FEWEST_LETTERS and 2 * sum(map(bool, map(_runs, codes))) >= len(codes)
    return enough and len(set(letters)) >= max(_FEWEST_LETTERS, MOST * len(codes))


def _runs(code: str) -> int:
    """Return how many runs of digits and of letters a code has; 0 of a word."""
    return len(re.findall("[0-9]+|[A-Za-z]+", code)) if re.search("[0-9]", code) else 0


def _is_firm(number: str) -> bool:
    return len(number) == _SIRET_DIGITS and is_company_number(number)


def _is_article(number: str) -> bool:
    """Tell whether it ends with the check digit of an article's number (GTIN-13, or the same behind a zero)."""
    number = re.sub(r"^0(?=\d{13}$)", "", number)
    weighed = (int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(number))
    return len(number) == _EAN_DIGITS and sum(weighed) % 10 == 0


def _begins_with_year(number: str) -> bool:
    return len(digits(number)) not in _DIGITS_OF_A_MATRICULE and _YEAR.match(number) is not None


def _is_round(number: str) -> bool:
    return number.endswith("00")

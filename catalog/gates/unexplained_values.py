"""What the values of a column say of themselves: numbers that nobody gave in a row, dates that are births'."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from typing import Final

import regex

from catalog.gates.recognisers.codes import is_company_number
from catalog.gates.recognisers.recogniser import digits
from catalog.gates.recognisers.traces import DATE, VOIE

_MOST: Final = 0.75
_SIRET_DIGITS: Final = 14
_EAN_DIGITS: Final = 13
_DIGITS_OF_A_MATRICULE: Final = (11, 13)
"""Which begins with the year of a birth, as files begin with theirs."""
_YEAR: Final = re.compile(r"199\d|20[0-3]\d")
_ANY_YEAR: Final = re.compile(r"(?<!\d)(?:1[89]|20)\d\d|(?:19|20)\d\d(?!\d)")
_SHORT_YEAR: Final = re.compile(r"(?:\d[./_\\,|-](?:\d{1,2}|[IVX]{1,4})[./_\\,|-]|[^\W\d_]\.?[ -])(\d\d)(?!\d)")
_GENERATION: Final = 15
"""Years between the first and the last of dates that are births of adults."""
_DAYS_OF_A_YEAR: Final = 365.25
_LAST_SERIAL: Final = 43_830
"""The end of 2019."""
_LAST_OF_A_CENTURY: Final = 30

_PERSONAL: Final = re.compile(
    r"\d{2}[A-Z]{2}\d{5}|\d{2,4}[A-Z]\d{8,10}|\d{6,15}[A-Z]{1,2}|[A-Z]{1,2}\d{6,9}[A-Z]{0,2}|[A-Z]{2}\d{15,33}"
    r"|[A-Z]{2}\d{3}[A-Z]{2}"
    r"|\d{2,4}[A-Z]{2,3}\d{2}|[A-Z]{2,5}\d{1,4}|[A-Z0-9]{17}|[A-Z]{2}[A-Z0-9]{3}C[A-Z0-9]{8,9}"
)
_MASKED: Final = re.compile(r"[Xx]{3}|\*{3}")
_OF_PERSONS: Final = re.compile(r"\d{13,14}|\d{2}[A-Za-z]{2}\d{5}|\d{7}[A-Z]|(?=\d*[A-F])[0-9A-F]{16}")
_LONG: Final = re.compile(
    r"(?<![^\W_]|[.,/+_-])(?<![0-9] )(?:(?!20|19)[1-9][0-9]{6,9}|[0-9](?: ?[0-9]){10,21}|[0-9]{2} ?[A-Z]{2} ?[0-9]{5}"
    r"|[0-9]{9,10}[A-Z]{1,2}|[0-9]{3} ?[0-9]{4} [A-Z]|[0-9A-Fa-f]{16})(?![^\W_]|[.,/_-][^\W_])"
)
"""Within a sentence: no year begins what is shorter than eleven digits, but for seven and a key, as a family's are."""
_SEVERAL: Final = re.compile(r" ?[;|&] ?| [/+] ")
"""Between numbers of one cell, of which the first tells what they are."""
_DAY: Final = regex.compile(DATE)
_DATE: Final = regex.compile(rf"(?<![\d/.-]){DATE}(?![\d/-])")
_CALLED_BY_A_DAY: Final = re.compile(
    r"(?i)(?<!\w)(?:(?:acte|arr[eê]t[eé]|circulaire|convention|d[eé]cret|d[eé]lib[eé]ration|loi|ordonnance)s?"
    rf"|{VOIE}\.?) du\s*$"
)
"""What is called by the day that follows: an act, or a street."""
_BEFORE: Final = 32
"""Characters before a date in which its act is named."""
_KEPT: Final = re.compile(r"(?i)(?:8 mai 1945|11 nov\w* 1918|19 mars 1962|18 juin 1940)")
_FIRST_BIRTH: Final = 1900
_LAST_OF_ELDERS: Final = 1960
"""Years by which nothing else is dated that an office writes down day by day."""
_LAST_BIRTH: Final = 2007
"""Who was born later is asked about where the word beside says so: notes speak of recent days."""
_DAYS_LOOKED_AT: Final = 100
_DAYS: Final = 31
_MONTHS: Final = 12
_FEWEST_SHORT: Final = 3
_FEWEST_WORDS_AROUND: Final = 3
_FEWEST_WORDS: Final = 4
_FEWEST_RUNS: Final = 5
_FEWEST_RUNS_THAT_VARY: Final = 3
"""Of digits and of letters in a code that is no name and no number of a series."""
_FEWEST_LETTERS: Final = 3
_FIRST_YEAR: Final = 1850
_LAST_YEAR: Final = 2050
_FEWEST_PEOPLE: Final = 4
_DOTTED: Final = re.compile(r"(?:[^\W\d_]\. ?){2,3}")
_NO_INITIALS: Final = frozenset({
    "lun", "mar", "mer", "jeu", "ven", "sam", "dim", "lu", "ma", "me", "je", "ve", "sa", "di", "mo", "do", "fr", "so",
    "mi", "jan", "fev", "avr", "mai", "jui", "jun", "jul", "aou", "sep", "oct", "nov", "dec", "al", "all", "av", "bd",
    "che", "ch", "imp", "pl", "rte", "rue", "pas", "crs", "sq", "res", "qu", "oui", "non", "nc", "ras", "vu", "ok",
    "ko", "ne", "nw", "se", "sw", "ene", "fra", "deu", "lux", "bel", "de", "be", "it", "pt", "es", "nl", "eur", "usd",
    "cdi", "cdd", "mme", "mr", "km", "kg",
})  # fmt: skip
"""Days, months, kinds of streets, winds, countries, answers."""
_FEWEST_HOUSES: Final = 4
_HIGHEST_OF_A_TEAM: Final = 20
_LONG_ENOUGH: Final = 10
_OF_A_NETWORK: Final = re.compile(r"[A-Za-z]{2}(\d{6}|\d{15,33})")
_DIGITS_OF_A_GAS_METER: Final = 6
_BEHIND_LETTERS: Final = re.compile(r"([A-Za-z]{1,3})(\d{5,9})")
_FAR_APART: Final = 0.3
"""Of all numbers of so many digits, between the least and the greatest."""
_SAME: Final = 2
"""Letters with which geohashes of one region begin (some thousand kilometres wide)."""


def differ(values: Sequence[str]) -> bool:
    """Tell whether there are values at all: their column asks for no more."""
    return bool(values)


def vary(values: Sequence[str]) -> bool:
    """Tell whether there are more than two values: what is nowhere but in one place is a place's."""
    return len(values) >= _FEWEST_SHORT


def are_houses(values: Sequence[str]) -> bool:
    """Tell whether words that hardly come twice have numbers of houses beside: what is counted or numbered is alike.

    Some number is beyond those of teams, floors and kinds.
    """
    numbers = [digits(each) for each in values]
    words = {re.sub("[^a-z]+", " ", each.lower()).strip() for each in values}
    return (
        len(values) >= _FEWEST_HOUSES
        and 3 * len(words) >= len(values)
        and 2 * len(set(numbers)) > len(values)
        and any(int(each) > _HIGHEST_OF_A_TEAM for each in numbers)
    )


def are_sentences(values: Sequence[str]) -> bool:
    """Tell whether some value says more than an address: a verb, somebody, what is to be done there."""
    return any(len(value.split()) >= _FEWEST_WORDS for value in values)


def tell_a_number(values: Sequence[str]) -> bool:
    """Tell whether a long number stands beside a word, and is no firm's nor an article's."""
    return any(map(_is_told, values))


def tell_a_birth(values: Sequence[str]) -> bool:
    """Tell whether a date of long ago stands in a sentence, neither an act's nor a day that streets are called by."""
    return any(_tells_a_birth(value) for value in values)


def _tells_a_birth(text: str) -> bool:
    if len(text.split()) < _FEWEST_WORDS_AROUND:
        return False
    dates = (found for found in _DATE.finditer(text) if not _names_a_thing(text, found.start()))
    return any(_FIRST_BIRTH <= _year(found[0]) <= _LAST_BIRTH for found in dates if not _KEPT.match(found[0]))


def _names_a_thing(text: str, date: int) -> bool:
    return _CALLED_BY_A_DAY.search(text, max(date - _BEFORE, 0), date) is not None


def _is_told(text: str) -> bool:
    numbers = [re.sub(r"\s", "", found) for found in _LONG.findall(text)]
    worded = re.search(r"[^\W\d_]{2}", _LONG.sub("", text)) is not None
    return worded and any(not _is_public(each) for each in numbers)


def _is_public(number: str) -> bool:
    return number.isdigit() and (_is_firm(number) or _is_article(number))


def are_births(values: Sequence[str]) -> bool:
    """Tell whether the first dates of some cells span a generation, or vary and are those of one long ago."""
    years = sorted(filter(None, map(_year, values)))
    return bool(years) and (years[-1] - years[0] >= _GENERATION or _are_elders(years))


def _are_elders(years: Sequence[int]) -> bool:
    return len(set(years)) >= _FEWEST_SHORT and years[0] >= _FIRST_BIRTH and years[-1] <= _LAST_OF_ELDERS


def are_serials(values: Sequence[str]) -> bool:
    """Tell whether numbers are days of a generation, as spreadsheets count them, neither amounts nor postcodes.

    None is later than the last birth that is asked about; hardly any comes twice, and few are round.
    """
    days = [int(re.split("[.,]", each)[0]) for each in values]
    return (
        len(days) >= _FEWEST_SHORT
        and max(days) <= _LAST_SERIAL
        and max(days) - min(days) >= _GENERATION * _DAYS_OF_A_YEAR
        and 2 * sum(day % 10 == 0 for day in days) < len(days)
    )


def _compact(code: str) -> str:
    """Return the letters, digits and stars of a code."""
    return re.sub(r"[^0-9A-Za-z*]", "", code)


def tell_a_day(values: Sequence[str]) -> bool:
    """Tell whether a date stands alone, or nearly, with marks between: neither an act nor a street is called by it."""
    return any(_is_nearly_a_day(each) for each in values)


def _is_nearly_a_day(text: str) -> bool:
    return (
        not text.isdigit()
        and len(re.findall(r"[^\W\d_]+", _DATE.sub("", text))) < _FEWEST_WORDS_AROUND
        and any(not _names_a_thing(text, found.start()) and not _KEPT.match(found[0]) for found in _DATE.finditer(text))
    )


def are_short_days(values: Sequence[str]) -> bool:
    """Tell whether digits are days, months and years by twos, whichever comes first: by chance hardly ever."""
    compact = [_compact(each) for each in values]
    return (
        len(compact) >= _FEWEST_SHORT
        and 2 * len(_beginning(compact)) < len(compact[0])
        and any(
            all(1 <= int(each[at : at + 2]) <= _DAYS and 1 <= int(each[2:4]) <= _MONTHS for each in compact)
            for at in (0, 4)
        )
    )


def are_geohashes(values: Sequence[str]) -> bool:
    """Tell whether words of base 32 are places within one region: digits and letters, begun alike, then not.

    What ends with a number and its key, each of them, is numbered: a school, a district.
    """
    words = [each.lower() for each in values]
    begun = _beginning(words)
    ends = [each[max(len(begun), _SAME) :] for each in words]
    mixed = _most(ends, lambda end: re.search("[0-9]", end) and re.search("[a-z]", end))
    numbered = all(re.fullmatch("[0-9]+[a-z]", end) for end in ends)
    return len(words) >= _FEWEST_SHORT and mixed and not numbered and _SAME <= len(begun) < len(words[0]) - 1


def are_codes(values: Sequence[str]) -> bool:
    """Tell whether values are codes of one length that do not follow one another, as those of persons are.

    Of long ones, or where some have letters, one character less or more: telephones of several countries, a letter that
    the older ones lack.
    """
    compact = [_compact(each) for each in values]
    size, share = _usual(len(each) for each in compact)
    if size >= _LONG_ENOUGH or not all(map(str.isdigit, compact)):
        share = sum(abs(len(each) - size) <= 1 for each in compact)
    begun = "" if len(compact) == 1 else _beginning(compact)
    return share >= _MOST * len(compact) and 2 * len(begun) < size and not _are_a_series(compact)


def _are_a_series(codes: Sequence[str]) -> bool:
    """Tell whether codes begin with the same letters, but for two before numbers as networks and banks give them."""
    letters = {re.sub("[0-9].*", "", each) for each in codes}
    if len(letters) > 1 or letters == {""} or _most(codes, lambda code: _runs(code) >= _FEWEST_RUNS):
        return False
    return not _are_of_a_network(codes)


def _are_of_a_network(codes: Sequence[str]) -> bool:
    """Tell whether they are those of gas meters (*GI* and six digits), delivery points or accounts, drawn by lot.

    Four of six digits drawn by lot stand that far apart but once in twelve, those of a series hardly ever.
    """
    found = [parts for each in codes if (parts := _OF_A_NETWORK.fullmatch(each))]
    if len(found) < max(_FEWEST_SHORT, _MOST * len(codes)):
        return False
    shares = [int(each[1]) / 10 ** len(each[1]) for each in found]
    return len(found[0][1]) > _DIGITS_OF_A_GAS_METER or max(shares) - min(shares) >= _FAR_APART


def are_numbers(values: Sequence[str]) -> bool:
    """Tell whether such codes are those of nothing public: no firm's, no article's, none that begins with its year.

    All, or those of digits, or the others: a paper's number of one year has letters, an older one none. What has
    letters where digits may stand is a code made at random: one form for all is a make's or a series'.
    """
    compact = [_compact(_SEVERAL.split(each)[0]) for each in values]
    if _most(compact, _MASKED.search):
        return True
    if _most(values[:_DAYS_LOOKED_AT], _DAY.fullmatch):
        return False
    numbers, lettered = [each for each in compact if each.isdigit()], [each for each in compact if not each.isdigit()]
    return any(_are_of_nothing_public(each) for each in (compact, numbers, lettered) if 3 * len(each) >= len(compact))


def are_codes_of_people(values: Sequence[str]) -> bool:
    """Tell whether values are such codes, or numbers far apart behind the same letters (*A19848*, *A90346*)."""
    return are_codes(values) or _lie_far_apart([_compact(each) for each in values])


def _lie_far_apart(codes: Sequence[str]) -> bool:
    """Tell whether numbers of one length behind the same letters are no series: five digits or more drawn by lot."""
    found = [parts for each in codes if (parts := _BEHIND_LETTERS.fullmatch(each))]
    if len(found) < max(_FEWEST_PEOPLE, _MOST * len(codes)) or len({(each[1], len(each[2])) for each in found}) > 1:
        return False
    numbers = [int(each[2]) for each in found]
    return max(numbers) - min(numbers) >= _FAR_APART * float(10 ** len(found[0][2]))


def _are_of_nothing_public(codes: Sequence[str]) -> bool:
    if not codes or not are_codes(codes):
        return False
    numbers = [each for each in codes if each.isdigit()]
    if 2 * len(numbers) < len(codes):
        return _are_of_a_person([each for each in codes if not each.isdigit()])
    harmless = (_is_firm, _is_article, _begins_with_year, _is_round)
    return not any(_most(numbers, each) for each in harmless)


def are_short_numbers(values: Sequence[str]) -> bool:
    """Tell whether there are enough short numbers to tell that they follow nothing, of one length: amounts vary."""
    lengths = {len(_compact(each)) for each in values}
    enough = len(values) >= _FEWEST_SHORT and len(lengths) == 1
    return enough and are_numbers(values) and not _are_counted(values)


def are_numbers_of_people(values: Sequence[str]) -> bool:
    """Tell whether numbers of four digits may be those of who stands beside, and are no years."""
    years = _most(values, lambda each: _FIRST_YEAR <= int(each) <= _LAST_YEAR)
    return not years and are_short_numbers(values)


def are_initials(values: Sequence[str]) -> bool:
    """Tell whether there are enough letters by twos and threes to be several people's, neither days' nor kinds'.

    A stop after each letter makes sure of one.
    """
    letters = {re.sub("[^a-z]+", "", each.lower()) for each in values}
    fewest = _FEWEST_PEOPLE - any(map(_DOTTED.fullmatch, values))
    return len(letters) >= fewest and 3 * len(letters & _NO_INITIALS) < len(letters)


def _are_counted(values: Sequence[str]) -> bool:
    """Tell whether numbers are half or more of all those between the least and the greatest."""
    numbers = [int(each) for each in values if each.isdecimal()]
    return bool(numbers) and 2 * len(set(numbers)) > max(numbers) - min(numbers)


def are_of_persons(values: Sequence[str]) -> bool:
    """Tell whether such numbers have the form of persons' rather than of things': as delivery points, taxes, papers."""
    return are_numbers(values) and _most([_compact(each) for each in values], _OF_PERSONS.fullmatch)


def _are_of_a_person(codes: Sequence[str]) -> bool:
    """Tell whether codes with letters have the form of papers', pupils' or plates', or change as if drawn by lot."""
    forms = Counter(re.sub("[A-Za-z]+", "A", re.sub("[0-9]+", "9", code)) for code in codes)
    vary = forms.most_common(1)[0][1] < _MOST * len(codes)
    fewest = _FEWEST_RUNS_THAT_VARY if vary else _FEWEST_RUNS
    return _letters_differ(codes) or _most(
        codes, lambda code: _PERSONAL.fullmatch(code.upper()) is not None or _runs(code) >= fewest
    )


def _letters_differ(codes: Sequence[str]) -> bool:
    """Tell whether codes have three letters each, hardly ever the same: a series has few."""
    letters = [re.sub("[0-9]+", "", code) for code in codes]
    enough = min(map(len, letters)) >= _FEWEST_LETTERS and all(map(_runs, codes))
    return enough and len(set(letters)) >= max(_FEWEST_LETTERS, _MOST * len(codes))


def _runs(code: str) -> int:
    """Return how many runs of digits and of letters a code has; 0 of a word."""
    return len(re.findall("[0-9]+|[A-Za-z]+", code)) if re.search("[0-9]", code) else 0


def _is_firm(number: str) -> bool:
    return len(number) == _SIRET_DIGITS and is_company_number(number)


def _is_article(number: str) -> bool:
    """Tell whether it ends with the check digit of an article's number (GTIN-13)."""
    weighed = (int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(number))
    return len(number) == _EAN_DIGITS and sum(weighed) % 10 == 0


def _begins_with_year(number: str) -> bool:
    return len(digits(number)) not in _DIGITS_OF_A_MATRICULE and _YEAR.match(number) is not None


def _is_round(number: str) -> bool:
    return number.endswith("00")


def _year(text: str) -> int:
    """Return the year of the first date of a text; 0 if it tells none."""
    if found := _ANY_YEAR.search(text):
        return int(found[0])
    short = _SHORT_YEAR.search(text)
    return 0 if short is None else int(short[1]) + (1900 if int(short[1]) > _LAST_OF_A_CENTURY else 2000)


def _most(values: Sequence[str], judged: Callable[[str], object]) -> bool:
    return sum(bool(judged(each)) for each in values) >= _MOST * len(values)


def _beginning(values: Sequence[str]) -> str:
    """Return how all values begin."""
    least, greatest = min(values), max(values)
    same = (one == other for one, other in zip(least, greatest, strict=False))
    return least[: sum(1 for _ in takewhile(bool, same))]


def _usual(sizes: Iterable[int]) -> tuple[int, int]:
    """Return the size that most have, and how many have it."""
    return Counter(sizes).most_common(1)[0]

"""Which dates of a column may be births."""

import re
from collections.abc import Sequence
from typing import Final

import regex

from catalog.gates.recognisers.traces import DATE, VOIE
from catalog.gates.unexplained_alike import beginning, compact

_ANY_YEAR: Final = re.compile(r"(?<!\d)(?:1[89]|20)\d\d|(?:19|20)\d\d(?!\d)")
_SHORT_YEAR: Final = re.compile(r"(?:\d[./_\\,|-](?:\d{1,2}|[IVX]{1,4})[./_\\,|-]|[^\W\d_]\.?[ -])(\d\d)(?!\d)")
_GENERATION: Final = 15
"""Years between the first and the last of dates that are births of adults."""
_CLASSES: Final = 3
"""The same of children's, a school's or a club's."""
_DAYS_OF_A_YEAR: Final = 365.25
_COUNTED: Final = re.compile(r"-?\d{6,13}")
_HOUR: Final = 3_600
_MILLISECONDS: Final = 10**10
_LONGEST_LIFE: Final = 120
_LAST_SERIAL: Final = 43_830
"""The end of 2019."""
_LAST_OF_A_CENTURY: Final = 30
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
_LIFETIME: Final = 30
"""Years between the first and the last of dates that no office writes down of one kind of event, half of them old."""
_OLD: Final = 1990
_CAREER: Final = 20
_GROWN_UP: Final = 2008
"""Years between births of those who work or ask, and by which the last of them were born: what still happens has
happened since."""
_FEWEST_LIVES: Final = 5
_NEW_YEAR: Final = re.compile(r"\D*(?:0?1[/.-]0?1[/.-]\d{2,4}|\d{4}-?01-?01)(?!\d)")
_DAYS: Final = 31
_MONTHS: Final = 12
_FEWEST_SHORT: Final = 3
_FEWEST_WORDS_AROUND: Final = 3


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


def are_births(values: Sequence[str]) -> bool:
    """Tell whether the first dates of some cells span a generation, or vary and are those of one long ago."""
    years = sorted(filter(None, map(_year, values)))
    return bool(years) and (years[-1] - years[0] >= _GENERATION or _are_elders(years))


def are_of_classes(values: Sequence[str]) -> bool:
    """Tell whether dates are spread over several years of births, as those of a school's or a club's children are."""
    years = sorted(filter(None, map(_year, values)))
    return bool(years) and years[-1] - years[0] >= _CLASSES


def are_of_lifetimes(values: Sequence[str]) -> bool:
    """Tell whether dates are spread as births are, not as what happens to things: whatever word says what happened.

    A day of which only the year is known is the first of January.
    """
    years = sorted(filter(None, map(_year, values)))
    if len(years) < _FEWEST_LIVES or 2 * sum(map(bool, map(_NEW_YEAR.match, values))) > len(values):
        return False
    span = years[-1] - years[0]
    is_old = years[len(years) // 2] <= _OLD and span >= _LIFETIME
    return is_old or _are_elders(years) or (span >= _CAREER and years[-1] <= _GROWN_UP)


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


def are_midnights(values: Sequence[str]) -> bool:
    """Tell whether seconds or milliseconds from 1970 on are whole hours of days of a generation: counts hardly ever."""
    counted = [int(found[0]) for each in values if (found := _COUNTED.search(each))]
    hours = [each // _HOUR if abs(each) < _MILLISECONDS else each // (1000 * _HOUR) for each in counted]
    whole = sum(each % _HOUR == 0 for each in counted)
    span = (max(hours) - min(hours)) / (24 * _DAYS_OF_A_YEAR) if hours else 0
    return len(values) >= _FEWEST_SHORT and whole == len(values) and _GENERATION <= span <= _LONGEST_LIFE


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
    codes = [compact(each) for each in values]
    return (
        len(codes) >= _FEWEST_SHORT
        and 2 * len(beginning(codes)) < len(codes[0])
        and any(
            all(1 <= int(each[at : at + 2]) <= _DAYS and 1 <= int(each[2:4]) <= _MONTHS for each in codes)
            for at in (0, 4)
        )
    )


def _year(text: str) -> int:
    """Return the year of the first date of a text; 0 if it tells none."""
    if found := _ANY_YEAR.search(text):
        return int(found[0])
    short = _SHORT_YEAR.search(text)
    return 0 if short is None else int(short[1]) + (1900 if int(short[1]) > _LAST_OF_A_CENTURY else 2000)

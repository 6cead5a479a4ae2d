"""What neighbouring columns tell together where nothing explains it: births, houses and streets, positions by axes."""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Final

import regex

from catalog.gates import unexplained_forms as forms
from catalog.gates.recognisers.traces import MONTH, VOIE
from catalog.gates.unexplained_days import are_births

_NEARLY_ALL: Final = 0.9
_MOST: Final = 0.5
_DAY: Final = regex.compile(r"0?[1-9]|[12]\d|3[01]")
_MONTH: Final = regex.compile(rf"0?[1-9]|1[0-2]|(?:{MONTH})\p{{L}}{{0,7}}\.?")
_YEAR: Final = regex.compile(r"(?:19|20)\d\d")
_SHORT: Final = regex.compile(r"\d\d")
_CALLED: Final = (
    regex.compile(r"(?i)jj?|jour|d|day|tag|dag"),
    regex.compile(r"(?i)mm?|mois|month|monat|mount"),
    regex.compile(r"(?i)aa?|an|ann[ée]e|yy?|year|jahr|joer|j"),
)
_DAY_OF_MONTH: Final = regex.compile(
    rf"(?:0?[1-9]|[12]\d|3[01])(?:[./-](?:0?[1-9]|1[0-2])|\.? (?:{MONTH})\p{{L}}{{0,7}}\.?)"
)
_HOUSE: Final = regex.compile(r"(?:[1-9]\d?|1\d\d|2[0-4]\d) ?(?i:bis|ter|quater|[a-dqt])?")
_STREET: Final = regex.compile(
    rf"(?i)(?!r [^.]){VOIE}\.? +[\p{{L}}\d].+|(?!op|um|clos){VOIE}\.?"
    r"|[\p{L}.-]+[ -]?(?:str(?:aße|asse|\.|aat)|weg|gasse|platz|allee|strooss|gaass|wee|plaz|bierg)"
    r"|(?:am|auf|beim|im|in|zum|zur|an|hinter|unter|op) (?:de[mnr] )?\p{L}+|.+ (?:street|road|lane)"
)
"""Or its kind alone: its name stands in a column more."""
_ANY_HOUSE: Final = regex.compile(r"[1-9]\d{0,3} ?(?i:bis|ter|quater|[bqt])?")
_SECOND_HOUSE: Final = regex.compile(r"\d+ ?(?i:bis|ter|quater|[bqt])")
"""Beside which numbers are those of houses however high, as where they are metres from a road's beginning."""
_WORDS: Final = regex.compile(r"[^\d]*\p{L}{3}.*")
_BEFORE: Final = 2
"""Columns before a street, in one of which its numbers stand: another may say *bis*."""
_DEGREES: Final = regex.compile(forms.COORDINATE)
_EAST: Final = regex.compile(r"(?:[1-9]\d{5}|1[0-3]\d{5})(?:[.,]\d+)?")
_NORTH: Final = regex.compile(r"(?:6\d|7[0-2])\d{5}(?:[.,]\d+)?")
"""Of Lambert-93, in metres."""
_UTM_NORTH: Final = regex.compile(r"5[3-5]\d{5}(?:[.,]\d+)?")
_ZONE_EAST: Final = regex.compile(r"1[3-9]\d{5}(?:[.,]\d+)?")
_ZONE_NORTH: Final = regex.compile(r"[1-9][12]\d{5}(?:[.,]\d+)?")
"""Of the conic projections of one zone each (CC42 to CC50)."""
_LUXEMBOURG_EAST: Final = regex.compile(r"(?:4[89]|[5-9]\d|10[0-8])\d{3}[.,]\d+")
_LUXEMBOURG_NORTH: Final = regex.compile(r"(?:5[6-9]|[6-9]\d|1[0-3]\d)\d{3}[.,]\d+")
"""Of LUREF: with decimals, as whole numbers of five digits are counts."""
_AXES: Final = (
    (_DEGREES, _DEGREES, _MOST),
    (_EAST, _NORTH, _MOST),
    (_EAST, _UTM_NORTH, _MOST),
    (_ZONE_EAST, _ZONE_NORTH, _NEARLY_ALL),
    (_LUXEMBOURG_EAST, _LUXEMBOURG_NORTH, _NEARLY_ALL),
)

Texts = Sequence[tuple[str, int]]
"""Of a column, with the rows that each stands for."""
Parts = tuple[str, tuple[str, ...]]


def parted(texts: Mapping[str, Texts], *, streets: Container[str] = ()) -> Iterator[Parts]:
    """Yield what neighbours hold together, `date`, `street` or `position`, and the columns that do.

    `texts`: those drawn of each column, in the columns' order, none of one that is not asked about. `streets`: columns
    that are called so.
    """
    names = list(texts)
    yield from _births(texts, names)
    for place, name in enumerate(names):
        if _are(_STREET, texts[name], _MOST) or (name in streets and _are(_WORDS, texts[name], _MOST)):
            near = (*names[max(place - _BEFORE, 0) : place], *names[place + 1 : place + 2])
            yield from (("street", (name, each)) for each in near if _are_houses(texts[each]))
    for two in chain(pairwise(names), zip(names, names[2:], strict=False)):
        if _are_axes(*(texts[each] for each in two)):
            yield "position", two


def _are_houses(texts: Texts) -> bool:
    return _are(_HOUSE, texts) or (_are(_ANY_HOUSE, texts) and any(_SECOND_HOUSE.fullmatch(text) for text, _ in texts))


def _births(texts: Mapping[str, Texts], names: Sequence[str]) -> Iterator[Parts]:
    """Yield the columns that are a day, a month and a year, or both first in one, from either side."""
    for three in zip(names, names[1:], names[2:], strict=False):
        held = [texts[each] for each in three]
        if _are_births(*held) or _are_births(*held[::-1]) or _are_short_births(three, *held):
            yield "date", three
    for two in pairwise(names):
        if any(_are(_DAY_OF_MONTH, texts[one]) and _are_years(texts[other]) for one, other in (two, two[::-1])):
            yield "date", two


def _are_births(day: Texts, month: Texts, year: Texts) -> bool:
    if not (_are(_DAY, day) and _are(_MONTH, month)):
        return False
    return _are_years(year) or (all(_are(_SHORT, each) for each in (day, month, year)) and _span(year))


def _are_short_births(names: Sequence[str], day: Texts, month: Texts, year: Texts) -> bool:
    """Tell whether columns that are called a day, a month and a year are, the year without its century.

    What is measured or published is dated whole: the young are who is known by a year of two digits.
    """
    called = all(word.fullmatch(name) for word, name in zip(_CALLED, names, strict=True))
    return called and _are(_DAY, day) and _are(_MONTH, month) and _are(_SHORT, year)


def _are_years(texts: Texts) -> bool:
    return _are(_YEAR, texts) and are_births([text for text, _ in texts])


def _span(years: Texts) -> bool:
    """Tell whether years of two digits are those of a generation, some of them of the last century."""
    return are_births([f"1/1/{text}" for text, _ in years if _SHORT.fullmatch(text)])


def _are_axes(one: Texts, other: Texts) -> bool:
    return any(
        (_are(first, one, share) and _are(second, other, share))
        or (_are(first, other, share) and _are(second, one, share))
        for first, second, share in _AXES
    )


def _are(form: "regex.Pattern[str]", texts: Texts, share: float = _NEARLY_ALL) -> bool:
    formed = sum(rows for text, rows in texts if form.fullmatch(text))
    return bool(texts) and formed >= share * sum(rows for _, rows in texts)

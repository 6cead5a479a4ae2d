"""Which forms of what may be somebody's are asked of a column, by what its name, its words and its neighbours say."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from catalog.gates import unexplained_forms as forms
from catalog.gates.explaining import (
    BARE,
    BODIES,
    explains_a_date,
    explains_a_number,
    explains_a_position,
    explains_a_street,
    explains_an_article,
    explains_an_axis,
    explains_any_number,
    explains_initials,
    explains_old_dates,
    is_a_coordinate,
    is_described,
    is_of_a_home,
    names_a_thing,
    speaks_of_one_person,
)
from catalog.gates.findings import Context, Finding
from catalog.gates.parted import BORN
from catalog.gates.recognisers import Decision
from catalog.gates.recognisers.recogniser import has_word
from catalog.gates.recognisers.traces import VOIE
from catalog.gates.unexplained_days import (
    are_births,
    are_midnights,
    are_of_classes,
    are_of_lifetimes,
    are_serials,
    are_short_days,
    tell_a_birth,
    tell_a_day,
)
from catalog.gates.unexplained_numbers import (
    are_codes_of_people,
    are_numbers,
    are_numbers_of_people,
    are_short_numbers,
    hold_drawn_digits,
    tell_a_number,
)
from catalog.gates.unexplained_persons import are_no_articles, are_of_persons, are_unproved, hold_a_persons_number
from catalog.gates.unexplained_values import are_geohashes, are_houses, are_initials, are_sentences, differ, vary

_MOST: Final = 0.5
"""Of the cells that hold a value: fewer are told by what stands in them, not by what the column is."""
_SOME: Final = 0.03
"""Of what is told by its form alone: others of the column say that they have none."""
_NEARLY_ALL: Final = 0.9
"""Of what amounts and counts have the form of too."""

MAY_TELL: Final = (
    r"[0-9]{5}|(?:[0-9] ?){7}|[0-9A-Fa-f]{16}|[A-Za-z]{2}[._/]?[0-9]{3}[._/]?[A-Za-z]{2}"
    r"|19[0-9]{2}|200[0-7]|[0-9][./-][0-9]{1,2}[./-][0-9]{2}"
    rf"|(?i:[0-9] ?(?:bis|ter|quater|[a-d])?,? +(?:de (?:la |l['’])?)?{VOIE})"
)
"""What every sentence that tells one of these holds; a date's year is one that `tell_a_birth` takes."""


class AskedForm(NamedTuple):
    """A form (RE2, the whole cell), what it may be, whether values say so, and the share of cells that must have it.

    `whole`: values drawn by lot do not tell, since whether they follow one another counts.
    """

    finding: Finding
    form: str
    holds: Callable[[Sequence[str]], bool]
    share: float = _MOST
    whole: bool = False

    @property
    def cell(self) -> str:
        """Return it as cells hold it: within a sentence, or with whatever stands around."""
        return forms.whole_cell(self.form) if self.share else self.form


def doubt(kind: str) -> Finding:
    """Return what is said of a column that may hold something of a kind."""
    return Finding(f"unexplained-{kind}", Decision.REVIEW)


NUMBERS: Final = AskedForm(doubt("number"), forms.NUMBER, are_numbers, share=_SOME)
_PERSONS_NUMBERS: Final = AskedForm(doubt("number"), forms.NUMBER, are_of_persons, share=_SOME)
_UNPROVED_NUMBERS: Final = AskedForm(doubt("number"), forms.NUMBER, are_unproved, share=_SOME)
_NO_ARTICLES: Final = AskedForm(doubt("number"), forms.NUMBER, are_no_articles, share=_SOME)
_NUMBERS_WITHIN: Final = AskedForm(doubt("number"), forms.WITH_A_NUMBER, hold_a_persons_number, share=_SOME)
_DRAWN_DIGITS: Final = AskedForm(doubt("number"), forms.WITH_DIGITS, hold_drawn_digits)
_SHORT_NUMBERS: Final = AskedForm(doubt("number"), forms.CODE, are_short_numbers, whole=True)
_CODES: Final = AskedForm(doubt("number"), f"{forms.CODE}|{forms.SHORT_CODE}", are_codes_of_people)
_OF_PEOPLE: Final = AskedForm(doubt("number"), forms.FOUR_DIGITS, are_numbers_of_people, share=_NEARLY_ALL, whole=True)
_INITIALS: Final = AskedForm(doubt("name"), forms.INITIALS, are_initials, share=_NEARLY_ALL)
_DATES: Final = AskedForm(doubt("date"), forms.WHOLE_DATE, differ)
_SOME_DATES: Final = AskedForm(doubt("date"), forms.WHOLE_DATE, tell_a_day, share=_SOME)
_BIRTHS: Final = AskedForm(doubt("date"), forms.WHOLE_DATE, are_births)
_CLASSES: Final = AskedForm(doubt("date"), forms.WHOLE_DATE, are_of_classes)
_LIFETIMES: Final = AskedForm(doubt("date"), forms.WHOLE_DATE, are_of_lifetimes, share=_SOME)
_OLD_MONTHS: Final = AskedForm(doubt("date"), forms.MONTH_OF_A_YEAR, are_of_lifetimes)
_OLD_DAYS: Final = AskedForm(doubt("date"), forms.OLD_DAY, are_of_lifetimes, share=_SOME)
_MOMENTS: Final = AskedForm(doubt("date"), forms.MOMENT, are_midnights, share=_SOME)
_SHORT_DATES: Final = AskedForm(doubt("date"), forms.SHORT_DATE, are_short_days)
_MONTHS: Final = AskedForm(doubt("date"), forms.MONTH_OF_A_YEAR, are_births)
_MONTHS_OF_BIRTH: Final = AskedForm(doubt("date"), forms.MONTH_OF_A_YEAR, vary)
_SERIALS: Final = AskedForm(doubt("date"), forms.SERIAL, are_serials, share=_NEARLY_ALL)
_STREETS: Final = AskedForm(doubt("street"), forms.STREET, differ, share=_SOME)
_STREETS_FIRST: Final = AskedForm(doubt("street"), forms.STREET_FIRST, differ)
_HAMLETS: Final = AskedForm(doubt("street"), forms.PLACE_AND_TOWN, differ, share=_SOME)
_TOLD_HOMES: Final = AskedForm(doubt("street"), forms.HOME_AND_TOWN, differ, share=_SOME)
_HOUSES: Final = AskedForm(doubt("street"), forms.HOUSE_OF_A_NAME, are_houses)
TOLD_NUMBERS: Final = AskedForm(doubt("number"), forms.LONG_NUMBER, tell_a_number, share=0)
TOLD_STREETS: Final = AskedForm(doubt("street"), forms.SOME_STREET, are_sentences, share=0)
TOLD_PLATES: Final = AskedForm(doubt("number"), forms.PLATE, are_sentences, share=0)
TOLD_DATES: Final = AskedForm(doubt("date"), forms.SOME_DATE, tell_a_birth, share=0)
_PAIRS: Final = AskedForm(doubt("position"), forms.PAIR, differ, share=_SOME)
_OTHER_PAIRS: Final = AskedForm(doubt("position"), f"{forms.DEGREES}|{forms.METRES_PAIR}|{forms.THREE_WORDS}", vary)
_GEOHASHES: Final = AskedForm(doubt("position"), forms.GEOHASH, are_geohashes, share=1)
_COORDINATES: Final = AskedForm(doubt("position"), f"{forms.COORDINATE}|{forms.METRES}", differ)


def forms_of(context: Context, naming: str) -> Iterator[AskedForm]:
    """Yield the forms that nothing in a column's name or words explains.

    `naming`: names of the neighbours that vary as it does, folded: they may name what it is about.
    """
    own = speaks_of_one_person(f"{context.name} {context.guessed}")
    beside = speaks_of_one_person(context.beside)
    yield from _numbers_of(context, own=own, beside=beside)
    if not explains_initials(context):
        yield _INITIALS
    yield from _dates_of(context, of_people=own or beside)
    yield _HAMLETS if is_of_a_home(context) else _TOLD_HOMES
    if not explains_a_street(context, naming):
        yield from (_STREETS, _STREETS_FIRST, TOLD_STREETS)
        if not names_a_thing(f"{context.name} {naming}"):
            yield _HOUSES
    if not explains_a_position(context, naming):
        yield from _positions_of(context, naming)
    if not explains_a_number(context):
        yield _DRAWN_DIGITS


def _positions_of(context: Context, naming: str) -> Iterator[AskedForm]:
    """Yield what to ask of positions."""
    yield from (_PAIRS, _GEOHASHES)
    if not explains_an_axis(context, naming):
        yield _OTHER_PAIRS
    if is_a_coordinate(context):
        yield _COORDINATES


def _numbers_of(context: Context, *, own: bool, beside: bool) -> Iterator[AskedForm]:
    """Yield what to ask of numbers: of a column that speaks of one person (`own`), or stands beside one that does."""
    if not is_described(context):
        yield _NUMBERS_WITHIN
    if explains_any_number(context):
        if not is_described(context):
            yield _NO_ARTICLES if explains_an_article(context) else _UNPROVED_NUMBERS
        return
    if explains_a_number(context):
        yield _PERSONS_NUMBERS
        return
    yield NUMBERS
    if own:
        yield _CODES
    elif not names_a_thing(context.beside):
        yield _SHORT_NUMBERS
    if own or beside:
        yield _OF_PEOPLE
    yield from (TOLD_NUMBERS, TOLD_PLATES)


def _dates_of(context: Context, *, of_people: bool) -> Iterator[AskedForm]:
    """Yield what to ask of dates; of those that a word explains beside people, and of a *date*, if they are births.

    Of those that a word explains by themselves, if they are spread over lifetimes.
    """
    is_bare, explained = context.name in BARE, explains_a_date(context)
    yield from _whatever_happened(context, of_people=is_bare and of_people)
    if is_bare or (explained and of_people and not has_word(BODIES, context.beside)):
        yield from (_BIRTHS, _MONTHS, _SERIALS)
    elif not explained:
        yield from (_DATES, _SOME_DATES, _SHORT_DATES, _MONTHS)
        if not explains_a_number(context):
            yield _SERIALS
    elif not explains_old_dates(context):
        yield from (_LIFETIMES, _OLD_MONTHS, _SERIALS)
    if not explained:
        yield TOLD_DATES


def _whatever_happened(context: Context, *, of_people: bool) -> Iterator[AskedForm]:
    """Yield what to ask of dates whatever a word says of them; `of_people`: they are called *date* beside somebody."""
    if of_people:
        yield _CLASSES
    if has_word(BORN, context.name):
        yield _MONTHS_OF_BIRTH
    if not explains_old_dates(context):
        yield from (_OLD_DAYS, _MOMENTS)

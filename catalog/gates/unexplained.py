"""What has the form of something personal where nothing says what else it is: always a doubt, never a block.

Recognisers in context ask for a word that names the context, and pass what nobody thought of. Here it is the other way
round: a column of which enough cells have one of a few forms is asked about, unless a word of its name, or of what is
declared of it, says what harmless thing it holds, or its values do (a firm's check digit, numbers in a row).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

import regex

from catalog.gates import unexplained_forms as forms
from catalog.gates.cells import Cells
from catalog.gates.explaining import (
    BARE,
    BODIES,
    explains_a_date,
    explains_a_name,
    explains_a_number,
    explains_a_position,
    explains_a_street,
    explains_any_number,
    explains_initials,
    is_a_coordinate,
    is_of_a_home,
    names_a_thing,
    speaks_of_one_person,
)
from catalog.gates.findings import Context, Finding
from catalog.gates.known_words import KnownWords
from catalog.gates.parted import STREET_WORDS
from catalog.gates.recognisers import Decision
from catalog.gates.recognisers.recogniser import has_word
from catalog.gates.recognisers.traces import VOIE
from catalog.gates.scanned_column import OFFICIALS, ScannedColumn, Tallies, Tally
from catalog.gates.unexplained_lives import OF_A_LIFE, are_of_lives
from catalog.gates.unexplained_names import are_of_people
from catalog.gates.unexplained_parts import Texts, parted
from catalog.gates.unexplained_values import (
    are_births,
    are_codes_of_people,
    are_geohashes,
    are_houses,
    are_initials,
    are_numbers,
    are_numbers_of_people,
    are_of_persons,
    are_sentences,
    are_serials,
    are_short_days,
    are_short_numbers,
    differ,
    tell_a_birth,
    tell_a_day,
    tell_a_number,
    vary,
)
from charter.vocabulary import FieldType

_MOST: Final = 0.5
"""Of the cells that hold a value: fewer are told by what stands in them, not by what the column is."""
_SOME: Final = 0.03
"""Of what is told by its form alone: others of the column say that they have none."""
_NEARLY_ALL: Final = 0.9
"""Of what amounts and counts have the form of too."""
_FIRST: Final = 5_000
"""Cells of a form by which a column is judged, beside those drawn from all over it."""
_LONGEST: Final = 400
"""Characters of a cell that may be a form and nothing more; some forms take the square of them to be refused."""
_FEWEST: Final = 2
_RARE: Final = 0.1
_MANY: Final = 50
"""Distinct values, or a tenth of the rows: fewer are categories."""
_JUDGED: Final = frozenset({FieldType.TEXT, FieldType.CODE, FieldType.INTEGER})
_READ: Final = frozenset({"bigint", "date", "hugeint", "integer", "ubigint", "uinteger", "varchar"})

MAY_TELL: Final = (
    r"[0-9]{5}|(?:[0-9] ?){7}|[0-9A-Fa-f]{16}|[A-Za-z]{2}[._/]?[0-9]{3}[._/]?[A-Za-z]{2}"
    r"|19[0-9]{2}|200[0-7]|[0-9][./-][0-9]{1,2}[./-][0-9]{2}"
    rf"|(?i:[0-9] ?(?:bis|ter|quater|[a-d])?,? +(?:de (?:la |l['’])?)?{VOIE})"
)
"""What every sentence that tells one of these holds; a date's year is one that `tell_a_birth` takes."""
_DRAWN: Final = 1_024
"""Rows that tell of which forms a column may be: all are asked about those then."""


_ENOUGH: Final = 128
"""Texts that tell what neighbours are."""
Drawn = tuple[Texts, bool]
"""Texts of a column drawn by lot, with the rows that each stands for, and whether they are all of them."""


class _Form(NamedTuple):
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


_EXPLAINS: Final[Mapping[str, Callable[[Context], bool]]] = {
    "date": explains_a_date,
    "position": explains_a_position,
    "street": explains_a_street,
}


def _doubt(kind: str) -> Finding:
    return Finding(f"unexplained-{kind}", Decision.REVIEW)


_NUMBERS: Final = _Form(_doubt("number"), forms.NUMBER, are_numbers, share=_SOME)
_PERSONS_NUMBERS: Final = _Form(_doubt("number"), forms.NUMBER, are_of_persons)
_SHORT_NUMBERS: Final = _Form(_doubt("number"), forms.CODE, are_short_numbers, whole=True)
_CODES: Final = _Form(_doubt("number"), f"{forms.CODE}|{forms.SHORT_CODE}", are_codes_of_people)
_OF_PEOPLE: Final = _Form(_doubt("number"), forms.FOUR_DIGITS, are_numbers_of_people, share=_NEARLY_ALL, whole=True)
_INITIALS: Final = _Form(_doubt("name"), forms.INITIALS, are_initials, share=_NEARLY_ALL)
_DATES: Final = _Form(_doubt("date"), forms.WHOLE_DATE, differ)
_SOME_DATES: Final = _Form(_doubt("date"), forms.WHOLE_DATE, tell_a_day, share=_SOME)
_BIRTHS: Final = _Form(_doubt("date"), forms.WHOLE_DATE, are_births)
_SHORT_DATES: Final = _Form(_doubt("date"), forms.SHORT_DATE, are_short_days)
_MONTHS: Final = _Form(_doubt("date"), forms.MONTH_OF_A_YEAR, are_births)
_SERIALS: Final = _Form(_doubt("date"), forms.SERIAL, are_serials, share=_NEARLY_ALL)
_STREETS: Final = _Form(_doubt("street"), forms.STREET, differ, share=_SOME)
_STREETS_FIRST: Final = _Form(_doubt("street"), forms.STREET_FIRST, differ)
_HAMLETS: Final = _Form(_doubt("street"), forms.PLACE_AND_TOWN, differ, share=_SOME)
_HOUSES: Final = _Form(_doubt("street"), forms.HOUSE_OF_A_NAME, are_houses)
TOLD_NUMBERS: Final = _Form(_doubt("number"), forms.LONG_NUMBER, tell_a_number, share=0)
TOLD_STREETS: Final = _Form(_doubt("street"), forms.SOME_STREET, are_sentences, share=0)
TOLD_PLATES: Final = _Form(_doubt("number"), forms.PLATE, are_sentences, share=0)
TOLD_DATES: Final = _Form(_doubt("date"), forms.SOME_DATE, tell_a_birth, share=0)
_PAIRS: Final = _Form(_doubt("position"), forms.PAIR, differ, share=_SOME)
_OTHER_PAIRS: Final = _Form(_doubt("position"), f"{forms.DEGREES}|{forms.METRES_PAIR}|{forms.THREE_WORDS}", vary)
_GEOHASHES: Final = _Form(_doubt("position"), forms.GEOHASH, are_geohashes, share=1)
_COORDINATES: Final = _Form(_doubt("position"), f"{forms.COORDINATE}|{forms.METRES}", differ)


def unexplained_findings(
    cells: Cells, columns: Sequence[ScannedColumn], found: Mapping[str, Tallies], words: KnownWords
) -> Iterator[tuple[str, Finding, Tally]]:
    """Yield what nothing explains, for each column in which nothing else was found."""
    drawn, contexts = dict[str, Texts](), dict[str, Context]()
    for column in columns:
        name, beside = column.name, [each.name for each in columns if each is not column]
        context = contexts[name] = Context.of(name, words=column.words, category=column.category, beside=beside)
        drawn[name] = ()
        if found[name] or not _is_judged(column, cells.values.kinds[name]):
            continue
        some = cells.some_texts(name, _DRAWN)
        asked = [each for each in _forms_of(context) if each.share or _may_hold_sentences(column)]
        if form := next(_held(cells, name, asked, some), None):
            yield name, form.finding, _tally(cells, name, form)
        elif not explains_a_name(context) and _are_names(cells, name, some, words):
            yield name, _doubt("name"), _filled(cells, [name])
        else:
            drawn[name] = some[0][:: 1 + len(some[0]) // _ENOUGH]
            if cells.values.kinds[name] == "varchar" and are_of_lives(drawn[name]):
                rows, first = cells.of_forms({name: OF_A_LIFE})
                yield name, _doubt("life"), Tally(rows, rows, first)
    yield from _together(cells, drawn, contexts)


def _together(
    cells: Cells, drawn: Mapping[str, Texts], contexts: Mapping[str, Context]
) -> Iterator[tuple[str, Finding, Tally]]:
    """Yield what neighbours hold together, if nothing explains it in any of them; in a street, if it is no place's."""
    streets = [name for name, context in contexts.items() if has_word(STREET_WORDS, context.name)]
    for kind, names in parted(drawn, streets=streets):
        if kind == "street" and speaks_of_one_person(contexts[names[1]].name):
            continue  # who lives there is numbered, not the house
        if not any(_EXPLAINS[kind](contexts[each]) for each in (names[:1] if kind == "street" else names)):
            tally = _filled(cells, names)
            yield from ((name, _doubt(kind), tally) for name in names)


def _are_names(cells: Cells, column: str, drawn: Drawn, words: KnownWords) -> bool:
    return cells.values.kinds[column] == "varchar" and are_of_people({text for text, _ in drawn[0]}, words)


def _filled(cells: Cells, columns: Iterable[str]) -> Tally:
    """Count the rows in which all columns hold something: each is asked about."""
    rows, first = cells.of_forms(dict.fromkeys(columns, r"(?s).+"))
    return Tally(rows, rows, first)


def _tally(cells: Cells, column: str, form: _Form) -> Tally:
    """Count what has a form; of sentences, only those that hold what it asks for: the DPO is sent to the first."""
    if form.share:
        rows, first = cells.of_forms({column: form.cell})
        return Tally(rows, rows, first)
    tally = Tally()
    for seen in cells.formed_rows(column, form.form):
        if form.holds([seen.text]):
            tally.add(seen)
    return tally


def _is_judged(column: ScannedColumn, kind: str) -> bool:
    """Tell whether a column may hold anything: it is neither listed nor signed, nor of a type that says what it is."""
    if column.closed or OFFICIALS in column.declared or kind not in _READ:
        return False
    return column.of_type is None or column.of_type.type in _JUDGED


def _may_hold_sentences(column: ScannedColumn) -> bool:
    return column.of_type is None or column.of_type.type == FieldType.TEXT


def _forms_of(context: Context) -> Iterator[_Form]:
    """Yield the forms that nothing in a column's name or words explains."""
    own = speaks_of_one_person(f"{context.name} {context.guessed}")
    beside = speaks_of_one_person(context.beside)
    yield from _numbers_of(context, own=own, beside=beside)
    if not explains_initials(context):
        yield _INITIALS
    yield from _dates_of(context, of_people=own or beside)
    if is_of_a_home(context):
        yield _HAMLETS
    if not explains_a_street(context):
        yield from (_STREETS, _STREETS_FIRST, TOLD_STREETS)
        if not names_a_thing(f"{context.name} {context.beside}"):
            yield _HOUSES
    if not explains_a_position(context):
        yield from (_PAIRS, _OTHER_PAIRS, _GEOHASHES)
        if is_a_coordinate(context):
            yield _COORDINATES


def _numbers_of(context: Context, *, own: bool, beside: bool) -> Iterator[_Form]:
    """Yield what to ask of numbers: of a column that speaks of one person (`own`), or stands beside one that does."""
    if explains_a_number(context):
        if not explains_any_number(context):
            yield _PERSONS_NUMBERS
        return
    yield _NUMBERS
    if own:
        yield _CODES
    elif not names_a_thing(context.beside):
        yield _SHORT_NUMBERS
    if own or beside:
        yield _OF_PEOPLE
    yield from (TOLD_NUMBERS, TOLD_PLATES)


def _dates_of(context: Context, *, of_people: bool) -> Iterator[_Form]:
    """Yield what to ask of dates; of those that a word explains beside people, and of a *date*, if they are births."""
    is_bare, explained = context.name in BARE, explains_a_date(context)
    if is_bare or (explained and of_people and not has_word(BODIES, context.beside)):
        yield _BIRTHS
    elif not explained:
        yield from (_DATES, _SOME_DATES, _SHORT_DATES, _MONTHS)
        if not explains_a_number(context):
            yield _SERIALS
    if not explained:
        yield TOLD_DATES


def _held(cells: Cells, column: str, asked: Sequence[_Form], drawn: Drawn) -> Iterator[_Form]:
    """Yield the forms that enough cells of a column have, if its values hold what they ask for."""
    yield from _whole(cells, column, asked, drawn)
    for form in _told(cells, column, asked):
        if any(form.holds([text]) for text in cells.formed_texts(column, form.form)):
            yield form


def _whole(cells: Cells, column: str, asked: Sequence[_Form], drawn: Drawn) -> Iterator[_Form]:
    """Yield the forms that enough cells have, if their values hold what they ask for.

    Cells drawn by lot tell of which forms all cells are asked: of 500 drawn, half of them being of a form, fewer than a
    quarter are once in 10^30 times; of 1,000, a thirtieth being of one, fewer than half of these once in 10^3. Where
    most are empty, too few are drawn to tell.
    """
    some, are_all = [(forms.bare(text), rows) for text, rows in drawn[0]], drawn[1]
    short = [(text, rows) for text, rows in some if len(text) <= _LONGEST]
    every = sum(rows for _, rows in some)
    is_told = are_all or 2 * every >= cells.values.rows
    for form in (each for each in asked if each.share):
        formed = [(text, rows) for text, rows in short if _compiled(form.form).fullmatch(text)]
        rows = sum(rows for _, rows in formed)
        if is_told and (2 * rows < form.share * every or not _hold(cells, column, form, formed, rows)):
            continue
        filled, rows = (every, rows) if are_all else cells.formed(column, [form.cell])
        if not rows or rows < form.share * filled or (form is _NUMBERS and _are_amounts(some, form)):
            continue
        if is_told or _hold(cells, column, form, formed, rows):
            yield form


def _are_amounts(some: Texts, form: _Form) -> bool:
    """Tell whether what has not the form of a number is mostly one too, a shorter one.

    Beside codes with letters, a zero says that there is none.
    """
    formed = [text for text, _ in some if _compiled(form.form).fullmatch(text)]
    shorter = {text for text, _ in some if text.isdigit()}.difference(formed)
    if formed and not any(map(str.isdigit, formed)):
        shorter.discard("0")
    others = sum(rows for text, rows in some if text in shorter)
    return 2 * others > sum(rows for _, rows in some)


@cache
def _compiled(form: str) -> "regex.Pattern[str]":
    """Return a form as this process reads it itself: of few cells, to ready RE2 would cost more."""
    return regex.compile(form)


def _told(cells: Cells, column: str, forms: Sequence[_Form]) -> Iterator[_Form]:
    """Yield the forms that stand in some sentence."""
    asked = [each for each in forms if not each.share]
    if asked and cells.values.kinds[column] == "varchar":
        _, *found = cells.formed(column, [each.form for each in asked], among=MAY_TELL)
        yield from (form for form, rows in zip(asked, found, strict=True) if rows)


def _hold(cells: Cells, column: str, form: _Form, drawn: Texts, rows: int) -> bool:
    """Tell whether the texts of a form, in so many rows, hold what it asks for.

    Those drawn from all over the column, or its first ones: of a form that few cells have, few are drawn.
    """
    enough = min(rows, max(_FEWEST, min(_RARE * rows, _MANY)))
    values = sorted({text for text, _ in drawn})
    if values and not form.whole and len(values) >= enough and form.holds(values):
        return True
    values = sorted({forms.bare(text) for text in cells.first_formed(column, form.cell, _FIRST)})
    return bool(values) and len(values) >= enough and form.holds(values)

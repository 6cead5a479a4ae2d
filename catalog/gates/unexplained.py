"""What has the form of something personal where nothing says what else it is: always a doubt, never a block.

Recognisers in context ask for a word that names the context, and pass what nobody thought of. Here it is the other way
round: a column of which most cells have one of a few forms is asked about, unless a word of its name, or of what is
declared of it, says what harmless thing it holds, or its values do (a firm's check digit, numbers in a row).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

import regex

from catalog.gates.cells import Cells
from catalog.gates.explaining import (
    BARE,
    explains_a_date,
    explains_a_number,
    explains_a_position,
    explains_a_street,
    is_a_coordinate,
    speaks_of_one_person,
)
from catalog.gates.findings import Context, Finding
from catalog.gates.recognisers import Decision
from catalog.gates.recognisers.traces import DATE, VOIE
from catalog.gates.scanned_column import OFFICIALS, ScannedColumn, Tallies, Tally
from catalog.gates.unexplained_values import (
    are_births,
    are_codes,
    are_numbers,
    are_sentences,
    differ,
    tell_a_birth,
    tell_a_number,
)
from charter.vocabulary import FieldType

_MOST: Final = 0.5
"""Of the cells that hold a value: fewer are told by what stands in them, not by what the column is."""
_LOOKED_AT: Final = 20_000
"""Cells of a form by which a column is judged, whatever it holds more."""
_FEWEST: Final = 2
_RARE: Final = 0.1
_MANY: Final = 50
"""Distinct values, or a tenth of the rows: fewer are categories."""
_JUDGED: Final = frozenset({FieldType.TEXT, FieldType.CODE, FieldType.INTEGER})
_READ: Final = frozenset({"bigint", "date", "hugeint", "integer", "ubigint", "uinteger", "varchar"})

_NUMBER: Final = (
    "[0-9](?:[ \u00a0]?[0-9]){6,21}|[0-9]{6,10} ?[A-Z]{1,2}|[A-Z]{1,2}[ -]?[0-9]{6,9}"
    r"|[0-9]{2} ?[A-Z]{2} ?[0-9]{5}|[0-9]{2}[A-Z][0-9]{10}|[A-Z0-9]{8,12}|[0-9X*]{4}(?:[ -]?[0-9X*]{4}){3}|[0-9A-Z]{17}"
    r"|[0-9A-Fa-f]{16}|[0-9A-Fa-f]{12}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}"
    r"|[67](?:[ .-]?[0-9]{2}){4}|6[269]1(?:[ .-]?[0-9]{3}){2}"
    r"|[A-Za-z]{2}[ ._/-]?[0-9]{3}[ ._/-]?[A-Za-z]{2}|[A-Z]{2}[ -]?[0-9]{4}"
    r"|[A-Z]{1,3}-[A-Z]{1,2} [1-9][0-9]{0,3}|0[67](?:[ .*,/-]?[0-9]){8}"
)
"""As states, banks, networks, schools and makers number people and what follows them: seven digits or more, a paper's,
a pupil's, a device's, a telephone, a plate."""
_CODE: Final = r"[A-Za-z]{0,3}[ -]?[0-9]{5,9}[ -]?[A-Za-z]{0,2}"
"""Shorter ones, which count where the column's own name says whose they are."""
_WHOLE_DATE: Final = rf"[^0-9]*{DATE}(?:[^0-9]+[0-9]{{1,4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{2,4}})?[^0-9]*"
_STREET: Final = (
    rf"(?is)[^0-9]*[0-9]{{1,4}} ?(?:bis|ter|quater|[a-d])?,? +{VOIE}\.? +[\pL0-9].*"
    r"|\pL[\pL.-]+(?:str(?:aße|asse|\.)|weg|gasse|platz|allee|ufer|ring|damm|graben) [0-9]{1,4}(?:[ ,a-z].*)?"
)
"""Without counted repeats of letters: RE2 would need a state for each, and read cells without its automaton."""
_COORDINATE: Final = r"-?[0-9]{1,2}[.,][0-9]{4,}"
_DEGREES: Final = r"[0-9]{1,3}[°º][0-9 .,'′’\"″”]+"
_PAIR: Final = (
    rf"(?i)(?:point ?\( ?)?{_COORDINATE}°? ?[,;/ ] ?-?[0-9]{{1,3}}[.,][0-9]{{4,}}°?(?: ?\))?"
    rf"|{_DEGREES}[NS][ ,;/]*{_DEGREES}[EOW]"
)
_METRES: Final = r"[0-9]{6,7}(?:[.,][0-9]+)?"
"""Of a national survey's projection: one axis."""
_LONG_NUMBER: Final = (
    r"(?s)(?:.*[^\pL0-9.,/+_-])?(?:[0-9](?: ?[0-9]){6,21}|[0-9]{2} ?[A-Z]{2} ?[0-9]{5}|[0-9]{9,10}[A-Z]{1,2}"
    r"|[0-9A-Fa-f]{16})(?:[^\pL0-9].*)?"
)
_SOME_STREET: Final = (
    r"(?is)(?:.*[^0-9.,/-])?[0-9]{1,4} ?(?:bis|ter|quater|[a-d])?,? +(?:de (?:la |l['’])?)?"
    rf"{VOIE}\.? +\pL{{2}}.*"
)
_PLATE: Final = r"(?s)(?:.*[^\pL0-9_-])?[A-Za-z]{2}[._/]?[0-9]{3}[._/]?[A-Za-z]{2}(?:[^\pL0-9_-].*)?"
_SOME_DATE: Final = rf"(?s)(?:.*[^0-9/.-])?{DATE}(?:[^0-9/-].*)?"
"""Within a sentence; one is enough."""
MAY_TELL: Final = (
    r"[0-9]{5}|(?:[0-9] ?){7}|[0-9A-Fa-f]{16}|[A-Za-z]{2}[._/]?[0-9]{3}[._/]?[A-Za-z]{2}"
    r"|19[0-9]{2}|200[0-7]|[0-9][./-][0-9]{1,2}[./-][0-9]{2}"
    rf"|(?i:[0-9] ?(?:bis|ter|quater|[a-d])?,? +(?:de (?:la |l['’])?)?{VOIE})"
)
"""What every sentence that tells one of these holds; a date's year is one that `tell_a_birth` takes."""
_DRAWN: Final = 1_024
"""Rows that tell of which forms a column may be: all are asked about those then."""


class _Form(NamedTuple):
    """A form (RE2, the whole cell), what it may be, whether values say so, and the share of cells that must have it."""

    finding: Finding
    form: str
    holds: Callable[[Sequence[str]], bool]
    share: float = _MOST


def _doubt(kind: str) -> Finding:
    return Finding(f"unexplained-{kind}", Decision.REVIEW)


_NUMBERS: Final = _Form(_doubt("number"), _NUMBER, are_numbers)
_CODES: Final = _Form(_doubt("number"), _CODE, are_codes)
_DATES: Final = _Form(_doubt("date"), _WHOLE_DATE, differ)
_BIRTHS: Final = _Form(_doubt("date"), _WHOLE_DATE, are_births)
_STREETS: Final = _Form(_doubt("street"), _STREET, differ)
TOLD_NUMBERS: Final = _Form(_doubt("number"), _LONG_NUMBER, tell_a_number, share=0)
TOLD_STREETS: Final = _Form(_doubt("street"), _SOME_STREET, are_sentences, share=0)
TOLD_PLATES: Final = _Form(_doubt("number"), _PLATE, are_sentences, share=0)
TOLD_DATES: Final = _Form(_doubt("date"), _SOME_DATE, tell_a_birth, share=0)
_PAIRS: Final = _Form(_doubt("position"), _PAIR, differ)
_COORDINATES: Final = _Form(_doubt("position"), rf"{_COORDINATE}|{_METRES}", differ)


def unexplained_findings(
    cells: Cells, columns: Sequence[ScannedColumn], found: Mapping[str, Tallies]
) -> Iterator[tuple[str, Finding, Tally]]:
    """Yield what nothing explains, for each column in which nothing else was found."""
    for column in columns:
        if found[column.name] or not _is_judged(column, cells.values.kinds[column.name]):
            continue
        beside = [each.name for each in columns if each is not column]
        context = Context.of(column.name, words=column.words, category=column.category, beside=beside)
        forms = [each for each in _forms_of(context) if each.share or _may_hold_sentences(column)]
        for form in _held(cells, column.name, forms):
            yield column.name, form.finding, _tally(cells, column.name, form)


def _tally(cells: Cells, column: str, form: _Form) -> Tally:
    """Count what has a form; of sentences, only those that hold what it asks for: the DPO is sent to the first."""
    if form.share:
        rows, first = cells.of_forms({column: form.form})
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
    own, beside = (speaks_of_one_person(words) for words in (context.name, context.beside))
    if not explains_a_number(context):
        yield _NUMBERS
        if own:
            yield _CODES
        yield from (TOLD_NUMBERS, TOLD_PLATES)
    yield from _dates_of(context, of_people=own or beside)
    if not explains_a_street(context):
        yield _STREETS
        yield TOLD_STREETS
    if not explains_a_position(context):
        yield _PAIRS
        if is_a_coordinate(context):
            yield _COORDINATES


def _dates_of(context: Context, *, of_people: bool) -> Iterator[_Form]:
    """Yield what to ask of dates that no word explains; of a *date*, beside people, whether they are births."""
    if explains_a_date(context):
        return
    if context.name not in BARE:
        yield _DATES
    elif of_people:
        yield _BIRTHS
    yield TOLD_DATES


def _held(cells: Cells, column: str, forms: Sequence[_Form]) -> Iterator[_Form]:
    """Yield the first form that enough cells of a column have, if its values hold what it asks for."""
    for form, rows in chain(_whole(cells, column, forms), _told(cells, column, forms)):
        if _holds(cells, column, form, rows):
            yield form
            return


def _whole(cells: Cells, column: str, forms: Sequence[_Form]) -> Iterator[tuple[_Form, int]]:
    """Yield the forms that most cells have, with how many do.

    Cells drawn by lot tell of which forms all cells are asked: of 500 drawn, half of them being of a form, fewer than a
    quarter are once in 10^30 times. Where most are empty, too few are drawn to tell.
    """
    asked = [each for each in forms if each.share]
    some, are_all = cells.some_texts(column, _DRAWN) if asked else ([], True)
    drawn = sum(rows for _, rows in some)
    for form in asked:
        likely = sum(rows for text, rows in some if _compiled(form.form).fullmatch(text))
        if are_all or (2 * likely < form.share * drawn and 2 * drawn >= cells.values.rows):
            every, formed = drawn, likely
        else:
            every, formed = cells.formed(column, [form.form])
        if formed and formed >= form.share * every:
            yield form, formed


@cache
def _compiled(form: str) -> "regex.Pattern[str]":
    """Return a form as this process reads it itself: of few cells, to ready RE2 would cost more."""
    return regex.compile(form)


def _told(cells: Cells, column: str, forms: Sequence[_Form]) -> Iterator[tuple[_Form, int]]:
    """Yield the forms that stand in some sentence, with in how many rows they do."""
    asked = [each for each in forms if not each.share]
    if asked and cells.values.kinds[column] == "varchar":
        _, *found = cells.formed(column, [each.form for each in asked], among=MAY_TELL)
        yield from ((form, rows) for form, rows in zip(asked, found, strict=True) if rows)


def _holds(cells: Cells, column: str, form: _Form, rows: int) -> bool:
    """Tell whether the texts of a column that have a form, in so many rows, hold what it asks for."""
    if not form.share:
        return any(form.holds([text]) for text in cells.formed_texts(column, form.form))
    values = cells.first_formed(column, form.form, _LOOKED_AT)
    return len(values) >= max(_FEWEST, min(_RARE * rows, _MANY)) and form.holds(values)

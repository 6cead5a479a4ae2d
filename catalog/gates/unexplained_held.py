"""Whether enough cells of a column have a form that is asked about, and their values what makes it somebody's."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

import regex

from catalog.gates import unexplained_forms as forms
from catalog.gates.cells import Cells
from catalog.gates.scanned_column import Tally
from catalog.gates.unexplained_alike import MOST
from catalog.gates.unexplained_asked import MAY_TELL, NUMBERS, AskedForm
from catalog.gates.unexplained_parts import Texts

_FIRST: Final = 5_000
"""Cells of a form by which a column is judged, beside those drawn from all over it."""
_LONGEST: Final = 400
"""Characters of a cell that may be a form and nothing more; some forms take the square of them to be refused."""
_FEWEST: Final = 2
_RARE: Final = 0.1
_MANY: Final = 50
"""Distinct values, or a tenth of the rows: fewer are categories."""
Drawn = tuple[Texts, bool]
"""Texts of a column drawn by lot, with the rows that each stands for, and whether they are all of them."""


def held(cells: Cells, column: str, asked: Sequence[AskedForm], drawn: Drawn) -> Iterator[AskedForm]:
    """Yield the forms that enough cells of a column have, if its values hold what they ask for."""
    yield from _whole(cells, column, asked, drawn)
    for form in _told(cells, column, asked):
        if any(form.holds([text]) for text in cells.formed_texts(column, form.form)):
            yield form


def _whole(cells: Cells, column: str, asked: Sequence[AskedForm], drawn: Drawn) -> Iterator[AskedForm]:
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
        if not rows or rows < form.share * filled or (form is NUMBERS and _are_amounts(some, form)):
            continue
        if is_told or _hold(cells, column, form, formed, rows):
            yield form


def holds_alone(form: AskedForm, values: Sequence[str]) -> bool:
    """Tell whether different values have a form and hold what it asks for, most of them."""
    formed = [each for each in map(forms.bare, values) if _compiled(form.form).fullmatch(each)]
    return len(formed) >= max(_FEWEST, MOST * len(values)) and form.holds(formed)


def _are_amounts(some: Texts, form: AskedForm) -> bool:
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


def _told(cells: Cells, column: str, forms: Sequence[AskedForm]) -> Iterator[AskedForm]:
    """Yield the forms that stand in some sentence."""
    asked = [each for each in forms if not each.share]
    if asked and cells.values.kinds[column] == "varchar":
        _, *found = cells.formed(column, [each.form for each in asked], among=MAY_TELL)
        yield from (form for form, rows in zip(asked, found, strict=True) if rows)


def _hold(cells: Cells, column: str, form: AskedForm, drawn: Texts, rows: int) -> bool:
    """Tell whether the texts of a form, in so many rows, hold what it asks for.

    Those drawn from all over the column, or its first ones: of a form that few cells have, few are drawn.
    """
    enough = min(rows, max(_FEWEST, min(_RARE * rows, _MANY)))
    values = sorted({text for text, _ in drawn})
    if values and not form.whole and len(values) >= enough and form.holds(values):
        return True
    values = sorted({forms.bare(text) for text in cells.first_formed(column, form.cell, _FIRST)})
    return bool(values) and len(values) >= enough and form.holds(values)


def tally_of(cells: Cells, column: str, form: AskedForm) -> Tally:
    """Count what has a form; of sentences, only those that hold what it asks for: the DPO is sent to the first."""
    if form.share:
        rows, first = cells.of_forms({column: form.cell})
        return Tally(rows, rows, first)
    tally = Tally()
    for seen in cells.formed_rows(column, form.form):
        if form.holds([seen.text]):
            tally.add(seen)
    return tally


def filled(cells: Cells, columns: Iterable[str]) -> Tally:
    """Count the rows in which all columns hold something: each is asked about."""
    rows, first = cells.of_forms(dict.fromkeys(columns, r"(?s).+"))
    return Tally(rows, rows, first)

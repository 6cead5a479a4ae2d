"""What has the form of something personal where nothing says what else it is: always a doubt, never a block.

Recognisers in context ask for a word that names the context, and pass what nobody thought of. Here it is the other way
round: a column of which enough cells have one of a few forms is asked about, unless a word of its name, or of what is
declared of it, says what harmless thing it holds, or its values do (a firm's check digit, numbers in a row).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from catalog.gates.cells import Cells
from catalog.gates.explaining import AT_HOME, explains_a_name
from catalog.gates.findings import Context, Finding
from catalog.gates.known_words import KnownWords
from catalog.gates.scanned_column import OFFICIALS, ScannedColumn, Tallies, Tally
from catalog.gates.unexplained_asked import doubt, forms_of
from catalog.gates.unexplained_held import Drawn, filled, held, holds_alone, tally_of
from catalog.gates.unexplained_homes import speak_of_homes
from catalog.gates.unexplained_labelled import labelled
from catalog.gates.unexplained_lives import OF_A_LIFE, are_of_lives
from catalog.gates.unexplained_names import are_of_people
from catalog.gates.unexplained_naming import may_name, naming
from catalog.gates.unexplained_parts import Texts
from catalog.gates.unexplained_together import together
from charter.vocabulary import FieldType

_JUDGED: Final = frozenset({FieldType.TEXT, FieldType.CODE, FieldType.INTEGER})
_READ: Final = frozenset({"bigint", "date", "hugeint", "integer", "ubigint", "uinteger", "varchar"})
_DRAWN: Final = 1_024
"""Rows that tell of which forms a column may be: all are asked about those then."""
_ENOUGH: Final = 128
"""Texts that tell what neighbours are."""


def unexplained_findings(
    cells: Cells, columns: Sequence[ScannedColumn], found: Mapping[str, Tallies], words: KnownWords
) -> Iterator[tuple[str, Finding, Tally]]:
    """Yield what nothing explains, for each column in which nothing else was found."""
    drawn, contexts = dict[str, Texts](), dict[str, Context]()
    named, named_by = may_name(column.name for column in columns), dict[str, str]()
    some = cache(lambda name: cells.some_texts(name, _DRAWN))
    variety = cache(lambda name: len({text for text, _ in some(name)[0]}))
    written = [each.name for each in columns if cells.values.kinds[each.name] == "varchar"]
    homes = [each for each in written if speak_of_homes(some(each)[0])]
    for column in columns:
        name, beside = column.name, [each.name for each in columns if each is not column]
        beside += [AT_HOME for each in homes if each != name]
        context = contexts[name] = Context.of(name, words=column.words, category=column.category, beside=beside)
        drawn[name] = ()
        if found[name] or not _is_judged(column, cells.values.kinds[name]):
            continue
        named_by[name] = naming(name, named, variety)
        asked = [each for each in forms_of(context, named_by[name]) if each.share or _may_hold_sentences(column)]
        if form := next(held(cells, name, asked, some(name)), None):
            yield name, form.finding, tally_of(cells, name, form)
        elif not explains_a_name(context) and _are_names(cells, name, some(name), words):
            yield name, doubt("name"), filled(cells, [name])
        elif labels := _behind_a_label(column, some(name)[0], beside, named_by[name]):
            finding, form_of_cells = labels
            rows, first = cells.of_forms({name: form_of_cells})
            yield name, finding, Tally(rows, rows, first)
        else:
            texts = some(name)[0]
            drawn[name] = texts[:: 1 + len(texts) // _ENOUGH]
            if cells.values.kinds[name] == "varchar" and are_of_lives(drawn[name]):
                rows, first = cells.of_forms({name: OF_A_LIFE})
                yield name, doubt("life"), Tally(rows, rows, first)
    yield from together(cells, drawn, contexts, named_by)


def _behind_a_label(
    column: ScannedColumn, texts: Texts, beside: Sequence[str], named_by: str
) -> tuple[Finding, str] | None:
    """Return what may stand behind the same words in several cells, which are the name of a column of it."""
    for each in labelled(texts):
        context = Context.of(f"{column.name} {each.label}", words=column.words, category=column.category, beside=beside)
        for form in forms_of(context, named_by):
            if form.share and holds_alone(form, each.values):
                return form.finding, each.form
    return None


def _are_names(cells: Cells, column: str, drawn: Drawn, words: KnownWords) -> bool:
    return cells.values.kinds[column] == "varchar" and are_of_people({text for text, _ in drawn[0]}, words)


def _is_judged(column: ScannedColumn, kind: str) -> bool:
    """Tell whether a column may hold anything: it is neither listed nor signed, nor of a type that says what it is."""
    if column.closed or OFFICIALS in column.declared or kind not in _READ:
        return False
    return column.of_type is None or column.of_type.type in _JUDGED


def _may_hold_sentences(column: ScannedColumn) -> bool:
    return column.of_type is None or column.of_type.type == FieldType.TEXT

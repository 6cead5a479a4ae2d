"""What has the form of something personal where nothing says what else it is: always a doubt, never a block.

Recognisers in context ask for a word that names the context, and pass what nobody thought of. Here it is the other way
round: a column of which enough cells have one of a few forms is asked about, unless a word of its name, or of what is
declared of it, says what harmless thing it holds, or its values do (a firm's check digit, numbers in a row).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

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
_PARTED: Final = 256
"""Texts that are parted into words and values: eight of them have what three in a hundred have."""


def unexplained_findings(
    cells: Cells, columns: Sequence[ScannedColumn], found: Mapping[str, Tallies], words: KnownWords
) -> Iterator[tuple[str, Finding, Tally]]:
    """Yield what nothing explains, for each column in which nothing else was found."""
    drawn, contexts = dict[str, Texts](), dict[str, Context]()
    named, named_by = may_name(column.name for column in columns), dict[str, str]()
    some = cache(lambda name: cells.some_texts(name, _DRAWN))
    variety = cache(lambda name: len({text for text, _ in some(name)[0]}))
    asked = {each.name for each in columns if not found[each.name] and _is_judged(each, cells.values.kinds[each.name])}
    at_home = cache(lambda name: cells.values.kinds[name] == "varchar" and speak_of_homes(some(name)[0]))
    for column in columns:
        name = column.name
        drawn[name] = ()
        if name not in asked:
            continue
        others = [each.name for each in columns if each is not column]
        beside = [*others, *(AT_HOME for each in others if each in asked and at_home(each))]
        contexts[name] = Context.of(name, words=column.words, category=column.category, beside=beside)
        named_by[name] = naming(name, named, variety)
        if doubted := next(_doubts(_Asked(cells, column, contexts[name], named_by[name], some(name)), words), None):
            yield name, *doubted
        else:
            drawn[name] = _few(some(name)[0], _ENOUGH)
    yield from together(cells, drawn, contexts, named_by)


class _Asked(NamedTuple):
    """A column that is asked about, in its context; `named_by`: the neighbours that vary as it does."""

    cells: Cells
    column: ScannedColumn
    context: Context
    named_by: str
    drawn: Drawn

    @property
    def is_written(self) -> bool:
        return self.cells.values.kinds[self.column.name] == "varchar"


def _doubts(asked: _Asked, words: KnownWords) -> Iterator[tuple[Finding, Tally]]:
    """Yield what a column may hold: by the form of its cells, as names, behind a label, about somebody's life."""
    cells, column, context, named_by, drawn = asked
    name, texts = column.name, drawn[0]
    forms = [each for each in forms_of(context, named_by) if each.share or _may_hold_sentences(column)]
    yield from ((form.finding, tally_of(cells, name, form)) for form in held(cells, name, forms, drawn))
    if not explains_a_name(context) and asked.is_written and are_of_people({text for text, _ in texts}, words):
        yield doubt("name"), filled(cells, [name])
    yield from ((finding, _counted(cells, name, form)) for finding, form in _behind_a_label(asked))
    if asked.is_written and are_of_lives(_few(texts, _ENOUGH)):
        yield doubt("life"), _counted(cells, name, OF_A_LIFE)


def _behind_a_label(asked: _Asked) -> Iterator[tuple[Finding, str]]:
    """Yield what may stand behind the same words in several cells, which are the name of a column of it."""
    column, beside = asked.column, [asked.context.beside]
    for each in labelled(_few(asked.drawn[0], _PARTED)):
        context = Context.of(f"{column.name} {each.label}", words=column.words, category=column.category, beside=beside)
        for form in forms_of(context, asked.named_by):
            if form.share and holds_alone(form, each.values):
                yield form.finding, each.form


def _few(texts: Texts, several: int) -> Texts:
    return texts[:: 1 + len(texts) // several]


def _counted(cells: Cells, column: str, form: str) -> Tally:
    rows, first = cells.of_forms({column: form})
    return Tally(rows, rows, first)


def _is_judged(column: ScannedColumn, kind: str) -> bool:
    """Tell whether a column may hold anything: it is neither listed nor signed, nor of a type that says what it is."""
    if column.closed or OFFICIALS in column.declared or kind not in _READ:
        return False
    return column.of_type is None or column.of_type.type in _JUDGED


def _may_hold_sentences(column: ScannedColumn) -> bool:
    return column.of_type is None or column.of_type.type == FieldType.TEXT

"""The scan for personal data of any Parquet file, a release's or not, and of the names that it and its columns bear."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from catalog.gates.cells import Cells, TextCount
from catalog.gates.findings import PERSON, Context, Finding
from catalog.gates.recognisers import RECOGNISERS, Decision
from catalog.gates.recognisers.names import CAPITALS, SENTENCE
from charter.apply import ReleaseColumn
from charter.vocabulary import FieldType

if TYPE_CHECKING:
    from catalog.gates.detector import Detector

BY_MODEL: Final = Finding(PERSON, Decision.REVIEW)
OFFICIALS: Final = "officials"
"""What may be declared of a column: it holds the names of elected officials or of authors, who are public as such."""
_FREE: Final = frozenset({FieldType.TEXT, FieldType.CODE})


@dataclass(frozen=True, slots=True)
class ScannedColumn:
    """A column to be scanned, and what is known of it.

    `words` are its title and descriptions; `category` is the policy's word or ""; `closed` is true where every value
    that may stand in it is listed; `of_type` is what is published of it, where it is a release's; `declared` is what
    someone signs that it may hold (`OFFICIALS`).
    """

    name: str
    words: str = ""
    category: str = ""
    closed: bool = False
    of_type: ReleaseColumn | None = None
    declared: frozenset[str] = frozenset()


@dataclass(slots=True)
class Tally:
    """The rows of a column in which one thing was found, and the first of them."""

    rows: int = 0
    texts: int = 0
    first_row: int = 0

    def add(self, seen: TextCount) -> None:
        """Count one distinct text."""
        self.rows += seen.rows
        self.texts += 1
        self.first_row = min(self.first_row or seen.first_row, seen.first_row)


Tallies = Mapping[Finding, Tally]


@dataclass(frozen=True, slots=True)
class NamesFound:
    """What stands in the name of a file and in the names of its columns; a name without findings is no key."""

    file: Tallies
    columns: Mapping[str, Tallies]


def scan(detector: "Detector", rows: Path, columns: Sequence[ScannedColumn], *, scratch: Path) -> Mapping[str, Tallies]:
    """Return what is found in each column of a Parquet file, blocks first: every row, whatever its type.

    Raises whatever keeps a cell from being read: the file is then refused, never passed.
    """
    with Cells.opened(rows, scratch) as cells:
        return {column.name: _tallies(detector, cells, column) for column in columns}


def scan_names(detector: "Detector", file_name: str, column_names: Iterable[str]) -> NamesFound:
    """Return what stands in a file's name, and in the names of its columns."""
    columns = {name: _in_a_name(detector, name) for name in column_names}
    return NamesFound(_in_a_name(detector, file_name), {name: found for name, found in columns.items() if found})


def _in_a_name(detector: "Detector", name: str) -> Tallies:
    found: defaultdict[Finding, Tally] = defaultdict(Tally)
    for finding in detector.by_pattern(name.replace("_", " "), Context.of("")):
        found[finding].add(TextCount(name, 1, 1))
    return dict(sorted(found.items()))


def _tallies(detector: "Detector", cells: Cells, column: ScannedColumn) -> Tallies:
    """Return what is found in a column, blocks before reviews; nothing in one whose every cell has its type's form."""
    if column.of_type and cells.all_match(column.name, column.of_type):
        return {}
    context = Context.of(column.name, words=column.words, category=column.category)
    tallies: defaultdict[Finding, Tally] = defaultdict(Tally)
    names_may_stand = column.closed or OFFICIALS in column.declared
    for seen in cells.suspects(column.name, RECOGNISERS):
        for finding in detector.by_pattern(seen.text, context):
            if not (names_may_stand and finding.kind == PERSON):
                tallies[finding].add(seen)
    is_free = column.of_type is None or column.of_type.type in _FREE
    if is_free and not names_may_stand and not context.of_places:
        for seen in _named_by_model(detector, cells, column.name, context=context):
            tallies[BY_MODEL].add(seen)
    return dict(sorted(tallies.items()))


def _named_by_model(detector: "Detector", cells: Cells, column: str, *, context: Context) -> Iterator[TextCount]:
    for batch in cells.batches_matching(column, (SENTENCE, CAPITALS)):
        verdicts = detector.by_model([seen.text for seen in batch], context)
        yield from (seen for seen, named in zip(batch, verdicts, strict=True) if named)

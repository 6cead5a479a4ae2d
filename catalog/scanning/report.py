"""What a scan says: decisions, kinds and counts; never a value, nor a name that is one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What becomes of a file, of a column, of a finding."""

    BLOCK = "block"
    REVIEW = "review"
    PASS = "pass"  # noqa: S105 - a verdict


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A kind of personal data, in how many cells, and what that means."""

    decision: Verdict
    kind: str
    count: int

    def as_json(self) -> dict[str, object]:
        """Return it as interfaces name it."""
        return {"kind": self.kind, "count": self.count, "decision": self.decision.value}


@dataclass(frozen=True, slots=True)
class ScannedPlace:
    """A column, or a place of metadata, and what was found in it and in its name."""

    name: str
    findings: tuple[Found, ...]

    @property
    def decision(self) -> Verdict:
        """Return the gravest decision of its findings."""
        return gravest(found.decision for found in self.findings)


@dataclass(frozen=True, slots=True)
class ScanReport:
    """A file, by a name that tells nobody's, what its name holds, and each of its columns."""

    file: str
    findings: tuple[Found, ...]
    columns: tuple[ScannedPlace, ...]
    unread: tuple[str, ...] = ()
    """Codes of what a scan of such a file does not look at."""

    @property
    def decision(self) -> Verdict:
        """Return the gravest decision of all."""
        return gravest([*(found.decision for found in self.findings), *(each.decision for each in self.columns)])

    def as_json(self) -> dict[str, object]:
        """Return it as interfaces name it."""
        return {
            "file": self.file,
            "decision": self.decision.value,
            "findings": [found.as_json() for found in self.findings],
            "columns": [
                {
                    "name": column.name,
                    "decision": column.decision.value,
                    "findings": [found.as_json() for found in column.findings],
                }
                for column in self.columns
            ],
        }


def gravest(decisions: Iterable[Verdict]) -> Verdict:
    """Return the gravest of some decisions; none is a pass."""
    held = set(decisions)
    return next((each for each in (Verdict.BLOCK, Verdict.REVIEW) if each in held), Verdict.PASS)


Counts = Mapping[tuple[Verdict, str], int]
"""In how many cells a kind was found, apart for what blocks and for what is only a doubt."""


def merged(*several: Counts) -> tuple[Found, ...]:
    """Return what was found in a place and in its name as one, blocks first."""
    counts: Counter[tuple[Verdict, str]] = Counter()
    for each in several:
        counts.update(each)
    return tuple(sorted(Found(decision, kind, count) for (decision, kind), count in counts.items()))

"""Door 5: a release that passed every gate becomes a `ValidatedRelease`, here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

from catalog.declaration import DatasetDeclaration
from catalog.gates.runner import GateRunner
from catalog.gates.subject import Fault, Subject, Verdict
from catalog.gates.subject_of import subject_of
from charter.apply import Release
from charter.compile import Plan
from eclor.errors import GateRefused, Place


@dataclass(frozen=True, slots=True)
class Report:
    """What one gate saw. `public` is its verdict for anyone; `internal` its counts and places, never a value."""

    gate: str
    passed: bool
    executor: str
    public: Mapping[str, object]
    internal: Mapping[str, object]


@final
@dataclass(frozen=True, slots=True)
class ValidatedRelease:
    """A release and the reports of all its gates, each of which passed."""

    release: Release
    reports: tuple[Report, ...]


def validate(release: Release, *, declaration: DatasetDeclaration, plan: Plan, gates: GateRunner) -> ValidatedRelease:
    """Pass a release through every gate.

    Refuses (`GateRefused`) if any gate finds a fault, crashes, hangs or takes too much memory. The refusal tells the
    first fault with its row and column; its `internal` holds the report of every gate, for the DPO.
    """
    subject = subject_of(release, declaration, plan)
    verdicts = {gate: gates.run(gate, subject) for gate in gates.gates}
    reports = tuple(_report(gate, verdict) for gate, verdict in verdicts.items())
    faults = [fault for verdict in verdicts.values() for fault in verdict.faults]
    if faults or not reports:
        raise _refusal(subject, faults, reports)
    return ValidatedRelease(release, reports)


def _report(gate: str, verdict: Verdict) -> Report:
    passed = not verdict.faults
    public: dict[str, object] = {"gate": gate, "verdict": "passed" if passed else "refused"}
    if passed:
        public["checks"] = verdict.checks
    return Report(gate, passed, verdict.executor, public, verdict.internal)


def _refusal(subject: Subject, faults: list[Fault], reports: tuple[Report, ...]) -> GateRefused:
    """Return the refusal of the first fault; a CSV's first line is its header, so row 1 stands on line 2."""
    first = faults[0] if faults else Fault("gates.unavailable", facts={"gate": "", "error": ""})
    line = first.row + 1 if first.row else 0
    place = Place(f"{subject.dataset}.csv", line, subject.position(first.column) if line else 0)
    facts = {"dataset": subject.dataset, "row": first.row, "column": first.column, **first.facts}
    refusal = GateRefused(first.code, place=place, **facts)
    refusal.internal = {report.gate: _kept(report) for report in reports}
    return refusal


def _kept(report: Report) -> dict[str, object]:
    return {"passed": report.passed, "executor": report.executor, **report.internal}

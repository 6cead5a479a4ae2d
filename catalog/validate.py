"""Door 5: a release that passed every gate becomes a `ValidatedRelease`, here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, final

from pydantic import JsonValue

from catalog.catalogue import copies_folder
from catalog.declaration import DatasetDeclaration
from catalog.exports import export
from catalog.gates import PERSONAL_DATA
from catalog.gates.noted import Notes, noted
from catalog.gates.runner import GateRunner
from catalog.gates.subject import Fault, Former, Subject, Verdict
from catalog.gates.subject_of import subject_of
from catalog.gates.waivers import NO_WAIVERS, Waiver, Waivers
from catalog.views import VersionView
from catalog.workspace import digest_of
from charter.apply import Release
from charter.compile import Plan
from eclor.errors import GateRefused, Place
from eclor.names import Sha256

DOUBTED: Final = "doubted"
"""Where a refusal's internal reports say the digest of the rows in which something may be lifted."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one gate saw. `public` is its verdict for anyone; `internal` its counts and places, never a value.

    `kept` is what it is given back when the next version is judged.
    """

    gate: str
    passed: bool
    executor: str
    public: Mapping[str, object]
    internal: Mapping[str, object]
    kept: Mapping[str, JsonValue] = field(default_factory=dict, repr=False)


@final
@dataclass(frozen=True, slots=True)
class ValidatedRelease:
    """A release and the reports of all its gates, each of which passed."""

    release: Release
    reports: tuple[Report, ...]

    @property
    def notes(self) -> Notes:
        """Return what the gates are given back when the next version is judged."""
        return {report.gate: report.kept for report in self.reports if report.kept}


def validate(
    release: Release,
    *,
    declaration: DatasetDeclaration,
    plan: Plan,
    gates: GateRunner,
    waivers: Waivers = NO_WAIVERS,
    former: Former | None = None,
) -> ValidatedRelease:
    """Pass a release through every gate; what the DPO lifted of these very rows is no fault.

    `former` is the version that it would replace.

    Refuses (`GateRefused`) if any gate finds a fault, crashes, hangs or takes too much memory. The refusal tells the
    first fault with its row and column, one about somebody before any other, whose cure could be to declare what was
    found; its `internal` holds the report of every gate, for the DPO.
    """
    subject = subject_of(release, declaration, plan, former)
    verdicts = {gate: gates.run(gate, subject) for gate in gates.gates}
    doubted = any(fault.doubt for verdict in verdicts.values() for fault in verdict.faults)
    rows = digest_of(subject.rows) if doubted else Sha256("")
    judged = {gate: waivers.heard(verdict, rows) for gate, verdict in verdicts.items()}
    before = {PERSONAL_DATA: waivers.before}
    reports = tuple(
        _report(gate, verdict, (*before.get(gate, ()), *lifted)) for gate, (verdict, lifted) in judged.items()
    )
    first_of_people = sorted(judged, key=lambda gate: gate != PERSONAL_DATA)
    faults = [fault for gate in first_of_people for fault in judged[gate][0].faults]
    if faults or not reports:
        raise _refusal(subject, faults, reports, rows)
    return ValidatedRelease(release, reports)


def _report(gate: str, verdict: Verdict, lifted: tuple[Waiver, ...]) -> Report:
    passed = not verdict.faults
    public: dict[str, object] = {"gate": gate, "verdict": "passed" if passed else "refused"}
    if passed:
        public |= {"checks": verdict.checks, **verdict.public}
    if lifted:
        public["waived"] = [
            {"column": one.colonne, "finding": one.constat, "reason": one.motif, "by": one.personne, "on": one.date}
            for one in lifted
        ]
    return Report(gate, passed, verdict.executor, public, verdict.internal, verdict.kept)


def _refusal(subject: Subject, faults: list[Fault], reports: tuple[Report, ...], rows: Sha256) -> GateRefused:
    """Return the refusal of the first fault; a CSV's first line is its header, so row 1 stands on line 2."""
    first = faults[0] if faults else Fault("gates.unavailable", facts={"gate": "", "error": ""})
    line = first.row + 1 if first.row else 0
    place = Place(f"{subject.dataset}.csv", line, subject.position(first.column) if line else 0)
    facts = {"dataset": subject.dataset, "row": first.row, "column": first.column, **first.facts}
    refusal = GateRefused(first.code, place=place, **facts)
    refusal.internal = {report.gate: _kept(report) for report in reports} | ({DOUBTED: rows} if rows else {})
    return refusal


def _kept(report: Report) -> dict[str, object]:
    return {"passed": report.passed, "executor": report.executor, **report.internal}


def former_of_version(published: Path, version: VersionView) -> Former | None:
    """Return a published version as a release is compared with it; None if its rows are no longer here."""
    rows = published / version.folder / export("parquet").file_name
    if not rows.exists():
        return None
    notes = noted(copies_folder(published, version.dataset, version.number))
    return Former(rows.resolve(), version.number, f"{version.published_at:%Y-%m-%d}", notes)


def warnings_of(validated: ValidatedRelease) -> dict[str, object]:
    """Return what the gates of a release that passed warn of, by gate, for the report of its walk."""
    told = {report.gate: report.internal.get("warnings") for report in validated.reports}
    warnings = {gate: said for gate, said in told.items() if said}
    return {"warnings": warnings} if warnings else {}

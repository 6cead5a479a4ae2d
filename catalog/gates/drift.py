"""The drift gate: a release beside the version that it would replace, by rows, empty cells and distributions.

Both are what is published or is about to be, never what came in. Beyond a threshold the report warns, in a sentence
that gives the threshold; where the dataset declares so, the release is refused.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from catalog.gates import DRIFT
from catalog.gates.drifting import PORTRAITS, Compared, Portrait, Version
from catalog.gates.subject import Fault, Former, Subject, Verdict
from catalog.gates.values import opened_values, values_of
from eclor.errors import GateRefused

if TYPE_CHECKING:
    from pydantic import JsonValue

EXECUTOR: Final = "eclor/duckdb"
FEWEST_ROWS: Final = 100
"""Under so many rows in either version, shares and distributions say nothing: rows alone are compared."""
_TIME: Final = "temps"
_CLOSED_KINDS: Final = frozenset({"dimension", "status"})


class DriftGate:
    """Volume, share of empty cells by column, distribution of numbers and of closed categories."""

    def warm(self) -> None:
        """Import DuckDB."""
        import duckdb  # noqa: F401, PLC0415 - heavy: only the worker may load it

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        """Compare; without a former version there is nothing to compare."""
        import duckdb  # noqa: PLC0415 - heavy: only the worker may load it

        try:
            return _judged(subject, scratch)
        except duckdb.Error:
            if subject.former and subject.drift.refuses:
                raise
            return _uncompared()


def _judged(subject: Subject, scratch: Path) -> Verdict:
    closed = {
        each.name: each.closed or each.kind in _CLOSED_KINDS for each in subject.columns if each.category != _TIME
    }
    with Version.opened(values_of(subject.rows), scratch) as version:
        portrait = version.portrait(closed)
        kept = PORTRAITS.dump_python(portrait, mode="json")
        if subject.former is None:
            return _uncompared(kept)
        former = _former(subject.former, portrait, closed, scratch)
        found = _Judging(subject, subject.former, Compared(former, portrait, version))
        warnings = [*found.rows(), *found.columns()]
    faults = tuple(warnings) if subject.drift.refuses else ()
    internal: dict[str, JsonValue] = {"compared": True, "warnings": [_sentence(each) for each in warnings]}
    return Verdict(EXECUTOR, found.checks, faults, internal, {"warnings": [_public(each) for each in warnings]}, kept)


def _uncompared(kept: "Mapping[str, JsonValue] | None" = None) -> Verdict:
    return Verdict(EXECUTOR, 0, (), {"compared": False}, kept=kept or {})


def _former(former: Former, latter: Portrait, closed: Mapping[str, bool], scratch: Path) -> Portrait:
    """Return the former version's portrait: the one that was kept, unless it lacks what the latter's has."""
    with suppress(ValidationError):
        kept = PORTRAITS.validate_python(former.kept.get(DRIFT))
        if {name for name in latter.spreads if kept.types.get(name) == latter.types[name]} <= kept.spreads.keys():
            return kept
    with Version.opened(opened_values(former.rows), scratch) as version:
        return version.portrait(closed)


def _public(warning: Fault) -> "JsonValue":
    """Return what anyone may know: which measure of which column moved, no figure, for a version may be withdrawn."""
    return {"measure": warning.code.rpartition("-")[2], "column": warning.column}


@dataclass(slots=True)
class _Judging:
    subject: Subject
    former: Former
    compared: Compared
    checks: int = 1

    def rows(self) -> Iterator[Fault]:
        """Tell too many rows, or too few."""
        before, after = self.compared.rows
        drift = self.subject.drift
        change = (after - before) / before * 100 if before else 0.0
        if -change > drift.fewer_percent:
            yield self._fault("fewer", change=round(-change), threshold=drift.fewer_percent)
        if change > drift.more_percent:
            yield self._fault("more", change=round(change), threshold=drift.more_percent)

    def columns(self) -> Iterator[Fault]:
        """Tell columns that emptied or filled, and those that are spread otherwise."""
        if min(self.compared.rows) < FEWEST_ROWS:
            return
        threshold = self.subject.drift.empty_points
        for name in self.compared.common(each.name for each in self.subject.columns):
            self.checks += 1
            before, after = self.compared.empty(name)
            if abs(after - before) * 100 > threshold:
                told = {"share": round(after * 100), "former": round(before * 100)}
                yield self._fault("empty", name, **told, threshold=threshold)
            yield from self._shape(name)

    def _shape(self, name: str) -> Iterator[Fault]:
        shares = self.compared.shares(name)
        if shares is None:
            return
        self.checks += 1
        index, threshold = round(shares.stability_index() * 100), self.subject.drift.shape_hundredths
        if index > threshold:
            yield self._fault("shape", name, change=index, threshold=threshold)

    def _fault(self, measure: str, column: str = "", **facts: int) -> Fault:
        on = date.fromisoformat(self.former.published_on).strftime("%d/%m/%Y")
        told: dict[str, str | int] = {"version": self.former.number, "date": on, **facts}
        return Fault(f"gates.drift-{measure}", column=column, facts=told)


def _sentence(warning: Fault) -> str:
    """Say a warning in French, as a refusal would but for its cure."""
    facts: dict[str, str | int] = {"column": warning.column, **warning.facts}
    return GateRefused(warning.code).sentence.fr.format(**facts)

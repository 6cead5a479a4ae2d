"""The drift gate: a release beside the version that it would replace, by rows, empty cells and distributions.

Both are what is published or is about to be, never what came in. Beyond a threshold the report warns, in a sentence
that gives the threshold; where the dataset declares so, the release is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from catalog.gates.drifting import Compared, Shares
from catalog.gates.subject import Drift, Fault, Former, Subject, SubjectColumn, Verdict
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
        if subject.former is None:
            return Verdict(EXECUTOR, 0, (), {"compared": False})
        import duckdb  # noqa: PLC0415 - heavy: only the worker may load it

        try:
            checks, warnings = _compared(subject, subject.former, scratch)
        except duckdb.Error:
            if subject.drift.refuses:
                raise
            return Verdict(EXECUTOR, 0, (), {"compared": False})
        faults = tuple(warnings) if subject.drift.refuses else ()
        internal: dict[str, JsonValue] = {"compared": True, "warnings": [_sentence(each) for each in warnings]}
        return Verdict(EXECUTOR, checks, faults, internal, {"warnings": [_public(each) for each in warnings]})


def _compared(subject: Subject, former: Former, scratch: Path) -> tuple[int, list[Fault]]:
    with Compared.opened(subject.rows, former.rows, scratch) as compared:
        found = _Judging(subject, former, subject.drift, compared)
        warnings = [*found.rows(), *found.columns()]
        return found.checks, warnings


def _public(warning: Fault) -> "JsonValue":
    """Return what anyone may know: which measure of which column moved, no figure, for a version may be withdrawn."""
    return {"measure": warning.code.rpartition("-")[2], "column": warning.column}


@dataclass(slots=True)
class _Judging:
    subject: Subject
    former: Former
    drift: Drift
    compared: Compared
    checks: int = 1

    def rows(self) -> Iterator[Fault]:
        """Tell too many rows, or too few."""
        before, after = self.compared.rows
        change = (after - before) / before * 100 if before else 0.0
        if -change > self.drift.fewer_percent:
            yield self._fault("fewer", change=round(-change), threshold=self.drift.fewer_percent)
        if change > self.drift.more_percent:
            yield self._fault("more", change=round(change), threshold=self.drift.more_percent)

    def columns(self) -> Iterator[Fault]:
        """Tell columns that emptied or filled, and those that are spread otherwise."""
        if min(self.compared.rows) < FEWEST_ROWS:
            return
        common = [each for each in self.subject.columns if each.name in self.compared.common]
        empty = self.compared.empty([each.name for each in common])
        for column in common:
            self.checks += 1
            before, after = empty[column.name]
            if abs(after - before) * 100 > self.drift.empty_points:
                told = {"share": round(after * 100), "former": round(before * 100)}
                yield self._fault("empty", column.name, **told, threshold=self.drift.empty_points)
            yield from self._shape(column)

    def _shape(self, column: SubjectColumn) -> Iterator[Fault]:
        shares = self._shares(column)
        if shares is None:
            return
        self.checks += 1
        index = round(shares.stability_index() * 100)
        if index > self.drift.shape_hundredths:
            yield self._fault("shape", column.name, change=index, threshold=self.drift.shape_hundredths)

    def _shares(self, column: SubjectColumn) -> Shares | None:
        if column.category == _TIME:
            return None
        closed = column.closed or column.kind in _CLOSED_KINDS
        return self.compared.spread(column.name, closed=closed)

    def _fault(self, measure: str, column: str = "", **facts: int) -> Fault:
        on = date.fromisoformat(self.former.published_on).strftime("%d/%m/%Y")
        told: dict[str, str | int] = {"version": self.former.number, "date": on, **facts}
        return Fault(f"gates.drift-{measure}", column=column, facts=told)


def _sentence(warning: Fault) -> str:
    """Say a warning in French, as a refusal would but for its cure."""
    facts: dict[str, str | int] = {"column": warning.column, **warning.facts}
    return GateRefused(warning.code).sentence.fr.format(**facts)

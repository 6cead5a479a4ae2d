"""The expectations gate: the suite that a dataset declares, judged on all rows.

What the scan knows is judged by one scan of the release's file; the rest by great-expectations itself, which is loaded
for nothing else. Each result says which of the two gave it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from catalog.gates import expectations_library as library
from catalog.gates.expectations_scan import EXECUTOR as SCAN
from catalog.gates.expectations_scan import Scan, compiled
from catalog.gates.outcome import Outcome
from catalog.gates.own import OWN
from catalog.gates.pushdown.columns import MOST_EXACT
from catalog.gates.subject import Expected, Fault, Subject, Verdict

_ROWS_TOGETHER: Final = "gates.expectation-false"


@dataclass(frozen=True, slots=True)
class Judged:
    """An expectation, what it came to, and who said so; `question` asks great-expectations for one of our own."""

    expected: Expected
    outcome: Outcome
    executor: str
    question: str = ""


class ExpectationsGate:
    """The suite that the dataset declares, and two that every release must meet: its columns and its row count."""

    def warm(self) -> None:
        """Import DuckDB; great-expectations and pandas wait for a suite that needs them."""
        import duckdb  # noqa: F401, PLC0415 - heavy: only the worker may load it

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        """Run the suite; an expectation that is unknown, badly parametered or that breaks refuses."""
        expectations = _without_repeats([*_always(subject), *subject.expectations])
        judged = _scanned(expectations, subject.rows, scratch)
        left = [each for each in range(len(expectations)) if each not in judged]
        faults = [fault for each in left if (fault := _misdeclared(subject, expectations[each]))]
        if faults:
            return Verdict(library.EXECUTOR, 0, tuple(faults), {"misdeclared": len(faults)})
        outcomes = library.outcomes([expectations[each] for each in left], subject.rows)
        judged |= {
            each: Judged(expectations[each], outcome, library.EXECUTOR)
            for each, outcome in zip(left, outcomes, strict=True)
        }
        return _verdict([judged[each] for each in range(len(expectations))])


def _misdeclared(subject: Subject, expected: Expected) -> Fault | None:
    """Return the fault of what the scan left: the library says which, but for our own, unknown to it."""
    if expected.name in OWN:
        return Fault("gates.expectation-parameters", facts={"expectation": expected.name})
    return library.misdeclared(subject, expected)


def _scanned(expectations: list[Expected], rows: Path, scratch: Path) -> dict[int, Judged]:
    """Return the expectations that the scan judges, by their place in the suite."""
    import duckdb  # noqa: PLC0415 - heavy: only the worker may load it

    try:
        with Scan.opened(rows, scratch) as scan:
            table = scan.table()
            asked = {place: made for place, each in enumerate(expectations) if (made := compiled(each, table))}
            outcomes = scan.outcomes([*asked.values()])
    except duckdb.Error:
        return {}
    return {
        place: Judged(expectations[place], outcome, SCAN, made.exported)
        for (place, made), outcome in zip(asked.items(), outcomes, strict=True)
        if outcome is not None
    }


def _verdict(judged: list[Judged]) -> Verdict:
    faults = [fault for each in judged if (fault := _fault(each))]
    executors = dict.fromkeys(each.executor for each in judged)
    told: list[JsonValue] = [_told(each) for each in judged]
    public: list[JsonValue] = [] if faults else [_public(each) for each in judged]
    return Verdict(", ".join(executors), len(judged), tuple(faults), {"results": told}, {"results": public})


def _public(judged: Judged) -> dict[str, JsonValue]:
    """Return what anyone may know of an expectation that holds: what was asked and who judged, no count."""
    expected = judged.expected
    return {
        "expectation": expected.name,
        "parameters": _plain(expected.parameters),
        "reason": expected.reason,
        "executor": judged.executor,
        **({"question": judged.question} if judged.question else {}),
    }


def _plain(parameters: Mapping[str, JsonValue]) -> JsonValue:
    """Return parameters as a proof can hold them: a whole number that JSON's readers may round is a text."""
    held: JsonValue = json.loads(json.dumps(dict(parameters)), parse_int=_exact)
    return held


def _exact(digits: str) -> int | str:
    return int(digits) if abs(int(digits)) < MOST_EXACT else digits


def _always(subject: Subject) -> list[Expected]:
    names: list[JsonValue] = [column.name for column in subject.columns]
    return [
        Expected("expect_table_columns_to_match_ordered_list", {"column_list": names}, "colonnes du plan"),
        Expected("expect_table_row_count_to_equal", {"value": subject.count}, "nombre de lignes de la publication"),
    ]


def _without_repeats(expectations: list[Expected]) -> list[Expected]:
    """Return them without repeats, whatever their reasons: the library would leave those out of its results."""
    asked = [(each.name, each.parameters) for each in expectations]
    return [each for place, each in enumerate(expectations) if asked[place] not in asked[:place]]


def _told(judged: Judged) -> dict[str, JsonValue]:
    return {
        "expectation": judged.expected.name,
        "success": judged.outcome.success,
        "executor": judged.executor,
        "result": {**judged.outcome.counts},
        "rows": [*judged.outcome.rows],
    }


def _fault(judged: Judged) -> Fault | None:
    expected, outcome = judged.expected, judged.outcome
    if outcome.success:
        return None
    if outcome.broken:
        return Fault("gates.expectation-broken", facts={"expectation": expected.name})
    column = str(expected.parameters.get("column", ""))
    facts: dict[str, str | int] = {"expectation": expected.name, "reason": expected.reason}
    if not outcome.rows:
        return Fault(_ROWS_TOGETHER, column=column, facts=facts)
    count = outcome.counts.get("unexpected_count")
    counted = count if isinstance(count, int) else len(outcome.rows)
    return Fault("gates.expectation-failed", outcome.rows[0], column, {**facts, "count": counted})

"""The schema gate: the release's rows are what its Table Schema promises, told in frictionless' own report."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast

from pydantic import JsonValue

from catalog.export import Table
from catalog.gates.schema_judging import Judged, judge
from catalog.gates.schema_library import Contract, Descriptor, errors_of
from catalog.gates.schema_plan import MASKED, Rules
from catalog.gates.schema_rows import ReleaseRows
from catalog.gates.subject import Fault, Subject, Verdict

_CODES: Final[Mapping[str, str]] = {
    "type-error": "gates.schema-type",
    "constraint-error": "gates.schema-constraint",
    "unique-error": "gates.schema-unique",
    "primary-key": "gates.schema-key",
}


class SchemaGate:
    """Every row, every type, every constraint, the key, and the rule of masked rows: all measures empty or none."""

    def warm(self) -> None:
        """Load nothing: frictionless is imported for the rows that the scan is not sure of, and only then."""

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        """Judge the rows by the release's schema."""
        rows = ReleaseRows(Table(subject.rows, tuple(each.published for each in subject.columns)))
        told = _formulas(subject)
        contract = Contract("schema", subject.schema, tuple(told))
        judged = judge(rows, contract, rules=_rules(subject), scratch=scratch)
        faults = [_fault(subject, error, told) for error in errors_of(judged.report)]
        if judged.rows != subject.count and not faults:
            faults = [Fault("gates.schema-rows", facts={"rows": judged.rows, "promised": subject.count})]
        return Verdict(judged.executor, _checks(subject), tuple(faults), _internal(judged))


def _rules(subject: Subject) -> Rules | None:
    """Return the rules of masked rows, if there may be any."""
    names = [column.name for column in subject.columns]
    status = next((column.name for column in subject.columns if column.kind == "status"), None)
    if status is None:
        return None
    return Rules(
        names.index(status),
        tuple(place for place, column in enumerate(subject.columns) if column.kind == "measure"),
        tuple(names.index(name) for name in subject.required_measures),
    )


def _formulas(subject: Subject) -> dict[str, tuple[str, str]]:
    """Return the same rules in the library's words: formula → the code and the column of its fault."""
    rules = _rules(subject)
    if rules is None:
        return {}
    names = [column.name for column in subject.columns]
    status = names[rules.status]
    masked = {
        f'{status} != "{MASKED}" or {names[place]} is None': ("gates.schema-masked", names[place])
        for place in rules.measures
    }
    published = {
        f'{status} == "{MASKED}" or {names[place]} is not None': ("gates.schema-empty-measure", names[place])
        for place in rules.required
    }
    return masked | published


def _fault(subject: Subject, error: Descriptor, told: Mapping[str, tuple[str, str]]) -> Fault:
    """Return what may be said of an error: its kind and place."""
    kind, row = error["type"], max(int(error.get("rowNumber", 0)) - 1, 0)  # the header is the library's first row
    if kind == "row-constraint":
        code, column = next((told[rule] for rule in told if f'"{rule}"' in error["note"]), ("gates.schema-other", ""))
        return Fault(code, row, column, {"kind": kind})
    column = str(error.get("fieldName", ""))
    facts = {"kind": kind, "rule": _rule(subject, column, error["note"])}
    return Fault(_CODES.get(kind, "gates.schema-other"), row, column, facts)


def _rule(subject: Subject, column: str, note: str) -> str:
    """Return the name of the field's constraint that the note names, if it names one."""
    constraints = next((_constraints(field) for field in _fields(subject) if field["name"] == column), {})
    return next((name for name in constraints if note.startswith(f'constraint "{name}"')), "")


def _fields(subject: Subject) -> list[dict[str, JsonValue]]:
    return cast("list[dict[str, JsonValue]]", subject.schema["fields"])


def _constraints(field: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    return cast("dict[str, JsonValue]", field.get("constraints", {}))


def _checks(subject: Subject) -> int:
    """Return how many promises are checked: each field's type and constraints, the key, the rules of rows."""
    fields = _fields(subject)
    return len(fields) + sum(len(_constraints(field)) for field in fields) + 1 + len(_formulas(subject))


def _internal(judged: Judged) -> dict[str, JsonValue]:
    """Return what the DPO may read: the library's report, and which rows it was the library that read."""
    errors = Counter(str(error["type"]) for error in errors_of(judged.report))
    executor: dict[str, JsonValue] = {"name": judged.executor, "rows_read_by_frictionless": judged.read}
    if judged.why:
        executor |= {"why_frictionless_read_all": judged.why, "column": judged.column}
    return {"rows": judged.rows, "errors": dict(errors), "executor": executor, "report": judged.report}

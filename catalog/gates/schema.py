"""The schema gate: frictionless validates the release's CSV, whole, against its Table Schema."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from pydantic import JsonValue

from catalog.export import Table
from catalog.exports import export
from catalog.gates.subject import Fault, Subject, Verdict

if TYPE_CHECKING:
    from frictionless import Checklist, Error

EXECUTOR: Final = "frictionless"
MOST_FAULTS: Final = 1_000
"""Faults kept in a report; the count goes on."""

_CODES: Final[Mapping[str, str]] = {
    "type-error": "gates.schema-type",
    "constraint-error": "gates.schema-constraint",
    "unique-error": "gates.schema-unique",
    "primary-key": "gates.schema-key",
}


class SchemaGate:
    """Every row, every type, every constraint, the key, and the rule of masked rows: all measures empty or none."""

    def warm(self) -> None:
        """Import frictionless."""
        import frictionless  # noqa: F401, PLC0415 - heavy: only the worker may load it

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        """Validate the CSV of the release, written to `scratch`; about 40,000 rows a second."""
        from frictionless import Resource, Schema  # noqa: PLC0415 - heavy: only the worker may load it

        file = scratch / export("csv").file_name
        export("csv").write(Table(subject.rows, tuple(each.published for each in subject.columns)), file)
        resource = Resource(path=file.name, basepath=str(scratch), schema=Schema.from_descriptor(dict(subject.schema)))
        report = resource.validate(_checklist(subject), limit_errors=MOST_FAULTS)
        errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
        rows = sum(int(task.stats.get("rows") or 0) for task in report.tasks)
        faults = [_fault(subject, error) for error in errors]
        if rows != subject.count and not faults:
            faults = [Fault("gates.schema-rows", facts={"rows": rows, "promised": subject.count})]
        return Verdict(EXECUTOR, _checks(subject), tuple(faults), _internal(rows, errors))


def _checklist(subject: Subject) -> "Checklist":
    """Return the rules of rows that a field's constraint cannot say."""
    from frictionless import Checklist  # noqa: PLC0415 - heavy: only the worker may load it
    from frictionless.checks.row.row_constraint import row_constraint  # noqa: PLC0415 - heavy

    return Checklist(checks=[row_constraint(formula=rule) for rule in _rules(subject)])


def _rules(subject: Subject) -> dict[str, tuple[str, str]]:
    """Return what a masked row must and may leave empty: formula → the code and the column of its fault."""
    status = next((column.name for column in subject.columns if column.kind == "status"), None)
    if status is None:
        return {}
    measures = [column.name for column in subject.columns if column.kind == "measure"]
    masked = {f'{status} != "masque" or {name} is None': ("gates.schema-masked", name) for name in measures}
    published = {
        f'{status} == "masque" or {name} is not None': ("gates.schema-empty-measure", name)
        for name in subject.required_measures
    }
    return masked | published


def _fault(subject: Subject, error: "Error") -> Fault:
    """Return what may be said of an error: its kind and place. Its message, its note and its cells hold values."""
    row = _row(error)
    if error.type == "row-constraint":
        rules = _rules(subject)
        code, column = next((rules[rule] for rule in rules if f'"{rule}"' in error.note), ("gates.schema-other", ""))
        return Fault(code, row, column, {"kind": error.type})
    column = str(getattr(error, "field_name", "") or "")
    facts = {"kind": error.type, "rule": _rule(subject, column, error.note)}
    return Fault(_CODES.get(error.type, "gates.schema-other"), row, column, facts)


def _row(error: "Error") -> int:
    """Return the row of an error from 1, 0 if it has none; frictionless counts the header as its first."""
    return max(int(getattr(error, "row_number", 0) or 0) - 1, 0)


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
    return len(fields) + sum(len(_constraints(field)) for field in fields) + 1 + len(_rules(subject))


def _internal(rows: int, errors: "list[Error]") -> dict[str, JsonValue]:
    places: list[JsonValue] = [
        {"kind": error.type, "row": _row(error), "field": getattr(error, "field_number", None)} for error in errors
    ]
    return {"rows": rows, "errors": dict(Counter(error.type for error in errors)), "places": places}

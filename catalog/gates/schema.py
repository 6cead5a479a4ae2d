"""The schema gate: the release's rows are what its Table Schema promises, told in frictionless' own report."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast

from pydantic import JsonValue

from catalog.export import Table
from catalog.gates.schema_faults import fault_of, reference_fault
from catalog.gates.schema_judging import Judged, judge
from catalog.gates.schema_library import Contract, errors_of
from catalog.gates.schema_plan import MASKED, Rules
from catalog.gates.schema_rows import ReleaseRows
from catalog.gates.subject import Fault, Reference, Subject, Verdict

_PLACES: Final = frozenset({"geojson", "geopoint"})


class SchemaGate:
    """Every row, every type, every constraint, the key, and the rule of masked rows: all measures empty or none."""

    def warm(self) -> None:
        """Load nothing: frictionless is imported for the rows that the scan is not sure of, and only then."""

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        """Judge the rows by the release's schema, and by the common one that the dataset follows, if it does."""
        rows = ReleaseRows(Table(subject.rows, tuple(each.published for each in subject.columns)))
        told = _formulas(subject)
        judged = judge(rows, Contract("schema", subject.schema, tuple(told)), rules=_rules(subject), scratch=scratch)
        places = [str(field["name"]) for field in _fields(subject.schema) if field.get("type") in _PLACES]
        faults = [fault_of(error, told, places=places) for error in errors_of(judged.report)]
        if judged.rows != subject.count and not faults:
            faults = [Fault("gates.schema-rows", facts={"rows": judged.rows, "promised": subject.count})]
        internal = _internal(judged)
        if subject.reference:
            common = judge(rows, Contract("reference", subject.reference.schema), scratch=scratch)
            faults += [reference_fault(error, subject.reference.address) for error in errors_of(common.report)]
            internal["reference"] = _internal(common) | _referred(subject.reference)
        return Verdict(judged.executor, _checks(subject), tuple(faults), internal)


def _referred(reference: Reference) -> dict[str, JsonValue]:
    """Return what of the common schema applies, and what the charter does not allow it to ask."""
    set_aside: list[JsonValue] = [
        {"column": each.column, "asked": each.asked, "why": each.why} for each in reference.set_aside
    ]
    return {"address": reference.address, "columns": [*reference.applied], "set_aside": set_aside}


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


def _fields(schema: Mapping[str, JsonValue]) -> list[dict[str, JsonValue]]:
    return [*cast("list[dict[str, JsonValue]]", schema["fields"])]


def _constraints(field: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    return cast("dict[str, JsonValue]", field.get("constraints", {}))


def _checks(subject: Subject) -> int:
    """Return how many promises are checked: each field's type and constraints, the key, the rules of rows."""
    fields = _fields(subject.schema)
    if subject.reference:
        fields += [each for each in _fields(subject.reference.schema) if each["name"] in subject.reference.applied]
    return len(fields) + sum(len(_constraints(field)) for field in fields) + 1 + len(_formulas(subject))


def _internal(judged: Judged) -> dict[str, JsonValue]:
    """Return what the DPO may read: the library's report, and which rows it was the library that read."""
    errors = Counter(str(error["type"]) for error in errors_of(judged.report))
    executor: dict[str, JsonValue] = {"name": judged.executor, "rows_read_by_frictionless": judged.read}
    if judged.why:
        executor |= {"why_frictionless_read_all": judged.why, "column": judged.column}
    return {"rows": judged.rows, "errors": dict(errors), "executor": executor, "report": judged.report}

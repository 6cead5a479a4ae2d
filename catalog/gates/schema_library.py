"""frictionless itself: it reads a CSV file whole, and its report is kept as it is, but for every word out of a cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import JsonValue

if TYPE_CHECKING:
    from array import array

    from frictionless import Checklist, Report

MOST_FAULTS: Final = 1_000
"""Faults kept in a report; the library stops there."""

Descriptor = dict[str, Any]
"""A part of a report, as the library writes it in JSON."""

_PLACE: Final = re.compile(r"^(the same as in the row at position )(\d+)$")
_SAID_OF_SCHEMA: Final = ("type-error", "constraint-error", "unique-error", "primary-key", "row-constraint")
"""Kinds whose note speaks of the schema or of a row's number; that of any other may hold a cell."""
_DIALECT: Final[Mapping[str, JsonValue]] = {
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "skipInitialSpace": False,
}
_NO_CELLS: Final[Mapping[str, JsonValue]] = {"cells": [], "cell": "", "fieldCells": []}


@dataclass(frozen=True, slots=True)
class Contract:
    """What a file is held to: a Table Schema, and rules of rows in the library's own words."""

    name: str
    schema: Mapping[str, JsonValue]
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A CSV file: of ours (comma, line feed, quotes where they are needed), or of anybody, its dialect to be guessed.

    `numbers` are the numbers, from 0, that its rows have in a larger file of `rows` rows; none if it is whole.
    """

    file: Path
    ours: bool = True
    numbers: "array[int] | None" = None
    rows: int = 0

    def number(self, place: int) -> int:
        """Return a row's number in the larger file; both are counted as the library does, the header as the first."""
        return place if self.numbers is None else self.numbers[place - 2] + 2


def validate(written: Written, contract: Contract) -> Descriptor:
    """Return the library's report on a file, without a word of its cells."""
    from frictionless import FrictionlessException, Report, Resource  # noqa: PLC0415 - heavy: where needed

    try:
        resource = Resource.from_descriptor(_resource(written, contract), basepath=str(written.file.parent))
        report = resource.validate(_checklist(contract), limit_errors=MOST_FAULTS)
    except FrictionlessException as refused:
        report = Report.from_validation(errors=refused.to_errors())
    return _told(report, written)


def _resource(written: Written, contract: Contract) -> Descriptor:
    """Return the file as a resource of Data Package v2, as published; the library would guess at a dialect left out."""
    dialect = {"dialect": dict(_DIALECT)} if written.ours else {}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": "data",
        "type": "table",
        "path": written.file.name,
        "format": "csv",
        "encoding": "utf-8",
        "schema": dict(contract.schema),
        **dialect,
    }


def _checklist(contract: Contract) -> "Checklist":
    """Return the rules of rows that a field's constraint cannot say."""
    from frictionless import Checklist  # noqa: PLC0415 - heavy: where needed
    from frictionless.checks.row.row_constraint import row_constraint  # noqa: PLC0415 - heavy: where needed

    return Checklist(checks=[row_constraint(formula=formula) for formula in contract.formulas])


def _told(report: "Report", written: Written) -> Descriptor:
    """Return the report without cells, its rows numbered as in the larger file."""
    from frictionless import helpers  # noqa: PLC0415 - heavy: where needed

    told: Descriptor = report.to_descriptor()
    for task, kept in zip(report.tasks, told["tasks"], strict=True):
        for name in ("md5", "sha256", "bytes"):
            kept["stats"].pop(name, None)
        if written.numbers is not None:
            kept["stats"]["rows"] = written.rows
        for error, said in zip(task.errors, kept["errors"], strict=True):
            said.update(_place(said, written), **{name: empty for name, empty in _NO_CELLS.items() if name in said})
            said["message"] = helpers.safe_format(error.template, said)
    return told


def _place(said: Descriptor, written: Written) -> Descriptor:
    """Return where the error stands in the larger file, and what may be said of it."""
    note = said["note"] if said["type"] in _SAID_OF_SCHEMA else ""
    if same := _PLACE.match(note):
        note = f"{same[1]}{written.number(int(same[2]))}"
    return {"note": note, "rowNumber": written.number(said["rowNumber"])} if "rowNumber" in said else {"note": note}


def errors_of(report: Descriptor) -> list[Descriptor]:
    """Return all errors of a report."""
    return [*report["errors"], *(error for task in report["tasks"] for error in task["errors"])]


def clean_report(labels: Sequence[str], rows: int) -> Descriptor:
    """Return the library's report on a file that is right."""
    stats = {"errors": 0, "warnings": 0, "seconds": 0.0}
    task = {
        "name": "data",
        "type": "table",
        "valid": True,
        "place": "data.csv",
        "labels": [*labels],
        "stats": {**stats, "fields": len(labels), "rows": rows},
        "warnings": [],
        "errors": [],
    }
    return {"valid": True, "stats": {"tasks": 1, **stats}, "warnings": [], "errors": [], "tasks": [task]}

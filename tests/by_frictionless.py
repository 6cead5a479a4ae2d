"""What frictionless itself says of a CSV file: the measure of whatever must judge as it does."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from frictionless import FrictionlessException, Resource

TOLD = ("type", "rowNumber", "fieldNumber", "fieldName", "note")


def by_library(file: Path, schema: dict[str, Any], *, ours: bool = True) -> list[list[Any]]:
    """What the library says of the file as it is published: `data.csv` of a Data Package v2."""
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": "data",
        "path": file.name,
        "format": "csv",
        "encoding": "utf-8",
        "schema": schema,
    }
    if ours:  # else it guesses at the dialect from the first lines
        described["dialect"] = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "skipInitialSpace": False}
    try:
        report = Resource.from_descriptor(described, basepath=str(file.parent)).validate()
    except FrictionlessException as refused:
        return [[error.type, None, None, None, ""] for error in refused.to_errors()]
    return told([error.to_descriptor() for task in report.tasks for error in task.errors])


def told(errors: list[dict[str, Any]]) -> list[list[Any]]:
    return [
        [error.get(name) if error.get("rowNumber") or name == "type" else None for name in TOLD] for error in errors
    ]


def outcome(judged: Callable[[], list[list[Any]]]) -> list[list[Any]] | str:
    """What is found, or the name of what the library raises over a schema that it takes and cannot follow."""
    try:
        return judged()
    except (TypeError, re.error) as broken:
        return type(broken).__name__

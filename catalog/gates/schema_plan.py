"""A Table Schema made into one question to the rows: which may be at fault, and which keys may stand twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from catalog.gates.schema_contract import KnownSchema, known_schema
from catalog.gates.schema_fields import Cells, SureField, sure_field

ROWS: Final = "rows"
NUMBER: Final = "number"
"""The row's number, from 0; the cells are c0, c1…"""
UNEVEN: Final = "uneven"
"""Whether the row has more or fewer cells than the header."""
CELLS: Final = "cells"
"""All cells of the row, where it may be uneven."""
MASKED: Final = "masque"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a masked row must leave empty, and what a published one must not: places of columns, from 0."""

    status: int
    measures: tuple[int, ...]
    required: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """The conditions of a scan: of a row that may be at fault, of a key that cannot be read, and the keys."""

    suspect: str
    unread: str
    keys: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Outside:
    """Why a schema is outside what the scan knows, and the column that is, if it is one."""

    reason: str
    column: str = ""


def scan_of(
    descriptor: Mapping[str, JsonValue], cells: Sequence[Cells], rules: Rules | None = None
) -> "Scan | Outside":
    """Return the scan of a schema over these columns, which are its fields in their order."""
    schema = known_schema(descriptor)
    if schema is None or len(schema.fields) != len(cells):
        return Outside("descriptor")
    found = [sure_field(field, each, schema.missing_values) for field, each in zip(schema.fields, cells, strict=True)]
    fields = [field for field in found if field is not None]
    if len(fields) < len(found):
        return Outside("field", schema.fields[found.index(None)].name)
    keys = _keys(schema, fields)
    compared = {place for key in keys for place in key}
    if any(fields[place].value is None for place in compared):
        return Outside("key")
    if rules is not None and schema.fields[rules.status].type != "string":
        return Outside("status")
    return Scan(
        suspect=_suspect(schema, fields, rules),
        unread=_either([fields[place].unread for place in sorted(compared)]),
        keys=tuple(tuple(fields[place].compared for place in key) for key in keys),
    )


def _keys(schema: KnownSchema, fields: Sequence[SureField]) -> list[tuple[int, ...]]:
    """Return the places of the columns of each key: every unique column, and the primary key."""
    names = [field.name for field in schema.fields]
    unique = [(place,) for place, field in enumerate(fields) if field.unique]
    primary = tuple(names.index(name) for name in schema.primary_key)
    return [*unique, *([primary] if primary else [])]


def _suspect(schema: KnownSchema, fields: Sequence[SureField], rules: Rules | None) -> str:
    names = [field.name for field in schema.fields]
    conditions = [UNEVEN, *(f"NOT {field.right}" for field in fields)]
    conditions.append(_all([field.missing for field in fields]))
    if schema.primary_key:
        conditions.append(_all([fields[names.index(name)].missing for name in schema.primary_key]))
    return _either([*conditions, *(_broken(fields, rules) if rules else [])])


def _broken(fields: Sequence[SureField], rules: Rules) -> list[str]:
    """Return the conditions of a row that breaks a rule of masked rows."""
    status = fields[rules.status]
    masked = f"(CASE WHEN {status.missing} THEN false ELSE {status.text} = '{MASKED}' END)"
    told = [f"({masked} AND NOT {fields[place].missing})" for place in rules.measures]
    return [*told, *(f"(NOT {masked} AND {fields[place].missing})" for place in rules.required)]


def _all(conditions: Sequence[str]) -> str:
    return f"({' AND '.join(conditions)})"


def _either(conditions: Sequence[str]) -> str:
    return f"({' OR '.join(['false', *conditions])})"

"""A Table Schema made into one question to the rows: which may be at fault, and which keys may stand twice."""

from collections.abc import Iterator, Mapping, Sequence
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
class Term:
    """What is asked of one cell, or told of it, by the place of its column: SQL that names no other column."""

    place: int
    sql: str


@dataclass(frozen=True, slots=True)
class Compared(Term):
    """The value of a cell in a key; `plain` where it is the cell itself, so that cells differ where values do."""

    plain: bool


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan asks: a row may be at fault if all terms of one of `suspects` hold; then of the cells of keys."""

    suspects: tuple[tuple[Term, ...], ...]
    unread: tuple[Term, ...]
    keys: tuple[tuple[Compared, ...], ...]

    @property
    def suspect(self) -> str:
        """Return the condition of a row that may be at fault."""
        return _either([UNEVEN, *map(all_of, self.suspects)])


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
        suspects=tuple(_suspects(schema, fields, rules)),
        unread=tuple(Term(place, fields[place].unread) for place in sorted(compared)),
        keys=tuple(
            tuple(Compared(place, fields[place].compared, fields[place].plain) for place in key) for key in keys
        ),
    )


def _keys(schema: KnownSchema, fields: Sequence[SureField]) -> list[tuple[int, ...]]:
    """Return the places of the columns of each key: every unique column, and the primary key."""
    names = [field.name for field in schema.fields]
    unique = [(place,) for place, field in enumerate(fields) if field.unique]
    primary = tuple(names.index(name) for name in schema.primary_key)
    return [*unique, *([primary] if primary else [])]


def _suspects(schema: KnownSchema, fields: Sequence[SureField], rules: Rules | None) -> Iterator[tuple[Term, ...]]:
    names = [field.name for field in schema.fields]
    yield from ((Term(place, f"NOT {field.right}"),) for place, field in enumerate(fields))
    missing = [Term(place, field.missing) for place, field in enumerate(fields)]
    yield tuple(missing)
    if schema.primary_key:
        yield tuple(missing[names.index(name)] for name in schema.primary_key)
    if rules:
        yield from _broken(fields, rules)


def _broken(fields: Sequence[SureField], rules: Rules) -> Iterator[tuple[Term, Term]]:
    """Give the terms of a row that breaks a rule of masked rows."""
    status = fields[rules.status]
    masked = f"(CASE WHEN {status.missing} THEN false ELSE {status.text} = '{MASKED}' END)"
    for place in rules.measures:
        yield Term(rules.status, masked), Term(place, f"NOT {fields[place].missing}")
    for place in rules.required:
        yield Term(rules.status, f"NOT {masked}"), Term(place, fields[place].missing)


def all_of(terms: Sequence[Term]) -> str:
    """Return the condition of a row whose cells meet all of these."""
    return f"({' AND '.join(f'({term.sql})' for term in terms)})"


def _either(conditions: Sequence[str]) -> str:
    return f"({' OR '.join(['false', *conditions])})"

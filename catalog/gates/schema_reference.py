"""What a common schema asks of a release: of each column that both name, as far as the charter allows it.

The charter wins. Nothing is asked of a column that the policy withholds, of the labels that it puts in the place of
values, nor that a measure be there where a row is masked. What is not asked for that reason is told with it.
"""

from collections.abc import Mapping, Sequence
from typing import Final, cast

from pydantic import JsonValue

from catalog.gates.subject import Reference, SetAside
from catalog.reference_schema import ReferenceSchema, plain_field
from charter.apply import ReleaseColumn

WITHHELD: Final = "withheld"
GENERALISED: Final = "generalised"
MASKED: Final = "masked"


def reference_of(columns: Sequence[ReleaseColumn], schema: ReferenceSchema) -> Reference:
    """Return the schema of the release's columns that the common one gives, and what it could not ask."""
    masked = any(column.kind == "status" for column in columns)
    set_aside = _withheld(columns, schema)
    fields: list[JsonValue] = []
    applied: list[str] = []
    for column in columns:
        field = schema.fields.get(column.name)
        if field is not None and _is_label(column):
            set_aside.append(SetAside(column.name, "type", GENERALISED))
        if field is None or _is_label(column):
            fields.append({"name": column.name, "type": "any"})
            continue
        excused = masked and column.kind == "measure" and bool(_constraints(field).get("required"))
        set_aside += [SetAside(column.name, "required", MASKED)] if excused else []
        fields.append({**_asked(field, required=not excused), "name": column.name})
        applied.append(column.name)
    asked: dict[str, JsonValue] = {"fields": fields, "missingValues": [*schema.missing_values]}
    if schema.key and {*schema.key} <= {*applied}:
        asked["primaryKey"] = [*schema.key]
    set_aside += [SetAside(name, "primaryKey", WITHHELD) for name in schema.key if "primaryKey" not in asked]
    return Reference(schema.address, asked, tuple(applied), tuple(set_aside))


def _withheld(columns: Sequence[ReleaseColumn], schema: ReferenceSchema) -> list[SetAside]:
    """Return what the common schema requires and the policy withholds."""
    published = {column.name for column in columns}
    required = [name for name, field in schema.fields.items() if _constraints(field).get("required")]
    return [SetAside(name, "required", WITHHELD) for name in required if name not in published]


def _is_label(column: ReleaseColumn) -> bool:
    """Tell whether a label may stand in the value's place: `inconnu`, `ensemble`, a month for a day."""
    return column.kind == "dimension" or bool(column.level)


def _asked(field: Mapping[str, JsonValue], *, required: bool) -> dict[str, JsonValue]:
    """Return a field without its words for people."""
    asked = cast("dict[str, JsonValue]", plain_field(dict(field)))
    constraints = {name: value for name, value in _constraints(field).items() if required or name != "required"}
    return {**asked, "constraints": constraints}


def _constraints(field: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
    constraints = field.get("constraints")
    return cast("Mapping[str, JsonValue]", constraints) if isinstance(constraints, dict) else {}

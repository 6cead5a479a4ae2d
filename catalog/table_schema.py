"""The Table Schema of a release: what its CSV promises, as Data Package v2 says it (exported as schema.json).

Types and labels come from the policy, words and constraints from the dataset's declaration. Generalised dimensions
are texts, for a cell may also be `inconnu` or `ensemble` (LANGUAGE.md section 9).
"""

from collections.abc import Mapping
from typing import Final

from catalog.declaration import Constraints, DatasetDeclaration, DeclaredColumn
from charter.apply import Release, ReleaseColumn
from charter.vocabulary import FieldType, Level, YesNo
from eclor.errors import GateRefused

PROFILE: Final = "https://datapackage.org/profiles/2.0/tableschema.json"
STATUSES: Final = ("publie", "masque")
_OTHER_LABELS: Final = ("inconnu", "ensemble")
_OTHER_PATTERN: Final = "inconnu|ensemble( .+)?"  # a total may say of which period it is
_ZONE: Final = r"\d[0-9AB]\d{3}(\d{4})?"  # a small zone may be merged into its parent: any zone's code will do

TYPES: Final[Mapping[FieldType, str]] = {
    FieldType.TEXT: "string",
    FieldType.INTEGER: "integer",
    FieldType.DECIMAL: "number",
    FieldType.DATE: "date",
    FieldType.DATETIME: "datetime",
    FieldType.POSITION: "geopoint",
    FieldType.GEOMETRY: "geojson",
    FieldType.FILE: "string",
    FieldType.BOOLEAN: "boolean",
    FieldType.CODE: "string",
}
"""The Table Schema type of each type of the language, where the value is kept as it is."""

LABEL_PATTERNS: Final[Mapping[Level, str]] = {
    Level.HOUR: r"\d{4}-\d{2}-\d{2}T\d{2}:00:00([+-]\d{2}:\d{2})?",
    Level.DAY: r"\d{4}-\d{2}-\d{2}",
    Level.WEEK: r"\d{4}-W\d{2}",
    Level.MONTH: r"\d{4}-\d{2}",
    Level.QUARTER: r"\d{4}-T[1-4]",
    Level.YEAR: r"\d{4}",
    Level.GRID_200M: r"[0-9A-Za-z]*mN\d+E\d+",
    Level.GRID_1KM: r"[0-9A-Za-z]*mN\d+E\d+",
    Level.IRIS: _ZONE,
    Level.COMMUNE: _ZONE,
    Level.EPCI: _ZONE,
}


def table_schema(release: Release, declaration: DatasetDeclaration) -> dict[str, object]:
    """Return the release's Table Schema descriptor, its fields in the release's order.

    Refuses (`GateRefused`) a published column that is not declared, and a declared one that is not published.
    """
    _refuse_other_columns(release, declaration)
    return {
        "$schema": PROFILE,
        "fields": [field_of(column, declaration.column(column.name)) for column in release.columns],
        "primaryKey": list(declaration.key),
        "missingValues": [""],
    }


def _refuse_other_columns(release: Release, declaration: DatasetDeclaration) -> None:
    published = {column.name for column in release.columns if column.kind != "status"}
    declared = {column.name for column in declaration.columns}
    for name in sorted(published ^ declared):
        code = "gates.undeclared-column" if name in published else "gates.absent-column"
        raise GateRefused(code, dataset=release.dataset, column=name)


def field_of(column: ReleaseColumn, declared: DeclaredColumn | None) -> dict[str, object]:
    """Return the Table Schema field of a column; the status column alone is declared by nobody."""
    if declared is None:
        return _status_field(column)
    described: dict[str, object] = {"name": column.name, "type": _type(column), "title": declared.title.fr}
    if description := declared.description.fr if declared.description else column.description:
        described["description"] = description
    if declared.unit:
        described["unit"] = declared.unit
    if constraints := _constraints(column, declared.constraints):
        described["constraints"] = constraints
    return described


def _status_field(column: ReleaseColumn) -> dict[str, object]:
    return {
        "name": column.name,
        "type": "string",
        "title": "Statut",
        "description": "« masque » : la ligne est protégée, ses mesures sont vides.",
        "constraints": {"required": True, "enum": list(STATUSES)},
    }


def _type(column: ReleaseColumn) -> str:
    return "string" if column.kind == "dimension" or column.level else TYPES[FieldType(column.type)]


def _constraints(column: ReleaseColumn, declared: Constraints) -> dict[str, object]:
    """Return the field's constraints; `required` of a measure is a row's rule, for a masked row has none."""
    wanted: dict[str, object | None] = {
        "required": True if declared.required is YesNo.YES and column.kind != "measure" else None,
        "unique": True if declared.unique is YesNo.YES else None,
        "pattern": _pattern(column, declared),
        "enum": _enum(column, declared),
        "minimum": declared.minimum,
        "maximum": declared.maximum,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def _pattern(column: ReleaseColumn, declared: Constraints) -> str | None:
    """Return the pattern of the labels, the two labels that any dimension may show included."""
    own = declared.pattern or (LABEL_PATTERNS[Level(column.level)] if column.level else None)
    if own is None or not (column.kind == "dimension" or column.level):
        return own
    return f"(({own})|{_OTHER_PATTERN})"


def _enum(column: ReleaseColumn, declared: Constraints) -> list[str | int] | None:
    if declared.values is None:
        return None
    return [*declared.values, *_OTHER_LABELS] if column.kind == "dimension" else [*declared.values]

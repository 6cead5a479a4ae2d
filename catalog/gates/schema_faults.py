"""What a gate says of an error of the library: a code that has its sentence, the row, the column, never a value."""

from collections.abc import Collection, Mapping
from typing import Final

from catalog.gates.schema_library import Descriptor
from catalog.gates.subject import Fault

_OTHER: Final = "gates.schema-other"
_CODES: Final[Mapping[str, str]] = {
    "type-error": "gates.schema-type",
    "unique-error": "gates.schema-unique",
    "primary-key": "gates.schema-key",
    "foreign-key": "gates.schema-foreign-key",
    "blank-row": "gates.schema-blank-row",
    "extra-cell": "gates.schema-extra-cell",
    "missing-cell": "gates.schema-missing-cell",
    "blank-header": "gates.schema-blank-header",
    "blank-label": "gates.schema-blank-label",
    "duplicate-label": "gates.schema-duplicate-label",
    "extra-label": "gates.schema-extra-label",
    "incorrect-label": "gates.schema-incorrect-label",
    "missing-label": "gates.schema-missing-label",
    "schema-error": "gates.schema-descriptor",
    "field-error": "gates.schema-descriptor",
    "resource-error": "gates.schema-descriptor",
    "source-error": "gates.schema-file",
    "encoding-error": "gates.schema-file",
    "format-error": "gates.schema-file",
}
_RULES: Final[Mapping[str, str]] = {
    "required": "gates.schema-required",
    "minimum": "gates.schema-bound",
    "maximum": "gates.schema-bound",
    "exclusiveMinimum": "gates.schema-bound",
    "exclusiveMaximum": "gates.schema-bound",
    "enum": "gates.schema-enum",
    "pattern": "gates.schema-pattern",
    "minLength": "gates.schema-length",
    "maxLength": "gates.schema-length",
}

Told = Mapping[str, tuple[str, str]]
"""What a formula of a row's rule means: the code and the column of its fault."""


def fault_of(error: Descriptor, formulas: Told, *, places: Collection[str] = ()) -> Fault:
    """Return what may be said of an error; rows are counted from 1, the header apart.

    `places` are the columns of positions and geometries: one that could not be read came in as an empty cell.
    """
    kind, row = str(error["type"]), max(int(error.get("rowNumber", 0)) - 1, 0)
    if kind == "row-constraint":
        named = (told for formula, told in formulas.items() if f'"{formula}"' in error["note"])
        code, column = next(named, (_OTHER, ""))
        return Fault(code, row, column, {"kind": kind})
    rule = _rule_of(error)
    code = _RULES.get(rule, "gates.schema-constraint") if kind == "constraint-error" else _CODES.get(kind, _OTHER)
    column = str(error.get("fieldName") or error.get("label") or "")
    if rule == "required" and column in places:
        code = "gates.schema-place"
    return Fault(code, row, column, {"kind": kind, "rule": rule})


def reference_fault(error: Descriptor, address: str) -> Fault:
    """Return what may be said of an error against a common schema."""
    found = fault_of(error, {})
    rule = found.facts["rule"] or found.facts["kind"]
    return Fault("gates.schema-reference", found.row, found.column, {**found.facts, "rule": rule, "reference": address})


def _rule_of(error: Descriptor) -> str:
    """Return the name of the constraint that an error's note names, if it names one."""
    return next((name for name in _RULES if str(error["note"]).startswith(f'constraint "{name}" ')), "")

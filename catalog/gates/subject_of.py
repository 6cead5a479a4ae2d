"""A release, its plan and its declaration as the gates see them."""

from typing import TYPE_CHECKING, cast

from catalog.declaration import DatasetDeclaration, DeclaredColumn, DeclaredDrift
from catalog.gates.schema_reference import reference_of
from catalog.gates.subject import Drift, Expected, Former, Subject, SubjectColumn
from catalog.table_schema import table_schema
from charter.apply import Release, ReleaseColumn
from charter.compile import Plan
from charter.model import PolicyField
from charter.vocabulary import YesNo

if TYPE_CHECKING:
    from pydantic import JsonValue


def subject_of(release: Release, declaration: DatasetDeclaration, plan: Plan, former: Former | None = None) -> Subject:
    """Return what the gates judge; refuses (`GateRefused`) columns that only one of release and declaration has."""
    schema = table_schema(release, declaration)
    required = {each.name for each in declaration.columns if each.constraints.required is YesNo.YES}
    return Subject(
        dataset=release.dataset,
        rows=release.rows.path.resolve(),
        count=release.rows.count,
        columns=tuple(_column(column, declaration, plan) for column in release.columns),
        schema=cast("dict[str, JsonValue]", schema),
        required_measures=tuple(
            column.name for column in release.columns if column.kind == "measure" and column.name in required
        ),
        expectations=tuple(Expected(each.name, each.parameters, each.reason) for each in declaration.expectations),
        reference=reference_of(release.columns, declaration.reference) if declaration.reference else None,
        former=former,
        drift=_drift(declaration.drift or DeclaredDrift()),
    )


def _drift(declared: DeclaredDrift) -> Drift:
    return Drift(
        fewer_percent=declared.fewer_percent,
        more_percent=declared.more_percent,
        empty_points=declared.empty_points,
        shape_hundredths=declared.shape_hundredths,
        refuses=declared.refuses is YesNo.YES,
    )


def _column(column: ReleaseColumn, declaration: DatasetDeclaration, plan: Plan) -> SubjectColumn:
    """Return a column with what the signed policy says of it; an indicator has no field of its own."""
    signed = next((each for each in plan.policy.fields if each.name == column.name), None)
    declared = declaration.column(column.name)
    return SubjectColumn(
        published=column,
        category=signed.category.value if signed else "",
        closed=signed is not None and _is_closed(signed, plan),
        words=words_of(column.description, signed.description if signed else None, declared=declared),
    )


def _is_closed(field: PolicyField, plan: Plan) -> bool:
    """Tell whether every value that may stand in the column is listed by the policy or by the catalogue."""
    treatment = field.treatment
    listed = plan.entry.column(field.name)
    return bool(treatment.grouping or treatment.bins or treatment.levels or (listed and listed.values))


def words_of(*told: str | None, declared: DeclaredColumn | None) -> str:
    """Return what is said of a column: these texts, then its declared title and description."""
    if declared:
        told += (declared.title.fr, declared.description.fr if declared.description else None)
    return " ".join(text for text in told if text)

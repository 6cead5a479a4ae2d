"""What softens the personal-data gate in the demonstration territory is listed here, and each such thing says why."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from catalog.declaration import DatasetDeclaration, read_datasets
from catalog.gates.received_columns import received_columns
from catalog.gates.waivers import FOLDER
from charter.compile import Plan, compile_policy
from charter.raw_table import read_fields
from charter.reader import read
from charter.territory import load
from charter.vocabulary import FieldType, Operation, Shape
from eclor.names import Slug
from tests.e2e.simulators.running import NOW

TERRITORY = Path(__file__).parents[4] / "policies" / "ccphva"
EXPECTED = {
    "accidents": {"id_usager"},
    "autorisations-urbanisme": {"numero"},
    "covoiturage-trajets": {"id_conducteur", "id_passager", "id_trajet"},
    "dechetteries-passages": {"numero_badge"},
    "dpe": {"numero_dpe"},
    "eclairage-consommation": {"pdl"},
    "eclairage-telemetrie": {"id_luminaire"},
    "emploi-ess": {"siret"},
    "energie-consommation": {"pdl"},
    "prenoms": {"id_acte"},
    "production-renouvelable": {"id_site"},
    "reservations-tennis": {"id_adherent"},
    "signalements-delais": {"courriel"},
    "signalements-espace-public": {"courriel"},
}
"""Columns of texts that a policy reads and the gate does not judge: somebody is expected there, counted, never told."""
NUMBERS = {FieldType.INTEGER, FieldType.DECIMAL}
LEAST = 600_000_000
"""The least French mobile number."""
TEXTS = {FieldType.TEXT, FieldType.CODE, FieldType.FILE}


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    territory, now = load(TERRITORY / "charter"), datetime.fromisoformat(NOW)
    files = sorted((TERRITORY / "politiques").glob("*.yaml"))
    return {file.stem: compile_policy(read(file), territory, now=now) for file in files}


@pytest.fixture(scope="module")
def declarations() -> dict[Slug, DatasetDeclaration]:
    declared = read_datasets(TERRITORY / "datasets")
    return {slug: one for slug, one in declared.items() if isinstance(one, DatasetDeclaration)}


def test_the_columns_that_the_gate_does_not_judge_are_these_and_each_says_why(
    plans: Mapping[str, Plan], declarations: Mapping[Slug, DatasetDeclaration]
) -> None:
    found: dict[str, set[str]] = {}
    for dataset, plan in plans.items():
        judged = {column.published.name for column in received_columns(plan, declarations[Slug(dataset)])}
        judged |= set(plan.policy.publication.columns or ())
        for field in read_fields(plan.policy):
            if field.type in TEXTS and field.name not in judged:
                found.setdefault(dataset, set()).add(field.name)
                assert field.description, f"{dataset}: {field.name}"
    assert found == EXPECTED


def test_nobody_lifted_a_doubt_nor_widened_a_gate_nor_crossed_the_charter(
    plans: Mapping[str, Plan], declarations: Mapping[Slug, DatasetDeclaration]
) -> None:
    assert not [*TERRITORY.rglob(FOLDER)]
    assert [slug for slug, one in declarations.items() if one.drift] == []
    assert [dataset for dataset, plan in plans.items() if plan.policy.derogations] == []


def test_each_expectation_says_why(declarations: Mapping[Slug, DatasetDeclaration]) -> None:
    reasons = [each.reason for one in declarations.values() for each in one.expectations]
    assert len(reasons) > 100
    assert all(len(reason) > 10 for reason in reasons)


def test_no_telephone_fits_in_a_number_that_is_published_as_it_came(
    plans: Mapping[str, Plan], declarations: Mapping[Slug, DatasetDeclaration]
) -> None:
    """A mobile number without its first nought, 647319898, looks like a measure: the gate cannot tell them apart."""
    for dataset, plan in plans.items():
        declared = declarations[Slug(dataset)]
        bounds = {one.parameters.get("column"): one.parameters.get("max_value") for one in declared.expectations}
        rows = plan.policy.publication.columns if plan.policy.publication.shape is Shape.ROWS else ()
        for field in plan.policy.fields:
            if field.name in (rows or ()) and field.type in NUMBERS and field.treatment.operation is Operation.KEEP:
                column = declared.column(field.name)
                assert column is not None
                said = (
                    column.constraints.maximum or bounds.get(field.name) or max(column.constraints.values or (LEAST,))
                )
                assert float(str(said)) < LEAST, f"{dataset}: {field.name}"

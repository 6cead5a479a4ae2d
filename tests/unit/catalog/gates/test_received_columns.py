"""Which columns are judged as a source sends them, before any treatment."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from catalog.declaration import DatasetDeclaration, read_dataset
from catalog.gates.received_columns import received_columns
from catalog.gates.subject import SubjectColumn
from charter.compile import Plan, compile_policy
from charter.model import PolicyField
from charter.reader import read
from charter.territory import Territory, load
from charter.vocabulary import Category, FieldType, Operation, Role

TERRITORY = Path("policies/ccphva")
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@cache
def territory() -> Territory:
    return load(TERRITORY / "charter")


@cache
def demonstration(dataset: str) -> tuple[Plan, DatasetDeclaration]:
    plan = compile_policy(read(TERRITORY / "politiques" / f"{dataset}.yaml"), territory(), now=NOW)
    declared = read_dataset(TERRITORY / "datasets" / f"{dataset}.yaml")
    assert isinstance(declared, DatasetDeclaration)
    return plan, declared


def judged(dataset: str) -> dict[str, SubjectColumn]:
    return {column.name: column for column in received_columns(*demonstration(dataset))}


@pytest.mark.parametrize(
    ("dataset", "columns"),
    [
        ("dechetteries-passages", ["site"]),
        ("signalements-espace-public", ["type_depot"]),
        ("energie-consommation", ["code_iris", "annee", "secteur"]),
        ("eclairage-telemetrie", ["commune"]),
        ("bornes-etat", ["occupation"]),
        ("bornes-recharge", []),
        ("equipements", []),
    ],
)
def test_what_treatment_hides_and_nobody_declared_is_judged(dataset: str, columns: list[str]) -> None:
    assert [*judged(dataset)] == columns


def test_names_are_not_looked_for_where_the_texts_that_may_come_are_listed() -> None:
    assert judged("energie-consommation")["secteur"].closed
    assert judged("bornes-etat")["occupation"].closed
    assert not judged("energie-consommation")["code_iris"].closed
    assert not judged("dechetteries-passages")["site"].closed


def test_a_column_is_judged_with_what_is_said_of_it() -> None:
    site = judged("dechetteries-passages")["site"]
    assert site.category == "lieu"
    assert site.words.startswith("équipement public ")


def test_a_column_that_the_policy_declares_personal_is_expected_to_be_so() -> None:
    of_people = {"personne", "foyer", "appareil", "point-de-livraison", "trajet", "texte-libre", "media"}
    for category, role, operation in product(Category, Role, Operation):
        expected = category in of_people | {"categorie-particuliere"} or role == "identifiant-direct"
        expected = expected or operation in {"pseudonymiser", "comptage", "retirer", "masquer"}
        assert is_judged(FieldType.CODE, category, role, operation) is not expected, (category, role, operation)


@pytest.mark.parametrize("kind", FieldType)
def test_only_what_can_hold_a_code_is_judged(kind: FieldType) -> None:
    assert is_judged(kind, Category.PLACE) is (kind in {"texte", "code", "entier"})
    assert is_judged(kind, Category.MEASURE) is (kind in {"texte", "code"})


def is_judged(
    kind: FieldType,
    category: Category,
    role: Role = Role.TECHNICAL,
    operation: Operation = Operation.AGGREGATE,
) -> bool:
    """Tell whether the demonstration's `site` is judged, were it declared so."""
    plan, declared = demonstration("dechetteries-passages")
    was = plan.policy.field("site")
    treatment = was.treatment.model_copy(update={"operation": operation})
    said = {"type": kind, "category": category, "role": role, "treatment": treatment}
    fields = tuple(_changed(each, said if each is was else {}) for each in plan.policy.fields)
    policy = plan.policy.model_copy(update={"fields": fields})
    return "site" in [column.name for column in received_columns(replace(plan, policy=policy), declared)]


def _changed(field: PolicyField, said: dict[str, object]) -> PolicyField:
    return field.model_copy(update=said)

"""A common schema beside a declaration: what it asks, what the charter does not let it ask, and how that is told."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catalog.gates.schema import SchemaGate
from catalog.gates.schema_reference import reference_of
from catalog.gates.subject import Reference, SetAside
from catalog.reference_schema import ReferenceSchema, read_reference
from charter.apply import ReleaseColumn
from eclor.errors import DeclarationRefused
from tests.gated import GOOD_VISITS, VISITS

ADDRESS = "https://schema.example.org/passages/1.0.0/"
COMMON: dict[str, Any] = {
    "name": "passages",
    "fields": [
        {"name": "site", "type": "string", "example": 3, "constraints": {"pattern": "S[0-9]+"}},
        {"name": "passages", "type": "integer", "constraints": {"required": True, "maximum": 30}},
        {"name": "foyers", "type": "integer", "title": "Foyers"},
        {"name": "nom_gardien", "type": "string", "constraints": {"required": True}},
        {"name": "courriel", "type": "string"},
    ],
    "primaryKey": "nom_gardien",
}


def beside(folder: Path, written: object) -> Path:
    (folder / "passages.schema.json").write_text(json.dumps(written), encoding="utf-8")
    return folder / "passages.yaml"


def reference(folder: Path) -> Reference:
    schema = read_reference(beside(folder, COMMON), ADDRESS)
    assert schema is not None
    return reference_of([column.published for column in VISITS.columns], schema)


def test_the_charter_wins_where_the_schema_asks_for_more_than_it_allows(tmp_path: Path) -> None:
    assert reference(tmp_path).set_aside == (
        SetAside("nom_gardien", "required", "withheld"),
        SetAside("site", "type", "generalised"),
        SetAside("passages", "required", "masked"),
        SetAside("nom_gardien", "primaryKey", "withheld"),
    )


def test_what_it_asks_of_published_columns_is_held(schema_gate: SchemaGate, tmp_path: Path) -> None:
    subject = replace(VISITS.of(GOOD_VISITS, tmp_path), reference=reference(tmp_path))
    verdict = schema_gate.judge(subject, scratch=tmp_path)
    assert [(each.code, each.row, each.column, each.facts["rule"]) for each in verdict.faults] == [
        ("gates.schema-reference", 3, "passages", "maximum")
    ]
    told: Any = verdict.internal["reference"]
    assert (told["address"], told["columns"]) == (ADDRESS, ["passages", "foyers"])
    assert {"column": "nom_gardien", "asked": "required", "why": "withheld"} in told["set_aside"]
    assert told["executor"]["name"] == "duckdb, frictionless"


def test_a_key_whose_columns_are_published_is_held() -> None:
    columns = [ReleaseColumn("id", "code", "technical"), ReleaseColumn("n", "entier", "measure")]
    schema = ReferenceSchema(ADDRESS, {"id": {"name": "id"}, "n": {"name": "n", "type": "integer"}}, ("id",), ("",))
    assert reference_of(columns, schema).schema["primaryKey"] == ["id"]


def test_no_file_asks_nothing(tmp_path: Path) -> None:
    assert read_reference(tmp_path / "passages.yaml", ADDRESS) is None


@pytest.mark.parametrize(
    "written", [[], {}, {"fields": []}, {"fields": [{}]}, {"fields": [{"name": "a"}, {"name": "a"}]}]
)
def test_a_file_that_is_no_table_schema_is_refused(tmp_path: Path, written: object) -> None:
    with pytest.raises(DeclarationRefused, match="is not a Table Schema"):
        read_reference(beside(tmp_path, written), ADDRESS)


def test_a_file_without_its_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeclarationRefused, match="is not a Table Schema"):
        read_reference(beside(tmp_path, COMMON), None)

"""The schema gate, with the real frictionless."""

from pathlib import Path

import pytest

from catalog.gates.schema import SchemaGate
from tests.gated import GOOD_VISITS, VISITS, Promise, Row, column


def faults(gate: SchemaGate, folder: Path, *added: Row) -> list[tuple[str, int, str]]:
    verdict = gate.judge(VISITS.of((*GOOD_VISITS, *added), folder), scratch=folder)
    return [(fault.code, fault.row, fault.column) for fault in verdict.faults]


def test_good_rows_pass_with_their_masked_row(schema_gate: SchemaGate, tmp_path: Path) -> None:
    verdict = schema_gate.judge(VISITS.of(GOOD_VISITS, tmp_path), scratch=tmp_path)
    assert verdict.faults == ()
    assert verdict.executor == "duckdb"
    # 5 types, 6 constraints, the key, 2 rules of masked rows, 1 required measure
    assert verdict.checks == 15


def test_no_row_at_all_passes(schema_gate: SchemaGate, tmp_path: Path) -> None:
    assert schema_gate.judge(VISITS.of((), tmp_path), scratch=tmp_path).faults == ()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("ouest", "2026-05-04T11:00:00+02:00", 13, 12, "publie"), ("gates.schema-enum", 5, "site")),
        (("nord", "2026-05-04T11:30:00+02:00", 13, 12, "publie"), ("gates.schema-pattern", 5, "horodatage")),
        (("nord", "2026-05-04T11:00:00+02:00", -1, 12, "publie"), ("gates.schema-bound", 5, "passages")),
        (("nord", "2026-05-04T11:00:00+02:00", 13, 12, "cache"), ("gates.schema-enum", 5, "statut")),
        (("nord", "2026-05-04T11:00:00+02:00", 13, 12, None), ("gates.schema-required", 5, "statut")),
        (("nord", "2026-05-04T11:00:00+02:00", None, 7, "masque"), ("gates.schema-masked", 5, "foyers")),
        (("nord", "2026-05-04T11:00:00+02:00", 9, None, "masque"), ("gates.schema-masked", 5, "passages")),
        (("nord", "2026-05-04T11:00:00+02:00", 9, None, "publie"), ("gates.schema-empty-measure", 5, "foyers")),
        (("nord", "2026-05-04T09:00:00+02:00", 13, 12, "publie"), ("gates.schema-key", 5, "")),
        ((None, "2026-05-04T11:00:00+02:00", 13, 12, "publie"), ("gates.schema-required", 5, "site")),
    ],
)
def test_a_bad_row_is_refused_where_it_stands(
    schema_gate: SchemaGate, tmp_path: Path, row: Row, expected: tuple[str, int, str]
) -> None:
    assert expected in faults(schema_gate, tmp_path, row)


def test_a_geometry_that_came_in_unread_is_not_called_an_empty_cell(schema_gate: SchemaGate, tmp_path: Path) -> None:
    promise = Promise(
        columns=(column("code", "code"), column("forme", "geometrie"), column("lieu", "position")),
        fields={
            "code": {"type": "string"},
            "forme": {"type": "geojson", "constraints": {"required": True}},
            "lieu": {"type": "geopoint", "constraints": {"required": True}},
        },
        key=("code",),
    )
    point = '{"type":"Point","coordinates":[5.9,49.4]}'
    subject = promise.of((("a", point, "5.9,49.4"), ("b", None, "5.9,49.4"), ("c", point, None)), tmp_path)
    found = schema_gate.judge(subject, scratch=tmp_path).faults
    assert [(fault.code, fault.row, fault.column) for fault in found] == [
        ("gates.schema-place", 2, "forme"),
        ("gates.schema-place", 3, "lieu"),
    ]


def test_a_measure_that_is_not_required_may_be_empty(schema_gate: SchemaGate, tmp_path: Path) -> None:
    assert faults(schema_gate, tmp_path, ("sud", "2026-05-04T11:00:00+02:00", None, 12, "publie")) == []


def test_a_text_where_a_number_is_promised_is_refused(schema_gate: SchemaGate, tmp_path: Path) -> None:
    subject = VISITS.of((("1", "inconnu", 1, 1, "publie"), ("nord", "inconnu", 1, 1, "publie")), tmp_path)
    fields = [{"name": "site", "type": "integer"}, *subject.schema["fields"][1:]]  # type: ignore[index]
    promised = {**subject.schema, "fields": fields, "primaryKey": ["site"]}
    verdict = schema_gate.judge(
        type(subject)(**{name: getattr(subject, name) for name in subject.__slots__} | {"schema": promised}),
        scratch=tmp_path,
    )
    assert ("gates.schema-type", 2, "site") in [(fault.code, fault.row, fault.column) for fault in verdict.faults]


def test_another_number_of_rows_than_promised_is_refused(schema_gate: SchemaGate, tmp_path: Path) -> None:
    verdict = schema_gate.judge(VISITS.of(GOOD_VISITS, tmp_path, count=5), scratch=tmp_path)
    assert [(fault.code, fault.facts) for fault in verdict.faults] == [
        ("gates.schema-rows", {"rows": 4, "promised": 5})
    ]


def test_every_fault_is_counted_and_the_report_holds_no_cell(schema_gate: SchemaGate, tmp_path: Path) -> None:
    marked = tuple((f"MARQUE{place}", f"MARQUE{place}", -7770 - place, 3, "MARQUE") for place in range(50))
    verdict = schema_gate.judge(VISITS.of(marked, tmp_path), scratch=tmp_path)
    assert verdict.internal["errors"] == {"constraint-error": 200}
    assert "MARQUE" not in repr(verdict)
    assert "777" not in repr(verdict)

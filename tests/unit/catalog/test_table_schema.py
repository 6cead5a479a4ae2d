"""The Table Schema of a release: types, labels, constraints; frictionless itself is the judge of its form."""

import pytest
from frictionless import Schema

from catalog.declaration import Constraints
from catalog.table_schema import LABEL_PATTERNS, TYPES, _constraints, _type
from charter.apply import ReleaseColumn
from charter.vocabulary import FieldType, Level


def accepts(descriptor: dict[str, object], cell: str) -> bool:
    schema = Schema.from_descriptor({"fields": [{"name": "c", **descriptor}]})
    _, notes = schema.read_cells([cell])
    return not any(notes)


def field(column: ReleaseColumn, **declared: object) -> dict[str, object]:
    constraints = _constraints(column, Constraints.model_validate(declared))
    return {"type": _type(column), "constraints": constraints}


@pytest.mark.parametrize(
    ("level", "label", "other"),
    [
        ("heure", "2026-05-04T09:00:00+02:00", "2026-05-04T09:30:00+02:00"),
        ("heure", "2026-10-25T02:00:00", "2026-10-25 02:00"),
        ("jour", "2026-05-04", "2026-05"),
        ("semaine", "2026-W19", "2026-19"),
        ("mois", "2026-05", "2026-05-04"),
        ("trimestre", "2026-T2", "2026-Q2"),
        ("annee", "2026", "26"),
        ("commune", "54580", "5458"),
        ("commune", "2A004", "Villerupt"),
        ("iris", "545800101", "54580 0101"),
        ("epci", "200070845", "CCPHVA"),
        ("carreau-1km", "CRS3035RES1000mN2981000E4066000", "4066000"),
    ],
)
def test_a_generalised_dimension_holds_the_labels_of_its_level(level: str, label: str, other: str) -> None:
    promised = field(ReleaseColumn("d", "texte", "dimension", level=level))
    assert promised["type"] == "string"
    assert accepts(promised, label)
    assert accepts(promised, "inconnu")
    assert accepts(promised, "ensemble")
    assert accepts(promised, "ensemble 2026-05")
    assert not accepts(promised, other)


def test_every_level_and_every_type_has_its_form() -> None:
    assert set(LABEL_PATTERNS) == set(Level)
    assert set(TYPES) == set(FieldType)


def test_a_declared_pattern_or_list_leaves_room_for_totals() -> None:
    dimension = ReleaseColumn("site", "texte", "dimension")
    for declared in ({"motif": "[A-Z]{3}"}, {"valeurs": ["VIL", "AUD"]}):
        promised = field(dimension, **declared)
        assert [accepts(promised, cell) for cell in ("VIL", "ensemble", "inconnu", "vil")] == [True, True, True, False]
    technical = field(ReleaseColumn("site", "code", "technical"), motif="[A-Z]{3}")
    assert not accepts(technical, "ensemble")


def test_a_required_measure_is_no_constraint_of_the_field() -> None:
    assert field(ReleaseColumn("foyers", "entier", "measure"), obligatoire="oui")["constraints"] == {}
    assert field(ReleaseColumn("id", "code", "technical"), obligatoire="oui")["constraints"] == {"required": True}


@pytest.mark.parametrize(
    ("of_type", "cell", "other"),
    [
        ("entier", "12", "12,5"),
        ("decimal", "12.50", "douze"),
        ("date", "2026-05-04", "04/05/2026"),
        ("date-heure", "2026-05-04T09:00:00+02:00", "hier"),
        ("position", "5.91,49.45", "49.45"),
        ("geometrie", '{"type":"Point","coordinates":[5.91,49.45]}', "POINT(5.91 49.45)"),
        ("booleen", "true", "peut-être"),
    ],
)
def test_a_kept_value_has_its_type(of_type: str, cell: str, other: str) -> None:
    promised = field(ReleaseColumn("c", of_type, "technical"))
    assert accepts(promised, cell)
    assert not accepts(promised, other)

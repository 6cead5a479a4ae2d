"""Real releases with something planted in them: each gate refuses, says where, and shows nothing of it."""

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from catalog.declaration import DatasetDeclaration
from catalog.gates import GATES
from catalog.gates.runner import GateRunner, Limits
from catalog.validate import ValidatedRelease, validate
from charter.apply import Release
from charter.compile import Plan
from eclor.errors import GateRefused
from eclor.names import Slug
from tests.e2e.gates.conftest import Demonstration
from tests.rogue_gates import gate

Made = tuple[Release, Plan, DatasetDeclaration]
MARK = "MARQUE-9f3c"


@pytest.fixture(scope="module")
def points(demonstration: Demonstration) -> Made:
    release, plan = demonstration.released("points-de-collecte", access="http")
    return release, plan, demonstration.declarations[Slug("points-de-collecte")]


@pytest.fixture(scope="module")
def visits(demonstration: Demonstration) -> Made:
    release, plan = demonstration.released("dechetteries-passages", access="depot")
    return release, plan, demonstration.declarations[Slug("dechetteries-passages")]


def planted(made: Made, folder: Path, *, column: str, row: int, value: str | int | None) -> Made:
    """The same release with one cell changed in its file, rows counted from 1."""
    release, plan, declaration = made
    table = pq.read_table(release.rows.path)
    cells = table[column].to_pylist()
    cells[row - 1] = value
    place = table.schema.get_field_index(column)
    table = table.set_column(place, table.schema.field(place), pa.array(cells, table.schema.field(place).type))
    path = folder / "planted.parquet"
    pq.write_table(table, path)
    return replace(release, rows=replace(release.rows, path=path)), plan, declaration


def validated(made: Made, gates: GateRunner) -> ValidatedRelease:
    release, plan, declaration = made
    return validate(release, declaration=declaration, plan=plan, gates=gates)


def refusal(made: Made, gates: GateRunner) -> GateRefused:
    with pytest.raises(GateRefused) as refused:
        validated(made, gates)
    return refused.value


def test_a_doubled_key_is_refused_with_its_line_and_cure(points: Made, gates: GateRunner, tmp_path: Path) -> None:
    first = pq.read_table(points[0].rows.path)["id_point"][0].as_py()
    refused = refusal(planted(points, tmp_path, column="id_point", row=2, value=first), gates)
    assert refused.code in {"gates.schema-key", "gates.schema-unique"}
    assert refused.located().startswith(f"points-de-collecte.csv:3:{1 if refused.facts['column'] else ''}".rstrip(":"))
    assert "Corrigez la source" in refused.french()


def test_somebody_is_told_before_the_list_that_they_are_not_in(points: Made, gates: GateRunner, tmp_path: Path) -> None:
    """Else the cure would be to add them to that list, which is public."""
    refused = refusal(planted(points, tmp_path, column="genre", row=3, value="j.kieffer@orange.fr"), gates)
    assert (refused.code, refused.facts["column"], refused.facts["row"]) == ("gates.personal-email", "genre", 3)
    assert refused.internal["schema"]["passed"] is False


def test_an_expectation_that_fails_is_refused_with_its_reason(points: Made, gates: GateRunner, tmp_path: Path) -> None:
    declared = points[2].plain()
    declared["attentes"] = [
        {
            "attente": "expect_column_values_to_be_in_set",
            "parametres": {"column": "genre", "value_set": ["decheterie"]},
            "motif": "Il n'y a que des déchèteries.",
        }
    ]
    release, plan, _ = points
    refused = refusal((release, plan, DatasetDeclaration.model_validate(declared)), gates)
    assert refused.code == "gates.expectation-failed"
    assert "Il n'y a que des déchèteries." in refused.french()
    assert refused.place is not None
    assert refused.place.line > 1


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("nom_point", f"Conteneur de Mme Kieffer {MARK}", "gates.personal-person"),
        ("adresse", f"rue de la Gare, 06 12 34 56 78 {MARK}", "gates.personal-phone"),
        ("horaires", f"{MARK}@orange.fr", "gates.personal-email"),
    ],
)
def test_personal_data_in_one_cell_is_refused_and_never_shown(
    points: Made, gates: GateRunner, tmp_path: Path, column: str, value: str, code: str
) -> None:
    refused = refusal(planted(points, tmp_path, column=column, row=200, value=value), gates)
    assert refused.code == code
    assert refused.place is not None
    assert (refused.place.file, refused.place.line) == ("points-de-collecte.csv", 201)
    assert refused.place.column == [each.name for each in points[0].columns].index(column) + 1
    assert f"« {column} »" in refused.french()
    assert set(refused.internal) == set(GATES)
    everything = pickle.dumps((refused.internal, refused.facts, refused.located(), str(refused))).decode("latin-1")
    assert MARK not in everything
    assert "Kieffer" not in everything
    assert "06 12" not in everything


def test_a_masked_row_that_shows_a_measure_is_refused(visits: Made, gates: GateRunner, tmp_path: Path) -> None:
    statuses = pq.read_table(visits[0].rows.path)["statut"].to_pylist()
    row = statuses.index("publie") + 1
    refused = refusal(planted(visits, tmp_path, column="statut", row=row, value="masque"), gates)
    assert refused.code == "gates.schema-masked"
    assert refused.facts["row"] == row


@pytest.mark.parametrize(
    "declared",
    [
        lambda columns: columns[:-1],
        lambda columns: [*columns, {"nom": "couleur", "titre": {"fr": "Couleur", "en": "Colour"}}],
    ],
)
def test_columns_that_are_not_those_declared_are_refused(
    points: Made, gates: GateRunner, declared: Callable[[list[object]], list[object]]
) -> None:
    release, plan, declaration = points
    plain = declaration.plain()
    columns = plain["colonnes"]
    assert isinstance(columns, list)
    plain["colonnes"] = declared(columns)
    refused = refusal((release, plan, DatasetDeclaration.model_validate(plain)), gates)
    assert refused.code in {"gates.undeclared-column", "gates.absent-column"}


def test_what_may_be_published_of_a_report_counts_nothing_but_checks(points: Made, gates: GateRunner) -> None:
    reports = validated(points, gates).reports
    told = {report.gate: dict(report.public) for report in reports}
    results = told["expectations"].pop("results")
    assert {name for each in results for name in each} <= {
        *["expectation", "parameters", "reason", "executor", "question"]
    }  # type: ignore[attr-defined]
    assert [set(public) for public in told.values()] == [{"gate", "verdict", "checks"}] * len(GATES)
    assert {report.public["verdict"] for report in reports} == {"passed"}


def test_a_gate_that_dies_refuses_its_dataset_and_the_next_one_passes(points: Made, tmp_path: Path) -> None:
    limits = Limits(judge_s=2)
    with GateRunner(tmp_path, limits=limits, gates={"good": gate("Good"), "rogue": gate("Dies")}) as rogue:
        refused = refusal(points, rogue)
    assert (refused.code, refused.status) == ("gates.crashed", 503)
    assert "Relancez" in refused.french()
    with GateRunner(tmp_path, gates={"good": gate("Good")}) as sound:
        assert validated(points, sound).reports[0].passed


def test_no_gate_at_all_validates_nothing(points: Made, tmp_path: Path) -> None:
    with GateRunner(tmp_path, gates={}) as nothing:
        assert refusal(points, nothing).code == "gates.unavailable"

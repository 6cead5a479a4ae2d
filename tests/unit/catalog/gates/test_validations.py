"""A version's suite and results, in great-expectations' own formats, and the page that shows them."""

import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from api.pages.checks import lines_of, moved_of
from catalog.gates.expectations import ExpectationsGate
from catalog.gates.subject import SUBJECTS, Expected
from catalog.proof import GateVerdict, ProofBody
from catalog.validations import GATE, LIBRARY_VERSION, results, suite
from tests.gated import GOOD_VISITS, VISITS

BETWEEN = "expect_column_values_to_be_between"
DECLARED = (
    Expected(BETWEEN, {"column": "foyers", "min_value": 0, "strict_max": "non"}, "Jamais."),
    Expected(
        BETWEEN,
        {"column": "foyers", "min_value": 0, "row_condition": "passages > 13", "condition_parser": "pandas"},
        "Certains.",
    ),
    Expected("energie-jamais-negative", {"colonnes": ["passages"]}, "Un passage compte."),
)


@pytest.fixture(scope="module")
def body(expectations_gate: ExpectationsGate, tmp_path_factory: pytest.TempPathFactory) -> ProofBody:
    folder = tmp_path_factory.mktemp("judged")
    subject = replace(VISITS, expectations=DECLARED).of(GOOD_VISITS, folder)
    verdict = expectations_gate.judge(subject, scratch=folder)
    assert verdict.faults == ()
    told = {"gate": GATE, "verdict": "passed", "checks": verdict.checks, **verdict.public}
    gates = [GateVerdict(gate=GATE, passed=True, executor=verdict.executor, public=told)]
    return ProofBody.model_construct(dataset="essai", version=2, published_at="2026-05-05T08:00:00Z", gates=gates)


def test_each_result_says_who_gave_it_and_counts_nothing(body: ProofBody) -> None:
    told = body.gates[0].public["results"]
    assert [each["executor"] for each in told] == [*["eclor/duckdb"] * 3, "great-expectations/pandas", "eclor/duckdb"]  # type: ignore[index,union-attr]
    known = {"expectation", "parameters", "reason", "executor", "question"}
    assert all({*each} <= known for each in told)  # type: ignore[arg-type,union-attr]


def test_great_expectations_reads_the_suite_and_the_results(body: ProofBody) -> None:
    import great_expectations as gx  # noqa: PLC0415 - heavy, and loaded by the fixture's gate
    from great_expectations.core import ExpectationSuiteValidationResultSchema  # noqa: PLC0415 - the same

    gx.get_context(mode="ephemeral")
    read = gx.ExpectationSuite(**suite(body))
    types = [each.expectation_type for each in read.expectations]
    assert types[2:] == [DECLARED[0].name, DECLARED[1].name, "unexpected_rows_expectation"]
    loaded = ExpectationSuiteValidationResultSchema().load(results(body))
    assert loaded["success"]
    assert loaded["statistics"]["successful_expectations"] == len(types)


def test_the_page_says_them_in_french(body: ProofBody) -> None:
    lines = lines_of(body)
    assert [(line.says, line.columns, line.reason) for line in lines[2:]] == [
        ("Chaque valeur est entre deux bornes", ("foyers",), "Jamais."),
        ("Chaque valeur est entre deux bornes", ("foyers",), "Certains."),
        ("Une énergie n'est jamais négative", ("passages",), "Un passage compte."),
    ]
    assert lines[2].parameters == (("min_value", "0"), ("strict_max", "non"))
    assert [line.executor for line in lines[2:4]] == ["une lecture du fichier (DuckDB)", "great-expectations lui-même"]


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("0.995", ", pour 99,5\N{NARROW NO-BREAK SPACE}% des cases au moins"),
        (0.9, ", pour 90\N{NARROW NO-BREAK SPACE}% des cases au moins"),
        (1, ""),
    ],
)
def test_what_need_not_hold_everywhere_is_said(share: float | str, said: str) -> None:
    told = {"expectation": "expect_column_values_to_not_be_null", "parameters": {"column": "site", "mostly": share}}
    gates = [GateVerdict(gate=GATE, passed=True, executor="eclor/duckdb", public={"results": [told]})]
    [line] = lines_of(ProofBody.model_construct(dataset="essai", version=1, gates=gates))
    assert line.says == f"Aucune case n'est vide{said}"


def test_what_moved_is_said_without_figures() -> None:
    drift = GateVerdict(
        gate="drift",
        passed=True,
        executor="eclor/duckdb",
        public={"warnings": [{"measure": "fewer", "column": ""}, {"measure": "shape", "column": "passages"}]},
    )
    body = ProofBody.model_construct(dataset="essai", version=2, gates=[drift])
    assert moved_of(body) == ("bien moins de lignes", "une autre répartition de « passages »")


def test_the_library_that_is_named_is_the_one_that_judges() -> None:
    assert version("great-expectations") == LIBRARY_VERSION


def test_a_proof_without_results_has_none() -> None:
    gates = [GateVerdict(gate=GATE, passed=True, executor="great-expectations/pandas", public={"checks": 4})]
    older = ProofBody.model_construct(dataset="essai", version=1, published_at="2026-05-05T08:00:00Z", gates=gates)
    assert lines_of(older) == ()
    assert suite(older)["expectations"] == []


def test_what_the_scan_judges_loads_neither_great_expectations_nor_pandas(tmp_path: Path) -> None:
    asked = """
import sys
from pathlib import Path
from catalog.gates.expectations import ExpectationsGate
from catalog.gates.subject import SUBJECTS
gate = ExpectationsGate()
gate.warm()
assert gate.judge(SUBJECTS.validate_json(sys.argv[1]), scratch=Path(sys.argv[2])).faults == ()
print(*{"great_expectations", "pandas"} & {*sys.modules})
"""
    subject = SUBJECTS.dump_json(VISITS.of(GOOD_VISITS, tmp_path)).decode()
    command = [sys.executable, "-c", asked, subject, str(tmp_path)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    assert ran.stdout.split() == []

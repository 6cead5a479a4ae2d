"""The expectations gate: the scan, and the real great-expectations for what it does not know."""

from dataclasses import replace
from pathlib import Path

import pytest

from catalog.gates.expectations import ExpectationsGate
from catalog.gates.subject import Expected, Fault
from tests.gated import GOOD_VISITS, VISITS

COLUMN = "expect_column_values_to_be_between"


def faults(gate: ExpectationsGate, folder: Path, *expected: Expected) -> tuple[Fault, ...]:
    subject = replace(VISITS, expectations=expected).of(GOOD_VISITS, folder)
    return gate.judge(subject, scratch=folder).faults


def test_a_suite_that_holds_passes_and_says_who_ran_it(expectations_gate: ExpectationsGate, tmp_path: Path) -> None:
    verdict = expectations_gate.judge(VISITS.of(GOOD_VISITS, tmp_path), scratch=tmp_path)
    assert verdict.faults == ()
    assert verdict.executor == "eclor/duckdb"
    assert verdict.checks == 3


def test_a_row_that_breaks_an_expectation_is_told_with_its_reason(
    expectations_gate: ExpectationsGate, tmp_path: Path
) -> None:
    expected = Expected(COLUMN, {"column": "passages", "max_value": 19}, "Jamais plus de 19.")
    assert faults(expectations_gate, tmp_path, expected) == (
        Fault(
            "gates.expectation-failed",
            3,
            "passages",
            {"expectation": COLUMN, "reason": "Jamais plus de 19.", "count": 2},
        ),
    )


def test_an_expectation_on_all_rows_together_tells_no_row(expectations_gate: ExpectationsGate, tmp_path: Path) -> None:
    expected = Expected("expect_column_max_to_be_between", {"column": "passages", "max_value": 19}, "r")
    [fault] = faults(expectations_gate, tmp_path, expected)
    assert (fault.code, fault.row, fault.column) == ("gates.expectation-false", 0, "passages")


@pytest.mark.parametrize(
    ("name", "parameters", "code"),
    [
        ("expect_nothing_of_the_sort", {}, "gates.expectation-unknown"),
        (COLUMN, {"column": "passages", "minimum": 0}, "gates.expectation-parameters"),
        (COLUMN, {"column": "passages"}, "gates.expectation-parameters"),
        (COLUMN, {"column": "ailleurs", "min_value": 0}, "gates.expectation-column"),
        ("expect_compound_columns_to_be_unique", {"column_list": ["site", "rue"]}, "gates.expectation-column"),
        ("expect_column_values_to_match_regex", {"column": "site", "regex": "("}, "gates.expectation-broken"),
    ],
)
def test_an_expectation_that_cannot_be_run_as_declared_refuses(
    expectations_gate: ExpectationsGate, tmp_path: Path, name: str, parameters: dict[str, object], code: str
) -> None:
    expected = Expected(name, parameters, "r")  # type: ignore[arg-type]
    assert [fault.code for fault in faults(expectations_gate, tmp_path, expected)] == [code]


def test_booleans_and_shares_are_written_as_the_language_writes_them(
    expectations_gate: ExpectationsGate, tmp_path: Path
) -> None:
    increasing = "expect_column_values_to_be_increasing"
    assert faults(
        expectations_gate,
        tmp_path,
        Expected(COLUMN, {"column": "foyers", "min_value": 12, "strict_min": "oui"}, "r"),
        Expected("expect_column_values_to_not_be_null", {"column": "foyers", "mostly": "0.75"}, "r"),
        Expected(increasing, {"column": "passages", "strictly": "non"}, "r"),
    ) == (
        Fault("gates.expectation-failed", 1, "foyers", {"expectation": COLUMN, "reason": "r", "count": 1}),
        Fault("gates.expectation-failed", 4, "passages", {"expectation": increasing, "reason": "r", "count": 1}),
    )


def test_the_same_expectation_twice_is_run_once(expectations_gate: ExpectationsGate, tmp_path: Path) -> None:
    expected = Expected(COLUMN, {"column": "foyers", "min_value": 11}, "r")
    assert faults(expectations_gate, tmp_path, expected, expected) == ()


def test_a_file_with_other_rows_or_columns_than_promised_refuses(
    expectations_gate: ExpectationsGate, tmp_path: Path
) -> None:
    verdict = expectations_gate.judge(VISITS.of(GOOD_VISITS, tmp_path, count=9), scratch=tmp_path)
    assert [fault.facts["expectation"] for fault in verdict.faults] == ["expect_table_row_count_to_equal"]
    subject = VISITS.of(GOOD_VISITS, tmp_path)
    verdict = expectations_gate.judge(replace(subject, columns=subject.columns[::-1]), scratch=tmp_path)
    assert [fault.facts["expectation"] for fault in verdict.faults] == ["expect_table_columns_to_match_ordered_list"]


def test_no_row_at_all_passes(expectations_gate: ExpectationsGate, tmp_path: Path) -> None:
    assert expectations_gate.judge(VISITS.of((), tmp_path), scratch=tmp_path).faults == ()


def test_the_report_holds_no_cell(expectations_gate: ExpectationsGate, tmp_path: Path) -> None:
    marked = (("MARQUE", "MARQUE", -777123, -777124, "MARQUE"),) * 3
    declared = replace(
        VISITS,
        expectations=(
            *VISITS.expectations,
            Expected("expect_column_values_to_be_in_set", {"column": "site", "value_set": ["nord"]}, "r"),
            Expected("expect_column_max_to_be_between", {"column": "passages", "min_value": 0}, "r"),
            Expected("expect_compound_columns_to_be_unique", {"column_list": ["site", "horodatage"]}, "r"),
            Expected("expect_column_distinct_values_to_be_in_set", {"column": "site", "value_set": ["nord"]}, "r"),
            Expected("expect_column_values_to_match_regex", {"column": "passages", "regex": "x"}, "r"),
        ),
    )
    verdict = expectations_gate.judge(declared.of(marked, tmp_path), scratch=tmp_path)
    assert len(verdict.faults) == 6
    assert "MARQUE" not in repr(verdict)
    assert "7771" not in repr(verdict)

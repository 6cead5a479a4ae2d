"""The time that rows tell of: their periods', longer where each period counts several years together."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from catalog.declaration import DatasetDeclaration, read_dataset
from catalog.spans import days_told
from charter.durations import Duration
from eclor.names import Period

NEW_YEAR = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
"""In Paris, the first day of the next year."""
MARCH = Period("2026-03")


@pytest.mark.parametrize(
    ("window", "first"),
    [(None, date(2026, 3, 1)), ("3 mois", date(2026, 1, 1)), ("1 an", date(2025, 4, 1)), ("1 mois", date(2026, 3, 1))],
)
def test_a_window_ends_with_its_period(window: str | None, first: date) -> None:
    assert days_told([MARCH], Duration.parse(window) if window else None, NEW_YEAR) == (first, date(2026, 3, 31))


def test_what_has_no_period_tells_of_the_day_it_was_published() -> None:
    assert days_told([], Duration.parse("3 ans"), NEW_YEAR) == (date(2027, 1, 1), date(2027, 1, 1))


def test_no_window_reaches_before_the_first_day_of_all() -> None:
    assert days_told([Period("0002")], Duration.parse("9 ans"), NEW_YEAR)[0] == date.min


def test_the_demonstration_counts_accidents_by_three_years() -> None:
    declared = read_dataset(Path("policies/ccphva/datasets/accidents.yaml"))
    assert isinstance(declared, DatasetDeclaration)
    assert declared.window == "3 ans"

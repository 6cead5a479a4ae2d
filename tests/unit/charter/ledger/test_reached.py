"""How far a period reaches by published ones that overlap: what no sum can leave is left out."""

from datetime import date

import pytest

from charter.comparison import reached
from charter.ledger.records import Days


def span(first: int, after: int) -> Days:
    return date(2026, 1, first), date(2026, 1, after)


@pytest.mark.parametrize(
    ("days", "others", "found"),
    [
        (span(10, 12), [], span(10, 12)),
        (span(10, 12), [span(12, 20), span(1, 10)], span(10, 12)),
        (span(10, 12), [span(9, 11)], span(9, 12)),
        (span(10, 12), [span(4, 11), span(1, 5), span(11, 15), span(14, 20), span(21, 25)], span(1, 20)),
        (span(10, 12), [span(1, 30), span(29, 31)], span(1, 31)),
        (span(10, 12), [span(9, 11), None], None),
        (None, [span(9, 11)], None),
    ],
)
def test_a_period_reaches_what_shares_a_day_with_what_it_reaches(
    days: Days | None, others: list[Days | None], found: Days | None
) -> None:
    assert reached(days, others) == found

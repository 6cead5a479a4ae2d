"""What the report of a dry run says of numbers: in the unit that they are published in."""

import pytest

from charter.simulation.cells import Lost, PeriodFound
from eclor.simulation.words import _period


@pytest.mark.parametrize(
    ("hidden", "total", "decimals", "said"),
    [(878_000, 11_251_000, 2, "8780,00  112510,00"), (5, 80, 0, "5  80"), (5, 1000, 3, "0,005  1,000")],
)
def test_what_is_hidden_of_a_measure_is_said_in_its_unit(hidden: int, total: int, decimals: int, said: str) -> None:
    lost = Lost("euros", hidden, total, decimals)
    found = PeriodFound("2026", (), (), (), (lost,), ())
    (line,) = [line for line in _period(found) if "euros" in line]
    assert " ".join(said.split()) in " ".join(line.split())

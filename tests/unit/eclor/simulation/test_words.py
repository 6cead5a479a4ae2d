"""What the report of a dry run says of numbers: in the unit that they are published in."""

import pytest

from charter.simulation.causes import Cause, Reason
from charter.simulation.cells import CellFound, Fate, Interval, Lost, PeriodFound
from eclor.simulation.words import _period, said_of, told_of


@pytest.mark.parametrize(
    ("hidden", "total", "decimals", "said"),
    [(878_000, 11_251_000, 2, "8780,00  112510,00"), (5, 80, 0, "5  80"), (5, 1000, 3, "0,005  1,000")],
)
def test_what_is_hidden_of_a_measure_is_said_in_its_unit(hidden: int, total: int, decimals: int, said: str) -> None:
    lost = Lost("euros", hidden, total, decimals)
    found = PeriodFound("2026", (), (), (), (lost,), ())
    (line,) = [line for line in _period(found) if "euros" in line]
    assert " ".join(said.split()) in " ".join(line.split())


def test_an_indicator_that_counts_the_unit_is_said_once() -> None:
    lost = (Lost("personnes", 5, 80, 0), Lost("lignes", 7, 90, 0), Lost("personnes", 5, 80, 0))
    found = PeriodFound("2026", (), (), (), lost, ())
    assert [line.split()[0] for line in _period(found) if "%" in line] == ["personnes", "lignes"]


ONE, MANY = {"contributors": 1}, {"contributors": 2}


@pytest.mark.parametrize(
    ("cause", "facts", "said"),
    [
        (Cause.THRESHOLD, {"unit": "personnes", "units": 1, "k": 11}, "seuil : 11 personnes au moins, ici 1"),
        (Cause.DOMINANCE, ONE, "dominance : le plus gros contributeur (foyers) fait 90,1 % de « kwh », 85 % au plus"),
        (
            Cause.DOMINANCE,
            MANY,
            "dominance : les 2 plus gros contributeurs (foyers) font 90,1 % de « kwh », 85 % au plus",
        ),
        (Cause.DIFFERENCING, {"rule": "before", "other": ""}, "différences : dirait trop à côté de ce qui a déjà paru"),
    ],
    ids=["threshold", "one dominates", "two dominate", "by what came out"],
)
def test_why_a_cell_is_masked_is_said_in_words_that_agree(cause: Cause, facts: dict[str, str | int], said: str) -> None:
    shared: dict[str, str | int] = {"unit": "foyers", "share": "90,1", "indicator": "kwh", "percent": 85}
    assert said_of(Reason(cause, shared | facts)).startswith(said)


def test_each_masked_number_is_placed_and_none_is_passed_over() -> None:
    cell = CellFound(
        key=("nord",),
        fate=Fate.MASKED,
        rows=4,
        units=(4,),
        values=(4, 1250, 7, 9),
        reasons=(),
        bounds=(
            Interval("foyers", 1.0, None),
            Interval("volume", 1200.0, 1350.5),
            Interval("passages", 7.0, 7.0),
            Interval("jours", 2.0, 10 / 3),
        ),
        bounds_missing=("poids",),
    )
    assert list(told_of(cell, {"foyers": 0, "volume": 2, "passages": 0, "jours": 0})) == [
        "foyers : 1 ou plus",
        "volume : de 12,00 à 13,5050",
        "passages : 7, exactement",
        "jours : de 2 à 3,33",
        "poids : non calculé, ce serait trop de travail",
    ]

"""Two digits of a year and days that cannot be to come: a birth of 1965 is never one of 2065."""

from datetime import date, datetime
from pathlib import Path

import pytest

from eclor.errors import DeclarationRefused, PayloadRefused
from harvesters.intake import RawDataset
from tests.harvesting import SteppingClock, column, drop, flow, harvested, rows_of, store_at

SHORT = ', ecrit: "31/12/26"'
CENTURY = ', annees: "1927-2026"'


def came(
    tmp_path: Path, cells: list[str], one: str, clock: SteppingClock | None = None
) -> tuple[RawDataset, list[object]]:
    drop(tmp_path / "in", "a.csv", ["id,jour", *(f"{n},{cell}" for n, cell in enumerate(cells))])
    source, store = flow(tmp_path, column("id"), one, address=str(tmp_path / "in")), store_at(tmp_path, clock)
    raw = harvested(source, store)
    return raw, [
        row[one.split(",", maxsplit=1)[0].removeprefix("{nom: ")] for row in rows_of(raw, store, tmp_path / "work")
    ]


def day(name: str, more: str = "", kind: str = "date") -> str:
    return column(name, kind, path="jour", more=more)


def test_the_hundred_years_that_are_declared_tell_the_century(tmp_path: Path) -> None:
    _, days = came(tmp_path, ["12/03/65", "01/01/27", "24/11/26", "31/12/00"], day("date_naissance", SHORT + CENTURY))
    assert days == [date(1965, 3, 12), date(1927, 1, 1), date(2026, 11, 24), date(2000, 12, 31)]


def test_two_digits_are_read_as_before_where_the_future_is_possible(tmp_path: Path) -> None:
    _, days = came(tmp_path, ["12/03/65", "01/01/69"], day("fin_prevue", SHORT))
    assert days == [date(2065, 3, 12), date(1969, 1, 1)]


@pytest.mark.parametrize(
    "name", ["date_naissance", "ne_le", "nee_le", "birth_date", "dob", "geburtsdatum", "gebuertsdag"]
)
def test_the_century_of_a_birth_is_never_guessed(tmp_path: Path, name: str) -> None:
    with pytest.raises(DeclarationRefused) as refused:
        flow(tmp_path, day(name, SHORT), address=str(tmp_path))
    assert refused.value.code == "declaration.century"


def test_nor_is_that_of_a_day_that_is_declared_to_have_come(tmp_path: Path) -> None:
    with pytest.raises(DeclarationRefused) as refused:
        flow(tmp_path, day("releve", SHORT + ", passe: oui"), address=str(tmp_path))
    assert refused.value.code == "declaration.century"


def test_a_birth_to_come_is_a_refused_row(tmp_path: Path) -> None:
    raw, days = came(tmp_path, ["12/03/1965", "25/11/2026", "26/11/2026"], day("naissance", ', ecrit: "31/12/2026"'))
    assert days == [date(1965, 3, 12), date(2026, 11, 25)]
    assert raw.counts.reasons == (("intake.to-come: naissance", 1),)


@pytest.mark.parametrize(
    ("more", "kept"),
    [("", [datetime(2065, 3, 12, 9)]), (", passe: oui", []), (", passe: non", [datetime(2065, 3, 12, 9)])],  # noqa: DTZ001 - stored so
)
def test_an_instant_may_be_to_come_unless_it_is_declared_past(tmp_path: Path, more: str, kept: list[datetime]) -> None:
    cells = ["2065-03-12T09:00:00Z", "2026-11-24T09:00:00Z", "2026-11-23T09:00:00Z"]
    _, read = came(tmp_path, cells, day("releve", more, "date-heure"))
    assert read[:-2] == kept


def test_a_birth_that_is_expected_is_said_to_be_one(tmp_path: Path) -> None:
    _, days = came(tmp_path, ["2027-03-12"], day("naissance_prevue", ", passe: non"))
    assert days == [date(2027, 3, 12)]


def test_mostly_births_to_come_stop_the_delivery_with_a_cure(tmp_path: Path) -> None:
    with pytest.raises(PayloadRefused) as refused:
        came(tmp_path, ["12/03/2065", "13/03/2065", "12/03/1965"], day("naissance", ', ecrit: "31/12/2026"'))
    assert refused.value.code == "intake.to-come"
    assert "siècle" in refused.value.french()


def test_a_century_that_is_over_stops_the_delivery(tmp_path: Path) -> None:
    one, clock = day("date_naissance", SHORT + CENTURY), SteppingClock()
    came(tmp_path, ["24/11/26"], one, clock)
    clock.instant = clock.instant.replace(year=2027)
    (tmp_path / "in" / "a.csv").rename(tmp_path / "in" / "b.csv")
    drop(tmp_path / "in", "c.csv", ["id,jour", "9,02/01/27"])
    source = flow(tmp_path, column("id"), one, address=str(tmp_path / "in"))
    with pytest.raises(PayloadRefused) as refused:
        harvested(source, store_at(tmp_path, clock))
    assert (refused.value.code, refused.value.facts["last"]) == ("intake.century-over", 2026)


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("date", ', annees: "1927-2026"', "declaration.years"),
        ("date", ', ecrit: "31/12/2026", annees: "1927-2026"', "declaration.years"),
        ("date", SHORT + ', annees: "1927-2027"', "declaration.years"),
        ("code", ", passe: oui", "declaration.past"),
        ("date", SHORT + ', annees: "26"', "declaration.wrong-value"),
    ],
)
def test_what_does_not_go_together_is_refused(tmp_path: Path, kind: str, more: str, code: str) -> None:
    with pytest.raises(DeclarationRefused) as refused:
        flow(tmp_path, day("jour", more, kind), address=str(tmp_path))
    assert refused.value.code == code

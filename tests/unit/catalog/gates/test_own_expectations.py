"""Expectations of our own: which rows break them, in releases written here."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pydantic import JsonValue

from catalog.gates.expectations import ExpectationsGate
from catalog.gates.expectations_scan import Scan, compiled
from catalog.gates.own import OWN
from catalog.gates.subject import Expected
from tests.gated import GOOD_VISITS, VISITS

Cells = dict[str, list[str | int | None]]
MARCH: Final = [f"2026-03-29T{hour:02}:00:00+0{1 if hour < 2 else 2}:00" for hour in range(24) if hour != 2]
OCTOBER: Final = [
    *(f"2026-10-25T{hour:02}:00:00+02:00" for hour in range(3)),
    *(f"2026-10-25T{hour:02}:00:00+01:00" for hour in range(2, 24)),
]
MAY: Final = [f"2026-05-04T{hour:02}:00:00+02:00" for hour in range(24)]
EVE: Final = "2026-03-28T23:00:00+01:00"
MORROW: Final = "2026-10-26T00:00:00+01:00"


def broken(name: str, parameters: dict[str, JsonValue], cells: Cells, folder: Path) -> list[int]:
    """Return the rows that break an expectation, from 1, as many as it counts."""
    file = folder / "release.parquet"
    pq.write_table(pa.table(cells), file)
    with Scan.opened(file, folder) as scan:
        asked = compiled(Expected(name, parameters), scan.table())
        assert asked
        [outcome] = scan.outcomes([asked])
    assert outcome
    assert outcome.counts["unexpected_count"] == len(outcome.rows)
    assert outcome.success == (not outcome.rows)
    return [*outcome.rows]


def test_energy_is_never_negative(tmp_path: Path) -> None:
    cells: Cells = {"kwh": [0, 5, -1, None], "gaz": [1, -2, 0, None]}
    assert broken("energie-jamais-negative", {"colonnes": ["kwh", "gaz"]}, cells, tmp_path) == [2, 3]


def test_a_measure_is_empty_where_few_are_counted(tmp_path: Path) -> None:
    cells: Cells = {"speed": ["30-50", None, "30-50", "50-70"], "flow": ["6-50", "0-6", "0-6", None]}
    parameters: dict[str, JsonValue] = {"column": "speed", "dit": "flow", "valeurs": ["0-6"]}
    assert broken("vide-la-ou", parameters, cells, tmp_path) == [3, 4]


@pytest.mark.parametrize(
    ("position", "within"),
    [
        ("5.9,49.4", True),
        ("5.8,49.4", False),
        ("6.1,49.4", False),
        ("5.9,49.3", False),
        ("5.9,49.6", False),
        ("49.4,5.9", False),
        ("ici", False),
        (None, True),
        ('{"type":"Point","coordinates":[5.9,49.4,310.5]}', True),
        ('{"type":"Point","coordinates":[49.4,5.9]}', False),
        ('{"type":"MultiPolygon","coordinates":[[[[5.9,49.4],[5.91,49.4],[5.91,49.41],[5.9,49.4]]]]}', True),
        ('{"type":"LineString","coordinates":[[5.9, 49.4], [5.91, 49.6]]}', False),
        ('{"type":"LineString","coordinates":[[5.9,49.4],[1e-9,49.4]]}', False),
        ('{"type":"Polygon","coordinates":[]}', False),
    ],
)
def test_positions_lie_in_the_territory(position: str | None, within: bool, tmp_path: Path) -> None:
    cells: Cells = {"position": ["5.9,49.4", position]}
    parameters: dict[str, JsonValue] = {"column": "position", "cadre": "5.862, 49.365, 6.062, 49.512"}
    assert broken("positions-dans-le-territoire", parameters, cells, tmp_path) == ([] if within else [2])


@pytest.mark.parametrize(
    ("hours", "rows"),
    [
        (MARCH, []),
        (OCTOBER, []),
        (MAY, []),
        (["2026-03-29T02:00:00+01:00"], [2]),
        (["2026-05-04T09:00:00+01:00"], [2]),
        (["2026-05-04T25:00:00+02:00"], [2]),
        (["ensemble", "2026-05-04", "2026-W12"], []),
        (MAY[:-1], [*range(2, 25)]),
        (OCTOBER[:2] + OCTOBER[3:], [*range(2, 26)]),
    ],
)
def test_days_have_23_24_or_25_hours(hours: list[str], rows: list[int], tmp_path: Path) -> None:
    cells: Cells = {"heure": [EVE, *hours, MORROW], "canal": ["a"] * (len(hours) + 2)}
    parameters: dict[str, JsonValue] = {"moment": "heure", "par": ["canal"], "complets": "oui"}
    assert broken("jours-de-23-24-25-heures", parameters, cells, tmp_path) == rows


@pytest.mark.parametrize(
    ("day", "hours", "kept"),
    [
        (48, [2] * 24, True),
        (47, [2] * 24, False),
        (49, [2] * 24, False),
        (90, [2] * 23, True),
        (45, [2] * 23, False),
        (90, [2] * 23 + [None], True),
        (None, [2] * 24, True),
    ],
)
def test_hours_make_the_day(day: int | None, hours: list[int | None], kept: bool, tmp_path: Path) -> None:
    cells: Cells = {
        "moment": ["2026-05-04", *MAY[: len(hours)], "ensemble"],
        "site": ["a"] * (len(hours) + 2),
        "passages": [day, *hours, 3],
    }
    parameters: dict[str, JsonValue] = {"moment": "moment", "valeur": "passages", "par": ["site"]}
    assert broken("heures-font-le-jour", parameters, cells, tmp_path) == ([] if kept else [1])


def test_what_rounding_takes_is_allowed_and_no_more(tmp_path: Path) -> None:
    parameters: dict[str, JsonValue] = {
        "column": "flux",
        "total": "ensemble",
        "valeur": "t",
        "par": ["mois"],
        "arrondi": 5,
    }
    cells: Cells = {
        "mois": ["1", "1", "1", "2", "2", "2", "3", "3", "3", "4", "4", "4"],
        "flux": ["ensemble", "verre", "bois"] * 4,
        "t": [25, 15, 15, 20, 15, 15, 40, 15, 15, 40, 15, None],
    }
    assert broken("total-egal-aux-parties", parameters, cells, tmp_path) == [4, 7]


def test_times_go_on_along_a_trip(tmp_path: Path) -> None:
    cells: Cells = {
        "course": ["a", "a", "a", "b", "b"],
        "rang": [1, 2, 3, 1, 2],
        "arrivee": ["23:50:00", "24:10:00", "24:05:00", "08:00:00", "8h"],
        "depart": ["23:55:00", "24:11:00", "24:04:00", "07:59:00", None],
    }
    parameters: dict[str, JsonValue] = {"course": "course", "rang": "rang", "arrivee": "arrivee", "depart": "depart"}
    assert broken("horaires-croissants", parameters, cells, tmp_path) == [2, 3, 4, 5]


def test_a_stop_without_times_hides_no_vehicle_that_goes_back(tmp_path: Path) -> None:
    cells: Cells = {
        "course": ["a", "a", "a", "b", "b", "c", "c"],
        "rang": [1, 2, 3, 1, 2, 1, 2],
        "arrivee": ["08:00:00", None, "07:50:00", "09:00:00", None, "10:00:00", "10:05:00"],
        "depart": ["08:00:00", None, "07:51:00", None, "08:30:00", None, None],
    }
    parameters: dict[str, JsonValue] = {"course": "course", "rang": "rang", "arrivee": "arrivee", "depart": "depart"}
    assert broken("horaires-croissants", parameters, cells, tmp_path) == [1, 4]


@pytest.mark.parametrize("name", OWN)
def test_parameters_that_it_does_not_take_refuse(
    name: str, expectations_gate: ExpectationsGate, tmp_path: Path
) -> None:
    promise = VISITS.of(GOOD_VISITS, tmp_path)

    subject = replace(promise, expectations=(Expected(name, {"colonne": "site"}, "r"),))
    [fault] = expectations_gate.judge(subject, scratch=tmp_path).faults
    assert (fault.code, fault.facts) == ("gates.expectation-parameters", {"expectation": name})

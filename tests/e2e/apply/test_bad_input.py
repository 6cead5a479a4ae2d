"""Bad deliveries to `eclor apply`, in each format: a French message with its code, exit 1, nothing written.

One row that does not hold refuses the file: who gives it can correct it, and its
other rows would be published as if they were all.
"""

import math
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from eclor.sentences import SENTENCES
from tests.e2e.apply.deliveries import ENDINGS, Row, apply, sound, write

SECRET = "Durand-Personne"


def without(column: str) -> list[Row]:
    return [{name: value for name, value in row.items() if name != column} for row in sound()]


def one_row_with(**changes: object) -> list[Row]:
    first, *others = sound()
    return [{**first, **changes}, *others]


NULLS: Mapping[str, object] = dict.fromkeys(("badge", "site", "horodatage", "poids", "passages"))
RETYPED = "intake.retyped-column"
EMPTY = "intake.empty-column"
BEYOND_DAYS = "intake.out-of-range"
MIXED = "intake.mixed-zones"

BAD: dict[str, tuple[list[Row], set[str]]] = {
    "a declared column is missing": (without("poids"), {"intake.missing-column"}),
    "the column of time is missing": (without("horodatage"), {"intake.missing-column"}),
    "an extra column": ([{**row, "adresse": SECRET} for row in sound()], {"intake.undeclared-column"}),
    "texts for integers": (list(sound(passages=SECRET)), {RETYPED}),
    "truths for integers": (list(sound(passages=True)), {RETYPED}),
    "fractions for integers": (list(sound(passages=1.5)), {RETYPED}),
    "lists for integers": (list(sound(passages=[1])), {RETYPED}),
    "texts for decimals": (list(sound(poids=SECRET)), {RETYPED}),
    "texts for instants": (list(sound(horodatage=SECRET)), {RETYPED}),
    "all null": (list(sound(**NULLS)), {EMPTY}),
    "no instant": (list(sound(horodatage=None)), {EMPTY}),
    "no unit": (list(sound(badge=None)), {EMPTY}),
    "no place": (list(sound(site=None)), {EMPTY}),
    "no amount": (list(sound(poids=None)), {EMPTY}),
    "no whole amount": (list(sound(passages="")), {EMPTY}),
    "no row": ([], {"apply.nothing-new", "payload.empty"}),
    "one row": (list(sound(1)), {"release.nothing-shown"}),
    "one unit": (list(sound(badge="B00")), {"release.nothing-shown"}),
    "a unit less than k": (list(sound(10)), {"release.nothing-shown"}),
    "one unit holds nearly all": (one_row_with(passages=100_000), {"release.nothing-shown"}),
    "not a number": (list(sound(poids=math.nan)), {RETYPED, "payload.json-not-a-number"}),
    "not a number, written": (list(sound(poids="NaN")), {RETYPED}),
    "infinite": (list(sound(poids=math.inf)), {RETYPED, "payload.json-not-a-number"}),
    "infinite below": (list(sound(poids=-math.inf)), {RETYPED, "payload.json-not-a-number"}),
    "infinite, written": (list(sound(poids="Infinity")), {RETYPED}),
    "not a number for an integer": (list(sound(passages=math.nan)), {RETYPED, "payload.json-not-a-number"}),
    "below zero": (one_row_with(passages=-1), {"release.negative"}),
    "a total beyond 64 bits": (list(sound(passages=2**62)), {"release.too-large"}),
    "before all calendars": (list(sound(horodatage="0001-01-01T00:00:00Z")), {BEYOND_DAYS}),
    "a year zero": (list(sound(horodatage="0000-01-01T00:00:00Z")), {RETYPED}),
    "a century ago by a broken clock": (one_row_with(horodatage="1200-01-01T00:00:00Z"), {BEYOND_DAYS}),
    "the last second of all": (list(sound(horodatage="9999-12-31T23:59:59Z")), {BEYOND_DAYS}),
    "after all calendars": (list(sound(horodatage="10000-01-01T00:00:00Z")), {RETYPED}),
    "a day that is none": (list(sound(horodatage="2026-02-30T00:00:00Z")), {RETYPED}),
    "a local hour among hours of a zone": (one_row_with(horodatage="2026-10-05T09:00:00"), {MIXED}),
    "an hour of Greenwich among local ones": (
        [*sound(11, horodatage="2026-10-05T09:00:00"), *sound(1, horodatage="2026-10-05T09:00:00Z")],
        {MIXED},
    ),
    "zones by name": (list(sound(horodatage="2026-10-05T09:00:00 Europe/Paris")), {RETYPED}),
    "an offset of twenty-five hours": (list(sound(horodatage="2026-10-05T09:00:00+25:00")), {RETYPED}),
    "hours that no clock showed": (list(sound(horodatage="2026-03-29T02:30:00")), {"apply.nothing-new"}),
    "a value that reads like a total": (list(sound(site="ensemble")), {"release.reserved-label"}),
    "an escape to the terminal": (list(sound(site="nord\x1b[31m")), {RETYPED}),
    "a nul": (list(sound(site="no\0rd")), {RETYPED, "payload.nul", "payload.json-syntax"}),
}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_in_french_with_nothing_written(tmp_path: Path, case: str, ending: str) -> None:
    rows, codes = BAD[case]
    file = tmp_path / f"data.{ending}"
    write(rows, file)
    done = apply(tmp_path, file)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert (done.exit_code, done.stdout) == (1, "Refusé.\n")
    (code,) = [code for code in codes if f"[{code}] " in done.stderr] or [done.stderr]
    assert SENTENCES[code].cure_fr.split("{")[0] in done.stderr
    assert SECRET not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["charter", file.name, "essai.yaml"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_instants_of_several_offsets_are_one_day_of_paris(tmp_path: Path, ending: str) -> None:
    instants = ("2026-10-05T00:30:00+02:00", "2026-10-04T22:30:00Z", "2026-10-04T18:30:00-04:00", "2026-10-05 00:30+02")
    rows = [{**row, "horodatage": instants[rank % len(instants)]} for rank, row in enumerate(sound())]
    write(rows, tmp_path / f"data.{ending}")
    done = apply(tmp_path, tmp_path / f"data.{ending}")
    assert (done.exit_code, done.stdout) == (0, "Appliqué.\n")
    (line,) = (tmp_path / "out" / "release.csv").read_text().splitlines()[1:]
    assert line == "nord,2026-10-05,12,18.00,24,publie"


WRONG_CELLS: dict[str, tuple[str, object]] = {
    "a text for an integer": ("passages", SECRET),
    "a fraction for an integer": ("passages", "1.5"),
    "a text for a decimal": ("poids", SECRET),
    "not a number": ("poids", "NaN"),
    "infinite": ("poids", "-Infinity"),
    "a day that is none": ("horodatage", "2026-02-30T00:00:00Z"),
    "a year after all calendars": ("horodatage", "10000-01-01T00:00:00Z"),
    "a zone by its name": ("horodatage", "2026-10-05T09:00:00 Europe/Paris"),
}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("case", WRONG_CELLS)
def test_one_wrong_cell_among_thousands_refuses_the_file_and_is_named(tmp_path: Path, case: str, ending: str) -> None:
    column, cell = WRONG_CELLS[case]
    rows = [{**row, "passages": "2"} for row in sound(9_000)]
    file = tmp_path / f"data.{ending}"
    write([{**row, column: cell} if at == 8_500 else row for at, row in enumerate(rows)], file)
    done = apply(tmp_path, file)
    assert (done.exit_code, done.stdout) == (1, "Refusé.\n")
    assert f"{file}: [{RETYPED}] « {column} »" in done.stderr
    assert f"Lignes fausses, 1 sur 9000 (l'en-tête ne compte pas) : « {column} » 1 fois (ligne 8501)." in done.stderr
    assert SECRET not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["charter", file.name, "essai.yaml"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_rows_of_each_fault_are_counted_and_the_first_named(tmp_path: Path, ending: str) -> None:
    rows: list[Row] = [{**row, "passages": "2"} for row in sound(40)]
    for at in range(10, 20):
        rows[at] = {**rows[at], "passages": SECRET}
    rows[3] = {**rows[3], "poids": SECRET}
    write(rows, tmp_path / f"data.{ending}")
    said = apply(tmp_path, tmp_path / f"data.{ending}").stderr
    assert "« passages » 10 fois (lignes 11, 12, 13, 14, 15, …)" in said
    assert "« poids » 1 fois (ligne 4)" in said
    assert "Lignes fausses, 11 sur 40" in said


@pytest.mark.parametrize("ending", ENDINGS)
def test_hours_with_and_without_a_zone_are_told_apart_by_their_rows(tmp_path: Path, ending: str) -> None:
    rows = sound(9_000)
    for at in (8_990, 8_995):
        rows[at]["horodatage"] = "2026-10-05T09:00:00"
    write(rows, tmp_path / f"data.{ending}")
    done = apply(tmp_path, tmp_path / f"data.{ending}")
    assert "(8998 lignes sur 9000 : 1, 2, 3, 4, 5, …) et sans (2 : 8991, 8996)" in done.stderr


def test_a_row_out_of_the_calendar_of_releases_is_named(tmp_path: Path) -> None:
    rows = sound(30)
    rows[7]["horodatage"], rows[20]["horodatage"] = "1911-12-30T00:00:00+00:00", "2200-01-02T00:00:00+00:00"
    write(rows, tmp_path / "data.csv")
    said = apply(tmp_path, tmp_path / "data.csv").stderr
    assert "date d'avant 1912 ou d'après 2199 : 2 lignes sur 30 (8, 21)." in said


def test_a_cell_that_is_empty_here_and_there_is_no_fault(tmp_path: Path) -> None:
    rows = sound(14)
    rows[0]["poids"] = rows[1]["passages"] = rows[2]["badge"] = rows[3]["horodatage"] = None
    write(rows, tmp_path / "data.csv")
    assert apply(tmp_path, tmp_path / "data.csv").exit_code == 0


def test_an_hour_that_the_clocks_skip_is_set_apart_and_said_as_the_language_has_it(tmp_path: Path) -> None:
    rows = sound(13, horodatage="2026-10-05T09:00:00")
    rows[4]["horodatage"] = "2026-03-29T02:30:00"
    write(rows, tmp_path / "data.csv")
    done = apply(tmp_path, tmp_path / "data.csv")
    assert (done.exit_code, done.stdout) == (0, "Appliqué.\n")
    assert "lignes écartées, 1 sur 13 : leur heure n'existe pas" in done.stderr


def test_a_line_of_too_few_cells_refuses_the_file_at_its_place(tmp_path: Path) -> None:
    write(list(sound()), tmp_path / "data.csv")
    with (tmp_path / "data.csv").open("a") as file:
        file.write("B99,nord\n")
    done = apply(tmp_path, tmp_path / "data.csv")
    assert (done.exit_code, done.stdout) == (1, "Refusé.\n")
    assert "data.csv:14: [payload.cells] " in done.stderr
    assert "1 sur 13 (l'en-tête ne compte pas) : code payload.cells 1 fois (ligne 13)." in done.stderr


def test_an_object_that_lacks_a_member_refuses_the_file(tmp_path: Path) -> None:
    first, *others = sound()
    del first["poids"]
    write([*others, first], tmp_path / "data.ndjson")
    done = apply(tmp_path, tmp_path / "data.ndjson")
    assert (done.exit_code, done.stdout) == (1, "Refusé.\n")
    assert "[intake.missing-column] « poids »" in done.stderr
    assert "« poids » 1 fois (ligne 12)" in done.stderr


def instants_of(*instants: int, zone: str | None = "UTC") -> pa.Array:
    return pa.array(instants, pa.timestamp("us", zone))


A_DAY = 1_791_187_200_000_000
"""5 October 2026, 8 h UTC, in microseconds."""

BEYOND = 2**62
"""An instant of a year that Python's calendar has not."""


def with_instants(instants: pa.Array, file: Path) -> None:
    rows = pa.Table.from_pylist(list(sound()))
    at = rows.schema.get_field_index("horodatage")
    pq.write_table(rows.set_column(at, "horodatage", instants), file)


@pytest.mark.parametrize(
    "instants", [instants_of(*[BEYOND] * 12), instants_of(*[A_DAY] * 12, zone="Nulle/Part")], ids=["beyond", "no zone"]
)
def test_instants_of_a_parquet_that_no_clock_shows_are_refused_in_french(tmp_path: Path, instants: pa.Array) -> None:
    with_instants(instants, tmp_path / "data.parquet")
    done = apply(tmp_path, tmp_path / "data.parquet")
    assert (done.exit_code, done.stdout) == (1, "Refusé.\n")
    assert f"[{RETYPED}] « horodatage »" in done.stderr
    assert not (tmp_path / "out").exists()


def test_one_instant_beyond_all_calendars_refuses_the_file(tmp_path: Path) -> None:
    with_instants(instants_of(*[A_DAY] * 11, BEYOND), tmp_path / "data.parquet")
    done = apply(tmp_path, tmp_path / "data.parquet")
    assert (done.exit_code, done.stdout) == (1, "Refusé.\n")
    assert "« horodatage » 1 fois (ligne 12)" in done.stderr


def test_a_parquet_that_names_a_column_twice_is_refused_as_a_csv_is(tmp_path: Path) -> None:
    rows = pa.Table.from_pylist(list(sound()))
    pq.write_table(
        pa.table([*rows.columns, rows["badge"]], names=[*rows.column_names, "badge"]), tmp_path / "data.parquet"
    )
    done = apply(tmp_path, tmp_path / "data.parquet")
    assert (done.exit_code, done.stdout) == (1, "Refusé.\n")
    assert "[payload.column-twice] L'en-tête nomme deux fois la même colonne (badge)." in done.stderr

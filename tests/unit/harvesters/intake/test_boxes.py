"""`cadre`: what a source tells of beyond a territory's box is left out and counted; exchanged axes stop it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eclor.errors import DeclarationRefused, PayloadRefused
from harvesters.boxes import Box, Where, read_box
from harvesters.intake import RawDataset
from tests.harvesting import column, drop, flow, harvested, rows_of, store_at

BOX = ', cadre: "5.80, 49.30, 6.10, 49.60"'
PLACED = (column("id"), column("ou", "position", path="lon,lat", more=BOX))
HEAD = "id,lon,lat"
INSIDE = ["a,5.91,49.41", "b,6.10,49.60", "c,5.80,49.30"]


def came(tmp_path: Path, lines: list[str], *columns: str) -> tuple[RawDataset, list[object]]:
    drop(tmp_path / "in", "a.csv", lines)
    source = flow(tmp_path, *(columns or PLACED), address=str(tmp_path / "in"))
    store = store_at(tmp_path)
    raw = harvested(source, store)
    return raw, [row["id"] for row in rows_of(raw, store, tmp_path / "work")]


def test_a_row_past_the_border_is_left_out_and_the_others_come(tmp_path: Path) -> None:
    raw, kept = came(tmp_path, [HEAD, *INSIDE, "d,6.11,49.41", "e,5.91,49.29", "f,,"])
    assert kept == ["a", "b", "c", "f"]
    assert (raw.counts.rows, raw.counts.left_out, raw.counts.refused) == (6, 2, 0)


def test_a_source_that_covers_far_more_than_the_territory_comes_in_whatever_its_share(tmp_path: Path) -> None:
    raw, kept = came(tmp_path, [HEAD, INSIDE[0], *(f"x{n},2.{n},48.85" for n in range(40))])
    assert (kept, raw.counts.left_out) == (["a"], 40)


def test_what_is_wrong_with_a_row_past_the_border_is_nobodys_fault(tmp_path: Path) -> None:
    columns = (*PLACED, column("poids", "entier"))
    lines = ["id,lon,lat,poids", "a,5.91,49.41,1", *(f"x{n},2.{n},48.85,?" for n in range(9))]
    raw, kept = came(tmp_path, lines, *columns)
    assert (kept, raw.counts.left_out, raw.counts.reasons) == (["a"], 9, ())


def test_exchanged_axes_stop_the_delivery_and_say_so(tmp_path: Path) -> None:
    lines = [HEAD, *(",".join([cells[0], cells[2], cells[1]]) for cells in (line.split(",") for line in INSIDE))]
    with pytest.raises(PayloadRefused) as refused:
        came(tmp_path, [*lines, "x,48.85,2.35", "y,48.86,2.36", "z,48.87,2.37", "w,48.88,2.38"])
    assert refused.value.code == "intake.axes-exchanged"
    assert (refused.value.facts["count"], refused.value.facts["first"]) == (3, 1)


def test_one_row_with_exchanged_axes_is_a_refused_row(tmp_path: Path) -> None:
    raw, kept = came(tmp_path, [HEAD, *INSIDE, "d,49.41,5.91"])
    assert kept == ["a", "b", "c"]
    assert raw.counts.reasons == (("intake.axes-exchanged: ou", 1),)


def test_a_geometry_is_inside_with_all_its_corners(tmp_path: Path) -> None:
    line = '"{""type"":""LineString"",""coordinates"":[[5.9,49.4],[%s,49.41]]}"'
    columns = (column("id"), column("trace", "geometrie", more=BOX))
    raw, kept = came(tmp_path, ["id,trace", "a," + line % "5.92", "b," + line % "6.2"], *columns)
    assert (kept, raw.counts.left_out) == (["a"], 1)


@pytest.mark.parametrize(
    ("kind", "box"),
    [
        ("texte", "5.80, 49.30, 6.10, 49.60"),
        ("position", "6.10, 49.30, 5.80, 49.60"),
        ("position", "5.80, 49.30, 6.10"),
        ("position", "5.80, 49.30, 6.10, 95"),
        ("position", "ouest, sud, est, nord"),
    ],
)
def test_a_box_that_is_none_is_refused_where_it_stands(tmp_path: Path, kind: str, box: str) -> None:
    with pytest.raises(DeclarationRefused) as refused:
        flow(tmp_path, column("ou", kind, more=f', cadre: "{box}"'), address=str(tmp_path))
    assert refused.value.code == "declaration.box"
    assert refused.value.place is not None
    assert refused.value.place.line == 13


NUMBERS = st.floats(-90, 90, allow_nan=False).map(lambda number: round(number, 5))


@given(NUMBERS, NUMBERS)
def test_where_a_position_lies_is_what_four_comparisons_say(lon: float, lat: float) -> None:
    box = read_box("-10, 20, 30, 60")
    assert box == Box(-10, 20, 30, 60)
    is_in, is_exchanged = (-10 <= a <= 30 and 20 <= b <= 60 for a, b in ((lon, lat), (lat, lon)))
    expected = Where.INSIDE if is_in else Where.EXCHANGED if is_exchanged else Where.OUTSIDE
    for stored in (f"{lon},{lat}", f'{{"type":"MultiPoint","coordinates":[[{lon},{lat}],[{lon},{lat}]]}}'):
        assert box.where(stored) is expected
    nested = f'{{"type":"GeometryCollection","geometries":[{{"type":"Point","coordinates":[{lon},{lat},3]}}]}}'
    assert box.where(nested) is expected

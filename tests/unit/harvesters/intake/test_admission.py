"""What comes in and what does not: tables whole or not at all, nested payloads by their mapped paths."""

from pathlib import Path

import pytest

from eclor.errors import DeclarationRefused, PayloadRefused
from harvesters.intake import AllowedFields
from tests.harvesting import all_of, column, drop, flow, harvested, rows_of, store_at

TWO = (column("badge"), column("poids", "entier"))


def _table(tmp_path: Path, lines: list[str], *columns: str, refused: tuple[str, ...] = ()) -> list[dict[str, object]]:
    drop(tmp_path / "in", "a.csv", lines)
    source = flow(tmp_path, *(columns or TWO), address=str(tmp_path / "in"))
    store = store_at(tmp_path)
    return rows_of(harvested(source, store, allowed=all_of(source, *refused)), store, tmp_path / "work")


def _nested(tmp_path: Path, text: str, *columns: str, refused: tuple[str, ...] = (), more: str = "") -> object:
    drop(tmp_path / "in", "a.ndjson", text.encode())
    source = flow(tmp_path, *columns, address=str(tmp_path / "in"), protocol="json", more=more)
    store = store_at(tmp_path)
    raw = harvested(source, store, allowed=all_of(source, *refused))
    return raw, rows_of(raw, store, tmp_path / "work")


def test_a_declared_table_comes_in(tmp_path: Path) -> None:
    assert _table(tmp_path, ["badge,poids", "A1,12", "B2,"]) == [
        {"badge": "A1", "poids": 12},
        {"badge": "B2", "poids": None},
    ]


def test_a_column_that_nobody_declared_refuses_the_table(tmp_path: Path) -> None:
    with pytest.raises(PayloadRefused) as refused:
        _table(tmp_path, ["badge,poids,courriel", "A1,12,marker@example.org"])
    assert refused.value.code == "intake.undeclared-column"
    assert "courriel" in refused.value.french()
    assert "marker" not in refused.value.located() + str(refused.value) + repr(refused.value.facts)


@pytest.mark.parametrize(
    ("lines", "code", "told"),
    [
        (["badge,poids,Josette Kieffer", "A1,12,1"], "intake.undeclared-column", "« … (n° 3) »"),
        (["badge,poids,commentaire", "A1,12,1"], "intake.undeclared-column", "« commentaire »"),
        (["Josette Kieffer,poids", "A1,12"], "intake.missing-column", "« badge »"),
        (["badge,poids,Josette Kieffer,Josette Kieffer", "A1,12,1,2"], "payload.column-twice", "… (n° 3)"),
    ],
)
def test_a_column_that_bears_a_name_is_refused_without_it_by_its_number(
    tmp_path: Path, lines: list[str], code: str, told: str
) -> None:
    with pytest.raises(PayloadRefused) as refused:
        _table(tmp_path, lines)
    assert (refused.value.code, told in refused.value.french()) == (code, True)
    assert "Kieffer" not in refused.value.located() + str(refused.value) + repr(refused.value.facts)


def test_a_column_that_must_not_be_collected_refuses_the_table(tmp_path: Path) -> None:
    columns = (*TWO, column("nom", "texte", path="nom du foyer"))
    with pytest.raises(PayloadRefused) as refused:
        _table(tmp_path, ["badge,poids,nom du foyer", "A1,12,MARKER"], *columns, refused=("nom",))
    assert refused.value.code == "intake.not-collected"
    assert "collecte: non" in refused.value.french()
    assert not list((tmp_path / "raw").rglob("*.enc"))


def test_it_is_known_by_its_name_too_when_the_source_does_not_map_it(tmp_path: Path) -> None:
    drop(tmp_path / "in", "a.csv", ["badge,poids,nom", "A1,12,X"])
    source = flow(tmp_path, *TWO, address=str(tmp_path / "in"))
    allowed = AllowedFields.of(collected=["badge", "poids"], refused=["nom"])
    with pytest.raises(PayloadRefused) as refused:
        harvested(source, store_at(tmp_path), allowed=allowed)
    assert refused.value.code == "intake.not-collected"


def test_a_column_that_must_not_be_collected_may_be_absent(tmp_path: Path) -> None:
    columns = (*TWO, column("nom", "texte"))
    assert _table(tmp_path, ["badge,poids", "A1,12"], *columns, refused=("nom",)) == [{"badge": "A1", "poids": 12}]


def test_a_renamed_column_stops_the_dataset_and_names_the_new_one(tmp_path: Path) -> None:
    with pytest.raises(PayloadRefused) as refused:
        _table(tmp_path, ["badge,poids_kg", "A1,12"])
    assert refused.value.code == "intake.missing-column-near"
    assert "poids_kg" in refused.value.french()


def test_a_missing_column_stops_the_dataset(tmp_path: Path) -> None:
    with pytest.raises(PayloadRefused) as refused:
        _table(tmp_path, ["badge", "A1"])
    assert refused.value.code == "intake.missing-column"


def test_a_retyped_column_stops_the_dataset(tmp_path: Path) -> None:
    with pytest.raises(PayloadRefused) as refused:
        _table(tmp_path, ["badge,poids", "A1,douze", "B2,treize", "C3,14"])
    assert refused.value.code == "intake.retyped-column"
    assert refused.value.facts["count"] == 2
    assert refused.value.facts["first"] == 1
    assert "douze" not in refused.value.located()


def test_a_cell_that_cannot_be_read_costs_its_row_and_is_counted(tmp_path: Path) -> None:
    drop(tmp_path / "in", "a.csv", ["badge,poids", "A1,12", "B2,x", "C3,14", "D4"])
    source, store = flow(tmp_path, *TWO, address=str(tmp_path / "in")), store_at(tmp_path)
    raw = harvested(source, store)
    assert raw.rows == 2
    assert (raw.counts.rows, raw.counts.refused) == (4, 2)
    assert raw.counts.reasons == (("intake.retyped-column: poids", 1), ("payload.cells", 1))


def test_a_position_may_be_in_two_columns(tmp_path: Path) -> None:
    position = column("position", "position", path="lon, lat")
    rows = _table(tmp_path, ["badge,lon,lat", "A1,5.9281,49.4522", "B2,,"], column("badge"), position)
    assert [row["position"] for row in rows] == ["5.9281,49.4522", None]


def test_only_mapped_paths_of_a_nested_payload_come_in(tmp_path: Path) -> None:
    text = (
        '{"device": {"id": "L1", "owner": "MARKER"}, "object": {"w": 57.5}, "tags": []}\n'
        '{"device": {"id": "L2"}, "object": {"w": 58}, "more": {"deep": {"er": 1}}}\n'
    )
    columns = (
        column("lampe", path="device.id"),
        column("wh", "entier", path="object.w", more=", multiplier: 900, diviser: 3600"),
    )
    raw, rows = _nested(tmp_path, text, *columns)
    assert rows == [{"lampe": "L1", "wh": 14}, {"lampe": "L2", "wh": 15}]
    assert raw.counts.unmapped == ("device.owner", "more.deep.er", "tags")  # type: ignore[attr-defined]
    for path in (tmp_path / "raw").rglob("*"):
        assert not path.is_file() or b"MARKER" not in path.read_bytes()


def test_members_that_are_called_by_somebody_are_counted_without_their_name(tmp_path: Path) -> None:
    text = '{"id": "L1", "seen": {"Josette Kieffer": 1, "06 47 31 98 98": 2, "at": 3}}\n'
    raw, rows = _nested(tmp_path, text, column("lampe", path="id"))
    assert rows == [{"lampe": "L1"}]
    assert raw.counts.unmapped == ("seen.at", "seen.…")  # type: ignore[attr-defined]
    for path in (tmp_path / "raw").rglob("*.json"):
        assert b"Kieffer" not in path.read_bytes()


def test_a_nested_path_that_must_not_be_collected_refuses_the_message(tmp_path: Path) -> None:
    columns = (column("lampe", path="device.id"), column("presence", "booleen", path="object.motion"))
    with pytest.raises(PayloadRefused) as refused:
        _nested(tmp_path, '{"device": {"id": "L1"}, "object": {"motion": true}}\n', *columns, refused=("presence",))
    assert refused.value.code == "intake.not-collected"


def test_a_mapped_path_that_is_missing_costs_the_row_unless_it_is_optional(tmp_path: Path) -> None:
    text = '{"id": "L1", "w": 1}\n{"id": "L2"}\n{"id": "L3", "w": null}\n'
    raw, rows = _nested(tmp_path, text, column("id"), column("w", "entier"))
    assert rows == [{"id": "L1", "w": 1}, {"id": "L3", "w": None}]
    assert raw.counts.reasons == (("intake.missing-column: w", 1),)  # type: ignore[attr-defined]
    (tmp_path / "b").mkdir()
    _, rows = _nested(tmp_path / "b", text, column("id"), column("w", "entier", more=", facultatif: oui"))
    assert [row["w"] for row in rows] == [1, None, None]


def test_a_renamed_path_stops_the_dataset(tmp_path: Path) -> None:
    with pytest.raises(PayloadRefused) as refused:
        _nested(tmp_path, '{"object": {"powerW": 1}}\n' * 3, column("w", "entier", path="object.power_w"))
    assert refused.value.code == "intake.missing-column-near"
    assert refused.value.facts["near"] == "object.powerW"


def test_another_unit_stops_the_dataset(tmp_path: Path) -> None:
    watts = column("w", "entier", path="power.value", more=", unite: {chemin: power.unit, valeur: WTT}")
    _, rows = _nested(tmp_path, '{"power": {"value": 5, "unit": "WTT"}}\n', watts)
    assert rows == [{"w": 5}]
    (tmp_path / "b").mkdir()
    with pytest.raises(PayloadRefused) as refused:
        _nested(tmp_path / "b", '{"power": {"value": 5, "unit": "KWT"}}\n', watts)
    assert refused.value.code == "intake.unit-changed-known"
    (tmp_path / "c").mkdir()
    with pytest.raises(PayloadRefused) as unsaid:
        _nested(tmp_path / "c", '{"power": {"value": 5}}\n', watts)
    assert unsaid.value.code == "intake.unit-changed"


def test_rows_that_are_not_selected_are_left_out_and_counted(tmp_path: Path) -> None:
    text = '{"id": 1, "s": "Actual"}\n{"id": 2, "s": "Exercise"}\n{"id": 3}\n{"id": 4, "s": ["Test", "Actual"]}\n'
    raw, rows = _nested(tmp_path, text, column("id"), more="    garder: [{chemin: s, valeurs: [Actual]}]")
    assert [row["id"] for row in rows] == ["1", "4"]
    assert (raw.counts.left_out, raw.counts.rows) == (2, 4)  # type: ignore[attr-defined]


def test_a_spring_gap_row_is_quarantined(tmp_path: Path) -> None:
    drop(tmp_path / "in", "a.csv", ["id,at", "1,2026-03-29T02:30:00", "2,2026-03-29T03:30:00"])
    source, store = (
        flow(tmp_path, column("id"), column("at", "date-heure"), address=str(tmp_path / "in")),
        store_at(tmp_path),
    )
    raw = harvested(source, store)
    assert (raw.rows, raw.counts.quarantined, raw.counts.refused) == (1, 1, 0)


def test_properties_of_geojson_are_a_table_and_its_geometry_may_be_left(tmp_path: Path) -> None:
    feature = (
        '{"type":"Feature","id":7,"properties":{"nom":"Gymnase"%s},"geometry":{"type":"Point","coordinates":[6,49.5]}}'
    )
    drop(tmp_path / "in", "a.geojson", ('{"type":"FeatureCollection","features":[' + feature % "" + "]}").encode())
    source = flow(tmp_path, column("nom", "texte"), address=str(tmp_path / "in"), protocol="geojson")
    store = store_at(tmp_path)
    assert rows_of(harvested(source, store), store, tmp_path / "w") == [{"nom": "Gymnase"}]
    drop(
        tmp_path / "in",
        "b.geojson",
        ('{"type":"FeatureCollection","features":[' + feature % ',"tel":"1"' + "]}").encode(),
    )
    with pytest.raises(PayloadRefused, match="tel"):
        harvested(source, store)


def test_a_flow_maps_the_columns_of_the_policy_and_no_other(tmp_path: Path) -> None:
    drop(tmp_path / "in", "a.csv", ["badge,poids", "A1,12"])
    source, store = flow(tmp_path, *TWO, address=str(tmp_path / "in")), store_at(tmp_path)
    with pytest.raises(DeclarationRefused) as refused:
        harvested(source, store, allowed=AllowedFields.of(collected=["badge", "poids", "site"], refused=()))
    assert refused.value.code == "intake.column-unmapped"
    with pytest.raises(DeclarationRefused) as refused:
        harvested(source, store, allowed=AllowedFields.of(collected=["badge"], refused=()))
    assert refused.value.code == "intake.column-not-in-policy"


def test_a_table_whose_last_line_has_no_end_may_be_cut(tmp_path: Path) -> None:
    drop(tmp_path / "in", "a.csv", b"badge,poids\nA1,12\nB2,1")
    source, store = flow(tmp_path, *TWO, address=str(tmp_path / "in")), store_at(tmp_path)
    with pytest.raises(PayloadRefused) as refused:
        harvested(source, store)
    assert refused.value.code == "intake.maybe-cut"
    lenient = flow(tmp_path, *TWO, address=str(tmp_path / "in"), options="{fin_de_ligne: facultative}")
    assert harvested(lenient, store).rows == 2


def test_a_delivery_of_no_rows_is_a_state(tmp_path: Path) -> None:
    raw, rows = _nested(tmp_path, "[]\n", column("id"))
    assert rows == []
    assert raw.rows == 0  # type: ignore[attr-defined]

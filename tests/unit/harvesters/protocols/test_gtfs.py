"""gtfs: a feed is a zip of tables, and a zip may be a trap."""

import io
import zipfile

import pytest

from tests.payloads import FEED, read, zipped


def test_a_line_of_a_file_is_a_row_of_its_kind() -> None:
    rows = read("gtfs", zipped(FEED)).rows
    assert [row["kind"] for row in rows] == ["agency", "routes", "stop_times", "trips", "trips"]
    assert rows[2] == {
        "kind": "stop_times", "trip_id": "T1", "arrival_time": "25:10:00", "stop_id": "P1", "stop_sequence": "1",
    }  # fmt: skip


def test_files_may_stand_in_a_folder() -> None:
    assert (
        read("gtfs", zipped({f"export/{name}": content for name, content in FEED.items()})).rows
        == read("gtfs", zipped(FEED)).rows
    )


def test_a_file_in_two_folders_is_refused() -> None:
    assert read("gtfs", zipped({**FEED, "b/trips.txt": FEED["trips.txt"]})).code == "payload.gtfs-twice"


def test_only_the_files_asked_for_are_read() -> None:
    assert {row["kind"] for row in read("gtfs", zipped(FEED), fichiers="trips routes").rows} == {"trips", "routes"}


@pytest.mark.parametrize("option", ["trips.txt routes.txt", "trips,routes", "trips.txt, routes"])
def test_files_are_asked_for_as_people_write_them(option: str) -> None:
    assert {row["kind"] for row in read("gtfs", zipped(FEED), fichiers=option).rows} == {"trips", "routes"}


def test_asking_for_a_file_that_gtfs_does_not_know_is_refused_rather_than_answered_with_nothing() -> None:
    outcome = read("gtfs", zipped(FEED), fichiers="trips arrets")
    assert outcome.code == "payload.gtfs-unknown"
    assert "arrets" in str(outcome.refusal)


def test_a_file_asked_for_that_the_feed_has_not_is_said() -> None:
    outcome = read("gtfs", zipped(FEED), fichiers="trips frequencies")
    assert {row["kind"] for row in outcome.rows} == {"trips"}
    assert [(warning.code, warning.place.file) for warning in outcome.warnings] == [
        ("payload.gtfs-absent", "envoi/frequencies.txt")
    ]


def test_a_feed_with_semicolons_keeps_its_columns() -> None:
    stops = b'stop_id;stop_name;stop_lat\nP1;"Gare; quai";49.5\n'
    assert read("gtfs", zipped({**FEED, "stops.txt": stops}), fichiers="stops").rows == [
        {"kind": "stops", "stop_id": "P1", "stop_name": "Gare; quai", "stop_lat": "49.5"}
    ]


def test_the_zones_of_an_on_demand_service_are_rows() -> None:
    zones = b"""{"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": "z1", "properties": {"stop_name": "Plateau"},
         "geometry": {"type": "Polygon", "coordinates": [[[5.9, 49.4], [6.0, 49.4], [6.0, 49.5], [5.9, 49.4]]]}},
        {"type": "Feature", "id": "z2", "properties": {},
         "geometry": {"type": "Polygon", "coordinates": [[[5.9, 49.4]]]}},
        {"type": "Feature", "properties": {}, "geometry": null}]}"""
    outcome = read("gtfs", zipped({**FEED, "locations.geojson": zones}), fichiers="locations")
    assert [(row["kind"], row["id"], row.get("stop_name")) for row in outcome.rows] == [
        ("locations", "z1", "Plateau"), ("locations", "z2", None),
    ]  # fmt: skip
    assert [row["geometry"] is None for row in outcome.rows] == [False, True]
    assert outcome.warning_codes == ["payload.geometry"]
    assert [row.code for row in outcome.refused] == ["payload.gtfs-zone"]


def test_a_feed_without_trips_is_refused_by_name() -> None:
    outcome = read("gtfs", zipped({name: content for name, content in FEED.items() if name != "trips.txt"}))
    assert outcome.code == "payload.gtfs-missing"
    assert "trips.txt" in str(outcome.refusal)


def test_what_gtfs_does_not_know_is_said_and_not_read() -> None:
    outcome = read("gtfs", zipped({**FEED, "LISEZMOI.txt": b"bonjour\nmonde\n", "__MACOSX/._trips.txt": b"\0"}))
    assert len(outcome.rows) == 5
    assert [(warning.code, warning.place.file) for warning in outcome.warnings] == [
        ("payload.gtfs-stranger", "envoi/LISEZMOI.txt")
    ]


def test_an_empty_file_is_said() -> None:
    outcome = read("gtfs", zipped({**FEED, "shapes.txt": b""}))
    assert (len(outcome.rows), outcome.warning_codes) == (5, ["payload.empty"])


def test_a_short_line_is_padded_and_a_long_one_refused() -> None:
    outcome = read("gtfs", zipped({**FEED, "stops.txt": b"stop_id,stop_name,zone_id\nP1,Gare\nP2,Mairie,Z,9\n"}))
    assert {"kind": "stops", "stop_id": "P1", "stop_name": "Gare", "zone_id": ""} in outcome.rows
    assert outcome.warning_codes == ["payload.cells-padded"]
    assert [str(row.place) for row in outcome.refused] == ["envoi/stops.txt:3"]


@pytest.mark.parametrize(
    "name", ["../trips.txt", "/etc/trips.txt", "a/../../trips.txt", "C:/trips.txt", "..\\trips.txt"]
)
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    assert read("gtfs", zipped({**FEED, name: b"x"})).code == "payload.zip-path"


def test_a_file_that_swells_beyond_reason_is_refused() -> None:
    assert read("gtfs", zipped({**FEED, "shapes.txt": b"0" * 5_000_000})).code == "payload.zip-bomb"


def test_too_many_files_are_refused() -> None:
    assert read("gtfs", zipped({**FEED, **{f"{n}.txt": b"" for n in range(600)}})).code == "payload.zip-bomb"


def test_a_size_that_lies_is_found_out() -> None:
    feed = bytearray(zipped(FEED))
    with zipfile.ZipFile(io.BytesIO(bytes(feed))) as archive:
        directory = archive.start_dir
    feed[directory + 24 : directory + 28] = (10).to_bytes(4, "little")  # agency.txt, unpacked size
    assert read("gtfs", bytes(feed)).code == "payload.zip"


def test_an_encrypted_file_is_refused() -> None:
    feed = bytearray(zipped(FEED))
    with zipfile.ZipFile(io.BytesIO(bytes(feed))) as archive:
        directory = archive.start_dir
    feed[directory + 8] |= 1
    assert read("gtfs", bytes(feed)).code == "payload.zip-encrypted"


def test_a_flipped_bit_is_found_out() -> None:
    feed = zipped(FEED)
    at = feed.index(b"agency.txt") + 40
    assert read("gtfs", feed[:at] + bytes([feed[at] ^ 4]) + feed[at + 1 :]).code == "payload.zip"

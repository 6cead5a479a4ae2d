"""GBFS: both versions say the same, and what is wrong is refused. Payloads here are written by hand."""

from copy import deepcopy

import pytest

from tests.payloads import as_json, read
from tests.payloads_mobility import BIKES

VEHICLES = {
    "last_updated": "2026-11-22T08:00:00Z",
    "ttl": 60,
    "version": "3.0",
    "data": {
        "vehicles": [
            {"vehicle_id": "x1", "lat": 49.4701, "lon": 5.93, "is_reserved": False, "is_disabled": False,
             "vehicle_type_id": "v", "last_reported": "2026-11-22T07:59:50Z"},
        ]
    },
}  # fmt: skip


def _file(version: str, **data: object) -> bytes:
    return as_json({"last_updated": 1795334400, "ttl": 0, "version": version, "data": data})


def _bike(**members: object) -> bytes:
    document = deepcopy(BIKES)
    document["data"]["bikes"][0].update(members)  # type: ignore[index]
    return as_json(document)


def test_both_versions_of_a_vehicle_say_the_same() -> None:
    old, _ = read("gbfs", as_json(BIKES)).rows
    (new,) = read("gbfs", as_json(VEHICLES)).rows
    shared = new.keys() - {"gbfs_version"}
    assert {name: old[name] for name in shared} == {name: new[name] for name in shared}
    assert old["bike_id"] == "x1"


def test_a_name_in_languages_is_french_where_it_can_be() -> None:
    name = [{"text": "Bahnhof", "language": "de"}, {"text": "Gare", "language": "fr"}]
    (row,) = read("gbfs", _file("3.0", regions=[{"region_id": "1", "name": name}])).rows
    assert (row["name"], row["name@de"]) == ("Gare", "Bahnhof")


def test_two_names_in_one_language_are_both_kept() -> None:
    name = [
        {"text": text, "language": language} for text, language in (("Gare", "fr"), ("Bahnhof", "de"), ("Nord", "fr"))
    ]
    station = {"station_id": "1", "name": name, "lat": 49.5, "lon": 5.9}
    (row,) = read("gbfs", _file("3.0", stations=[station])).rows
    assert (row["name"], row["name@de"]) == ("Gare\nNord", "Bahnhof")


def test_discovery_is_keyed_by_language_up_to_2_3() -> None:
    feeds = [{"name": "gbfs", "url": "https://a.example/gbfs"}]
    old = read("gbfs", _file("2.3", fr={"feeds": feeds}, de={"feeds": feeds})).rows
    new = read("gbfs", _file("3.0", feeds=feeds)).rows
    assert [row["language"] for row in (*old, *new)] == ["fr", "de", None]


def test_a_virtual_station_is_told_as_such() -> None:
    station = {"station_id": "086", "name": "Place", "lat": 49.47, "lon": 5.93, "is_virtual_station": True}
    (row,) = read("gbfs", _file("2.3", stations=[station])).rows
    assert (row["kind"], row["is_virtual_station"], row["station_id"]) == ("station_information", True, "086")


def _cars(*counts: object) -> bytes:
    told = {"is_installed": True, "is_renting": True, "is_returning": True, "last_reported": 1795334400}
    types = {"num_bikes_available": 3, "vehicle_types_available": list(counts)}
    return _file("2.3", stations=[{"station_id": "AP-01", **told, **types}])


def test_vehicles_are_counted_by_their_type() -> None:
    (row,) = read("gbfs", _cars({"vehicle_type_id": "ebike", "count": 2}, {"vehicle_type_id": "bike", "count": 1})).rows
    assert row["vehicle_types_available"] == {"ebike": 2, "bike": 1}
    (none,) = read("gbfs", _cars()).rows
    assert none["vehicle_types_available"] == {}


def test_a_type_that_is_counted_twice_refuses_its_row() -> None:
    """The second count took the place of the first: nobody knows which one holds, or whether they add up."""
    outcome = read("gbfs", _cars({"vehicle_type_id": "ebike", "count": 2}, {"vehicle_type_id": "ebike", "count": 1}))
    assert (outcome.rows, outcome.refused_codes) == ([], ["payload.gbfs-wrong"])


@pytest.mark.parametrize("count", [{"vehicle_type_id": "ebike", "count": -1}, {"count": 2}, "ebike"])
def test_a_count_of_no_type_or_below_zero_refuses_its_row(count: object) -> None:
    (refused,) = read("gbfs", _cars(count)).refused
    assert refused.facts["members"] == "vehicle_types_available"


@pytest.mark.parametrize(
    ("members", "wrong"),
    [
        ({"bike_id": True}, "bike_id"), ({"bike_id": ""}, "bike_id"), ({"is_disabled": 2}, "is_disabled"),
        ({"is_reserved": "no"}, "is_reserved"), ({"last_reported": -1}, "last_reported"),
        ({"last_reported": 10**15}, "last_reported"), ({"last_reported": True}, "last_reported"),
        ({"lat": "49.4"}, "lat"), ({"station_id": 8.6}, "station_id"),
    ],
)  # fmt: skip
def test_what_is_not_of_its_type_is_refused_by_name(members: dict[str, object], wrong: str) -> None:
    outcome = read("gbfs", _bike(**members))
    assert outcome.refused_codes == ["payload.gbfs-wrong"]
    assert outcome.refused[0].facts == {"number": 1, "members": wrong}
    assert [row["vehicle_id"] for row in outcome.rows] == ["x2"]


def test_an_identifier_that_is_a_whole_number_becomes_text_and_comes_once() -> None:
    station = {"station_id": 86, "name": "Place", "lat": 49.47, "lon": 5.93, "region_id": 0}
    outcome = read("gbfs", _file("2.3", stations=[station, {**station, "station_id": "86"}]))
    assert [(row["station_id"], row["region_id"]) for row in outcome.rows] == [("86", "0")]
    assert outcome.refused_codes == ["payload.gbfs-twice"]


def test_a_boolean_in_quotes_is_taken_at_its_word() -> None:
    assert read("gbfs", _bike(is_disabled="true")).rows[0]["is_disabled"] is True


@pytest.mark.parametrize("version", ["1.1", "2.3"])
def test_zero_and_one_are_booleans(version: str) -> None:
    """By the specification up to 1.1; some operators have kept them since."""
    station = {"station_id": "1", "is_installed": 1, "is_renting": 0, "is_returning": 1, "last_reported": 1795334400,
               "num_bikes_available": 3}  # fmt: skip
    (row,) = read("gbfs", _file(version, stations=[station])).rows
    assert (row["is_installed"], row["is_renting"], row["num_vehicles_available"]) == (True, False, 3)


def test_what_is_required_and_missing_is_refused() -> None:
    outcome = read("gbfs", _file("3.0", stations=[{"station_id": "1", "is_installed": True}]))
    assert outcome.refused_codes == ["payload.gbfs-missing"]
    assert "is_renting" in str(outcome.refused[0])


def test_an_identifier_that_comes_twice_is_refused() -> None:
    outcome = read("gbfs", _bike(bike_id="x2"))
    assert outcome.refused_codes == ["payload.gbfs-twice"]


def test_a_vehicle_nowhere_has_no_position() -> None:
    outcome = read("gbfs", _bike(lat=0, lon=0))
    assert outcome.rows[0]["position"] is None
    assert outcome.warning_codes == ["payload.geometry"]


def test_a_position_has_no_exponent() -> None:
    payload = _bike(lat=49, lon=5).replace(b'"lon": 5', b'"lon": 0.0000005')
    assert read("gbfs", payload).rows[0]["position"] == "0.0000005,49"


def test_the_rules_outside_zones_stand_with_each_zone() -> None:
    ring = [[5.9, 49.4], [6.0, 49.4], [6.0, 49.5], [5.9, 49.4]]
    zone = {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
            "properties": {"name": "Centre", "start": 1795334400}}  # fmt: skip
    zones = {"type": "FeatureCollection", "features": [zone]}
    (row,) = read("gbfs", _file("3.0", geofencing_zones=zones, global_rules=[{"ride_end_allowed": False}])).rows
    assert (row["start"], row["global_rules"]) == ("2026-11-22T08:00:00Z", [{"ride_end_allowed": False}])


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b'{"error": "unknown"}', "payload.gbfs-root"),
        (b'{"data": {"things": []}}', "payload.gbfs-file"),
        (_file("4.0", stations=[]), "payload.gbfs-version"),
        (b'{"last_updated": -5, "data": {"stations": []}}', "payload.gbfs-root"),
    ],
)
def test_what_is_no_file_of_gbfs_is_refused(payload: bytes, code: str) -> None:
    assert read("gbfs", payload).code == code


@pytest.mark.parametrize("other", [{"text": "Station"}, {"text": "Station", "language": ["en"]}, "Station"])
def test_a_text_without_its_language_refuses_its_row(other: object) -> None:
    station = {"station_id": "s", "name": [{"text": "Gare", "language": "fr"}, other], "lat": 49.4, "lon": 5.9}
    assert read("gbfs", _file("3.0", stations=[station])).refused_codes == ["payload.gbfs-wrong"]


def test_an_empty_list_is_no_refusal() -> None:
    outcome = read("gbfs", _file("3.0", vehicles=[]))
    assert (outcome.code, outcome.rows) == ("", [])


def test_what_an_operator_adds_beside_the_counts_stands_as_it_came() -> None:
    """As Vélib' Métropole writes it: no version, numbers for identifiers and booleans, a list by kind."""
    kinds = [{"mechanical": 1}, {"ebike": 2}]
    station = {"station_id": 213688169, "num_bikes_available": 3, "num_bikes_available_types": kinds, "is_installed": 1,
               "is_returning": 1, "is_renting": 1, "num_docks_available": 30, "last_reported": 1795334400}  # fmt: skip
    payload = as_json({"lastUpdatedOther": 1795334400, "ttl": 3600, "data": {"stations": [station]}})
    (row,) = read("gbfs", payload).rows
    assert (row["station_id"], row["num_vehicles_available"], row["is_renting"]) == ("213688169", 3, True)
    assert (row["num_bikes_available_types"], row["feed_last_updated"]) == (kinds, "2026-11-22T08:00:00Z")


@pytest.mark.parametrize("updated", [1795334400, 1795334400.0, 1795334400.75])
def test_a_time_is_of_a_whole_second_however_it_is_written(updated: float) -> None:
    document = {"last_updated": updated, "ttl": 0, "version": "2.3", "data": {"bikes": [{
        "bike_id": "x", "is_reserved": False, "is_disabled": False, "last_reported": updated}]}}  # fmt: skip
    (row,) = read("gbfs", as_json(document)).rows
    assert row["feed_last_updated"] == row["last_reported"] == "2026-11-22T08:00:00Z"

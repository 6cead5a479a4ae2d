"""ocpi: connectors under their charge point and their location; errors inside HTTP 200."""

import pytest

from tests.payloads import as_json, read
from tests.payloads_answers import LOCATION, LOCATIONS


def test_a_connector_is_a_row_under_its_charge_point_and_its_location() -> None:
    first, second, removed = read("ocpi", as_json(LOCATIONS)).rows
    assert (first["connector"]["id"], second["connector"]["standard"]) == ("1", "DOMESTIC_F")  # type: ignore[index]
    assert first["location"]["city"] == "Rédange"  # type: ignore[index]
    assert "evses" not in first["location"]  # type: ignore[operator]
    assert "connectors" not in first["evse"]  # type: ignore[operator]
    assert (first["position"], removed["position"]) == ("5.900000,49.500000", "5.91,49.51")
    assert removed["evse"]["status"] == "REMOVED"  # type: ignore[index]


def test_an_envelope_an_array_a_location_and_a_charge_point_say_the_same() -> None:
    rows = read("ocpi", as_json(LOCATIONS)).rows
    assert read("ocpi", as_json([LOCATION])).rows == rows
    assert read("ocpi", as_json(LOCATION)).rows == rows
    assert read("ocpi", as_json({**LOCATIONS, "data": LOCATION})).rows == rows
    alone = read("ocpi", as_json({**LOCATIONS, "data": LOCATION["evses"][0]})).rows  # type: ignore[index]
    assert [row["connector"] for row in alone] == [row["connector"] for row in rows[:2]]


@pytest.mark.parametrize("code", [2000, 2001, 3000, "1000", None, True, 0])
def test_an_error_inside_two_hundred_is_refused(code: object) -> None:
    outcome = read("ocpi", as_json({**LOCATIONS, "status_code": code}))
    assert (outcome.code, outcome.rows) == ("payload.ocpi-status", [])


def test_no_data_is_no_row() -> None:
    for data in (None, []):
        assert read("ocpi", as_json({"status_code": 1000, "data": data})).rows == []


def test_what_names_drivers_is_no_location() -> None:
    session = {"id": "S1", "kwh": 3.5, "cdr_token": {"uid": "badge"}, "location_id": "LOC1"}
    record = {"id": "C1", "cdr_location": {}, "coordinates": {}}
    outcome = read("ocpi", as_json([session, record, {"uid": "badge", "contract_id": "x"}, 1]))
    assert (outcome.rows, outcome.refused_codes) == ([], ["payload.ocpi-location"] * 4)


def test_a_location_without_connector_is_said() -> None:
    for evses in (None, [], [{"uid": "E", "status": "PLANNED", "connectors": []}]):
        outcome = read("ocpi", as_json([{**LOCATION, "evses": evses}]))
        assert (outcome.rows, outcome.warning_codes) == ([], ["payload.ocpi-no-connector"])


def test_a_charge_point_that_lacks_what_is_required_is_refused() -> None:
    for evses in ({}, [1], [{"uid": "E"}], [{"uid": "E", "status": "X", "connectors": [{"id": "1"}]}]):
        assert read("ocpi", as_json([{**LOCATION, "evses": evses}])).refused_codes == ["payload.ocpi-evse"]


@pytest.mark.parametrize("pair", [("0", "0"), ("91", "5"), ("x", "5"), ("NaN", "5"), (49.5, 5.9)])
def test_a_position_that_cannot_be_read_is_none(pair: tuple[object, object]) -> None:
    where = {"latitude": pair[0], "longitude": pair[1]}
    location = {**LOCATION, "coordinates": where, "evses": LOCATION["evses"][:1]}  # type: ignore[index]
    assert {row["position"] for row in read("ocpi", as_json(location)).rows} == {None}

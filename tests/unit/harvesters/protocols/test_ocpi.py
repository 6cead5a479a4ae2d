"""ocpi: connectors under their charge point and their location, prices under their tariff; errors inside HTTP 200."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from harvesters.parsing import Row
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


def test_coordinates_that_cannot_be_read_are_said() -> None:
    for coordinates in ({"latitude": "49,48", "longitude": "5,98"}, {"latitude": "0", "longitude": "0"}, {}):
        outcome = read("ocpi", as_json([{**LOCATION, "coordinates": coordinates}]))
        assert outcome.warning_codes == ["payload.geometry"]
    assert read("ocpi", as_json([LOCATION, {**LOCATION, "coordinates": None}])).warning_codes == []


def test_a_charge_point_that_lacks_what_is_required_is_refused() -> None:
    for evses in ({}, [1], [{"uid": "E"}], [{"uid": "E", "status": "X", "connectors": [{"id": "1"}]}]):
        assert read("ocpi", as_json([{**LOCATION, "evses": evses}])).refused_codes == ["payload.ocpi-evse"]


@pytest.mark.parametrize("pair", [("0", "0"), ("91", "5"), ("x", "5"), ("NaN", "5"), ([49.5], 5.9)])
def test_a_position_that_cannot_be_read_is_none(pair: tuple[object, object]) -> None:
    where = {"latitude": pair[0], "longitude": pair[1]}
    location = {**LOCATION, "coordinates": where, "evses": LOCATION["evses"][:1]}  # type: ignore[index]
    assert {row["position"] for row in read("ocpi", as_json(location)).rows} == {None}


NIGHTS = {"start_time": "22:00", "end_time": "06:00", "day_of_week": ["SATURDAY", "SUNDAY"], "max_kwh": 7}
TARIFF = {
    "country_code": "FR", "party_id": "EXA", "id": "T1", "currency": "EUR", "type": "AD_HOC_PAYMENT",
    "tariff_alt_text": [
        {"language": "de", "text": "Nachts billiger"}, {"language": "fr", "text": "Moins cher la nuit"},
    ],
    "min_price": {"excl_vat": 0.5, "incl_vat": 0.6}, "start_date_time": "2026-10-01T00:00:00Z",
    "end_date_time": "2026-12-31T23:00:00Z", "last_updated": "2026-09-20T08:00:00Z",
    "elements": [
        {"price_components": [{"type": "ENERGY", "price": 0.25, "vat": 20.0, "step_size": 1}], "restrictions": NIGHTS},
        {"price_components": [{"type": "FLAT", "price": 1, "vat": 20.0, "step_size": 1},
                              {"type": "ENERGY", "price": 0.402, "step_size": 1},
                              {"type": "PARKING_TIME", "price": 3.00, "vat": 20.0, "step_size": 300}]},
    ],
}  # fmt: skip


def test_a_price_is_a_row_under_its_element_and_its_tariff() -> None:
    night, flat, day, parked = map(_Price.of, read("ocpi", as_json({**LOCATIONS, "data": [TARIFF]})).rows)
    prices = [
        (one.element["number"], one.component["type"], one.component["price"]) for one in (night, flat, day, parked)
    ]
    assert prices == [
        (1, "ENERGY", Decimal("0.25")), (2, "FLAT", 1), (2, "ENERGY", Decimal("0.402")), (2, "PARKING_TIME", 3)
    ]  # fmt: skip
    assert night.element["restrictions"] == NIGHTS
    assert "restrictions" not in day.element
    assert (flat.component["vat"], "vat" in day.component) == (20, False)
    said = flat.tariff
    assert said == night.tariff
    assert (said["currency"], said["end_date_time"]) == ("EUR", "2026-12-31T23:00:00Z")
    assert said["min_price"] == {"excl_vat": Decimal("0.5"), "incl_vat": Decimal("0.6")}
    assert (said["tariff_alt_text"], said["tariff_alt_text@de"]) == ("Moins cher la nuit", "Nachts billiger")
    assert "elements" not in said


def test_a_tariff_alone_and_one_of_2_1_1_are_read() -> None:
    old = {"id": "12", "currency": "EUR", "last_updated": "2018-12-05T12:01:09Z",
           "elements": [{"price_components": [{"type": "TIME", "price": 2.00, "step_size": 300}]}]}  # fmt: skip
    for payload in (old, [old], {**LOCATIONS, "data": old}):
        (row,) = read("ocpi", as_json(payload)).rows
        assert row["price_component"] == {"type": "TIME", "price": Decimal(2), "step_size": 300}


@dataclass(frozen=True)
class _Price:
    """What a row of a price holds."""

    tariff: Row
    element: Row
    component: Row

    @classmethod
    def of(cls, row: Row) -> "_Price":
        tariff, element, component = row["tariff"], row["element"], row["price_component"]
        assert isinstance(tariff, dict)
        assert isinstance(element, dict)
        assert isinstance(component, dict)
        return cls(tariff, element, component)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""}, {"currency": "euros"}, {"currency": None}, {"elements": []}, {"elements": {}}, {"elements": [1]},
        {"elements": [{"price_components": []}]},
        {"elements": [{"price_components": [{"type": "ENERGY", "price": 0.2}], "restrictions": "nights"}]},
    ],
)  # fmt: skip
def test_a_tariff_that_lacks_what_is_required_is_refused(wrong: dict[str, object]) -> None:
    outcome = read("ocpi", as_json([TARIFF | wrong]))
    assert (outcome.rows, outcome.refused_codes) == ([], ["payload.ocpi-tariff"])


@pytest.mark.parametrize(
    "wrong", [{"type": "WATER"}, {"type": None}, {"price": "0.25"}, {"price": True}, {"price": None}, {"vat": "20 %"}]
)
def test_a_price_of_nobody_knows_what_is_refused_alone(wrong: dict[str, object]) -> None:
    good = {"type": "ENERGY", "price": 0.25, "step_size": 1}
    outcome = read("ocpi", as_json([TARIFF | {"elements": [{"price_components": [good | wrong, good]}]}]))
    assert (len(outcome.rows), outcome.refused_codes) == (1, ["payload.ocpi-tariff"])


def test_a_charge_record_with_its_tariffs_names_a_driver_still() -> None:
    record = {
        "id": "C1",
        "currency": "EUR",
        "cdr_token": {"uid": "badge"},
        "elements": TARIFF["elements"],
        "tariffs": [TARIFF],
    }
    outcome = read("ocpi", as_json([record]))
    assert (outcome.rows, outcome.refused_codes) == ([], ["payload.ocpi-location"])


@pytest.mark.parametrize(
    ("latitude", "position"), [(49.47, "5.93,49.47"), (49, "5.93,49"), (True, None), (None, None), (1e9, None)]
)
def test_coordinates_may_be_numbers_as_some_operators_write_them(latitude: object, position: str | None) -> None:
    located = {**LOCATION, "coordinates": {"latitude": latitude, "longitude": 5.93}}
    evses = [{**evse, "coordinates": None} for evse in LOCATION["evses"]]  # type: ignore[attr-defined]
    rows = read("ocpi", as_json({**located, "evses": evses})).rows
    assert {row["position"] for row in rows} == {position}

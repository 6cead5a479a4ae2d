"""The buses as they run, read by the bindings of GTFS Realtime and as plain JSON, and held to the timetable."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from google.transit.gtfs_realtime_pb2 import FeedMessage

from harvesters import protocols
from tests.unit.harvesters.simulators.conftest import Asked

TUESDAY = datetime(2026, 11, 24, 16, 20, tzinfo=UTC)
SATURDAY_NIGHT = datetime(2026, 11, 28, 3, 20, tzinfo=UTC)
AFTER_MIDNIGHT = datetime(2026, 11, 24, 23, 25, tzinfo=UTC)
SIRI = "/mobilite/siri/2.0/stop-monitoring.json"


def _feed(asked: Asked, name: str, now: datetime) -> FeedMessage:
    feed = FeedMessage()
    feed.ParseFromString(asked("mobilite", f"/mobilite/{name}.pb", now).content)
    assert feed.IsInitialized()
    return feed


@pytest.fixture(scope="module")
def timetable(asked: Asked) -> dict[str, list[dict[str, str]]]:
    archive = zipfile.ZipFile(io.BytesIO(asked("mobilite", "/mobilite/horaires.zip", TUESDAY).content))
    names = ("stops.txt", "trips.txt", "stop_times.txt")
    return {name: list(csv.DictReader(io.StringIO(archive.read(name).decode()))) for name in names}


@pytest.mark.parametrize("now", [TUESDAY, SATURDAY_NIGHT, AFTER_MIDNIGHT])
def test_every_trip_and_stop_told_is_of_the_timetable(
    asked: Asked, timetable: dict[str, list[dict[str, str]]], now: datetime
) -> None:
    calls = {(row["trip_id"], row["stop_id"], row["stop_sequence"]) for row in timetable["stop_times.txt"]}
    feed = _feed(asked, "retards", now)
    updates = [entity.trip_update for entity in feed.entity]
    assert {update.trip.route_id for update in updates} == {"L1", "L2", "L3"}
    for update in updates:
        told = {(update.trip.trip_id, call.stop_id, str(call.stop_sequence)) for call in update.stop_time_update}
        assert told
        assert told <= calls
        assert all(call.arrival.time >= feed.header.timestamp for call in update.stop_time_update)


def test_a_trip_after_midnight_is_of_the_day_before(asked: Asked) -> None:
    days = {one.trip_update.trip.start_date for one in _feed(asked, "retards", AFTER_MIDNIGHT).entity}
    assert days == {"20261124", "20261125"}
    (late,) = [one for one in _feed(asked, "vehicules", AFTER_MIDNIGHT).entity if "-1450-" in one.id]
    assert late.vehicle.trip.start_date == "20261124"


def test_buses_run_by_day_inside_the_territory_and_none_by_night(asked: Asked) -> None:
    running = [entity.vehicle for entity in _feed(asked, "vehicules", TUESDAY).entity]
    assert 1 <= len(running) <= 6
    for vehicle in running:
        assert 5.85 <= vehicle.position.longitude <= 6.07
        assert 49.36 <= vehicle.position.latitude <= 49.52
    assert not _feed(asked, "vehicules", SATURDAY_NIGHT).entity


def test_delays_are_drawn_and_none_is_known_before_a_trip_leaves(asked: Asked) -> None:
    delays = set()
    for hour in range(6, 20):
        now = TUESDAY.replace(hour=hour)
        running = {one.vehicle.trip.trip_id for one in _feed(asked, "vehicules", now).entity}
        for update in (one.trip_update for one in _feed(asked, "retards", now).entity):
            delays.add(update.delay)
            assert update.trip.trip_id in running or update.delay == 0
    assert len(delays) > 4
    assert max(delays) <= 900


def test_a_disruption_is_told_in_words_of_the_specification(asked: Asked) -> None:
    alerts = [entity.alert for entity in _feed(asked, "perturbations", TUESDAY).entity]
    assert len(alerts) == 2
    assert all(alert.header_text.translation[0].language == "fr" for alert in alerts)
    assert all(alert.active_period[0].start <= TUESDAY.timestamp() < alert.active_period[0].end for alert in alerts)


def test_each_stop_has_its_next_two_passages(asked: Asked, timetable: dict[str, list[dict[str, str]]]) -> None:
    delivery = json.loads(asked("mobilite", SIRI, TUESDAY).content)["Siri"]["ServiceDelivery"]
    visits = delivery["StopMonitoringDelivery"][0]["MonitoredStopVisit"]
    stops = [visit["MonitoringRef"]["value"] for visit in visits]
    assert sorted(stops) == sorted([stop["stop_id"] for stop in timetable["stops.txt"]] * 2)
    assert len({visit["ItemIdentifier"] for visit in visits}) == len(visits)
    calls = [visit["MonitoredVehicleJourney"]["MonitoredCall"] for visit in visits]
    planned, expected = ([datetime.fromisoformat(call[name]) for call in calls]
                         for name in ("AimedDepartureTime", "ExpectedDepartureTime"))  # fmt: skip
    assert all(timedelta() <= late - due <= timedelta(minutes=15) for due, late in zip(planned, expected, strict=True))


def test_one_stop_is_told_alone_where_it_is_asked_for(asked: Asked) -> None:
    events = protocols.load("siri").parse(
        asked("mobilite", SIRI, TUESDAY, MonitoringRef="L2-57565-1").content, name="stop.json", options={}
    )
    assert [event["MonitoringRef"] for event in events if isinstance(event, dict)] == ["L2-57565-1"] * 2


def test_the_number_of_a_bus_is_told_and_nobody_asks_for_it(asked: Asked, territory: Path) -> None:
    assert all(one.trip_update.vehicle.id for one in _feed(asked, "retards", TUESDAY).entity)
    assert b"VehicleRef" in asked("mobilite", SIRI, TUESDAY).content
    declared = (territory / "sources" / "bus-temps-reel.yaml").read_text("utf-8")
    assert not any(path in declared for path in ("vehicle.id", "vehicle.vehicle", "VehicleRef", "license_plate"))

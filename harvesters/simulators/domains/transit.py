"""The bus network as it runs now: GTFS Realtime and SIRI Lite, of the trips of the timetable. No bus runs.

A trip that has not left is told from the moment when the one before it has: by night the first of the morning is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

import orjson
from google.transit.gtfs_realtime_pb2 import Alert, FeedMessage, TripUpdate, VehiclePosition

from harvesters.simulators.places import DECIMALS, Point
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage
from harvesters.simulators.timetable import Line, Stop, Transit, departures, gtfs_zip, stops_of

_STEP_S: Final = 30
_ON_TIME_S: Final = 60
_LAST_WORKING_DAY: Final = 4
_DAYS: Final = range(-1, 5)
"""Of service, from yesterday, whose last trip runs past midnight, to the Monday after a weekend."""
_VISITS: Final = 2
_PROTOBUF: Final = "application/x-protobuf"


@dataclass(frozen=True, slots=True)
class Course:
    """A trip of a day of service: when it leaves and, with its delay, when it is where."""

    line: Line
    stops: tuple[Stop, ...]
    day: date
    minutes: int
    leaves: datetime
    leg: timedelta
    late: timedelta

    @property
    def trip(self) -> str:
        """Return the identifier in the timetable."""
        return f"{self.line.code}-{self.minutes}"

    @property
    def arrives(self) -> datetime:
        """Return when it will be at its last stop."""
        return self.leaves + (len(self.stops) - 1) * self.leg + self.late

    def passes(self, place: int) -> datetime:
        """Return when the timetable has it at a stop, counted from zero."""
        return self.leaves + place * self.leg


def trip_updates(transit: Transit, stage: Stage) -> Given:
    """Give the delay of each trip that runs, and of the next of each line; the vehicle is named, as true feeds do."""
    feed, seen = _feed(stage)
    for course in _told(transit, stage):
        update = TripUpdate(timestamp=int(seen.timestamp()), delay=_delay_s(course, seen))
        _name_trip(update, course)
        for place, stop in enumerate(course.stops):
            if course.passes(place) + course.late >= seen:
                call = update.stop_time_update.add(stop_sequence=place + 1, stop_id=stop.code)
                call.arrival.delay = _delay_s(course, seen)
                call.arrival.time = int(course.passes(place).timestamp()) + call.arrival.delay
        feed.entity.add(id=f"retard-{course.trip}-{course.day:%Y%m%d}", trip_update=update)
    return Given(feed.SerializeToString(), _PROTOBUF, seen)


def vehicle_positions(transit: Transit, stage: Stage) -> Given:
    """Give where each bus in service is: none by night."""
    feed, seen = _feed(stage)
    for course in _told(transit, stage):
        if course.leaves > seen:
            continue
        place = min(max((seen - course.leaves - course.late) / course.leg, 0), len(course.stops) - 1)
        lon, lat = _between(course, place)
        vehicle = VehiclePosition(timestamp=int(seen.timestamp()), current_stop_sequence=int(place) + 1)
        _name_trip(vehicle, course)
        vehicle.current_status = VehiclePosition.STOPPED_AT if place == int(place) else VehiclePosition.IN_TRANSIT_TO
        vehicle.position.longitude, vehicle.position.latitude = lon, lat
        feed.entity.add(id=f"bus-{course.trip}-{course.day:%Y%m%d}", vehicle=vehicle)
    return Given(feed.SerializeToString(), _PROTOBUF, seen)


def service_alerts(transit: Transit, stage: Stage) -> Given:
    """Give the disruptions of the week, one at least."""
    feed, seen = _feed(stage)
    week = stage.today - timedelta(days=stage.today.weekday())
    draws = generator(stage.seed, "disruptions", week.isoformat())
    for at in sorted(draws.permutation(len(transit.disruptions))[: transit.at_once].tolist()):
        told = transit.disruptions[at]
        alert = Alert(cause=Alert.Cause.Value(told.cause), effect=Alert.Effect.Value(told.effect))
        alert.informed_entity.add(route_id=told.line)
        start = datetime.combine(week, time(), stage.zone)
        alert.active_period.add(start=int(start.timestamp()), end=int((start + timedelta(days=7)).timestamp()))
        alert.header_text.translation.add(text=told.title, language=transit.language)
        alert.description_text.translation.add(text=told.text, language=transit.language)
        feed.entity.add(id=f"info-{week:%G-W%V}-{at + 1}", alert=alert)
    return Given(feed.SerializeToString(), _PROTOBUF, seen)


def stop_monitoring(transit: Transit, stage: Stage) -> Given:
    """Give the next passages at each stop, or at the one that `MonitoringRef` names; the vehicle is named too."""
    seen = _seen(stage)
    asked = stage.query.get("MonitoringRef", "")
    visits: list[dict[str, object]] = []
    left: dict[str, int] = {}
    for course in _courses(transit, stage):
        for place, stop in enumerate(course.stops):
            is_asked = asked in {"", stop.code} and left.get(stop.code, 0) < _VISITS
            if is_asked and course.passes(place) + course.late >= seen:
                left[stop.code] = left.get(stop.code, 0) + 1
                visits.append(_visit(course, place, seen))
    delivery = {
        "ResponseTimestamp": _written(seen),
        "ValidUntil": _written(seen + timedelta(seconds=_STEP_S)),
        "Status": "true",
        "MonitoredStopVisit": visits,
    }
    service = {"ResponseTimestamp": _written(seen), "ProducerRef": {"value": transit.agency}}
    answer = {"Siri": {"ServiceDelivery": {**service, "StopMonitoringDelivery": [delivery]}}}
    return Given(orjson.dumps(answer), "application/json", seen)


def _visit(course: Course, place: int, seen: datetime) -> dict[str, object]:
    stop, due = course.stops[place], course.passes(place)
    call = {
        "StopPointName": [{"value": stop.name}],
        "AimedDepartureTime": _written(due),
        "ExpectedDepartureTime": _written(due + timedelta(seconds=_delay_s(course, seen))),
        "DepartureStatus": "onTime" if _delay_s(course, seen) < _ON_TIME_S else "delayed",
        "Order": place + 1,
    }
    framed = {"DataFrameRef": {"value": course.day.isoformat()}, "DatedVehicleJourneyRef": course.trip}
    return {
        "RecordedAtTime": _written(seen),
        "ItemIdentifier": f"{stop.code}:{course.trip}:{course.day:%Y%m%d}",
        "MonitoringRef": {"value": stop.code},
        "MonitoredVehicleJourney": {
            "LineRef": {"value": course.line.code},
            "FramedVehicleJourneyRef": framed,
            "DestinationName": [{"value": course.stops[-1].name}],
            "VehicleRef": {"value": _bus(course)},
            "MonitoredCall": call,
        },
    }


def _told(transit: Transit, stage: Stage) -> Iterator[Course]:
    """Yield the trips that run, and of each line the next that will leave."""
    seen = _seen(stage)
    waiting: set[str] = set()
    for course in _courses(transit, stage):
        if course.leaves <= seen or course.line.code not in waiting:
            yield course
        if course.leaves > seen:
            waiting.add(course.line.code)


def _courses(transit: Transit, stage: Stage) -> Iterator[Course]:
    """Yield the trips that have not ended, by the time at which they leave, of the days around."""
    seen = _seen(stage)
    leg = timedelta(minutes=transit.leg_minutes)
    stops = {line.code: stops_of(line, transit, stage) for line in transit.lines}
    found = []
    for day in (stage.today + timedelta(days=shift) for shift in _DAYS):
        if day.weekday() > _LAST_WORKING_DAY:
            continue
        # The day of service is counted from noon less twelve hours (GTFS reference, stop_times.txt).
        start = datetime.combine(day, time(12), stage.zone) - timedelta(hours=12)
        for line in transit.lines:
            for minutes in departures(line):
                late = _late(transit, stage, f"{line.code}-{minutes}", day)
                leaves = start + timedelta(minutes=minutes)
                found.append(Course(line, stops[line.code], day, minutes, leaves, leg, late))
    return iter(sorted((one for one in found if one.arrives >= seen), key=lambda one: (one.leaves, one.trip)))


def _late(transit: Transit, stage: Stage, trip: str, day: date) -> timedelta:
    drawn = float(generator(stage.seed, "late", trip, day.isoformat()).gamma(1.3, transit.late_s))
    return timedelta(seconds=int(min(drawn, transit.latest_s)) // _STEP_S * _STEP_S)


def _delay_s(course: Course, seen: datetime) -> int:
    """Return the delay that is known: none before it leaves."""
    return 0 if course.leaves > seen else int(course.late.total_seconds())


def _between(course: Course, place: float) -> Point:
    before = int(place)
    after = min(before + 1, len(course.stops) - 1)
    (x1, y1), (x2, y2) = course.stops[before].point, course.stops[after].point
    part = place - before
    return round(x1 + (x2 - x1) * part, DECIMALS), round(y1 + (y2 - y1) * part, DECIMALS)


def _name_trip(message: TripUpdate | VehiclePosition, course: Course) -> None:
    message.trip.trip_id, message.trip.route_id = course.trip, course.line.code
    message.trip.start_date = f"{course.day:%Y%m%d}"
    message.vehicle.id = _bus(course)


def _bus(course: Course) -> str:
    """Return the number of the bus: the same all day, which is why nobody asks for it."""
    return f"BUS-{course.line.code}-{course.minutes % 3 + 1}"


def _feed(stage: Stage) -> tuple[FeedMessage, datetime]:
    seen = _seen(stage)
    feed = FeedMessage()
    feed.header.gtfs_realtime_version = "2.0"
    feed.header.timestamp = int(seen.timestamp())
    return feed, seen


def _seen(stage: Stage) -> datetime:
    return stage.slot(_STEP_S)


def _written(moment: datetime) -> str:
    return moment.astimezone(moment.tzinfo).isoformat()


SYSTEM: Final = DomainSystem(
    Transit,
    {
        "/mobilite/horaires.zip": gtfs_zip,
        "/mobilite/retards.pb": trip_updates,
        "/mobilite/vehicules.pb": vehicle_positions,
        "/mobilite/perturbations.pb": service_alerts,
        "/mobilite/siri/2.0/stop-monitoring.json": stop_monitoring,
    },
)

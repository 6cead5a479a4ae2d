"""The bus network's timetable as a GTFS archive: stops, lines, trips, calendar. No bus runs."""

import csv
import zipfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Final, NamedTuple

from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.places import Point, point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import Given, Stage

_MADE: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every member of the archive: same timetable, same bytes."""


Row = tuple[object, ...]
"""A line of a file."""
_AGENCY: Final = "R"
_WEEKDAYS: Final = "SEM"
_BUS: Final = 3
"""`route_type` of a bus (GTFS reference, routes.txt)."""


class Stop(NamedTuple):
    """A stop of a line."""

    code: str
    name: str
    point: Point


class Line(Block):
    """A line: the communes that it serves in order, its stops in each, its first and last departure, its pace."""

    code: str
    name: str = Field(alias="nom")
    communes: tuple[Code, ...]
    stops: int = Field(alias="arrets_par_commune")
    first: int = Field(alias="premier_depart_min")
    last: int = Field(alias="dernier_depart_min")
    """Minutes after midnight; above 1440 the trip leaves after midnight, as GTFS writes it."""
    pace: int = Field(alias="toutes_les_min")


class Disruption(Block):
    """What is told of a line for a week, in words of GTFS Realtime and of the network."""

    line: str = Field(alias="ligne")
    cause: str
    effect: str = Field(alias="effet")
    title: str = Field(alias="titre")
    text: str = Field(alias="texte")


class Transit(Block):
    """The network: `mobilite.yaml`."""

    agency: str = Field(alias="reseau")
    url: str = Field(alias="page")
    leg_minutes: int = Field(alias="minutes_entre_arrets")
    lines: tuple[Line, ...] = Field(alias="lignes")
    language: str = Field(alias="langue")
    late_s: int = Field(alias="retard_usuel_s")
    latest_s: int = Field(alias="retard_max_s")
    at_once: int = Field(alias="perturbations_a_la_fois")
    disruptions: tuple[Disruption, ...] = Field(alias="perturbations")


def gtfs_zip(transit: Transit, stage: Stage) -> Given:
    """Give the archive of the quarter: seven files, each stop once, a trip each so many minutes."""
    first = stage.quarter(before=0)
    last = stage.quarter(before=-1) - timedelta(days=1)
    week = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    publisher = (transit.agency, transit.url)
    stops = {line.code: stops_of(line, transit, stage) for line in transit.lines}
    served = [stop for line in stops.values() for stop in line]
    files: dict[str, list[Row]] = {
        "agency.txt": [
            ("agency_id", "agency_name", "agency_url", "agency_timezone"),
            (_AGENCY, *publisher, stage.town.zone),
        ],
        "stops.txt": [
            ("stop_id", "stop_name", "stop_lat", "stop_lon"),
            *((stop.code, stop.name, stop.point[1], stop.point[0]) for stop in served),
        ],
        "routes.txt": [
            ("route_id", "agency_id", "route_short_name", "route_long_name", "route_type"),
            *((line.code, _AGENCY, line.code, line.name, _BUS) for line in transit.lines),
        ],
        "calendar.txt": [
            ("service_id", *week, "start_date", "end_date"),
            (_WEEKDAYS, 1, 1, 1, 1, 1, 0, 0, f"{first:%Y%m%d}", f"{last:%Y%m%d}"),
        ],
        "trips.txt": [("route_id", "service_id", "trip_id", "trip_headsign"), *_trips(transit, stops)],
        "stop_times.txt": [
            ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"),
            *_stop_times(transit, stops),
        ],
        "feed_info.txt": [
            ("feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_version"),
            (*publisher, "fr", f"{first:%Y-%m}"),
        ],
    }
    return Given(_zipped(files), "application/zip", midnight(first, stage.zone))


def stops_of(line: Line, transit: Transit, stage: Stage) -> tuple[Stop, ...]:
    """Return the stops of a line, in order."""
    made = []
    for commune in line.communes:
        draws = generator(stage.seed, "stops", transit.agency, line.code, commune)
        streets = draws.permutation(len(stage.town.streets)).tolist()
        for number in range(line.stops):
            street = stage.town.streets[streets[number]].capitalize()
            point = point_inside(stage.communes[commune].ring, draws)
            made.append(Stop(f"{line.code}-{commune}-{number + 1}", street, point))
    return tuple(made)


def _trips(transit: Transit, stops: dict[str, tuple[Stop, ...]]) -> Iterator[Row]:
    for line in transit.lines:
        for start in departures(line):
            yield line.code, _WEEKDAYS, f"{line.code}-{start}", stops[line.code][-1].name


def _stop_times(transit: Transit, stops: dict[str, tuple[Stop, ...]]) -> Iterator[Row]:
    for line in transit.lines:
        for start in departures(line):
            for place, stop in enumerate(stops[line.code]):
                passing = _time(start + place * transit.leg_minutes)
                yield f"{line.code}-{start}", passing, passing, stop.code, place + 1


def departures(line: Line) -> range:
    """Return when its trips leave, in minutes of the day of service."""
    return range(line.first, line.last + 1, line.pace)


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}:00"


def _zipped(files: dict[str, list[Row]]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), _table(rows))
    return content.getvalue()


def _table(rows: Iterable[Row]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()

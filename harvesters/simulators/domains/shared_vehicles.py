"""Shared bicycles (GBFS 3.0) and cars (GBFS 2.3) at stations, scooters that stand free (GBFS 2.3). Nobody rides them.

A vehicle has another identifier after each trip, as GBFS asks, and stands where three decimals say.
"""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import written_utc
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.places import point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_TTL_S: Final = 300
_CAR_RANGE_M: Final = 400_000
_HOUR_S: Final = 3600
_RIDE_S: Final = 900
_DECIMALS: Final = 3
_BROKEN_DOCK: Final = 0.2
_BROKEN_SCOOTER: Final = 0.05
_BICYCLES: Final = "/velos"
_CARS: Final = "/autos"
_SCOOTERS: Final = "/trottinettes"


class Station(Block):
    """A station of bicycles; `capacity` in docks."""

    code: str
    name: str = Field(alias="nom")
    commune: Code
    capacity: int = Field(alias="bornettes")


class CarStation(Block):
    """Places that are kept for shared cars; `petrol` and `electric` count the cars that belong there."""

    code: str
    name: str = Field(alias="nom")
    commune: Code
    petrol: int = Field(alias="essence")
    electric: int = Field(alias="electriques")


class Fleet(Block):
    """Scooters: how many, and the fewest and most hours that one stands between two trips."""

    count: int = Field(alias="nombre")
    hours: tuple[int, int] = Field(alias="heures_entre_trajets")
    range_m: int = Field(alias="autonomie_m")


class Shared(Block):
    """The operators: `vehicules-partages.yaml`."""

    language: str = Field(alias="langue")
    bicycles: str = Field(alias="velos")
    scooters: str = Field(alias="trottinettes")
    url: str = Field(alias="page")
    email: str = Field(alias="courriel")
    stations: tuple[Station, ...]
    fleet: Fleet = Field(alias="flotte")
    cars: str = Field(alias="autos")
    car_stations: tuple[CarStation, ...] = Field(alias="stations_autos")


def bicycle_feeds(_shared: Shared, stage: Stage) -> Given:
    """Give the discovery file of 3.0: the other files, once for all languages."""
    return _three(stage, {"feeds": _feeds(stage, _BICYCLES, ("station_information", "station_status"))})


def bicycle_system(shared: Shared, stage: Stage) -> Given:
    """Give what the system of bicycles is."""
    return _three(
        stage,
        {
            "system_id": "velos-simules",
            "languages": [shared.language],
            "name": [{"text": shared.bicycles, "language": shared.language}],
            "opening_hours": "24/7",
            "feed_contact_email": shared.email,
            "timezone": stage.town.zone,
        },
    )


def bicycle_types(_shared: Shared, stage: Stage) -> Given:
    """Give the one kind of bicycle."""
    return _three(
        stage, {"vehicle_types": [{"vehicle_type_id": "velo", "form_factor": "bicycle", "propulsion_type": "human"}]}
    )


def station_information(shared: Shared, stage: Stage) -> Given:
    """Give where the stations are, and their docks."""
    stations = []
    for station in shared.stations:
        draws = generator(stage.seed, "station", station.code)
        lon, lat = point_inside(stage.communes[station.commune].ring, draws)
        name = [{"text": station.name, "language": shared.language}]
        place = {"lat": lat, "lon": lon, "region_id": station.commune, "capacity": station.capacity}
        stations.append({"station_id": station.code, "name": name, **place, "is_virtual_station": False})
    return _three(stage, {"stations": stations})


def station_status(shared: Shared, stage: Stage) -> Given:
    """Give the bicycles and the free docks of each station, moving slowly from hour to hour."""
    seen = stage.slot(_TTL_S)
    stations = []
    for station in shared.stations:
        disabled = int(generator(stage.seed, "disabled", station.code, seen.date().isoformat()).random() < _BROKEN_DOCK)
        bicycles = min(_bicycles(station, stage, seen), station.capacity - disabled)
        stations.append(
            {
                "station_id": station.code,
                "is_installed": True,
                "is_renting": True,
                "is_returning": True,
                "last_reported": written_utc(seen),
                "num_vehicles_available": bicycles,
                "num_vehicles_disabled": disabled,
                "vehicle_types_available": [{"vehicle_type_id": "velo", "count": bicycles}],
                "num_docks_available": station.capacity - disabled - bicycles,
                "num_docks_disabled": 0,
            }
        )
    return _three(stage, {"stations": stations})


def car_feeds(shared: Shared, stage: Stage) -> Given:
    """Give the discovery file of 2.3 for the cars."""
    return _two(stage, {shared.language: {"feeds": _feeds(stage, _CARS, ("station_information", "station_status"))}})


def car_system(shared: Shared, stage: Stage) -> Given:
    """Give what the system of cars is."""
    return _system(shared, stage, "autos-simulees", shared.cars)


def car_types(_shared: Shared, stage: Stage) -> Given:
    """Give the two kinds of car."""
    kinds = {"essence": "combustion", "electrique": "electric"}
    return _two(
        stage,
        {
            "vehicle_types": [
                {
                    "vehicle_type_id": kind,
                    "form_factor": "car",
                    "propulsion_type": propulsion,
                    "max_range_meters": _CAR_RANGE_M,
                }
                for kind, propulsion in kinds.items()
            ]
        },
    )


def car_station_information(shared: Shared, stage: Stage) -> Given:
    """Give where the cars' places are."""
    stations = []
    for station in shared.car_stations:
        lon, lat = point_inside(stage.communes[station.commune].ring, generator(stage.seed, "cars", station.code))
        place = {"lat": lat, "lon": lon, "region_id": station.commune, "capacity": station.petrol + station.electric}
        stations.append({"station_id": station.code, "name": station.name, **place})
    return _two(stage, {"stations": stations})


def car_station_status(shared: Shared, stage: Stage) -> Given:
    """Give the cars of each kind that stand at their places; one out of them comes back where it belongs."""
    seen = stage.slot(_TTL_S)
    return _two(stage, {"stations": [_cars_at(station, stage, seen) for station in shared.car_stations]})


def _cars_at(station: CarStation, stage: Stage, seen: datetime) -> dict[str, object]:
    draws = generator(stage.seed, "cars out", station.code, int(seen.timestamp()) // _HOUR_S)
    there = {
        "essence": int(draws.integers(0, station.petrol + 1)),
        "electrique": int(draws.integers(0, station.electric + 1)),
    }
    return {
        "station_id": station.code,
        "is_installed": True,
        "is_renting": True,
        "is_returning": True,
        "last_reported": int(seen.timestamp()),
        "num_bikes_available": sum(there.values()),
        "vehicle_types_available": [{"vehicle_type_id": kind, "count": count} for kind, count in there.items()],
        "num_docks_available": station.petrol + station.electric - sum(there.values()),
    }


def scooter_feeds(shared: Shared, stage: Stage) -> Given:
    """Give the discovery file of 2.3: the other files, in each language."""
    return _two(stage, {shared.language: {"feeds": _feeds(stage, _SCOOTERS, ("free_bike_status",))}})


def scooter_system(shared: Shared, stage: Stage) -> Given:
    """Give what the system of scooters is."""
    return _system(shared, stage, "trottinettes-simulees", shared.scooters)


def scooter_types(shared: Shared, stage: Stage) -> Given:
    """Give the one kind of scooter."""
    kind = {"form_factor": "scooter_standing", "propulsion_type": "electric", "max_range_meters": shared.fleet.range_m}
    return _two(stage, {"vehicle_types": [{"vehicle_type_id": "trottinette", **kind}]})


def free_scooters(shared: Shared, stage: Stage) -> Given:
    """Give the scooters that nobody rides just now, each under the name that it has since its last trip."""
    return _two(stage, {"bikes": list(_standing(shared.fleet, stage))})


def _standing(fleet: Fleet, stage: Stage) -> Iterator[dict[str, object]]:
    moment = int(stage.slot(_TTL_S).timestamp())
    for number in range(fleet.count):
        pace = generator(stage.seed, "scooter", number)
        stays_s = int(pace.integers(fleet.hours[0] * _HOUR_S, fleet.hours[1] * _HOUR_S))
        trip, since_s = divmod(moment + int(pace.integers(0, stays_s)), stays_s)
        if since_s < _RIDE_S:
            continue
        draws = generator(stage.seed, "scooter", number, trip)
        lon, lat = point_inside(stage.communes[stage.commune(draws)].ring, draws)
        yield {
            "bike_id": sha256(f"{stage.seed} {number} {trip}".encode()).hexdigest()[:20],
            "lat": round(lat, _DECIMALS),
            "lon": round(lon, _DECIMALS),
            "is_reserved": False,
            "is_disabled": bool(draws.random() < _BROKEN_SCOOTER),
            "vehicle_type_id": "trottinette",
            "current_range_meters": int(draws.integers(fleet.range_m // 100, fleet.range_m // 10)) * 10,
        }


def _bicycles(station: Station, stage: Stage, seen: datetime) -> int:
    hour, rest = divmod(int(seen.timestamp()), _HOUR_S)
    first, second = (
        float(generator(stage.seed, "bicycles at", station.code, number).uniform(0, station.capacity))
        for number in (hour, hour + 1)
    )
    return round(first + (second - first) * rest / _HOUR_S)


def _system(shared: Shared, stage: Stage, identifier: str, name: str) -> Given:
    named = {"system_id": identifier, "language": shared.language, "name": name}
    return _two(stage, {**named, "timezone": stage.town.zone, "url": shared.url, "feed_contact_email": shared.email})


def _feeds(stage: Stage, under: str, names: tuple[str, ...]) -> list[dict[str, str]]:
    listed = ("system_information", "vehicle_types", *names)
    return [{"name": name, "url": f"{stage.origin}{under}/{name}.json"} for name in listed]


def _three(stage: Stage, data: dict[str, object]) -> Given:
    return _given(stage, "3.0", written_utc(stage.slot(_TTL_S)), data)


def _two(stage: Stage, data: dict[str, object]) -> Given:
    return _given(stage, "2.3", int(stage.slot(_TTL_S).timestamp()), data)


def _given(stage: Stage, version: str, updated: str | int, data: dict[str, object]) -> Given:
    document = {"last_updated": updated, "ttl": _TTL_S, "version": version, "data": data}
    return Given(orjson.dumps(document), "application/json", stage.slot(_TTL_S))


SYSTEM: Final = DomainSystem(
    Shared,
    {
        f"{_BICYCLES}/gbfs.json": bicycle_feeds,
        f"{_BICYCLES}/system_information.json": bicycle_system,
        f"{_BICYCLES}/vehicle_types.json": bicycle_types,
        f"{_BICYCLES}/station_information.json": station_information,
        f"{_BICYCLES}/station_status.json": station_status,
        f"{_CARS}/gbfs.json": car_feeds,
        f"{_CARS}/system_information.json": car_system,
        f"{_CARS}/vehicle_types.json": car_types,
        f"{_CARS}/station_information.json": car_station_information,
        f"{_CARS}/station_status.json": car_station_status,
        f"{_SCOOTERS}/gbfs.json": scooter_feeds,
        f"{_SCOOTERS}/system_information.json": scooter_system,
        f"{_SCOOTERS}/vehicle_types.json": scooter_types,
        f"{_SCOOTERS}/free_bike_status.json": free_scooters,
    },
)

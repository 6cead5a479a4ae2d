"""The air quality network: hourly means of stations, and an index a commune and day. No station, no air is real."""

from datetime import datetime, timedelta
from math import cos, pi
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.places import centre
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_RUSH_HOUR: Final = 8


class Station(Block):
    """A measuring station."""

    code: str
    name: str = Field(alias="nom")
    commune: Code


class Pollutant(Block):
    """A pollutant, its usual level and how much of it comes and goes with the hour."""

    code: str
    level: float = Field(alias="niveau")
    """µg/m³."""
    swing: float = Field(alias="variation")


class Environment(Block):
    """The network: `environnement.yaml`."""

    unit: str = Field(alias="unite")
    stations: tuple[Station, ...]
    pollutants: tuple[Pollutant, ...] = Field(alias="polluants")
    indices: tuple[float, ...] = Field(alias="indices", min_length=8, max_length=8)
    """How likely each index is, from 0 (none) to 7 (event)."""


def measures(environment: Environment, stage: Stage) -> Given:
    """Give the means of the last full hour, one object a station and pollutant, with unit and the station's place."""
    hour = stage.now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    rows = [
        {
            "code_station": station.code,
            "nom_station": station.name,
            "insee_com": station.commune,
            "longitude": centre(stage.communes[station.commune].ring)[0],
            "latitude": centre(stage.communes[station.commune].ring)[1],
            "code_polluant": pollutant.code,
            "unite": environment.unit,
            "date_debut": hour.astimezone(stage.zone).isoformat(),
            "valeur": _mean(pollutant, station, stage.seed, hour=hour.astimezone(stage.zone)),
            "statut": "R",
        }
        for station in environment.stations
        for pollutant in environment.pollutants
    ]
    return Given(orjson.dumps({"data": rows}), "application/json", hour + timedelta(hours=1))


def indices(environment: Environment, stage: Stage) -> Given:
    """Give the index of each commune for yesterday, today and tomorrow, as Atmo gives it: 0 is none, 7 an event."""
    issued = midnight(stage.today, stage.zone)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": list(centre(commune.ring))},
            "properties": {
                "code_zone": commune.code,
                "lib_zone": commune.name,
                "date_ech": (stage.today + timedelta(days=days)).isoformat(),
                "date_dif": issued.isoformat(),
                "code_qual": _index(environment, commune.code, stage, days=days),
            },
        }
        for commune in stage.communes.values()
        for days in (-1, 0, 1)
    ]
    answer = {"type": "FeatureCollection", "features": features}
    return Given(orjson.dumps(answer), "application/geo+json", issued)


def _index(environment: Environment, code: str, stage: Stage, *, days: int) -> int:
    draws = generator(stage.seed, "air index", code, (stage.today + timedelta(days=days)).isoformat())
    return int(draws.choice(len(environment.indices), p=environment.indices))


def _mean(pollutant: Pollutant, station: Station, seed: int, *, hour: datetime) -> float:
    draws = generator(seed, "air", station.code, pollutant.code, hour.isoformat())
    of_the_hour = 1 + pollutant.swing * cos(2 * pi * (hour.hour - _RUSH_HOUR) / 24)
    return round(max(0.0, pollutant.level * of_the_hour * float(draws.uniform(0.8, 1.2))), 1)


SYSTEM: Final = DomainSystem(Environment, {"/air/mesures.json": measures, "/air/indices.geojson": indices})

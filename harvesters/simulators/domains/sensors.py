"""Noise and weather in public places, as an NGSI-LD broker gives them, normalized (Smart Data Models). None is real."""

from datetime import datetime, timedelta
from math import cos, log10, pi
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import written_utc
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.places import point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_HOURS: Final = 24
_STEP_S: Final = 600
_STEPS: Final = 12
_HOUR_S: Final = 3600
_LOUDEST_HOUR: Final = 17
_WET: Final = 0.15
"""Share of the hours in which it rains."""
_MOST: Final = 1000
_CELSIUS, _PER_CENT, _MM, _KMH, _DECIBEL = "CEL", "P1", "MMT", "KMH", "2N"
"""Codes of UN/CEFACT recommendation 20."""
_PENALTIES: Final = ((6, 18, 0), (18, 22, 5), (22, 30, 10))
"""Directive 2002/49/EC, annex I: local hours, and the decibels that they weigh more."""


class Microphone(Block):
    """A sound level meter on a public square: it keeps no sound."""

    code: str
    commune: Code
    quiet_db: float = Field(alias="calme_db")
    busy_db: float = Field(alias="actif_db")


class WeatherStation(Block):
    """A weather station of the territory."""

    code: str
    commune: Code
    celsius: float = Field(alias="celsius_moyen")


class Sensors(Block):
    """The broker: `capteurs.yaml`."""

    microphones: tuple[Microphone, ...] = Field(alias="sonometres")
    stations: tuple[WeatherStation, ...]


Entity = dict[str, object]


def entities(sensors: Sensors, stage: Stage) -> Given:
    """Give the page of the entities of the type asked for, only the attributes asked for, and their count."""
    made = {"NoiseLevelObserved": _noise, "WeatherObserved": _weather}.get(stage.query.get("type", ""))
    found = made(sensors, stage) if made else []
    offset, limit = int(stage.query.get("offset", "0")), min(int(stage.query.get("limit", "20")), _MOST)
    attributes = stage.names("attrs")
    kept = {"id", "type", *attributes}
    shown = found[offset : offset + limit]
    if attributes:
        shown = [{name: value for name, value in each.items() if name in kept} for each in shown]
    counted = {"NGSILD-Results-Count": str(len(found))} if stage.query.get("count") == "true" else {}
    return Given(orjson.dumps(shown), "application/json", stage.slot(_STEP_S), headers=counted)


def _noise(sensors: Sensors, stage: Stage) -> list[Entity]:
    hour = stage.slot(_HOUR_S)
    return [
        _noise_of(meter, stage, hour - timedelta(hours=back)) for meter in sensors.microphones for back in range(_HOURS)
    ]


def _noise_of(meter: Microphone, stage: Stage, end: datetime) -> Entity:
    start = end - timedelta(hours=1)
    day = [_level(meter, stage, end - timedelta(hours=back)) for back in range(1, _HOURS + 1)]
    lden = 10 * log10(sum(10 ** ((level + _penalty(hour)) / 10) for hour, level in day) / _HOURS)
    return {
        "id": f"urn:ngsi-ld:NoiseLevelObserved:{meter.code}-{start:%Y%m%dT%H}",
        "type": "NoiseLevelObserved",
        "refDevice": _text(meter.code),
        "dateObservedFrom": _instant(start),
        "dateObservedTo": _instant(end),
        "LAeq": _measure(day[0][1], _DECIBEL),
        "Lden": _measure(lden, _DECIBEL),
        "location": _place(stage, meter.commune, meter.code),
    }


def _level(meter: Microphone, stage: Stage, start: datetime) -> tuple[int, float]:
    """Return the local hour and the level of the hour that begins then."""
    local = start.astimezone(stage.zone).hour
    draws = generator(stage.seed, "noise", meter.code, start.isoformat())
    busy = (1 + cos(2 * pi * (local - _LOUDEST_HOUR) / 24)) / 2
    return local, round(meter.quiet_db + (meter.busy_db - meter.quiet_db) * busy + float(draws.normal(0, 1.5)), 1)


def _penalty(hour: int) -> int:
    return next(more for first, after, more in _PENALTIES if first <= hour < after or first <= hour + 24 < after)


def _weather(sensors: Sensors, stage: Stage) -> list[Entity]:
    last = stage.slot(_STEP_S)
    return [
        _weather_of(station, stage, last - timedelta(seconds=back * _STEP_S))
        for station in sensors.stations
        for back in range(_STEPS)
    ]


def _weather_of(station: WeatherStation, stage: Stage, seen: datetime) -> Entity:
    draws = generator(stage.seed, "weather", station.code, seen.isoformat())
    warm = cos(2 * pi * (seen.hour + seen.minute / 60 - 14) / 24)
    is_wet = generator(stage.seed, "rain", f"{seen:%Y%m%d%H}").random() < _WET
    return {
        "id": f"urn:ngsi-ld:WeatherObserved:{station.code}-{seen:%Y%m%dT%H%M}",
        "type": "WeatherObserved",
        "stationCode": _text(station.code),
        "dateObserved": _instant(seen),
        "temperature": _measure(station.celsius + 4 * warm + float(draws.normal(0, 0.2)), _CELSIUS),
        "relativeHumidity": _measure(78 - 15 * warm + float(draws.normal(0, 1)), _PER_CENT),
        "precipitation": _measure(float(draws.exponential(0.6)) if is_wet else 0.0, _MM),
        "windSpeed": _measure(float(draws.weibull(2)) * 14, _KMH),
        "location": _place(stage, station.commune, station.code),
    }


def _measure(value: float, unit: str) -> Entity:
    return {"type": "Property", "value": round(value, 1), "unitCode": unit}


def _text(value: str) -> Entity:
    return {"type": "Property", "value": value}


def _instant(instant: datetime) -> Entity:
    return {"type": "Property", "value": {"@type": "DateTime", "@value": written_utc(instant)}}


def _place(stage: Stage, commune: str, code: str) -> Entity:
    point = point_inside(stage.communes[commune].ring, generator(stage.seed, "sensor", code))
    return {"type": "GeoProperty", "value": {"type": "Point", "coordinates": list(point)}}


SYSTEM: Final = DomainSystem(Sensors, {"/capteurs/ngsi-ld/v1/entities": entities})

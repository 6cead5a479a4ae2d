"""The sports service: grounds with their outlines, and the club's bookings of tennis courts. No member is real."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
import orjson
from pydantic import Field

from harvesters.simulators.clock import days, midnight
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.places import DECIMALS, point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_METRE: Final = 1 / 111_000
"""Degrees of latitude, near enough for an outline."""


class Ground(Block):
    """A sports ground and its size in metres; `bookings` a day if it is a court that members book."""

    code: str
    name: str = Field(alias="nom")
    commune: Code
    opened: int = Field(alias="ouverture")
    length: int = Field(alias="longueur_m")
    width: int = Field(alias="largeur_m")
    bookings: float = Field(0, alias="reservations_par_jour")


class Sport(Block):
    """The service and the club: `sport.yaml`."""

    members: int = Field(alias="adherents")
    prefix: str = Field(alias="prefixe")
    name: str = Field(alias="nom_adherent")
    months: int = Field(alias="mois")
    """How many closed months the club's list goes back."""
    hours: tuple[int, int] = Field(alias="heures")
    minutes: tuple[int, ...] = Field(alias="durees_min")
    grounds: tuple[Ground, ...] = Field(alias="terrains")


def grounds_geojson(sport: Sport, stage: Stage) -> Given:
    """Give one feature a ground, by code, with its outline, which is shut and runs counterclockwise (RFC 7946)."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": ground.code,
                "nom": ground.name,
                "insee": ground.commune,
                "annee": ground.opened,
                "surface_m2": float(ground.length * ground.width),
            },
            "geometry": {"type": "Polygon", "coordinates": [_outline(ground, stage)]},
        }
        for ground in sorted(sport.grounds, key=lambda ground: ground.code)
    ]
    content = orjson.dumps({"type": "FeatureCollection", "features": features})
    return Given(content, "application/geo+json", midnight(stage.today.replace(day=1), stage.zone))


def bookings_json(sport: Sport, stage: Stage) -> Given:
    """Give the bookings of the last months up to yesterday, with the members that `champs=` asks for, or all."""
    rows = [
        stage.chosen(row, "champs")
        for day in days(stage.month(before=sport.months), stage.today - timedelta(days=1))
        for row in _of_day(sport, stage, day)
    ]
    return Given(orjson.dumps({"reservations": rows}), "application/json", midnight(stage.today, stage.zone))


def _outline(ground: Ground, stage: Stage) -> list[list[float]]:
    lon, lat = point_inside(stage.communes[ground.commune].ring, generator(stage.seed, "ground", ground.code))
    wide, high = ground.length * _METRE * 1.5, ground.width * _METRE
    corners = [(lon, lat), (lon + wide, lat), (lon + wide, lat + high), (lon, lat + high), (lon, lat)]
    return [[round(x, DECIMALS + 1), round(y, DECIMALS + 1)] for x, y in corners]


def _of_day(sport: Sport, stage: Stage, day: date) -> Iterator[dict[str, object]]:
    for court in sport.grounds:
        draws = generator(stage.seed, "bookings", court.code, day.isoformat())
        hours = range(sport.hours[0], sport.hours[1])
        count = min(int(draws.poisson(court.bookings)), len(hours))
        for hour in sorted(draws.permutation(len(hours))[:count].tolist()):
            start = datetime(day.year, day.month, day.day, hours[hour], tzinfo=stage.zone)
            member, partner = (_member(sport, draws) for _ in range(2))
            yield {
                "id": f"{court.code}-{day:%Y%m%d}-{hours[hour]:02d}",
                "id_adherent": member,
                "nom": sport.name,
                "court": court.code,
                "commune_court": court.commune,
                "debut": start.isoformat(),
                "duree_min": int(sport.minutes[int(draws.integers(0, len(sport.minutes)))]),
                "partenaire": partner,
            }


def _member(sport: Sport, draws: np.random.Generator) -> str:
    return f"{sport.prefix}{int(draws.integers(1, sport.members + 1)):05d}"


SYSTEM: Final = DomainSystem(
    Sport, {"/sport/terrains.geojson": grounds_geojson, "/sport/reservations.json": bookings_json}
)

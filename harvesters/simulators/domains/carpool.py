"""The carpool operators: trips between two places, as their monthly proofs. No trip, driver or passenger is real."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import days, midnight
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.places import Point, point_inside, written
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_FIELDS: Final = ("id_trajet", "id_conducteur", "id_passager", "depart_position", "arrivee_position",
                  "depart_horodatage", "distance_m")  # fmt: skip
_DEGREE_M: Final = 111_000
_LAST_WORKING_DAY: Final = 4
_UNSAID: Final = 1 / 3


class Places(Block):
    """Where one meets to share a ride; those of the national base, which is under ODbL."""

    columns: tuple[str, ...] = Field(alias="colonnes")
    kinds: tuple[str, ...] = Field(alias="types")
    siren: str
    each: dict[Code, int] = Field(alias="par_commune")
    spaces: tuple[int, int] = Field(alias="places_nombre")


class Carpool(Block):
    """The operators: `covoiturage.yaml`."""

    a_day: float = Field(alias="trajets_par_jour")
    """Mean of a working day."""
    drivers: int = Field(alias="conducteurs")
    passengers: int = Field(alias="passagers")
    quarters: int = Field(alias="trimestres")
    departures: tuple[int, ...] = Field(alias="heures_de_depart")
    places: Places = Field(alias="lieux")


def trips_json(carpool: Carpool, stage: Stage) -> Given:
    """Give the trips of the last closed quarters and the present one, without the reason, which is never asked for."""
    rows = [
        {name: row[name] for name in _FIELDS}
        for day in days(stage.quarter(before=carpool.quarters), stage.today - timedelta(days=1))
        for row in _of_day(carpool, stage, day)
    ]
    return Given(orjson.dumps({"trajets": rows}), "application/json", midnight(stage.today, stage.zone))


def _of_day(carpool: Carpool, stage: Stage, day: date) -> Iterator[dict[str, object]]:
    if day.weekday() > _LAST_WORKING_DAY:
        return
    draws = generator(stage.seed, "carpool", day.isoformat())
    for number in range(int(draws.poisson(carpool.a_day))):
        start, end = (point_inside(stage.communes[stage.commune(draws)].ring, draws) for _ in range(2))
        hour = carpool.departures[int(draws.integers(0, len(carpool.departures)))]
        left = datetime.combine(day, time(hour, int(draws.integers(0, 60))), stage.zone)
        yield {
            "id_trajet": f"T{day:%Y%m%d}{number:04d}",
            "id_conducteur": f"C{int(draws.integers(1, carpool.drivers + 1)):05d}",
            "id_passager": f"P{int(draws.integers(1, carpool.passengers + 1)):05d}",
            "depart_position": written(start),
            "arrivee_position": written(end),
            "depart_horodatage": left.isoformat(),
            "distance_m": _driven_m(start, end),
        }


def _driven_m(start: Point, end: Point) -> int:
    """Return the way by road, somewhat longer than a straight line."""
    east, north = (end[0] - start[0]) * _DEGREE_M * 0.65, (end[1] - start[1]) * _DEGREE_M
    return int(1.3 * (east**2 + north**2) ** 0.5) + 300


def places_csv(carpool: Carpool, stage: Stage) -> Given:
    """Give one line a place, by the schema lieux-covoiturage 0.3; a third does not say how many spaces it has."""
    places, modified = carpool.places, stage.quarter(before=0)
    text = StringIO()
    writer = csv.DictWriter(text, places.columns, lineterminator="\n")
    writer.writeheader()
    for code, count in places.each.items():
        draws = generator(stage.seed, "carpool places", code)
        for number in range(1, count + 1):
            street = stage.street(draws)
            lon, lat = point_inside(stage.communes[code].ring, draws)
            spaces = int(draws.integers(*places.spaces)) if draws.random() > _UNSAID else ""
            writer.writerow(
                {
                    "id_lieu": f"{code}-C-{number:03d}",
                    "nom_lieu": street.capitalize(),
                    "ad_lieu": street,
                    "com_lieu": stage.communes[code].name,
                    "insee": code,
                    "type": places.kinds[int(draws.integers(0, len(places.kinds)))],
                    "date_maj": modified.isoformat(),
                    "ouvert": "true",
                    "source": places.siren,
                    "Xlong": f"{lon:.5f}",
                    "Ylat": f"{lat:.5f}",
                    "nbre_pl": spaces,
                    "lumiere": "true",
                }
            )
    return Given(text.getvalue().encode(), "text/csv", midnight(modified, stage.zone))


SYSTEM: Final = DomainSystem(Carpool, {"/covoiturage/trajets.json": trips_json, "/covoiturage/lieux.csv": places_csv})

"""The carpool operators: trips between two places, as their monthly proofs. No trip, driver or passenger is real."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import days, midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.places import Point, point_inside, written
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_FIELDS: Final = ("id_trajet", "id_conducteur", "id_passager", "depart_position", "arrivee_position",
                  "depart_horodatage", "distance_m")  # fmt: skip
_DEGREE_M: Final = 111_000
_LAST_WORKING_DAY: Final = 4


class Carpool(Block):
    """The operators: `covoiturage.yaml`."""

    a_day: float = Field(alias="trajets_par_jour")
    """Mean of a working day."""
    drivers: int = Field(alias="conducteurs")
    passengers: int = Field(alias="passagers")
    quarters: int = Field(alias="trimestres")
    departures: tuple[int, ...] = Field(alias="heures_de_depart")


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


SYSTEM: Final = DomainSystem(Carpool, {"/covoiturage/trajets.json": trips_json})

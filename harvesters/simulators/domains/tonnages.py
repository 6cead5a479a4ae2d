"""Tonnages of waste, as a data portal gives them: one line a stream and month for the whole territory. None is real."""

from math import cos, pi
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_SUMMER: Final = 7


class Stream(Block):
    """A stream of waste: kilograms a year and inhabitant, and how much of it comes with summer."""

    code: str
    yearly: float = Field(alias="kg_par_habitant_an")
    summer: float = Field(0.0, alias="saison")


class Collections(Block):
    """The portal: `collecte.yaml`."""

    months: int = Field(alias="mois")
    streams: tuple[Stream, ...] = Field(alias="flux")


def lines(collections: Collections, stage: Stage) -> Given:
    """Give the closed months, newest last: tonnes with two decimals, kilograms an inhabitant with one."""
    people = sum(commune.population for commune in stage.town.communes)
    results = []
    for before in range(collections.months, 0, -1):
        month = stage.month(before=before)
        for stream in collections.streams:
            draws = generator(stage.seed, "tonnages", stream.code, month.isoformat())
            season = 1 + stream.summer * cos(2 * pi * (month.month - _SUMMER) / 12)
            kilograms = stream.yearly / 12 * season * float(draws.uniform(0.93, 1.07))
            results.append(
                {
                    "mois": month.strftime("%Y-%m"),
                    "flux": stream.code,
                    "tonnes": round(kilograms * people / 1000, 2),
                    "kg_par_habitant": round(kilograms, 1),
                }
            )
    content = orjson.dumps({"total": len(results), "results": results})
    return Given(content, "application/json", midnight(stage.month(before=0), stage.zone))


SYSTEM: Final = DomainSystem(Collections, {"/dechets/tonnages/lines": lines})

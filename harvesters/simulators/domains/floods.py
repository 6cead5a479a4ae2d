"""Flood vigilance of the reaches of rivers, as Vigicrues gives its map: GeoJSON, a line a reach. No level is real."""

from datetime import timedelta
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.places import DECIMALS, centre
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_LEVELS: Final = 4


class Reach(Block):
    """A reach: the communes that it goes through, in order, and whether anybody says its level."""

    code: str
    name: str = Field(alias="nom")
    communes: tuple[Code, ...] = Field(min_length=2)
    watched: bool = Field(True, alias="surveille")


class Floods(Block):
    """The service: `crues.yaml`."""

    step_hours: int = Field(alias="pas_heures")
    chances: tuple[float, ...] = Field(alias="parts", min_length=_LEVELS, max_length=_LEVELS)
    """How likely each level is, green to red."""
    reaches: tuple[Reach, ...] = Field(alias="troncons")


def information(floods: Floods, stage: Stage) -> Given:
    """Give a feature a reach; one that nobody watches has no level, which is not green."""
    since = stage.now.replace(minute=0, second=0, microsecond=0)
    since -= timedelta(hours=since.hour % floods.step_hours)
    features = []
    for number, reach in enumerate(floods.reaches, start=1):
        draws = generator(stage.seed, "floods", reach.code, since.isoformat())
        level = int(draws.choice(_LEVELS, p=floods.chances)) + 1
        line = [[round(part, DECIMALS) for part in centre(stage.communes[code].ring)] for code in reach.communes]
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "LineString", "coordinates": line},
                "properties": {
                    "gid": number,
                    "CdEntVigiCru": reach.code,
                    "TypEntVigiCru": "8",
                    "LbEntVigiCru": reach.name,
                    "NivInfViCr": level if reach.watched else 0,
                },
            }
        )
    answer = {"type": "FeatureCollection", "name": "InfoVigiCru", "features": features}
    return Given(orjson.dumps(answer), "application/geo+json", since)


SYSTEM: Final = DomainSystem(Floods, {"/vigicrues/services/1/InfoVigiCru.geojson": information})

"""Fire hydrants and cisterns, public and private, as GeoJSON after the common schema (PEI). None is real."""

from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.places import point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage


class Kind(Block):
    """A kind of water point: its code, its pipe or its volume, how many there are, whether it is somebody's."""

    code: str
    diameter: int | None = Field(None, alias="diametre_mm")
    volume: int | None = Field(None, alias="volume_m3")
    count: int = Field(alias="nombre")
    is_private: bool = Field(False, alias="prive")


class Hydrants(Block):
    """The register of the fire service: `incendie.yaml`."""

    kinds: tuple[Kind, ...] = Field(alias="genres")


def hydrants_geojson(hydrants: Hydrants, stage: Stage) -> Given:
    """Give a feature a water point."""
    features: list[dict[str, object]] = []
    for kind in hydrants.kinds:
        draws = generator(stage.seed, "hydrants", kind.code, str(kind.is_private))
        for _ in range(kind.count):
            commune = stage.communes[stage.commune(draws)]
            properties = {
                "id_pei": f"{commune.code}-{len(features) + 1:04d}",
                "insee": commune.code,
                "type_pei": kind.code,
                "diam_pei": kind.diameter,
                "volume": kind.volume,
                "statut": "prive" if kind.is_private else "public",
            }
            point = {"type": "Point", "coordinates": list(point_inside(commune.ring, draws))}
            features.append({"type": "Feature", "properties": properties, "geometry": point})
    answer = {"type": "FeatureCollection", "features": features}
    return Given(orjson.dumps(answer), "application/geo+json", midnight(stage.today.replace(day=1), stage.zone))


SYSTEM: Final = DomainSystem(Hydrants, {"/incendie/pei.geojson": hydrants_geojson})

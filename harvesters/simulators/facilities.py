"""The census of public facilities: SCDL équipements (0.1.5) as GeoJSON features."""

from collections.abc import Iterator, Mapping
from typing import TypedDict

import orjson

from harvesters.simulators.parameters import CommuneNames, FacilityKind, Parameters
from harvesters.simulators.places import Commune, point_inside
from harvesters.simulators.seeds import generator

_EVERY_COMMUNE = "commune"


class Feature(TypedDict):
    """A feature of RFC 7946."""

    type: str
    properties: dict[str, object]
    geometry: dict[str, object]


def facilities_geojson(parameters: Parameters, communes: Mapping[str, Commune], seed: int) -> bytes:
    """Write one feature a facility, in order of identifier; names of properties are SCDL's where SCDL has one."""
    features = [
        feature
        for town in parameters.town.communes
        for feature in _of_commune(parameters, town, communes[town.code], seed)
    ]
    features.sort(key=lambda feature: str(feature["properties"]["EQUIP_UID"]))
    return b'{"type":"FeatureCollection","features":[\n%b\n]}\n' % b",\n".join(map(orjson.dumps, features))


def _of_commune(parameters: Parameters, town: CommuneNames, commune: Commune, seed: int) -> Iterator[Feature]:
    for kind in parameters.facilities.kinds:
        draws = generator(seed, "facilities", town.code, kind.code)
        streets = draws.permutation(len(parameters.town.streets)).tolist()
        for number in range(_count(kind, town)):
            street = parameters.town.streets[streets[number % len(streets)]]
            lon, lat = point_inside(commune.ring, draws)
            name = kind.name.replace("{de}", town.of).replace("{voie}", street)
            properties: dict[str, object] = {
                "EQUIP_UID": f"{town.code}-{kind.code}-{number + 1:03d}",
                "EQUIP_THEME": kind.theme,
                "EQUIP_NOM": name,
                "ADR_NOMVOIE": f"{int(draws.integers(1, 60))} {street}",
                "COM_INSEE": town.code,
                "EQUIP_HORAIRES": kind.hours,
            }
            yield Feature(type="Feature", properties=properties, geometry={"type": "Point", "coordinates": [lon, lat]})


def _count(kind: FacilityKind, town: CommuneNames) -> int:
    """Return how many a commune has: so many each, or one for so many inhabitants, rounded to the nearest."""
    if _EVERY_COMMUNE in kind.count:
        return kind.count[_EVERY_COMMUNE]
    (inhabitants,) = kind.count.values()
    return (2 * town.population + inhabitants) // (2 * inhabitants)

"""The land-use plan: its zones as the national portal gives them in GeoJSON. No zone is legal."""

from typing import Final

import orjson
from pydantic import Field
from shapely import box, set_precision
from shapely.geometry import Polygon, mapping

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.places import Commune, point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_GRID: Final = 0.00001
"""Degrees: the fifth decimal, about a metre."""


class Zone(Block):
    """A kind of zone, and its share of a commune from west to east, on any scale."""

    code: str
    label: str = Field(alias="libelle")
    part: float


class Prescription(Block):
    """What the plan demands beyond its zones: code (TYPEPSC), words, how many a commune, how wide in degrees."""

    code: str
    label: str = Field(alias="libelle")
    count: int = Field(alias="nombre")
    width: float = Field(alias="largeur_degres")


class Planning(Block):
    """The plan: `urbanisme.yaml`."""

    document: str
    zones: tuple[Zone, ...]
    prescriptions: tuple[Prescription, ...]


def zones_geojson(planning: Planning, stage: Stage) -> Given:
    """Give one feature a commune and kind of zone; together the zones of a commune cover it."""
    features = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for commune in stage.communes.values()
        for properties, geometry in _of_commune(planning, commune)
    ]
    return _collected(features, stage)


def prescriptions_geojson(planning: Planning, stage: Stage) -> Given:
    """Give one feature a prescription, a surface within its commune."""
    asked = [prescription for prescription in planning.prescriptions for _ in range(prescription.count)]
    features = [
        _prescribed(planning, prescription, commune, number=number, seed=stage.seed)
        for commune in stage.communes.values()
        for number, prescription in enumerate(asked, start=1)
    ]
    return _collected(features, stage)


def _collected(features: list[dict[str, object]], stage: Stage) -> Given:
    content = orjson.dumps({"type": "FeatureCollection", "features": features})
    return Given(content, "application/geo+json", midnight(stage.today.replace(month=1, day=1), stage.zone))


def _prescribed(
    planning: Planning, prescription: Prescription, commune: Commune, *, number: int, seed: int
) -> dict[str, object]:
    lon, lat = point_inside(commune.ring, generator(seed, "prescription", commune.code, number))
    half = prescription.width / 2
    around = Polygon(commune.ring).intersection(box(lon - half, lat - half, lon + half, lat + half))
    properties = {
        "gid": f"{commune.code}-P{number:02d}",
        "insee": commune.code,
        "typepsc": prescription.code,
        "libelle": prescription.label,
        "idurba": planning.document,
    }
    return {"type": "Feature", "properties": properties, "geometry": mapping(set_precision(around, _GRID))}


def _of_commune(planning: Planning, commune: Commune) -> list[tuple[dict[str, object], object]]:
    outline = Polygon(commune.ring)
    west, south, east, north = outline.bounds
    whole, left, made = sum(zone.part for zone in planning.zones), west, []
    for number, zone in enumerate(planning.zones, start=1):
        right = east if number == len(planning.zones) else left + (east - west) * zone.part / whole
        part = set_precision(outline.intersection(box(left, south, right, north)), _GRID)
        properties: dict[str, object] = {
            "gid": f"{commune.code}-{number:02d}",
            "insee": commune.code,
            "typezone": zone.code,
            "libelong": zone.label,
            "idurba": planning.document,
        }
        made.append((properties, mapping(part)))
        left = right
    return made


SYSTEM: Final = DomainSystem(
    Planning,
    {
        "/urbanisme/zone-urba.geojson": zones_geojson,
        "/urbanisme/prescription-surf.geojson": prescriptions_geojson,
    },
)

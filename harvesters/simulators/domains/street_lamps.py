"""The street lighting's map: lamps and cabinets as the syndicate exports them. No lamp stands there."""

import csv
from datetime import datetime, time, timedelta
from io import StringIO
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block, Code, HourText
from harvesters.simulators.places import point_inside
from harvesters.simulators.seeds import generator, share
from harvesters.simulators.stage import DomainSystem, Given, Stage


class Lamp(Block):
    """A kind of lamp: its share of all, on any scale, its power, its height, its colour."""

    kind: str = Field(alias="type")
    part: float
    watts: int = Field(alias="puissance_w")
    metres: int = Field(alias="hauteur_m")
    kelvin: int = Field(alias="temperature_k")


class StreetLamps(Block):
    """The map: `reseau-eclairage.yaml`."""

    lamps: int = Field(alias="points")
    by_cabinet: int = Field(alias="points_par_armoire")
    phases: tuple[int, ...]
    metered: float = Field(alias="part_comptee")
    kinds: tuple[Lamp, ...] = Field(alias="lampes")
    off: dict[Code, tuple[HourText, HourText]] = Field(alias="extinctions")
    """The span of the night when a commune's lamps are off, by its order."""
    works: float = Field(alias="part_travaux")
    nights: tuple[int, int] = Field(alias="nuits")
    """From how many nights ago to how many: what is newer would tell where it is dark."""


def lamps_geojson(lamps: StreetLamps, stage: Stage) -> Given:
    """Give one point a lamp, with the cabinet that feeds it; no identifier of a device stands in it."""
    whole = sum(kind.part for kind in lamps.kinds)
    features = []
    for code, count in _by_commune(lamps, stage).items():
        draws = generator(stage.seed, "street lamps", code)
        chosen = draws.choice(len(lamps.kinds), count, p=[kind.part / whole for kind in lamps.kinds])
        for number, place in enumerate(chosen, start=1):
            kind = lamps.kinds[int(place)]
            properties = {
                "id_point": f"PL-{code}-{number:04d}",
                "id_armoire": f"AR-{code}-{-(-number // lamps.by_cabinet):02d}",
                "insee": code,
                "type_lampe": kind.kind,
                "puissance_w": kind.watts,
                "hauteur_m": kind.metres,
                "temperature_k": kind.kelvin,
            }
            geometry = {"type": "Point", "coordinates": point_inside(stage.communes[code].ring, draws)}
            features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    content = orjson.dumps({"type": "FeatureCollection", "features": features})
    return Given(content, "application/geo+json", midnight(stage.quarter(before=0), stage.zone))


def cabinets_csv(lamps: StreetLamps, stage: Stage) -> Given:
    """Give one line a cabinet: its phases, whether it is metered, how many lamps it feeds."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(("id_armoire", "insee", "phases", "comptage", "points"))
    for code, count in _by_commune(lamps, stage).items():
        draws = generator(stage.seed, "cabinets", code)
        for number in range(1, -(-count // lamps.by_cabinet) + 1):
            fed = min(lamps.by_cabinet, count - (number - 1) * lamps.by_cabinet)
            metered = "oui" if draws.random() < lamps.metered else "non"
            writer.writerow((f"AR-{code}-{number:02d}", code, int(draws.choice(lamps.phases)), metered, fed))
    return Given(text.getvalue().encode(), "text/csv; charset=utf-8", midnight(stage.quarter(before=0), stage.zone))


def nights_csv(lamps: StreetLamps, stage: Stage) -> Given:
    """Give one line a cabinet and night: when it went off and on again, and why. A fault is no reason, nor told."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(("id_armoire", "insee", "nuit", "eteint_a", "rallume_a", "motif"))
    counts = _by_commune(lamps, stage)
    for before in range(lamps.nights[0], lamps.nights[1] - 1, -1):
        night = stage.today - timedelta(days=before)
        for code, hours in lamps.off.items():
            off, on = (datetime.combine(night, time.fromisoformat(hour), stage.zone) for hour in hours)
            on = on if on > off else datetime.combine(night + timedelta(days=1), on.time(), stage.zone)
            for number in range(1, -(-counts[code] // lamps.by_cabinet) + 1):
                draws = generator(stage.seed, "night", code, number, night.isoformat())
                reason = "travaux" if draws.random() < lamps.works else "arrete"
                row = (f"AR-{code}-{number:02d}", code, night.isoformat(), off.isoformat(), on.isoformat(), reason)
                writer.writerow(row)
    return Given(text.getvalue().encode(), "text/csv; charset=utf-8", midnight(stage.today, stage.zone))


def _by_commune(lamps: StreetLamps, stage: Stage) -> dict[str, int]:
    return share(lamps.lamps, {commune.code: commune.population for commune in stage.town.communes})


SYSTEM: Final = DomainSystem(
    StreetLamps,
    {
        "/eclairage/points.geojson": lamps_geojson,
        "/eclairage/armoires.csv": cabinets_csv,
        "/eclairage/extinctions.csv": nights_csv,
    },
)

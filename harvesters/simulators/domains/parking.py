"""Car parks: the list (schema stationnement 0.1.5), and the spaces left (Opendatasoft Explore v2.1). No car stands."""

import csv
from datetime import datetime
from io import StringIO
from math import cos, pi
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.places import point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_SLOT_S: Final = 300
_MOST: Final = 100
_BUSIEST_HOUR: Final = 14


class Park(Block):
    """A car park; `counted` if a loop at its gate counts the spaces left."""

    number: str = Field(alias="numero")
    name: str = Field(alias="nom")
    commune: Code
    spaces: int = Field(alias="places")
    reserved: int = Field(alias="pmr")
    carpool: int = Field(0, alias="covoiturage")
    counted: bool = Field(default=False, alias="compte")


class Parking(Block):
    """The service: `stationnement.yaml`."""

    siret: str
    columns: tuple[str, ...] = Field(alias="colonnes")
    parks: tuple[Park, ...] = Field(alias="parcs")


def parks_csv(parking: Parking, stage: Stage) -> Given:
    """Give one line a car park, those columns of the schema that a small town fills."""
    text = StringIO()
    writer = csv.DictWriter(text, parking.columns, lineterminator="\n")
    writer.writeheader()
    for park in parking.parks:
        draws = generator(stage.seed, "car park", park.number)
        lon, lat = point_inside(stage.communes[park.commune].ring, draws)
        writer.writerow(
            {
                "id": _code(park),
                "nom": park.name,
                "insee": park.commune,
                "adresse": stage.street(draws),
                "type_usagers": "tous",
                "gratuit": "true",
                "nb_places": park.spaces,
                "nb_pmr": park.reserved,
                "nb_covoit": park.carpool,
                "hauteur_max": "N/A",
                "num_siret": parking.siret,
                "Xlong": f"{lon:.5f}",
                "Ylat": f"{lat:.5f}",
                "type_ouvrage": "enclos_en_surface",
            }
        )
    return Given(text.getvalue().encode(), "text/csv", midnight(stage.today.replace(day=1), stage.zone))


def spaces_json(parking: Parking, stage: Stage) -> Given:
    """Give a page of what is left in each car park that counts, as of the last five minutes."""
    seen = stage.slot(_SLOT_S)
    counted = [park for park in parking.parks if park.counted]
    offset, limit = int(stage.query.get("offset", 0)), min(int(stage.query.get("limit", "10")), _MOST)
    results = [stage.chosen(_seen(park, stage, seen), "select") for park in counted[offset : offset + limit]]
    return Given(orjson.dumps({"total_count": len(counted), "results": results}), "application/json", seen)


def _seen(park: Park, stage: Stage, seen: datetime) -> dict[str, object]:
    hour = seen.astimezone(stage.zone).hour + seen.minute / 60
    usual = 0.55 + 0.4 * cos((hour - _BUSIEST_HOUR) * pi / 12)
    swing = float(generator(stage.seed, "spaces", park.number, int(seen.timestamp()) // _SLOT_S).normal(0, 0.04))
    taken = round(park.spaces * min(max(usual * 0.9 + swing, 0), 1))
    return {"id": _code(park), "libres": park.spaces - taken, "capacite": park.spaces, "etat": "ouvert",
            "horodatage": seen.strftime("%Y-%m-%dT%H:%M:%S+00:00")}  # fmt: skip


def _code(park: Park) -> str:
    return f"{park.commune}-P-{park.number}"


SYSTEM: Final = DomainSystem(
    Parking,
    {
        "/stationnement/parcs.csv": parks_csv,
        "/stationnement/api/explore/v2.1/catalog/datasets/places/records": spaces_json,
    },
)

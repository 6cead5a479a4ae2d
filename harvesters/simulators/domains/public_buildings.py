"""The territory's own buildings: what each used of each energy, month by month. No meter is real."""

import csv
from collections.abc import Iterator
from io import StringIO
from math import cos, pi
from typing import Final

from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_HEADER: Final = ("id_batiment", "nom", "usage", "insee", "surface_m2", "logement", "mois", "energie", "kwh")
_COLDEST_MONTH: Final = 1
_LATE: Final = 2
"""The newest month whose invoices have come is the last but one: they take 45 days."""


class Building(Block):
    """A building: its floor in square metres, whether somebody lives above it, what it uses a year for each metre."""

    code: str
    name: str = Field(alias="nom")
    use: str = Field(alias="usage")
    commune: Code
    surface: int = Field(alias="surface_m2")
    lived_in: bool = Field(default=False, alias="logement")


class Buildings(Block):
    """The manager of fluids: `batiments.yaml`."""

    months: int = Field(alias="mois")
    energies: dict[str, int] = Field(alias="kwh_par_m2")
    """Kilowatt-hours a year and square metre, of each energy."""
    heating: str = Field(alias="chauffage")
    buildings: tuple[Building, ...] = Field(alias="batiments")


def invoices_csv(buildings: Buildings, stage: Stage) -> Given:
    """Give one line a building, month and energy, of the months whose invoices have come."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(_HEADER)
    for building in buildings.buildings:
        writer.writerows(_lines(buildings, building, stage))
    return Given(text.getvalue().encode(), "text/csv; charset=utf-8", midnight(stage.today.replace(day=1), stage.zone))


def _lines(buildings: Buildings, building: Building, stage: Stage) -> Iterator[tuple[object, ...]]:
    about = (building.code, building.name, building.use, building.commune, building.surface)
    lived_in = "oui" if building.lived_in else "non"
    for before in range(buildings.months - 1, -1, -1):
        month = stage.month(before=before + _LATE)
        for energy, yearly in buildings.energies.items():
            swing = float(generator(stage.seed, "invoice", building.code, energy, month.isoformat()).normal(1, 0.06))
            season = 1 + 0.9 * cos((month.month - _COLDEST_MONTH) * pi / 6) if energy == buildings.heating else 1
            kwh = round(building.surface * yearly / 12 * season * max(swing, 0))
            yield *about, lived_in, f"{month:%Y-%m}", energy, kwh


SYSTEM: Final = DomainSystem(Buildings, {"/batiments/consommations.csv": invoices_csv})

"""The networks' delivery points: what each used in each full year, as the managers' yearly CSV. No meter is real."""

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Final

import numpy as np
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator, share
from harvesters.simulators.stage import DomainSystem, Given, Stage

_FIRST_MONTH: Final = 4
"""The file of a year is given from the first of April of the next one."""


class Sector(Block):
    """A sector: how many delivery points, and what one usually uses."""

    code: str
    points: int
    kwh: int
    """A year, median."""


class Energy(Block):
    """The managers' systems: `energie.yaml`."""

    iris: dict[str, int]
    """Inhabitants of each IRIS (simulated): delivery points lie in proportion."""
    years: int = Field(alias="annees")
    header: tuple[str, ...] = Field(alias="entetes", min_length=5, max_length=5)
    """Delivery point, IRIS, year, sector, kWh: in this order."""
    prefix: str = Field(alias="prefixe")
    sectors: tuple[Sector, ...] = Field(alias="secteurs")


def yearly_csv(energy: Energy, stage: Stage) -> Given:
    """Give one line a delivery point and year, of the last years that are closed, by year and point."""
    last = stage.today.year - (1 if stage.today.month >= _FIRST_MONTH else 2)
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(energy.header)
    for year in range(last - energy.years + 1, last + 1):
        writer.writerows(_lines(energy, stage, year))
    given = midnight(date(last + 1, _FIRST_MONTH, 1), stage.zone)
    return Given(text.getvalue().encode(), "text/csv; charset=utf-8", given)


def _lines(energy: Energy, stage: Stage, year: int) -> Iterator[tuple[object, ...]]:
    number = 0
    for sector in energy.sectors:
        for iris, points in share(sector.points, energy.iris).items():
            used = _used(sector, generator(stage.seed, "energy", sector.code, iris), year, points)
            for kwh in used:
                number += 1
                yield f"{energy.prefix}{number:09d}", iris, year, sector.code, kwh


def _used(sector: Sector, draws: np.random.Generator, year: int, points: int) -> list[int]:
    """Draw each point's usual use, log-normal about the sector's, and move it a little with the year."""
    usual = sector.kwh * np.exp(draws.normal(0, 0.5, points))
    moved = 1 + 0.03 * np.sin(year) + draws.normal(0, 0.01, points)
    return [int(kwh) for kwh in usual * moved]


SYSTEM: Final = DomainSystem(Energy, {"/energie/consommations.csv": yearly_csv})

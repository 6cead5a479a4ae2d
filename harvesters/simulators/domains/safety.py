"""Public safety as its national sources give it: recorded offences by commune, defibrillators. No figure is real."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block, CommuneNames
from harvesters.simulators.places import point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_PUBLISHED: Final = 7
"""The month in which the figures of the year before come out."""
_WINDOW: Final = 3
_MOST_HIDDEN: Final = 5
"""Figures are diffused where more than so many facts occurred over so many consecutive years (SSMSI)."""


class Indicator(Block):
    """A kind of offence: how it is counted, and how many a year for a thousand inhabitants."""

    code: str
    unit: str = Field(alias="unite")
    rate: float = Field(alias="pour_mille")


class Safety(Block):
    """The sources: `securite.yaml`."""

    geography: int = Field(alias="geographie")
    """The year of the communes' list: it stands in the column's name."""
    years: int = Field(alias="annees")
    indicators: tuple[Indicator, ...] = Field(alias="indicateurs")
    defibrillators: int = Field(alias="defibrillateurs")
    indoors: float = Field(alias="part_interieur")


def offences_csv(safety: Safety, stage: Stage) -> Given:
    """Give the communal file: one line a commune, indicator and year, decimal commas, figures diffused or not."""
    last = stage.today.year - (1 if stage.today.month >= _PUBLISHED else 2)
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow((f"CODGEO_{safety.geography}", *_HEADER))
    for town in stage.town.communes:
        for indicator in safety.indicators:
            writer.writerows(_lines(safety, stage, town, indicator=indicator, last=last))
    return Given(
        text.getvalue().encode(),
        "text/csv; charset=utf-8",
        midnight(stage.today.replace(year=last + 1, month=_PUBLISHED, day=1), stage.zone),
    )


_HEADER: Final = (
    "annee",
    "indicateur",
    "unite_de_compte",
    "nombre",
    "taux_pour_mille",
    "est_diffuse",
    "insee_pop",
    "insee_pop_millesime",
    "insee_log",
    "insee_log_millesime",
    "complement_info_nombre",
    "complement_info_taux",
)


def _lines(
    safety: Safety, stage: Stage, town: CommuneNames, *, indicator: Indicator, last: int
) -> Iterator[tuple[object, ...]]:
    draws = generator(stage.seed, "offences", town.code, indicator.code)
    facts = [int(one) for one in draws.poisson(town.population * indicator.rate / 1000, safety.years + _WINDOW - 1)]
    for place in range(safety.years):
        known = sum(facts[place : place + _WINDOW]) > _MOST_HIDDEN
        number = facts[place + _WINDOW - 1]
        rate = f"{1000 * number / town.population:.4f}".replace(".", ",")
        mean = f"{town.population * indicator.rate / 1000:.2f}".replace(".", ",")
        shown = (number, rate, "diff") if known else ("", "", "ndiff")
        counted = (town.population, last, town.population * 9 // 20, last)
        hidden = ("", "") if known else (mean, f"{indicator.rate:.4f}".replace(".", ","))
        yield town.code, last - safety.years + 1 + place, indicator.code, indicator.unit, *shown, *counted, *hidden


def defibrillators_geojson(safety: Safety, stage: Stage) -> Given:
    """Give one point a defibrillator, with its place and when it may be reached."""
    draws = generator(stage.seed, "defibrillators")
    features = []
    for number in range(1, safety.defibrillators + 1):
        commune = stage.communes[stage.commune(draws)]
        inside = bool(draws.random() < safety.indoors)
        properties = {
            "c_gid": f"DAE-{number:04d}",
            "c_com_insee": commune.code,
            "c_acc": "intérieur" if inside else "extérieur",
            "c_disp_h": "heures ouvrables" if inside else "24h/24",
        }
        geometry = {"type": "Point", "coordinates": point_inside(commune.ring, draws)}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    content = orjson.dumps({"type": "FeatureCollection", "features": features})
    return Given(content, "application/geo+json", midnight(stage.today.replace(day=1), stage.zone))


SYSTEM: Final = DomainSystem(
    Safety,
    {"/securite/delinquance.csv": offences_csv, "/securite/defibrillateurs.geojson": defibrillators_geojson},
)

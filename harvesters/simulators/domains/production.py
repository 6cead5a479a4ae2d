"""Sites of renewable production, as an open-data portal exports them (Opendatasoft Explore 2.1). No site is real."""

from collections.abc import Iterator
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_FIRST_MONTH: Final = 4
"""A year is given from April of the next one on."""


class Kind(Block):
    """A kind of energy: how many sites, their usual power, and how many hours a year they give it."""

    code: str
    sites: int
    kilowatts: int = Field(alias="kw")
    hours: int = Field(alias="heures")


class Production(Block):
    """The portal: `production.yaml`."""

    years: int = Field(alias="annees")
    producer: str = Field(alias="producteur")
    kinds: tuple[Kind, ...] = Field(alias="filieres")


def sites_jsonl(production: Production, stage: Stage) -> Given:
    """Give one object a site and year, of the last closed years, with the fields that `select=` names, or all."""
    last = stage.today.year - (1 if stage.today.month >= _FIRST_MONTH else 2)
    rows = (row for kind in production.kinds for row in _of_kind(production, kind, stage, last))
    content = b"".join(orjson.dumps(stage.chosen(row, "select")) + b"\n" for row in rows)
    given = midnight(stage.today.replace(year=last + 1, month=_FIRST_MONTH, day=1), stage.zone)
    return Given(content, "application/x-ndjson", given)


def _of_kind(production: Production, kind: Kind, stage: Stage, last: int) -> Iterator[dict[str, object]]:
    draws = generator(stage.seed, "production", kind.code)
    for number in range(1, kind.sites + 1):
        commune, kilowatts = stage.commune(draws), max(1, round(kind.kilowatts * float(draws.lognormal(0, 0.4))))
        for year in range(last - production.years + 1, last + 1):
            weather = float(draws.normal(1, 0.08))
            yield {
                "id_site": f"{kind.code[:3].upper()}-{number:05d}",
                "nom_producteur": production.producer,
                "code_commune": commune,
                "annee": year,
                "filiere": kind.code,
                "energie_kwh": round(kilowatts * kind.hours * weather),
                "puissance_kw": kilowatts,
            }


SYSTEM: Final = DomainSystem(
    Production, {"/odre/api/explore/v2.1/catalog/datasets/production-sites/exports/jsonl": sites_jsonl}
)

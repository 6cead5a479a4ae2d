"""Energy performance of dwellings, as ADEME's Data Fair gives its lines, page by page. No dwelling is real."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from pydantic import Field

from harvesters.simulators.data_fair import page_of
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_PATH: Final = "/ademe/data-fair/api/v1/datasets/dpe03existant/lines"
_YEAR: Final = 365


class Label(Block):
    """A class of energy, and its share of the dwellings."""

    code: str = Field(alias="classe")
    share: float = Field(alias="part")


class Dwellings(Block):
    """The register: `dpe.yaml`."""

    years: int = Field(alias="annees")
    per_thousand: float = Field(alias="pour_mille")
    """Certificates a year for a thousand inhabitants."""
    labels: tuple[Label, ...] = Field(alias="classes")


def lines(dwellings: Dwellings, stage: Stage) -> Given:
    """Give the lines of the page asked for, only the columns of `select`, and the address of the next page."""
    return page_of(_certificates(dwellings, stage), _PATH, stage)


def _certificates(dwellings: Dwellings, stage: Stage) -> list[dict[str, object]]:
    towns = tuple((town.code, town.population) for town in stage.town.communes)
    return _drawn(dwellings, towns, stage.seed, stage.today.year)


@lru_cache(maxsize=1)
def _drawn(
    dwellings: Dwellings, towns: tuple[tuple[str, int], ...], seed: int, this_year: int
) -> list[dict[str, object]]:
    """Draw the certificates of the closed years: the pages of one walk are of one list."""
    labels, shares = zip(*((label.code, label.share) for label in dwellings.labels), strict=True)
    rows: list[dict[str, object]] = []
    for year in range(this_year - dwellings.years, this_year):
        for code, population in towns:
            draws = generator(seed, "certificates", code, str(year))
            drawn = draws.choice(len(labels), size=draws.poisson(dwellings.per_thousand * population / 1000), p=shares)
            for number, label in enumerate(drawn.tolist(), start=1):
                made = date(year, 1, 1) + timedelta(days=int(draws.integers(_YEAR)))
                rows.append(
                    {
                        "numero_dpe": f"{year % 100:02d}{code}S{number:04d}",
                        "date_etablissement_dpe": made.isoformat(),
                        "etiquette_dpe": labels[label],
                        "code_insee_ban": code,
                        "adresse_ban": "Rue simulée",
                        "conso_5_usages_par_m2_ep": round(float(draws.lognormal(5.4, 0.4)), 1),
                    }
                )
    return rows


SYSTEM: Final = DomainSystem(Dwellings, {_PATH: lines})

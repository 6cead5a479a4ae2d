"""Planning permissions as the statistics of the ministry give them (Sitadel, by DiDo): one line each. None is real."""

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Final

import numpy as np
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_YEAR: Final = 365


class Kind(Block):
    """A kind of permission, and how many a year for a thousand inhabitants."""

    code: str
    per_thousand: float = Field(alias="pour_mille")


class Permits(Block):
    """The register: `autorisations.yaml`."""

    years: int = Field(alias="annees")
    applicant: str = Field(alias="demandeur")
    kinds: tuple[Kind, ...] = Field(alias="genres")


def permits_csv(permits: Permits, stage: Stage) -> Given:
    """Give one line a permission of the last closed years; `columns=` chooses, and who applied is not given unasked."""
    asked = stage.names("columns")
    text = StringIO()
    writer = csv.DictWriter(text, asked or list(_COLUMNS), delimiter=";", lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for year in range(stage.today.year - permits.years, stage.today.year):
        for town in stage.town.communes:
            draws = generator(stage.seed, "permits", town.code, str(year))
            for kind in permits.kinds:
                count = int(draws.poisson(kind.per_thousand * town.population / 1000))
                writer.writerows(
                    _line(permits, kind, (town.code, year, number), draws=draws) for number in range(1, count + 1)
                )
    since = midnight(stage.today.replace(day=1), stage.zone)
    return Given(text.getvalue().encode(), "text/csv; charset=utf-8", since)


_COLUMNS: Final = (
    "COMM",
    "TYPE_DAU",
    "NUM_DAU",
    "ETAT_DAU",
    "DATE_REELLE_AUTORISATION",
    "DENOM_DEM",
    "ADR_LIBVOIE_TER",
    "SEC_CADASTRE1",
    "NUM_CADASTRE1",
)


def _line(
    permits: Permits, kind: Kind, which: tuple[str, int, int], *, draws: np.random.Generator
) -> dict[str, object]:
    commune, year, number = which
    granted = date(year, 1, 1) + timedelta(days=int(draws.integers(_YEAR)))
    return {
        "COMM": commune,
        "TYPE_DAU": kind.code,
        "NUM_DAU": f"{kind.code}{commune}{year % 100:02d}{number:05d}",
        "ETAT_DAU": int(draws.choice((2, 4, 5, 6))),
        "DATE_REELLE_AUTORISATION": granted,
        "DENOM_DEM": permits.applicant,
        "ADR_LIBVOIE_TER": "RUE SIMULÉE",
        "SEC_CADASTRE1": "AB",
        "NUM_CADASTRE1": number,
    }


SYSTEM: Final = DomainSystem(Permits, {"/urbanisme/dido/v1/datafiles/autorisations/csv": permits_csv})

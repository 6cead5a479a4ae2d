"""Jobs of the social economy, as an observatory's yearly CSV: one line an establishment and year. None is real."""

import csv
from io import StringIO
from typing import Final

from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_FIRST_SIREN: Final = 999_300_000
_HEADER: Final = ("siret", "code_commune", "annee", "section_naf", "postes")


class Section(Block):
    """A section of the NAF: how many establishments of it, and how many jobs one usually has."""

    code: str
    count: int = Field(alias="nombre")
    jobs: float = Field(alias="postes")


class SocialJobs(Block):
    """The observatory: `emploi-ess.yaml`."""

    years: int = Field(alias="annees")
    sections: tuple[Section, ...]


def yearly_csv(jobs: SocialJobs, stage: Stage) -> Given:
    """Give one line an establishment and year, of the last closed years but one: the count takes a year."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(_HEADER)
    last, number = stage.today.year - 2, _FIRST_SIREN
    for section in jobs.sections:
        draws = generator(stage.seed, "social jobs", section.code)
        for _ in range(section.count):
            number += 1
            commune, usual = stage.commune(draws), section.jobs * float(draws.lognormal(0, 0.7))
            for year in range(last - jobs.years + 1, last + 1):
                posts = max(1, round(usual * float(draws.normal(1, 0.05))))
                writer.writerow((f"{number}00010", commune, year, section.code, posts))
    given = midnight(stage.today.replace(month=1, day=1), stage.zone)
    return Given(text.getvalue().encode(), "text/csv; charset=utf-8", given)


SYSTEM: Final = DomainSystem(SocialJobs, {"/ess/emploi.csv": yearly_csv})

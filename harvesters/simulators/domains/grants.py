"""Grants as the common schema has them (SCDL subventions 2.1.1), some to people. No body, no person is real."""

import csv
from io import StringIO
from typing import Final, Literal

import numpy as np
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_FIRST_SIREN: Final = 999_100_000


class Purpose(Block):
    """A kind of grant: what it is for, who gets it, how much it usually is."""

    object: str = Field(alias="objet")
    beneficiary: str = Field(alias="beneficiaire")
    """With `{numero}`."""
    kind: Literal["personne morale", "personne physique"] = Field(alias="type")
    euros: int
    count: int = Field(alias="nombre")


class Grants(Block):
    """The accounts: `subventions.yaml`."""

    giver: str = Field(alias="attribuant")
    siret: str
    purposes: tuple[Purpose, ...] = Field(alias="objets")


_HEADER: Final = (
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "referenceDecision",
    "nomBeneficiaire",
    "idBeneficiaire",
    "typeBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
)
"""The schema's columns, and `typeBeneficiaire`, which the accounts add."""


def grants_csv(grants: Grants, stage: Stage) -> Given:
    """Give one line a grant of the year before: a person has neither SIRET nor, after the schema, a place here."""
    year = stage.today.year - 1
    draws = generator(stage.seed, "grants", str(year))
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    asked = [purpose for purpose in grants.purposes for _ in range(purpose.count)]
    for number, purpose in enumerate(asked, start=1):
        writer.writerow(_line(grants, purpose, number=number, year=year, draws=draws))
    first_day = midnight(stage.today.replace(month=1, day=1), stage.zone)
    return Given(text.getvalue().encode(), "text/csv; charset=utf-8", first_day)


def _line(grants: Grants, purpose: Purpose, *, number: int, year: int, draws: np.random.Generator) -> tuple[str, ...]:
    month, day = int(draws.integers(1, 13)), int(draws.integers(1, 29))
    euros = round(purpose.euros * float(draws.lognormal(0, 0.6)) / 10) * 10
    return (
        grants.giver,
        grants.siret,
        f"{year}-{month:02d}-{day:02d}",
        f"{year}-{number:03d}",
        purpose.beneficiary.format(numero=number),
        "" if purpose.kind == "personne physique" else f"{_FIRST_SIREN + number}00010",
        purpose.kind,
        purpose.object,
        f"{max(euros, 100)}.00",
        "aide en numéraire",
        "unique",
    )


SYSTEM: Final = DomainSystem(Grants, {"/finances/subventions.csv": grants_csv})

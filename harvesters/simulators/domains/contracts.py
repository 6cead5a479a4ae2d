"""Public contracts in the format of the commande publique (2.0, JSON): one object a contract. No contract is real."""

from datetime import date, timedelta
from typing import Final

import numpy as np
import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_FIRST_SIREN: Final = 999_200_000
_MONTHS: Final = 24
_THRESHOLD_EUROS: Final = 40_000
"""Below it the essential data of a contract need not be published (order of 22 December 2022)."""
_COMPANIES: Final = ("5499", "5710")
"""Limited companies: SARL and SAS."""
_USUAL: Final = {
    "techniques": {"technique": ["Sans objet"]},
    "modalitesExecution": {"modaliteExecution": ["Sans objet"]},
    "marcheInnovant": False,
    "ccag": "Travaux",
    "attributionAvance": False,
    "typeGroupementOperateurs": "Pas de groupement",
    "typesPrix": {"typePrix": ["Définitif ferme"]},
    "formePrix": "Unitaire",
    "sousTraitanceDeclaree": False,
    "considerationsSociales": {"considerationSociale": ["Pas de considération sociale"]},
    "considerationsEnvironnementales": {"considerationEnvironnementale": ["Pas de considération environnementale"]},
}
"""What the schema asks for and nothing here reads."""


class Subject(Block):
    """What is bought: its words, its CPV code, how it is awarded, its usual amount and length, how many there are."""

    words: str = Field(alias="objet")
    cpv: str
    procedure: str = Field(alias="procedure")
    euros: int
    months: int = Field(alias="duree_mois")
    count: int = Field(alias="nombre")


class Contracts(Block):
    """The buyer's profile: `marches.yaml`."""

    buyer: str = Field(alias="acheteur")
    place: str = Field(alias="lieu")
    subjects: tuple[Subject, ...] = Field(alias="objets")
    persons: float = Field(alias="part_personnes")
    """Share of the holders who trade under their own name."""
    hidden: float = Field(alias="part_non_diffusible")


def contracts_json(contracts: Contracts, stage: Stage) -> Given:
    """Give the contracts of the last closed months, some of them changed since: the change stands beside."""
    after = stage.month(before=0)
    content = orjson.dumps({"marches": {"marche": _contracts(contracts, stage)}})
    return Given(content, "application/json", midnight(after, stage.zone))


def holders_json(contracts: Contracts, stage: Stage) -> Given:
    """Give each contract's holder with what the company search says of it, as the finance service joins them.

    Of a holder who is not diffusible the name reads `[ND]`; of one who trades under their own name it is a person's.
    """
    after = stage.month(before=0)
    rows = [_holder(contracts, row, stage) for row in _contracts(contracts, stage)]
    return Given(orjson.dumps({"titulaires": rows}), "application/json", midnight(after, stage.zone))


def _contracts(contracts: Contracts, stage: Stage) -> list[dict[str, object]]:
    first, after = stage.month(before=_MONTHS), stage.month(before=0)
    draws = generator(stage.seed, "contracts", first.isoformat())
    asked = [subject for subject in contracts.subjects for _ in range(subject.count)]
    return [
        _contract(contracts, subject, number=number, days=(first, (after - first).days), draws=draws)
        for number, subject in enumerate(asked, start=1)
    ]


def _siret(number: int) -> str:
    return f"{_FIRST_SIREN + number}00010"


def _holder(contracts: Contracts, row: dict[str, object], stage: Stage) -> dict[str, object]:
    number = int(str(row["id"]).partition("S")[2])
    draws = generator(stage.seed, "holder", number)
    is_person, is_hidden = bool(draws.random() < contracts.persons), bool(draws.random() < contracts.hidden)
    name = "EXEMPLE PRÉNOM" if is_person else f"Société simulée {number}"
    return {
        "id_marche": row["id"],
        "siret": _siret(number),
        "denomination": "[ND]" if is_hidden else name,
        "nature_juridique": "1000" if is_person else str(draws.choice(_COMPANIES)),
        "statut_diffusion": "P" if is_hidden else "O",
    }


def _contract(
    contracts: Contracts, subject: Subject, *, number: int, days: tuple[date, int], draws: np.random.Generator
) -> dict[str, object]:
    told = days[0] + timedelta(days=int(draws.integers(days[1])))
    euros = max(_THRESHOLD_EUROS, round(subject.euros * float(draws.lognormal(0, 0.5)), 2))
    holder = {"titulaire": {"typeIdentifiant": "SIRET", "id": _siret(number)}}
    row: dict[str, object] = {
        **_USUAL,
        "id": f"{told:%Y}S{number:04d}",
        "acheteur": {"id": contracts.buyer},
        "nature": "Marché",
        "objet": subject.words,
        "codeCPV": subject.cpv,
        "procedure": subject.procedure,
        "lieuExecution": {"code": contracts.place, "typeCode": "Code arrondissement"},
        "dureeMois": subject.months,
        "dateNotification": told.isoformat(),
        "datePublicationDonnees": (told + timedelta(days=30)).isoformat(),
        "montant": euros,
        "offresRecues": int(draws.integers(1, 9)),
        "titulaires": [holder],
    }
    if draws.random() < _CHANGED:
        row["modifications"] = _changes(subject, euros, told=told, until=days[0] + timedelta(days=days[1]))
    return row


def _changes(subject: Subject, euros: float, *, told: date, until: date) -> list[dict[str, object]]:
    changes: list[dict[str, object]] = [{"montant": round(euros * 1.08, 2)}, {"dureeMois": subject.months + 6}]
    made: list[dict[str, object]] = []
    for number, change in enumerate(changes, start=1):
        changed = told + number * _CHANGED_AFTER
        if changed < until:
            days = dict.fromkeys(_CHANGED_ON, changed.isoformat())
            made.append({"modification": {"id": number, **change, **days}})
    return made


_CHANGED: Final = 0.15
"""Share of the contracts that are changed: their amount first, their length later."""
_CHANGED_AFTER: Final = timedelta(days=90)
_CHANGED_ON: Final = ("dateNotificationModification", "datePublicationDonneesModification")


SYSTEM: Final = DomainSystem(
    Contracts, {"/finances/decp.json": contracts_json, "/finances/titulaires.json": holders_json}
)

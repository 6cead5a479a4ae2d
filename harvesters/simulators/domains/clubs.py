"""The register of associations (RNA) of the departments that have one, as an open-data portal exports it. None is real.

Under the local law of Alsace and Moselle an association is in the court's register: it is not in this one.
"""

from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.places import Commune
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage


class Purpose(Block):
    """What an association is for: its code in the register, how it is called, its share of all on any scale."""

    code: str
    title: str = Field(alias="titre")
    """With `{commune}` and `{numero}`."""
    part: int


class Clubs(Block):
    """The register: `associations.yaml`."""

    departments: tuple[str, ...] = Field(alias="departements")
    people: int = Field(alias="habitants_par_association")
    dissolved: float = Field(alias="part_dissoute")
    prefix: str = Field(alias="prefixe")
    """Of the prefecture's numbers: it is not the commune."""
    purposes: tuple[Purpose, ...] = Field(alias="objets")


def register_jsonl(clubs: Clubs, stage: Stage) -> Given:
    """Give one object an association, with the fields that `select=` names, or all; dissolved ones stay in it."""
    draws, parts = generator(stage.seed, "clubs"), [purpose.part for purpose in clubs.purposes]
    lines, number = [], 0
    for town in stage.town.communes:
        if not town.code.startswith(clubs.departments):
            continue
        for place in draws.choice(len(parts), town.population // clubs.people, p=[p / sum(parts) for p in parts]):
            number += 1
            row = _row(clubs, clubs.purposes[int(place)], stage.communes[town.code], number=number)
            row["position"] = "D" if draws.random() < clubs.dissolved else "A"
            lines.append(orjson.dumps(stage.chosen(row, "select")) + b"\n")
    return Given(b"".join(lines), "application/x-ndjson", midnight(stage.today.replace(day=1), stage.zone))


def _row(clubs: Clubs, purpose: Purpose, commune: Commune, *, number: int) -> dict[str, object]:
    return {
        "id": f"{clubs.prefix}{number:06d}",
        "titre": purpose.title.format(commune=commune.name, numero=number),
        "objet": "Objet simulé, en toutes lettres",
        "objet_social1": purpose.code,
        "adrs_codeinsee": commune.code,
        "adrg_libvoie": "Rue simulée",
        "dir_civilite": "PM",
    }


SYSTEM: Final = DomainSystem(
    Clubs, {"/rna/api/explore/v2.1/catalog/datasets/rna-associations/exports/jsonl": register_jsonl}
)

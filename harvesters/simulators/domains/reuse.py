"""Who repairs, lends and sells second-hand, as ADEME's Data Fair gives its lines, page by page. Nobody is real."""

from typing import Final

from pydantic import Field

from harvesters.simulators.data_fair import page_of
from harvesters.simulators.parameters import Block
from harvesters.simulators.places import point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_PATH: Final = "/ademe/data-fair/api/v1/datasets/longue-vie-aux-objets/lines"


class Kind(Block):
    """A kind of place: how it is called, what one does there with what, how many there are."""

    code: str = Field(alias="genre")
    name: str = Field(alias="nom")
    """With `{commune}` and `{numero}`."""
    acts: str = Field(alias="gestes")
    things: str = Field(alias="objets")
    count: int = Field(alias="nombre")


class Reuse(Block):
    """The directory: `reemploi.yaml`."""

    kinds: tuple[Kind, ...] = Field(alias="genres")


def lines(reuse: Reuse, stage: Stage) -> Given:
    """Give the lines of the page asked for; craft workers, who often work at home, are among them."""
    draws, rows = generator(stage.seed, "reuse"), list[dict[str, object]]()
    for kind in reuse.kinds:
        for _ in range(kind.count):
            commune, number = stage.communes[stage.commune(draws)], len(rows) + 1
            longitude, latitude = point_inside(commune.ring, draws)
            rows.append(
                {
                    "identifiant": f"LVAO-{number:05d}",
                    "nom": kind.name.format(commune=commune.name, numero=number),
                    "type_acteur": kind.code,
                    "gestes": kind.acts,
                    "objets": kind.things,
                    "code_commune": commune.code,
                    "longitude": longitude,
                    "latitude": latitude,
                    "telephone": "01 99 00 00 00",
                    "siren": "999400000",
                }
            )
    return page_of(rows, _PATH, stage)


SYSTEM: Final = DomainSystem(Reuse, {_PATH: lines})

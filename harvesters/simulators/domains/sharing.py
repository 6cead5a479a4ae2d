"""Places of reuse, as an Overpass API answers: book boxes, composters, repair cafés. No contributor is real."""

from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight, written_utc
from harvesters.simulators.parameters import Block
from harvesters.simulators.places import point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage


class Kind(Block):
    """A kind of place: its tag and how many there are in the territory."""

    tag: str
    value: str = Field(alias="valeur")
    name: str | None = Field(None, alias="nom")
    """With `{commune}`."""
    count: int = Field(alias="nombre")


class Sharing(Block):
    """The map's extract: `partage.yaml`."""

    first_id: int = Field(alias="premier_identifiant")
    user: str = Field(alias="contributeur")
    kinds: tuple[Kind, ...] = Field(alias="genres")


def interpreter(sharing: Sharing, stage: Stage) -> Given:
    """Give the elements, nodes with their tags and, as `out meta` does, who drew them."""
    elements: list[dict[str, object]] = []
    for kind in sharing.kinds:
        draws = generator(stage.seed, "sharing", kind.tag, kind.value)
        for _ in range(kind.count):
            commune = stage.communes[stage.commune(draws)]
            lon, lat = point_inside(commune.ring, draws)
            tags = {kind.tag: kind.value, "ref:INSEE": commune.code}
            if kind.name:
                tags["name"] = kind.name.replace("{commune}", commune.name)
            elements.append(
                {
                    "type": "node",
                    "id": sharing.first_id + len(elements),
                    "lat": lat,
                    "lon": lon,
                    "user": sharing.user,
                    "uid": 1,
                    "changeset": 1,
                    "tags": tags,
                }
            )
    since = midnight(stage.today.replace(day=1), stage.zone)
    answer = {
        "version": 0.6,
        "osm3s": {"timestamp_osm_base": written_utc(since)},
        "elements": elements,
    }
    return Given(orjson.dumps(answer), "application/json", since)


SYSTEM: Final = DomainSystem(Sharing, {"/overpass/api/interpreter": interpreter})

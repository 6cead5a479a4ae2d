"""Injury accidents: the people in them over three closed years, as an observatory gives them. Nobody was hurt."""

from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_WINDOW: Final = 3
"""Years that are told together; windows follow one another, so that no two can be subtracted."""
_PUBLISHED: Final = 6


class Accidents(Block):
    """The observatory: `accidents.yaml`."""

    yearly: float = Field(alias="accidents_par_an")
    people: float = Field(alias="usagers_par_accident")
    severities: dict[str, float] = Field(alias="gravites")
    """Severity → its share of the people, on any scale."""
    first_end: int = Field(alias="premiere_fenetre")
    """A year in which a window ended: the others end three years apart."""


def people_json(accidents: Accidents, stage: Stage) -> Given:
    """Give one object a person of the last window that is closed, with more about each than anybody should ask for."""
    closed = stage.today.year - (1 if stage.today.month >= _PUBLISHED else 2)
    end = closed - (closed - accidents.first_end) % _WINDOW
    draws = generator(stage.seed, "accidents", str(end))
    names, whole = [*accidents.severities], sum(accidents.severities.values())
    shares = [part / whole for part in accidents.severities.values()]
    rows = [
        {
            "id_usager": f"{end}{number:05d}{person:02d}",
            "Num_Acc": f"{year}{number:08d}",
            "com": code,
            "fenetre_fin": end,
            "grav": str(draws.choice(names, p=shares)),
            "sexe": int(draws.integers(1, 3)),
            "an_nais": year - int(draws.integers(3, 90)),
            "hrmn": f"{int(draws.integers(24)):02d}:{int(draws.integers(60)):02d}",
        }
        for number in range(1, int(draws.poisson(accidents.yearly * _WINDOW)) + 1)
        for code, year in [(stage.commune(draws), end - int(draws.integers(_WINDOW)))]
        for person in range(1, max(1, int(draws.poisson(accidents.people))) + 1)
    ]
    given = midnight(stage.today.replace(year=end + 1, month=_PUBLISHED, day=1), stage.zone)
    return Given(orjson.dumps({"usagers": rows}), "application/json", given)


SYSTEM: Final = DomainSystem(Accidents, {"/accidents/usagers.json": people_json})

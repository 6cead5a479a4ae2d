"""Zones of a territory: IRIS inside communes inside the EPCI, as the territory's reference list says.

Codes only: INSEE code of a commune or an IRIS, SIREN of the EPCI (LANGUAGE.md section 9, "Labels and files"). The list
is the frame of a place, public before the data: a zone where nothing happened stands in it like any other.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final, assert_never

from eclor.errors import DeclarationRefused, Place


class ZoneGrain(Enum):
    """A level of place, finest first in its chain."""

    IRIS = "iris"
    COMMUNE = "commune"
    EPCI = "epci"
    GRID_200M = "grid_200m"
    GRID_1KM = "grid_1km"


COMMUNE_DIGITS: Final = 5
IRIS_DIGITS: Final = 9
"""An IRIS code begins with the code of its commune."""


@dataclass(frozen=True, slots=True)
class Zones:
    """The reference list: the EPCI of each commune, and the IRIS codes. Empty where the territory has no table."""

    epci_by_commune: Mapping[str, str]
    iris: tuple[str, ...] = ()

    def listed(self, grain: ZoneGrain) -> tuple[str, ...]:
        """Return the codes of a level in order; none where the territory has no table for it."""
        match grain:
            case ZoneGrain.IRIS:
                return self.iris
            case ZoneGrain.COMMUNE:
                return tuple(sorted(self.epci_by_commune))
            case ZoneGrain.EPCI:
                return tuple(sorted(set(self.epci_by_commune.values()) - {""}))
            case ZoneGrain.GRID_200M | ZoneGrain.GRID_1KM:
                return ()
            case _:
                assert_never(grain)


NO_ZONES: Final = Zones({})
"""A territory without reference tables."""


def read_zones(folder: Path) -> Zones:
    """Read ``communes.geojson`` (properties `code`, `epci`) and ``iris.geojson`` (`code`), those that are there.

    Refuses (`DeclarationRefused`, `zones.unreadable`) a file that is not what it should be.
    """
    communes = dict(_properties(folder / "communes.geojson"))
    iris = tuple(sorted(code for code, _ in _properties(folder / "iris.geojson")))
    return Zones(communes, iris)


def _properties(file: Path) -> Iterator[tuple[str, str]]:
    if not file.exists():
        return
    try:
        for feature in json.loads(file.read_bytes())["features"]:
            properties = feature["properties"]
            yield str(properties["code"]), str(properties.get("epci", ""))
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise DeclarationRefused("zones.unreadable", place=Place(str(file))) from error

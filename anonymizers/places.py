"""Zones of a territory: IRIS inside communes inside the EPCI, as the territory's reference list says.

Codes only: INSEE code of a commune or an IRIS, SIREN of the EPCI (LANGUAGE.md section 9, "Labels and files"). The list
is the frame of a place, public before the data: a zone where nothing happened stands in it like any other.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final, assert_never

from anonymizers.outlines import Outline, read_outline
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
_DIGITS: Final = re.compile("[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class Zones:
    """The reference list: the EPCI of each commune, the IRIS codes, the inhabitants and the outline of each zone.

    Empty where the territory has no table; a zone that is only listed has no outline.
    """

    epci_by_commune: Mapping[str, str]
    iris: tuple[str, ...] = ()
    populations: Mapping[tuple["ZoneGrain", str], int] = field(default_factory=dict)
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    """Those of communes and IRIS, whose codes have not the same length."""

    def listed(self, grain: ZoneGrain) -> tuple[str, ...]:
        """Return the codes of a level in order; none where the territory has no table for it.

        Squares stand in no table: `anonymizers.located.listed_zones` makes their list.
        """
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

    def parent(self, code: str, grain: ZoneGrain) -> tuple[str, ZoneGrain] | None:
        """Return the zone just above a zone and its level; none where the list says of none."""
        match grain:
            case ZoneGrain.IRIS:
                return code[:COMMUNE_DIGITS], ZoneGrain.COMMUNE
            case ZoneGrain.COMMUNE:
                epci = self.epci_by_commune.get(code, "")
                return (epci, ZoneGrain.EPCI) if epci else None
            case ZoneGrain.EPCI | ZoneGrain.GRID_200M | ZoneGrain.GRID_1KM:
                return None
            case _:
                assert_never(grain)


NO_ZONES: Final = Zones({})
"""A territory without reference tables."""


def read_zones(folder: Path) -> Zones:
    """Read ``communes.geojson`` (properties `code`, `epci`), ``iris.geojson`` (`code`), ``populations.csv``.

    Those that are there. Refuses (`DeclarationRefused`, `zones.unreadable`, `zones.no-populations`) a file that is not
    what it should be.
    """
    communes, iris = _features(folder / "communes.geojson"), _features(folder / "iris.geojson")
    return Zones(
        {code: feature.epci for code, feature in communes.items()},
        tuple(sorted(iris)),
        dict(_populations(folder / "populations.csv")),
        {code: feature.outline for code, feature in (communes | iris).items() if feature.outline},
    )


@dataclass(frozen=True, slots=True)
class _Feature:
    """A zone of a table: the EPCI that it is said to be in, its outline, empty where it has none."""

    epci: str
    outline: Outline


def _features(file: Path) -> dict[str, _Feature]:
    """Read the zones of a table by code; a code said twice is two parts of one zone."""
    found: dict[str, _Feature] = {}
    if not file.exists():
        return found
    try:
        for feature in json.loads(file.read_bytes())["features"]:
            properties = feature["properties"]
            code = str(properties["code"])
            outline = read_outline(feature.get("geometry"))
            former = found[code].outline if code in found else ()
            found[code] = _Feature(str(properties.get("epci", "")), (*former, *outline))
    except (ValueError, KeyError, TypeError, OSError, AttributeError) as error:
        raise DeclarationRefused("zones.unreadable", place=Place(str(file))) from error
    return found


def _populations(file: Path) -> Iterator[tuple[tuple[ZoneGrain, str], int]]:
    """Yield the inhabitants of each zone; refuse a line that is not one, or a zone said twice."""
    if not file.exists():
        return
    seen: set[tuple[ZoneGrain, str]] = set()
    try:
        for row in csv.DictReader(file.read_text("utf-8").splitlines(), strict=True):
            zone, people = _population(row)
            if zone in seen:
                raise _unpeopled(file, len(seen))
            seen.add(zone)
            yield zone, people
    except (ValueError, KeyError, TypeError, OSError, csv.Error) as error:
        raise _unpeopled(file, len(seen)) from error


def _population(row: Mapping[str, str]) -> tuple[tuple[ZoneGrain, str], int]:
    """Read a line; `ValueError` where its zone is not known or its number not whole."""
    if not row["zone"] or not _DIGITS.fullmatch(row["population"]):
        raise ValueError(row["zone"])
    return (ZoneGrain(row["niveau"]), row["zone"]), int(row["population"])


def _unpeopled(file: Path, read: int) -> DeclarationRefused:
    return DeclarationRefused("zones.no-populations", place=Place(str(file), read + 2))

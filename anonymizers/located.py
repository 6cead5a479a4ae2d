"""The zone of a position at a level, for many distinct positions at once; which zones a territory lists at a level."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anonymizers.columns import OUTSIDE
from anonymizers.containment import NOWHERE, Places, holding
from anonymizers.laea import Floats
from anonymizers.places import ZoneGrain, Zones
from anonymizers.squares import codes, covering, squares_of

SIDES: Final = {ZoneGrain.GRID_200M: 200, ZoneGrain.GRID_1KM: 1000}
"""The sides of squares, in metres."""
_PAIR: Final = r"^(?P<lon>-?[0-9]{1,3}(?:\.[0-9]{1,12})?),(?P<lat>-?[0-9]{1,2}(?:\.[0-9]{1,12})?)$"


def listed_zones(zones: Zones, grain: ZoneGrain) -> tuple[str, ...]:
    """Return the codes of a level in order, squares included: those that meet the outline of a commune."""
    if grain not in SIDES:
        return zones.listed(grain)
    return covering((zones.outlines[commune] for commune in _outlined(zones, ZoneGrain.COMMUNE)), side=SIDES[grain])


def is_listed(zones: Zones, grain: ZoneGrain) -> bool:
    """Tell whether the territory has the table that a level needs: that of the communes for squares."""
    return bool(zones.listed(ZoneGrain.COMMUNE if grain in SIDES else grain))


def has_outlines(zones: Zones, grain: ZoneGrain) -> bool:
    """Tell whether each zone that finding a position at a level looks into has its outline."""
    searched = _table_of(grain)
    listed = zones.listed(searched)
    return bool(listed) and len(_outlined(zones, searched)) == len(listed)


def zones_of(positions: pa.ChunkedArray, zones: Zones, grain: ZoneGrain) -> pa.Array:
    """Return the code of the zone that holds each position ``lon,lat``.

    `OUTSIDE` for a text that is none and for a point in no listed zone.
    """
    longitudes, latitudes = _degrees(positions)
    if grain in SIDES:
        places, labels = _squares(longitudes, latitudes, zones, grain)
        return _spelt(places, labels)
    names = _outlined(zones, _table_of(grain))
    places = holding(longitudes, latitudes, [zones.outlines[name] for name in names])
    places[places == NOWHERE] = len(names)
    return _spelt(places, [*_labels(names, zones, grain), OUTSIDE])


def _spelt(places: Places, labels: Sequence[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(places), pa.array(labels, pa.string())).cast(pa.string())


def _squares(longitudes: Floats, latitudes: Floats, zones: Zones, grain: ZoneGrain) -> tuple[Places, list[str]]:
    """Return the square of each point and the codes of those squares: `OUTSIDE` for one that is not listed."""
    easts, norths = squares_of(longitudes, latitudes, side=SIDES[grain])
    _, first, places = np.unique((easts << 32) + norths, return_index=True, return_inverse=True)
    listed = set(listed_zones(zones, grain))
    found = codes(easts[first], norths[first], side=SIDES[grain])
    return places, [code if code in listed else OUTSIDE for code in found]


def _table_of(grain: ZoneGrain) -> ZoneGrain:
    """Return the level whose reference table finds a position: squares and the EPCI follow the communes."""
    return ZoneGrain.IRIS if grain is ZoneGrain.IRIS else ZoneGrain.COMMUNE


def _outlined(zones: Zones, grain: ZoneGrain) -> list[str]:
    return [code for code in zones.listed(grain) if code in zones.outlines]


def _labels(names: Sequence[str], zones: Zones, grain: ZoneGrain) -> list[str]:
    """Return what each zone is called at a level; a commune of no EPCI is outside of all."""
    if grain is ZoneGrain.EPCI:
        return [zones.epci_by_commune.get(name) or OUTSIDE for name in names]
    return list(names)


def _degrees(positions: pa.ChunkedArray) -> tuple[Floats, Floats]:
    """Return the degrees of each text; those of a pole where it is no position."""
    parts = pc.extract_regex(positions, _PAIR)
    return _numbers(parts, "lon", 0.0), _numbers(parts, "lat", -90.0)


def _numbers(parts: pa.ChunkedArray, name: str, otherwise: float) -> Floats:
    numbers = pc.fill_null(pc.struct_field(parts, name).cast(pa.float64()), otherwise)
    return np.asarray(numbers.to_numpy(), dtype=np.float64)

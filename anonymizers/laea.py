"""EPSG:3035, ETRS89-extended / LAEA Europe: from degrees to metres, in double precision.

Source: EPSG guidance note 7-2, method 9820 (Lambert azimuthal equal area, ellipsoidal; Snyder 1987, section 24), on GRS
1980. WGS 84 degrees are taken for ETRS89's: they differ by less than a metre in Europe.
"""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

SEMI_MAJOR: Final = 6_378_137.0
FLATTENING: Final = 1 / 298.257222101
ORIGIN_LATITUDE: Final = 52.0
ORIGIN_LONGITUDE: Final = 10.0
FALSE_EASTING: Final = 4_321_000.0
FALSE_NORTHING: Final = 3_210_000.0

_SQUARED: Final = FLATTENING * (2 - FLATTENING)
_ECCENTRICITY: Final = float(np.sqrt(_SQUARED))


def _authalic(sine: Floats) -> Floats:
    """Return `q` of a latitude, given by its sine."""
    return (1 - _SQUARED) * (sine / (1 - _SQUARED * sine**2) + np.arctanh(_ECCENTRICITY * sine) / _ECCENTRICITY)


_POLE: Final = float(_authalic(np.array(1.0)))
_RADIUS: Final = SEMI_MAJOR * float(np.sqrt(_POLE / 2))
_SINE: Final = float(np.sin(np.radians(ORIGIN_LATITUDE)))
_ORIGIN: Final = float(np.arcsin(_authalic(np.array(_SINE)) / _POLE))
_STRETCH: Final = (
    SEMI_MAJOR
    * float(np.cos(np.radians(ORIGIN_LATITUDE)))
    / (float(np.sqrt(1 - _SQUARED * _SINE**2)) * _RADIUS * float(np.cos(_ORIGIN)))
)


def projected(longitudes: Floats, latitudes: Floats) -> tuple[Floats, Floats]:
    """Return the easting and northing, in metres, of points in degrees."""
    beta = np.arcsin(np.clip(_authalic(np.sin(np.radians(latitudes))) / _POLE, -1, 1))
    turn = np.radians(longitudes - ORIGIN_LONGITUDE)
    across, along = np.cos(beta) * np.sin(turn), np.cos(beta) * np.cos(turn)
    nearness = 1 + np.sin(_ORIGIN) * np.sin(beta) + np.cos(_ORIGIN) * along
    reach = _RADIUS * np.sqrt(2 / np.maximum(nearness, np.finfo(np.float64).tiny))
    east = FALSE_EASTING + reach * _STRETCH * across
    north = FALSE_NORTHING + reach / _STRETCH * (np.cos(_ORIGIN) * np.sin(beta) - np.sin(_ORIGIN) * along)
    return east, north

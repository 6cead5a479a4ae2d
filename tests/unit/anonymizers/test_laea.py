"""EPSG:3035 against points of the EPSG's own note and against the inverse, written here from the same note."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymizers.laea import FALSE_EASTING, FALSE_NORTHING, FLATTENING, SEMI_MAJOR, projected

E2 = FLATTENING * (2 - FLATTENING)
E = E2**0.5


@pytest.mark.parametrize(
    ("latitude", "longitude", "east", "north"),
    [
        (50, 5, 3_962_799.45, 2_999_718.85),  # EPSG guidance note 7-2, the example of method 9820
        (52, 10, 4_321_000, 3_210_000),  # the origin
        (60, 5, 4_041_548.12525, 4_109_791.65987),  # PROJ's example of EPSG:3035
    ],
)
def test_known_points(latitude: float, longitude: float, east: float, north: float) -> None:
    x, y = projected(np.array([float(longitude)]), np.array([float(latitude)]))
    assert [float(x[0]), float(y[0])] == pytest.approx([east, north], abs=0.01)


def authalic(sine: float) -> float:
    return float((1 - E2) * (sine / (1 - E2 * sine**2) - np.log((1 - E * sine) / (1 + E * sine)) / (2 * E)))


def unprojected(east: float, north: float) -> tuple[float, float]:
    """The inverse of the note, its series replaced by Newton's steps on the authalic latitude."""
    pole, origin = authalic(1), np.radians(52)
    radius, beta0 = SEMI_MAJOR * (pole / 2) ** 0.5, np.arcsin(authalic(np.sin(origin)) / authalic(1))
    stretch = SEMI_MAJOR * np.cos(origin) / (1 - E2 * np.sin(origin) ** 2) ** 0.5 / (radius * np.cos(beta0))
    x, y = (east - FALSE_EASTING) / stretch, (north - FALSE_NORTHING) * stretch
    reach = np.hypot(x, y)
    if reach == 0:
        return 10.0, 52.0
    turn = 2 * np.arcsin(reach / (2 * radius))
    q = pole * (np.cos(turn) * np.sin(beta0) + y * np.sin(turn) * np.cos(beta0) / reach)
    phi = np.arcsin(q / 2)
    for _ in range(20):
        sine = np.sin(phi)
        phi += (1 - E2 * sine**2) ** 2 / (2 * np.cos(phi)) * (q - authalic(sine)) / (1 - E2)
    swing = np.arctan2(x * np.sin(turn), reach * np.cos(beta0) * np.cos(turn) - y * np.sin(beta0) * np.sin(turn))
    return float(10 + np.degrees(swing)), float(np.degrees(phi))


@given(st.floats(-10, 35), st.floats(34, 72))
def test_there_and_back(longitude: float, latitude: float) -> None:
    east, north = projected(np.array([longitude]), np.array([latitude]))
    back = unprojected(float(east[0]), float(north[0]))
    assert list(back) == pytest.approx([longitude, latitude], abs=1e-8)

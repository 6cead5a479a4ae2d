"""When the sun rises and sets: what switches lamps on and off."""

from datetime import UTC, date, datetime, timedelta
from math import acos, cos, degrees, pi, radians, sin

_HORIZON = radians(-0.833)
"""Refraction and the sun's half width."""


def sunrise_and_sunset(day: date, *, longitude: float, latitude: float) -> tuple[datetime, datetime]:
    """Return sunrise and sunset of a day in UTC, within about three minutes (NOAA's short formulas).

    Valid between the polar circles, which is where the lamps are.
    """
    year = 2 * pi / 365 * (day.timetuple().tm_yday - 1)
    equation = 229.18 * (
        0.000075 + 0.001868 * cos(year) - 0.032077 * sin(year) - 0.014615 * cos(2 * year) - 0.040849 * sin(2 * year)
    )
    tilt = 0.006918 - 0.399912 * cos(year) + 0.070257 * sin(year) - 0.006758 * cos(2 * year) + 0.000907 * sin(2 * year)
    place = radians(latitude)
    half = degrees(acos((sin(_HORIZON) - sin(place) * sin(tilt)) / (cos(place) * cos(tilt))))
    noon = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=720 - 4 * longitude - equation)
    return noon - timedelta(minutes=4 * half), noon + timedelta(minutes=4 * half)

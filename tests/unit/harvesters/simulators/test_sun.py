"""Expected times: almanac of a town 40 km away, whole minutes; a quarter of an hour is what switches lamps."""

from datetime import UTC, date, datetime, timedelta

import pytest

from harvesters.simulators.sun import sunrise_and_sunset


@pytest.mark.parametrize(
    ("day", "rise", "set_"),
    [
        (date(2026, 6, 21), "2026-06-21T05:26:00+02:00", "2026-06-21T21:41:00+02:00"),
        (date(2026, 12, 21), "2026-12-21T08:26:00+01:00", "2026-12-21T16:37:00+01:00"),
        (date(2026, 3, 20), "2026-03-20T06:39:00+01:00", "2026-03-20T18:48:00+01:00"),
    ],
)
def test_the_sun_rises_and_sets_when_the_almanac_says(day: date, rise: str, set_: str) -> None:
    found = sunrise_and_sunset(day, longitude=5.95, latitude=49.45)
    for instant, text in zip(found, (rise, set_), strict=True):
        assert abs(instant - datetime.fromisoformat(text).astimezone(UTC)) < timedelta(minutes=8)

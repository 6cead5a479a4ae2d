"""Durations, by the examples of LANGUAGE.md and by the calendar."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from charter.durations import Duration, period_length
from charter.vocabulary import Frequency


@pytest.mark.parametrize(
    ("short", "long", "fits"),
    [
        ("60 minutes", "1 heure", True),
        ("61 minutes", "1 heure", False),
        ("7 jours", "1 semaine", True),
        ("1 semaine", "7 jours", True),
        ("12 mois", "1 an", True),
        ("1 an", "12 mois", True),
        ("13 mois", "1 an", False),
        ("360 jours", "12 mois", True),
        ("365 jours", "12 mois", True),
        ("366 jours", "12 mois", False),
        ("370 jours", "12 mois", False),
        ("28 jours", "1 mois", True),
        ("29 jours", "1 mois", False),
        ("1 mois", "30 jours", False),
        ("1 mois", "31 jours", True),
        ("1 an", "365 jours", False),
        ("1 an", "366 jours", True),
    ],
)
def test_durations_compare_on_the_safe_side(short: str, long: str, *, fits: bool) -> None:
    assert Duration.parse(short).fits_in(Duration.parse(long)) is fits


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        (date(2026, 1, 31), "1 mois", date(2026, 2, 28)),
        (date(2028, 1, 31), "1 mois", date(2028, 2, 29)),
        (date(2028, 2, 29), "1 an", date(2029, 2, 28)),
        (date(2026, 11, 30), "3 mois", date(2027, 2, 28)),
        (date(2026, 12, 31), "1 jour", date(2027, 1, 1)),
        (date(2026, 1, 1), "25 heures", date(2026, 1, 3)),
        (date(9999, 6, 1), "9999 ans", date.max),
        (date(9999, 6, 1), "9999 semaines", date.max),
    ],
)
def test_a_duration_is_added_by_the_calendar(start: date, length: str, end: date) -> None:
    assert Duration.parse(length).after_day(start) == end


def test_a_day_after_midnight_is_midnight_when_the_clocks_change() -> None:
    paris = ZoneInfo("Europe/Paris")
    before = datetime(2026, 10, 25, 0, 0, tzinfo=paris)
    after = Duration.parse("1 jour").after(before)
    assert (after.day, after.hour) == (26, 0)
    assert after.timestamp() - before.timestamp() == 25 * 3600


def test_a_calendar_release_has_a_length_and_a_delivery_none() -> None:
    assert period_length(Frequency.QUARTER) == Duration.parse("3 mois")
    assert period_length(Frequency.DELIVERY) is None
    assert period_length(Frequency.LIVE) is None
    assert {frequency for frequency in Frequency if period_length(frequency)} == {
        Frequency.DAY,
        Frequency.WEEK,
        Frequency.MONTH,
        Frequency.QUARTER,
        Frequency.YEAR,
    }

"""The barriers' files: one CSV a local day, one line a badge that passes."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import numpy as np

from harvesters.simulators.clock import WEEKDAYS
from harvesters.simulators.households import Households
from harvesters.simulators.parameters import Site, Town, Waste
from harvesters.simulators.seeds import generator

_MINUTES = 60


def passages_csv(waste: Waste, town: Town, households: Households, seed: int, *, day: date) -> bytes:
    """Write the passages of all sites on a local day, in order of time; a header alone when all are closed.

    Times are local with their offset. The household's name is not in the file: nobody asked the operator for it.
    """
    zone = ZoneInfo(town.zone)
    rows = [row for site in waste.sites for row in _of_site(waste, site, households, seed, day=day)]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(waste.badges.header)
    for moment, badge, commune, site, kind, litres in sorted(rows):
        writer.writerow((badge, commune, site, moment.replace(tzinfo=zone).isoformat(), kind, litres))
    return text.getvalue().encode()


def _of_site(
    waste: Waste, site: Site, households: Households, seed: int, *, day: date
) -> Iterator[tuple[datetime, str, str, str, str, int]]:
    weekday = WEEKDAYS[day.weekday()]
    draws = generator(seed, "passages", site.code, day.isoformat())
    minutes, weights = _open_minutes(site.hours.get(weekday, ()), waste.hours)
    if not minutes:
        return
    rate = site.households_a_day * waste.weekdays[weekday] / 100 * draws.gamma(25, 1 / 25)
    count = int(draws.poisson(rate))
    moments = draws.choice(minutes, count, p=np.array(weights) / sum(weights)).tolist()
    parts = np.array([deposit.part for deposit in waste.deposits])
    kinds = draws.choice(len(parts), count, p=parts / parts.sum()).tolist()
    seconds = draws.integers(0, _MINUTES, count).tolist()
    scale = draws.lognormal(0, 0.5, count).tolist()
    for number, household in enumerate(households.visitors(site.code, draws, count)):
        moment = datetime.combine(day, time()) + timedelta(minutes=moments[number], seconds=seconds[number])
        deposit = waste.deposits[kinds[number]]
        litres = max(10, 10 * round(deposit.litres * scale[number] / 10))
        yield (moment, households.badges[household], households.communes[household], site.code, deposit.kind, litres)


def _open_minutes(spans: tuple[str, ...], hours: dict[int, int]) -> tuple[list[int], list[int]]:
    """Return the minutes of the day at which a site is open, and the weight of each."""
    minutes: list[int] = []
    for span in spans:
        start, end = (_minute(text) for text in span.split("-"))
        minutes.extend(range(start, end))
    return minutes, [hours.get(minute // _MINUTES, 0) for minute in minutes]


def _minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * _MINUTES + int(minutes)

"""How long one waits at each recycling centre, minute by minute."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from harvesters.simulators.clock import WEEKDAYS
from harvesters.simulators.parameters import Site, Town, Waste
from harvesters.simulators.seeds import generator

_KNOT_S = 600
_SWING_MINUTES = 4.0
_MINUTES_A_VEHICLE = 4


@dataclass(frozen=True, slots=True)
class Queue:
    """A site's queue as the loop in the ground sees it: minutes, vehicles, and since when (UTC, whole minute)."""

    site: Site
    minutes: int
    vehicles: int
    observed: datetime


def queues(waste: Waste, town: Town, seed: int, *, instant: datetime) -> tuple[Queue, ...]:
    """Return the queue of each site at an instant: nobody when it is closed, slowly moving when it is open."""
    observed = instant.astimezone(UTC).replace(second=0, microsecond=0)
    local = observed.astimezone(ZoneInfo(town.zone))
    return tuple(_queue(waste, site, seed, observed=observed, local=local) for site in waste.sites)


def _queue(waste: Waste, site: Site, seed: int, *, observed: datetime, local: datetime) -> Queue:
    if not _is_open(site, local):
        return Queue(site, 0, 0, observed)
    busiest = max(waste.weekdays.values()) * max(waste.hours.values())
    load = waste.weekdays[WEEKDAYS[local.weekday()]] * _hour_weight(waste, local) * site.households_a_day
    expected = waste.queue.max_minutes * load / (busiest * 100)
    minutes = max(0, round(expected + _swing(seed, site, observed)))
    return Queue(site, minutes, ceil(minutes / _MINUTES_A_VEHICLE), observed)


def _is_open(site: Site, local: datetime) -> bool:
    clock = f"{local:%H:%M}"
    return any(start <= clock < end for start, end in map(_ends, site.hours.get(WEEKDAYS[local.weekday()], ())))


def _ends(span: str) -> tuple[str, str]:
    start, end = span.split("-")
    return start, end


def _hour_weight(waste: Waste, local: datetime) -> float:
    """Return the weight of a moment, straight from half past an hour to half past the next."""
    before = local - timedelta(minutes=30)
    part = before.minute / 60
    first = waste.hours.get(before.hour, 0)
    return first + part * (waste.hours.get((before.hour + 1) % 24, 0) - first)


def _swing(seed: int, site: Site, observed: datetime) -> float:
    """Return a slow random swing in minutes: drawn every ten minutes, straight between."""
    knot, rest = divmod(int(observed.timestamp()), _KNOT_S)
    first, second = (
        float(generator(seed, "queue", site.code, number).uniform(-_SWING_MINUTES, _SWING_MINUTES))
        for number in (knot, knot + 1)
    )
    return first + (second - first) * rest / _KNOT_S

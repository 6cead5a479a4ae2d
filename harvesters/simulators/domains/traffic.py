"""The roads: bicycles counted hour by hour, and what closes or slows a road. No passage, no roadwork is real."""

from datetime import UTC, datetime, time, timedelta
from math import exp
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.places import point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_NEVER_RIDDEN: Final = frozenset(range(1, 5))
_PEAKS: Final = (8, 17)


class Channel(Block):
    """A way that a counter counts: its site, its direction, bicycles on a usual day."""

    code: str
    site: str
    direction: str = Field(alias="sens")
    daily: float = Field(alias="par_jour")


class Kind(Block):
    """A kind of event: its word, its reason, how many there are at once, how long one lasts."""

    code: str
    count: int = Field(alias="nombre")
    days: int = Field(alias="jours")


class Traffic(Block):
    """The systems: `trafic.yaml`."""

    days: int = Field(alias="jours")
    channels: tuple[Channel, ...] = Field(alias="canaux")
    roads: tuple[str, ...] = Field(alias="routes")
    kinds: tuple[Kind, ...] = Field(alias="genres")
    communes: tuple[Code, ...]


def bicycles(traffic: Traffic, stage: Stage) -> Given:
    """Give one object a channel and hour of the last closed days, the offset without its colon as counters write it."""
    rows = []
    for before in range(traffic.days, 0, -1):
        day = stage.today - timedelta(days=before)
        first = datetime.combine(day, time(), stage.zone).astimezone(UTC)
        after = datetime.combine(day + timedelta(days=1), time(), stage.zone).astimezone(UTC)
        hours = [first + timedelta(hours=hour) for hour in range(int((after - first).total_seconds()) // 3600)]
        for channel in traffic.channels:
            draws = generator(stage.seed, "bicycles", channel.code, day.isoformat())
            for hour in hours:
                local = hour.astimezone(stage.zone)
                rows.append(
                    {
                        "channel_id": channel.code,
                        "site_id": channel.site,
                        "direction": channel.direction,
                        "mobility_type": "BIKE",
                        "start_date": local.strftime("%Y-%m-%dT%H:%M:%S%z"),
                        "count": int(draws.poisson(channel.daily * _share(local.hour))),
                    }
                )
    return Given(orjson.dumps({"measures": rows}), "application/json", midnight(stage.today, stage.zone))


def _share(hour: int) -> float:
    """Return the share of a day's bicycles that ride in a local hour: two peaks, hardly anyone by night."""
    if hour in _NEVER_RIDDEN:
        return 0.002
    return 0.008 + 0.11 * sum(exp(-((hour - peak) ** 2) / 6) for peak in _PEAKS)


def events(traffic: Traffic, stage: Stage) -> Given:
    """Give what is on the roads today and what is over: each has a word for its state, and a comment of its own."""
    rows: list[dict[str, object]] = []
    for kind in traffic.kinds:
        draws = generator(stage.seed, "road events", kind.code, stage.month(before=0).isoformat())
        for number in range(1, kind.count + 1):
            commune = stage.communes[traffic.communes[int(draws.integers(len(traffic.communes)))]]
            lon, lat = point_inside(commune.ring, draws)
            start = midnight(stage.today - timedelta(days=int(draws.integers(0, 2 * kind.days))), stage.zone)
            end = start + timedelta(days=kind.days)
            rows.append(
                {
                    "id": f"{kind.code}-{stage.today:%Y%m}-{number:02d}",
                    "version": 1,
                    "type": kind.code,
                    "validityStatus": "active" if end > stage.now else "suspended",
                    "overallStartTime": start.isoformat(),
                    "overallEndTime": end.isoformat(),
                    "road": traffic.roads[int(draws.integers(len(traffic.roads)))],
                    "insee": commune.code,
                    "longitude": lon,
                    "latitude": lat,
                    "generalPublicComment": "Appeler EXEMPLE PRÉNOM.",
                }
            )
    return Given(orjson.dumps({"situations": rows}), "application/json", midnight(stage.today, stage.zone))


SYSTEM: Final = DomainSystem(Traffic, {"/trafic/velos.json": bicycles, "/trafic/evenements.json": events})

"""The roads: bicycles counted hour by hour. No passage is real."""

from datetime import timedelta
from math import exp
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import hours, midnight
from harvesters.simulators.parameters import Block
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


class Traffic(Block):
    """The counters: `trafic.yaml`."""

    days: int = Field(alias="jours")
    channels: tuple[Channel, ...] = Field(alias="canaux")


def bicycles(traffic: Traffic, stage: Stage) -> Given:
    """Give one object a channel and hour of the last closed days, the offset without its colon as counters write it."""
    rows = []
    for before in range(traffic.days, 0, -1):
        day = stage.today - timedelta(days=before)
        for channel in traffic.channels:
            draws = generator(stage.seed, "bicycles", channel.code, day.isoformat())
            for hour in hours(day, stage.zone):
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


SYSTEM: Final = DomainSystem(Traffic, {"/trafic/velos.json": bicycles})

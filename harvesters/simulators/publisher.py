"""The lamps on the air, in a process of their own: `python -m harvesters.simulators.publisher --help`."""

import argparse
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from harvesters.simulators.clock import RunningClock
from harvesters.simulators.fleet import make_fleet
from harvesters.simulators.leash import on_signals, when_stdin_ends
from harvesters.simulators.misbehaving_lamps import MisbehavingLamps
from harvesters.simulators.misbehaviour import Orders
from harvesters.simulators.parameters import read_parameters
from harvesters.simulators.speaker import speaker_from
from harvesters.simulators.uplinks import Platform, interval_of, make_platform

_TICK_S = 0.2
_MOST_QUEUED = 20_000
"""Messages that wait here while the broker is away; a real network server keeps some too."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How the lamps' time runs: from `origin` (seconds since 1970), so many times as fast as the clock."""

    origin_s: float
    speed: float

    def lamp_time_s(self, clock: RunningClock) -> float:
        """Return the lamps' time now."""
        return self.origin_s + (clock.now() - clock.instant).total_seconds() * self.speed


def real_pace(clock: RunningClock) -> Pace:
    """Let the lamps' time be the clock's."""
    return Pace(clock.instant.timestamp(), 1)


def fast_pace(clock: RunningClock, platform: Platform, round_s: float) -> Pace:
    """Let all the lamps speak once in `round_s` seconds, from the start of the present interval on.

    Their time then runs ahead of the clock: for tests and measures.
    """
    interval_s = platform.fleet.lighting.interval_s
    return Pace(interval_of(clock.instant, platform) * interval_s - interval_s / 1e9, interval_s / round_s)


def publish(
    client: mqtt.Client, platform: Platform, *, clock: RunningClock, pace: Pace, orders: Orders, stopping: Event
) -> None:
    """Publish what is due, five times a second, at QoS 1, until stopped."""
    speaker, lamps = speaker_from(platform, pace.origin_s), MisbehavingLamps(orders, stopping.wait)
    while not stopping.wait(_TICK_S):
        for topic, payload in lamps.said(speaker.due(pace.lamp_time_s(clock))):
            client.publish(topic, payload, qos=1)


def connected(port: int, user: str, password: str) -> mqtt.Client:
    """Connect to the broker on loopback; a thread of the client's sends, and connects again when it must."""
    client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=user)
    client.username_pw_set(user, password)
    client.max_inflight_messages_set(100)
    client.max_queued_messages_set(_MOST_QUEUED)
    client.reconnect_delay_set(min_delay=1, max_delay=5)
    client.connect("127.0.0.1", port)
    client.loop_start()
    return client


def main() -> None:
    """Publish until SIGTERM, SIGINT or the end of stdin."""
    options = _options()
    stopping = Event()
    on_signals(stopping.set)
    when_stdin_ends(stopping.set)
    parameters = read_parameters(options.territory)
    platform = make_platform(make_fleet(parameters, options.seed), parameters.town, options.seed)
    clock = RunningClock(options.now, options.mark)
    pace = fast_pace(clock, platform, options.fast_lamps) if options.fast_lamps else real_pace(clock)
    user = parameters.lighting.broker.writer
    client = connected(options.port, user, json.loads(options.secrets.read_text("utf-8"))[user])
    orders = Orders(options.misbehave, options.seed)
    publish(client, platform, clock=clock, pace=pace, orders=orders, stopping=stopping)
    client.disconnect()
    client.loop_stop()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="harvesters.simulators.publisher", description=__doc__)
    parser.add_argument("--territory", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--now", type=datetime.fromisoformat, required=True)
    parser.add_argument("--mark", type=float, required=True, help="what the monotonic counter showed at --now")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--secrets", type=Path, required=True)
    parser.add_argument("--fast-lamps", type=float)
    parser.add_argument("--misbehave", type=Path, required=True, help="the file that orders it")
    return parser.parse_args()


if __name__ == "__main__":
    main()

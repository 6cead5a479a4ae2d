"""Which lamps are due to speak: one each interval, evenly spread, and never twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from harvesters.simulators.uplinks import Platform, uplinks

Spoken = tuple[str, bytes]
"""A topic and a payload."""


@dataclass(slots=True)
class Speaker:
    """The next uplink to send, counted from 1970 as if the fleet had always spoken.

    Message m is lamp m mod n in interval m div n, due at m times the interval's length over n, in seconds.
    """

    platform: Platform
    next_message: int
    interval: int = -1
    payloads: list[bytes] = field(default_factory=list)

    def due(self, instant_s: float) -> Iterator[Spoken]:
        """Yield what is due at an instant (seconds since 1970), oldest first; what an interval ago was due is lost."""
        last = int(instant_s * _pace(self.platform))
        lamps = len(self.platform.fleet.lamps)
        self.next_message = max(self.next_message, last - lamps + 1)
        while self.next_message <= last:
            interval, lamp = divmod(self.next_message, lamps)
            self.next_message += 1
            yield self.platform.fleet.topic(lamp), self._payloads_of(interval)[lamp]

    def _payloads_of(self, interval: int) -> list[bytes]:
        if interval != self.interval:
            self.interval, self.payloads = interval, uplinks(self.platform, interval)
        return self.payloads


def speaker_from(platform: Platform, instant_s: float) -> Speaker:
    """Return a speaker whose first message is the first one due after an instant."""
    return Speaker(platform, int(instant_s * _pace(platform)) + 1)


def _pace(platform: Platform) -> float:
    """Return messages a second."""
    return len(platform.fleet.lamps) / platform.fleet.lighting.interval_s

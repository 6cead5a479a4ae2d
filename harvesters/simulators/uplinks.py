"""What the lamps say: ChirpStack v4 uplinks, the same bytes on the broker and in the export.

An uplink is a pure function of (seed, lamp, interval): a message received twice, live and from the export, is
recognised by its `deduplicationId`.
"""

from base64 import b64encode
from binascii import hexlify
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from struct import Struct
from zoneinfo import ZoneInfo

import numpy as np
import orjson

from harvesters.simulators.clock import midnight
from harvesters.simulators.fleet import Fleet, Integers, Lamp
from harvesters.simulators.parameters import LampGroup, Lighting, Town
from harvesters.simulators.seeds import generator
from harvesters.simulators.sun import sunrise_and_sunset

_FRAME = Struct(">HBb")
"""The lamp's frame: watts, dimming in per cent, degrees Celsius."""
_COUNTED_FROM = 1_890_000
"""The interval of 900 s (2023-11) at which the frame counters stood at 0."""
_ID_BYTES = 16
_TEXT = (
    b'{"deduplicationId":"%b","time":"%b"%b%d,"fPort":2,"confirmed":false,"data":"%b","object":{"power_w":%d,'
    b'"dimming":%d,"temperature_c":%d},"rxInfo":[{"uplinkId":%d,"nsTime":"%b","rssi":%d,"snr":%.1f%b'
)
"""An uplink with its holes: identifier, instant, device, counter, frame, codec's values, radio, end."""


@dataclass(frozen=True, slots=True)
class Platform:
    """What makes uplinks: the fleet, the town's zone and sun, the seed, and the texts that do not change."""

    fleet: Fleet
    town: Town
    seed: int
    texts: tuple[tuple[bytes, bytes], ...]
    """For each lamp, what stands between the instant and the counter, and what stands at the end."""

    @property
    def zone(self) -> ZoneInfo:
        """Return the town's time zone."""
        return ZoneInfo(self.town.zone)


def make_platform(fleet: Fleet, town: Town, seed: int) -> Platform:
    """Prepare the texts of all lamps."""
    texts = tuple(_texts(fleet.lighting, lamp) for lamp in fleet.lamps)
    return Platform(fleet, town, seed, texts)


def interval_of(instant: datetime, platform: Platform) -> int:
    """Return the number of the interval that holds an instant, counted from 1970."""
    return int(instant.timestamp()) // platform.fleet.lighting.interval_s


def intervals(day: date, platform: Platform) -> range:
    """Return the numbers of the intervals of a local day: 92, 96 or 100 quarters of an hour."""
    first, last = midnight(day, platform.zone), midnight(day + timedelta(days=1), platform.zone)
    return range(interval_of(first, platform), interval_of(last, platform))


def uplinks(platform: Platform, interval: int) -> list[bytes]:
    """Return one uplink a lamp for an interval, in the order in which the lamps speak; JSON without a line end."""
    fleet, count = platform.fleet, len(platform.fleet.lamps)
    draws = generator(platform.seed, "uplinks", interval)
    identifiers = _identifiers(draws, count)
    percents = _percents(platform, interval)
    watts = _watts(fleet, percents, draws)
    degrees = 8 + percents // 10 + draws.integers(-3, 4, count)
    radio = (draws.integers(0, 65536, count), draws.integers(-118, -60, count), draws.integers(-75, 130, count))
    said = zip(*(numbers.tolist() for numbers in (watts, percents, degrees, *radio)), strict=True)
    heard = zip(platform.texts, identifiers, _instants(fleet, interval), said, strict=True)
    counter = interval - _COUNTED_FROM
    return [
        _TEXT
        % (identifier, at, between, counter, b64encode(_FRAME.pack(power, dimming, warmth)), power, dimming, warmth,
           uplink, at, rssi, snr / 10, end)
        for (between, end), identifier, at, (power, dimming, warmth, uplink, rssi, snr) in heard
    ]  # fmt: skip


def day_of_uplinks(platform: Platform, day: date) -> Iterator[list[bytes]]:
    """Yield the uplinks of a local day, an interval at a time."""
    for interval in intervals(day, platform):
        yield uplinks(platform, interval)


def _texts(lighting: Lighting, lamp: Lamp) -> tuple[bytes, bytes]:
    device = {
        "tenantId": lighting.tenant.id,
        "tenantName": lighting.tenant.name,
        "applicationId": lighting.application.id,
        "applicationName": lighting.application.name,
        "deviceProfileId": lighting.profile.id,
        "deviceProfileName": lighting.profile.name,
        "deviceName": lamp.label,
        "devEui": lamp.eui,
        "deviceClassEnabled": "CLASS_A",
        "tags": {"luminaire": lamp.label, "rue": lamp.street, "commune": lamp.commune},
    }
    between = b',"deviceInfo":%b,"devAddr":"%b","adr":true,"dr":5,"fCnt":' % (
        orjson.dumps(device),
        lamp.address.encode(),
    )
    modulation = {"lora": {"bandwidth": 125000, "spreadingFactor": 7, "codeRate": "CR_4_5"}}
    sent = orjson.dumps({"frequency": 868100000 + 200000 * (lamp.watts % 3), "modulation": modulation})
    end = b',"channel":%d,"gatewayId":"%b","crcStatus":"CRC_OK"}],"txInfo":%b}' % (
        lamp.watts % 8,
        lamp.gateway.encode(),
        sent,
    )
    return between, end


def _identifiers(draws: np.random.Generator, count: int) -> list[bytes]:
    """Return random UUIDs (version 4, variant 1) as text."""
    octets = np.frombuffer(draws.bytes(count * _ID_BYTES), dtype=np.uint8).reshape(count, _ID_BYTES).copy()
    octets[:, 6] = octets[:, 6] & 0x0F | 0x40
    octets[:, 8] = octets[:, 8] & 0x3F | 0x80
    digits = hexlify(octets.tobytes())
    return [
        b"-".join((one[:8], one[8:12], one[12:16], one[16:20], one[20:]))
        for one in (digits[start : start + 2 * _ID_BYTES] for start in range(0, len(digits), 2 * _ID_BYTES))
    ]


def _instants(fleet: Fleet, interval: int) -> list[bytes]:
    """Return when each lamp speaks, as ChirpStack writes it."""
    start = datetime.fromtimestamp(interval * fleet.lighting.interval_s, UTC)
    hour = start.strftime("%Y-%m-%dT%H:").encode()
    step = fleet.lighting.interval_s * 1_000_000 // len(fleet.lamps)
    minute = 60_000_000
    instants = []
    for number in range(len(fleet.lamps)):
        minutes, rest = divmod(start.minute * minute + number * step, minute)
        instants.append(b"%b%02d:%02d.%06d+00:00" % (hour, minutes, rest // 1_000_000, rest % 1_000_000))
    return instants


def _watts(fleet: Fleet, percents: Integers, draws: np.random.Generator) -> Integers:
    """Return the power of each lamp: nominal times dimming, give or take two per cent; standby when off."""
    lit = np.rint(fleet.watts * percents / 100 * draws.normal(1.0, 0.02, len(fleet.lamps))).astype(int)
    return np.where(percents == 0, fleet.lighting.standby_w, lit)


def _percents(platform: Platform, interval: int) -> Integers:
    """Return the dimming of each lamp during an interval, by what its commune decided."""
    instant = datetime.fromtimestamp(interval * platform.fleet.lighting.interval_s, UTC)
    by_group: Integers = np.array([_percent(platform, group, instant) for group in platform.fleet.lighting.groups])
    by_lamp: Integers = by_group[platform.fleet.groups]
    return by_lamp


def _percent(platform: Platform, group: LampGroup, instant: datetime) -> int:
    local = instant.astimezone(platform.zone)
    town = platform.town
    sunrise, sunset = sunrise_and_sunset(local.date(), longitude=town.longitude, latitude=town.latitude)
    clock = f"{local:%H:%M}"
    dimming = platform.fleet.lighting.dimming
    if sunrise <= instant < sunset or (group.off and _at_night(clock, *group.off)):
        return 0
    return dimming.percent if not group.off and _at_night(clock, dimming.start, dimming.end) else 100


def _at_night(clock: str, start: str, end: str) -> bool:
    """Say whether a local time is within a span that goes over midnight."""
    return clock >= start or clock < end

"""The lamps: who they are, where they stand, and when in the interval each one speaks."""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from harvesters.simulators.parameters import Lighting, Parameters
from harvesters.simulators.seeds import generator

Integers = NDArray[np.int64]
"""Whole numbers, one a lamp."""


@dataclass(frozen=True, slots=True)
class Lamp:
    """A lamp and its radio node. `group` is the place of its commune in `Lighting.groups`."""

    label: str
    group: int
    commune: str
    street: str
    watts: int
    eui: str
    address: str
    gateway: str


@dataclass(frozen=True, slots=True)
class Fleet:
    """All the lamps, in the order in which they speak: number i of n speaks i/n of the interval after its start."""

    lamps: tuple[Lamp, ...]
    lighting: Lighting
    watts: Integers
    groups: Integers

    def offset_s(self, number: int) -> float:
        """Return the seconds after the start of the interval at which a lamp speaks."""
        return number * self.lighting.interval_s / len(self.lamps)

    def topic(self, number: int) -> str:
        """Return the MQTT topic of a lamp's uplinks (ChirpStack v4)."""
        return f"application/{self.lighting.application.id}/device/{self.lamps[number].eui}/event/up"


def make_fleet(parameters: Parameters, seed: int) -> Fleet:
    """Build the lamps of all communes; same seed, same lamps, whatever the day."""
    lamps = [lamp for place in range(len(parameters.lighting.groups)) for lamp in _lamps(parameters, seed, place)]
    order = generator(seed, "order").permutation(len(lamps))
    spoken = tuple(lamps[int(number)] for number in order)
    return Fleet(
        spoken,
        parameters.lighting,
        np.array([lamp.watts for lamp in spoken]),
        np.array([lamp.group for lamp in spoken]),
    )


def _lamps(parameters: Parameters, seed: int, place: int) -> list[Lamp]:
    lighting, group = parameters.lighting, parameters.lighting.groups[place]
    draws = generator(seed, "fleet", group.code)
    streets = sorted(draws.permutation(np.array(parameters.town.streets))[: group.streets].tolist())
    parts = np.array([power.part for power in lighting.powers])
    powers = draws.choice([power.watts for power in lighting.powers], group.lamps, p=parts / parts.sum())
    gateways = draws.integers(0, lighting.gateways, group.lamps)
    return [
        Lamp(
            f"{group.prefix}-{number + 1:05d}",
            place,
            group.code,
            streets[number * len(streets) // group.lamps],
            int(powers[number]),
            *_radio(seed, f"{group.prefix}-{number + 1:05d}", int(gateways[number])),
        )
        for number in range(group.lamps)
    ]


def _radio(seed: int, label: str, gateway: int) -> tuple[str, str, str]:
    """Return a lamp's EUI, address and gateway: hexadecimal, invented, of no maker."""
    digits = sha256(f"{seed}\x1f{label}".encode()).hexdigest()
    return digits[:16], digits[16:24], sha256(f"{seed}\x1fgateway\x1f{gateway}".encode()).hexdigest()[:16]

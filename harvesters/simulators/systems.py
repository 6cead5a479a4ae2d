"""All that the simulated systems have in common, read and drawn once at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from harvesters.simulators.clock import RunningClock, local_day
from harvesters.simulators.collection_points import equipped
from harvesters.simulators.context_entities import Entity, entity
from harvesters.simulators.domains import read_domains
from harvesters.simulators.drop import Drop, due_days
from harvesters.simulators.fillings import Container, filling_entity
from harvesters.simulators.fleet import make_fleet
from harvesters.simulators.households import Households, make_households
from harvesters.simulators.parameters import Block, Parameters, read_parameters
from harvesters.simulators.passages import passages_csv
from harvesters.simulators.places import Commune, read_communes
from harvesters.simulators.queues import queues
from harvesters.simulators.uplinks import Platform, make_platform


@dataclass(frozen=True, slots=True)
class Systems:
    """A territory's source systems, before any of them serves: parameters, draws, clock and folder."""

    parameters: Parameters
    domains: Mapping[str, Block]
    """What each domain's file says, by its name."""
    communes: Mapping[str, Commune]
    households: Households
    platform: Platform
    containers: tuple[Container, ...]
    """Those that say how full they are."""
    seed: int
    clock: RunningClock
    home: Path

    @property
    def zone(self) -> ZoneInfo:
        """Return the town's time zone."""
        return ZoneInfo(self.parameters.town.zone)

    @property
    def started(self) -> datetime:
        """Return when the systems started, on their clock."""
        return self.clock.instant

    @property
    def drop(self) -> Path:
        """Return the file drop's root."""
        return self.home / "depot"

    def today(self) -> date:
        """Return the local day."""
        return local_day(self.clock.now(), self.zone)

    def entities(self) -> list[Entity]:
        """Return the context broker's entities as they are now."""
        waste = self.parameters.waste
        instant = self.clock.now()
        seen = queues(waste, self.parameters.town, self.seed, instant=instant)
        full = (
            filling_entity(container, waste.filling, self.seed, instant=instant, zone=self.zone)
            for container in self.containers
        )
        return [*(entity(queue, waste.queue) for queue in seen), *full]

    def passages(self) -> Drop:
        """Return the barriers' files: a folder, and what each holds."""
        return Drop(self.drop / "passages", self.parameters.waste.badges.file, self.zone, self._passages)

    def due_passages(self) -> tuple[date, ...]:
        """Return the days whose file should be there."""
        return due_days(self.clock.now(), self.zone, delay_days=self.parameters.waste.badges.delay_days)

    def _passages(self, day: date) -> bytes:
        return passages_csv(self.parameters.waste, self.parameters.town, self.households, self.seed, day=day)


def prepare(territory: Path, *, home: Path, seed: int, clock: RunningClock) -> Systems:
    """Read the parameters of a territory and draw its households and lamps."""
    parameters = read_parameters(territory)
    communes = read_communes(territory / "zones" / "communes.geojson")
    return Systems(
        parameters=parameters,
        domains=read_domains(territory),
        communes=communes,
        households=make_households(parameters, communes, seed),
        platform=make_platform(make_fleet(parameters, seed), parameters.town, seed),
        containers=equipped(parameters, communes, seed),
        seed=seed,
        clock=clock,
        home=home,
    )

"""What a simulated system of one domain is given, and what it answers: one file and one line make another one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from harvesters.simulators.clock import local_day
from harvesters.simulators.parameters import Block, Town
from harvesters.simulators.places import Commune


@dataclass(frozen=True, slots=True)
class Stage:
    """What a domain's systems draw from: the town, its outlines, the seed, and what they are asked.

    Same stage, same bytes: whatever changes with time is a function of `now`.
    """

    town: Town
    communes: Mapping[str, Commune]
    seed: int
    now: datetime
    """The systems' clock, in UTC."""
    query: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    """`http://host:port` as the caller wrote it: an API that pages gives addresses of its own."""

    @property
    def zone(self) -> ZoneInfo:
        """Return the town's time zone."""
        return ZoneInfo(self.town.zone)

    @property
    def today(self) -> date:
        """Return the local day."""
        return local_day(self.now, self.zone)

    def month(self, *, before: int) -> date:
        """Return the first day of the month that comes so many before today's."""
        month = self.today.year * 12 + self.today.month - 1 - before
        return date(month // 12, month % 12 + 1, 1)

    def quarter(self, *, before: int) -> date:
        """Return the first day of the quarter that comes so many before today's."""
        return self.month(before=(self.today.month - 1) % 3 + 3 * before)

    def slot(self, seconds: int) -> datetime:
        """Return the last multiple of so many seconds: what is measured at that pace stands still between."""
        return self.now - timedelta(seconds=self.now.timestamp() % seconds)

    def names(self, member: str) -> list[str]:
        """Return the names that a member of the query lists, between commas."""
        return [name for name in self.query.get(member, "").split(",") if name]

    def chosen(self, row: dict[str, object], member: str) -> dict[str, object]:
        """Return the members of a row that a member of the query lists, or all where it lists none."""
        asked = self.names(member)
        return {name: row[name] for name in asked if name in row} if asked else row

    def street(self, draws: np.random.Generator) -> str:
        """Draw a street."""
        return self.town.streets[int(draws.integers(len(self.town.streets)))]

    def commune(self, draws: np.random.Generator, *, department: str = "") -> str:
        """Draw a commune's code, of a department if one is named, each as often as it has inhabitants."""
        towns = [town for town in self.town.communes if town.code.startswith(department)]
        people = np.array([town.population for town in towns])
        return towns[int(draws.choice(len(people), p=people / people.sum()))].code


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: its bytes, what they are, and since when they stand."""

    content: bytes
    media_type: str
    modified: datetime
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DomainSystem:
    """The systems of one domain: the shape of `simulateurs/NAME.yaml`, and an answer for each path.

    A page takes the parameters read from that file, an instance of `parameters`, and the stage.
    """

    parameters: type[Block]
    pages: Mapping[str, Callable[..., Given]]

"""The halls that are let: when each is taken, as lists of busy times (iCalendar). Nobody gathers there."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final

from pydantic import Field

from harvesters.simulators.calendars import calendar, utc
from harvesters.simulators.clock import days, midnight
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_SATURDAY: Final = 5


class Hall(Block):
    """A hall: its code, its commune, and the share of its slots that are taken on working days and at weekends."""

    code: str
    name: str = Field(alias="nom")
    commune: Code
    taken: tuple[float, float] = Field(alias="part_prise")


class Halls(Block):
    """The booking software: `salles.yaml`."""

    product: str = Field(alias="logiciel")
    email: str = Field(alias="courriel")
    days: int = Field(alias="jours")
    slots: tuple[tuple[int, int], ...] = Field(alias="creneaux")
    """Local hours, first and last: slots that touch are one busy time."""
    halls: tuple[Hall, ...] = Field(alias="salles")


def free_busy(halls: Halls, stage: Stage) -> Given:
    """Give one list of busy times a hall, over the days to come: no name, no reason, whole hours merged."""
    lines = (line for hall in halls.halls for line in _component(halls, hall, stage))
    content = calendar(halls.product, ("METHOD:PUBLISH", *lines))
    return Given(content, "text/calendar", midnight(stage.today, stage.zone))


def _component(halls: Halls, hall: Hall, stage: Stage) -> list[str]:
    first, last = stage.today, stage.today + timedelta(days=halls.days)
    made = midnight(stage.today, stage.zone)
    periods = ",".join(f"{utc(start)}/{utc(end)}" for start, end in _merged(_taken(halls, hall, stage)))
    return [
        "BEGIN:VFREEBUSY",
        f"UID:{hall.code}",
        f"DTSTAMP:{utc(made)}",
        f"ORGANIZER:mailto:{halls.email}",
        f"DTSTART:{utc(midnight(first, stage.zone))}",
        f"DTEND:{utc(midnight(last, stage.zone))}",
        *([f"FREEBUSY;FBTYPE=BUSY:{periods}"] if periods else []),
        "END:VFREEBUSY",
    ]


def _taken(halls: Halls, hall: Hall, stage: Stage) -> Iterator[tuple[datetime, datetime]]:
    for day in days(stage.today, stage.today + timedelta(days=halls.days - 1)):
        draws = generator(stage.seed, "hall", hall.code, day.isoformat())
        share = hall.taken[1] if day.weekday() >= _SATURDAY else hall.taken[0]
        for start, end in halls.slots:
            if draws.random() < share:
                begins = datetime.combine(day, time(start), stage.zone)
                yield begins, begins.replace(hour=end)


def _merged(taken: Iterator[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    merged: list[tuple[datetime, datetime]] = []
    for start, end in taken:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


SYSTEM: Final = DomainSystem(Halls, {"/salles/occupation.ics": free_busy})

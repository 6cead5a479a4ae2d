"""The agenda of culture as a calendar (RFC 5545): public events, private ones, an organiser's name. None is real."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from pydantic import Field

from harvesters.simulators.calendars import calendar, escaped, utc
from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_DAYS: Final = 60


class Show(Block):
    """A kind of event: its title, where it is, its hours, how many in sixty days."""

    title: str = Field(alias="titre")
    place: str = Field(alias="lieu")
    start_hour: int = Field(alias="heure")
    hours: int = Field(alias="duree_heures")
    count: int = Field(alias="nombre")
    is_private: bool = Field(False, alias="prive")


class Agenda(Block):
    """The agenda: `agenda.yaml`."""

    product: str = Field(alias="logiciel")
    organiser: str = Field(alias="organisateur")
    description: str
    """Words that name the organiser too."""
    shows: tuple[Show, ...] = Field(alias="rendez_vous")


def agenda_ics(agenda: Agenda, stage: Stage) -> Given:
    """Give the events of the coming sixty days, and their organiser's name, which nobody reads."""
    since = midnight(stage.today, stage.zone)
    lines = ["CALSCALE:GREGORIAN"]
    for rank, show in enumerate(agenda.shows):
        for day in _coming(show, stage):
            lines += _event(agenda, show, stage, identifier=f"{day:%y%m%d}-{rank:02d}", day=day)
    return Given(calendar(agenda.product, lines), "text/calendar; charset=utf-8", since)


def _coming(show: Show, stage: Stage) -> Iterator[date]:
    """Yield the days of a show from today on: drawn sixty by sixty, so that an event keeps its day as time passes."""
    first = stage.today.toordinal()
    for block in (first // _DAYS, first // _DAYS + 1):
        draws = generator(stage.seed, "agenda", show.title, block)
        for after in sorted(draws.permutation(_DAYS)[: show.count].tolist()):
            if first <= block * _DAYS + after < first + _DAYS:
                yield date.fromordinal(block * _DAYS + after)


def _event(agenda: Agenda, show: Show, stage: Stage, *, identifier: str, day: date) -> list[str]:
    start = datetime.combine(day, time(show.start_hour), stage.zone)
    end = start + timedelta(hours=show.hours)
    return [
        "BEGIN:VEVENT",
        f"UID:{identifier}@agenda.invalid",
        f"DTSTAMP:{utc(midnight(stage.today, stage.zone))}",
        f"DTSTART:{utc(start)}",
        f"DTEND:{utc(end)}",
        f"SUMMARY:{escaped(show.title)}",
        f"LOCATION:{escaped(show.place)}",
        f"DESCRIPTION:{escaped(agenda.description)}",
        f"ORGANIZER;CN={agenda.organiser}:mailto:prenom@exemple.invalid",
        f"CLASS:{'PRIVATE' if show.is_private else 'PUBLIC'}",
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ]


SYSTEM: Final = DomainSystem(Agenda, {"/culture/agenda.ics": agenda_ics})

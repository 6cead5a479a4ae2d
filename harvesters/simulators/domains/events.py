"""The agenda of culture as a calendar (RFC 5545): public events, private ones, an organiser's name. None is real."""

from datetime import datetime, time, timedelta
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
        draws = generator(stage.seed, "agenda", show.title, stage.month(before=0).isoformat())
        days = sorted(draws.permutation(_DAYS)[: show.count].tolist())
        for number, day in enumerate(days, start=1):
            lines += _event(agenda, show, stage, identifier=f"{stage.today:%y%m}-{rank:02d}-{number:02d}", after=day)
    return Given(calendar(agenda.product, lines), "text/calendar; charset=utf-8", since)


def _event(agenda: Agenda, show: Show, stage: Stage, *, identifier: str, after: int) -> list[str]:
    day = stage.month(before=0) + timedelta(days=after)
    start = datetime.combine(day, time(show.start_hour), stage.zone)
    end = start + timedelta(hours=show.hours)
    return [
        "BEGIN:VEVENT",
        f"UID:{identifier}@agenda.invalid",
        f"DTSTAMP:{utc(midnight(stage.month(before=0), stage.zone))}",
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

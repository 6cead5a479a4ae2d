"""The agenda of culture as a calendar (RFC 5545): public events, private ones, an organiser's name. None is real."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_LINE: Final = 73
"""Octets of a line before it is folded, and one to spare (RFC 5545, section 3.1)."""
_DAYS: Final = 60
_END: Final = "\r\n"


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


def calendar(agenda: Agenda, stage: Stage) -> Given:
    """Give the events of the coming sixty days, and their organiser's name, which nobody reads."""
    since = midnight(stage.today, stage.zone)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{agenda.product}", "CALSCALE:GREGORIAN"]
    for rank, show in enumerate(agenda.shows):
        draws = generator(stage.seed, "agenda", show.title, stage.month(before=0).isoformat())
        days = sorted(draws.permutation(_DAYS)[: show.count].tolist())
        for number, day in enumerate(days, start=1):
            lines += _event(agenda, show, stage, identifier=f"{stage.today:%y%m}-{rank:02d}-{number:02d}", after=day)
    lines.append("END:VCALENDAR")
    return Given("".join(_folded(line) for line in lines).encode(), "text/calendar; charset=utf-8", since)


def _event(agenda: Agenda, show: Show, stage: Stage, *, identifier: str, after: int) -> list[str]:
    day = stage.month(before=0) + timedelta(days=after)
    start = datetime.combine(day, time(show.start_hour), stage.zone)
    end = start + timedelta(hours=show.hours)
    return [
        "BEGIN:VEVENT",
        f"UID:{identifier}@agenda.invalid",
        f"DTSTAMP:{_written(midnight(stage.month(before=0), stage.zone))}",
        f"DTSTART:{_written(start)}",
        f"DTEND:{_written(end)}",
        f"SUMMARY:{_escaped(show.title)}",
        f"LOCATION:{_escaped(show.place)}",
        f"DESCRIPTION:{_escaped(agenda.description)}",
        f"ORGANIZER;CN={agenda.organiser}:mailto:prenom@exemple.invalid",
        f"CLASS:{'PRIVATE' if show.is_private else 'PUBLIC'}",
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ]


def _written(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text


def _folded(line: str) -> str:
    """Return a line, its ends of line included, folded after so many octets and never within a letter."""
    pieces, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += octets
    return _END.join(pieces) + _END


SYSTEM: Final = DomainSystem(Agenda, {"/culture/agenda.ics": calendar})

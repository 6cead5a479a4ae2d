"""What the offline commands share: instants and engines as they are written, refusals as they are said."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import typer

from charter.held import NothingToPublish
from eclor.engine.limits import Engine
from eclor.errors import SettingsRefused
from eclor.settings import Settings

REFUSED: Final = "Refusé."
_PARIS: Final = ZoneInfo("Europe/Paris")


def engine_named(name: str) -> Engine:
    """Return an engine by its name, that of the settings for none. Refuses (`SettingsRefused`) any other."""
    try:
        return Engine(name) if name else Settings().engine
    except ValueError as error:
        raise SettingsRefused("apply.no-engine", engine=name) from error


def instant_said(text: str, option: str) -> datetime | None:
    """Read an ISO 8601 instant; one without an offset is local time in Paris. Refuses (`SettingsRefused`) others."""
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=_PARIS)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise SettingsRefused("apply.no-instant", option=option) from error


def waiting_said(waiting: NothingToPublish) -> str:
    """Say that nothing is due, and when something will be."""
    refusal = SettingsRefused("apply.nothing-new", dataset=waiting.dataset)
    if waiting.next_close is not None:
        closes = waiting.next_close.astimezone(_PARIS).isoformat(timespec="minutes")
        refusal = SettingsRefused("apply.not-yet", dataset=waiting.dataset, closes=closes)
    return refusal.located()


def refused_with(*messages: str) -> typer.Exit:
    """Say refusals on stderr and the verdict on stdout; return the exit to raise."""
    for message in messages:
        typer.echo(message, err=True)
    typer.echo(REFUSED)
    return typer.Exit(1)

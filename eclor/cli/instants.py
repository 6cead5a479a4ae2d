"""Instants as they are written on the command line: ISO 8601, local time in Paris where there is no offset."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import typer

from eclor.errors import SettingsRefused

PARIS: Final = ZoneInfo("Europe/Paris")


def instant(text: str, option: str = "--now") -> datetime | None:
    """Read an instant, in UTC; none for an empty text. One that is no instant is a wrong call (exit 2)."""
    try:
        return _read(text)
    except (ValueError, OverflowError) as error:
        message = f"{text!r} is not an ISO 8601 instant."
        raise typer.BadParameter(message, param_hint=option) from error


def instant_said(text: str, option: str) -> datetime | None:
    """Read an instant, in UTC; none for an empty text. Refuses (`SettingsRefused`), in French, one that is none."""
    try:
        return _read(text)
    except (ValueError, OverflowError) as error:
        raise SettingsRefused("apply.no-instant", option=option) from error


def _read(text: str) -> datetime | None:
    if not text:
        return None
    read = datetime.fromisoformat(text)
    local = read if read.tzinfo else read.replace(tzinfo=PARIS)
    return local.astimezone(PARIS).astimezone(UTC)  # what has no local day there is no instant of ours

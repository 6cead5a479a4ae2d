"""What the offline commands share: engines as they are written, and what they say when nothing is due."""

from datetime import timedelta
from typing import Final

from charter.held import NothingToPublish
from eclor.cli.instants import PARIS
from eclor.engine.limits import Engine
from eclor.errors import SettingsRefused
from eclor.settings import Settings

_UNDER_A_MINUTE: Final = timedelta(seconds=59, microseconds=999_999)
"""What carries an instant to the minute that is said, so that nothing still waits then."""


def engine_named(name: str) -> Engine:
    """Return an engine by its name, that of the settings for none. Refuses (`SettingsRefused`) any other."""
    if not name:
        return Settings().engine
    try:
        return Engine(name)
    except ValueError as error:
        raise SettingsRefused("apply.no-engine", engine=name) from error


def not_yet(waiting: NothingToPublish) -> SettingsRefused:
    """Return the refusal that says that nothing is due, and when something will be."""
    if waiting.next_close is None:
        return SettingsRefused("apply.nothing-new", dataset=waiting.dataset)
    closes = (waiting.next_close + _UNDER_A_MINUTE).astimezone(PARIS).strftime("%Y-%m-%dT%H:%M")
    return SettingsRefused("apply.not-yet", dataset=waiting.dataset, closes=closes)

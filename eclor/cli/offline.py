"""What the offline commands share: engines as they are written, and what they say when nothing is due."""

from charter.held import NothingToPublish
from eclor.cli.instants import PARIS
from eclor.engine.limits import Engine
from eclor.errors import SettingsRefused
from eclor.settings import Settings


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
    closes = waiting.next_close.astimezone(PARIS).isoformat(timespec="minutes")
    return SettingsRefused("apply.not-yet", dataset=waiting.dataset, closes=closes)

"""What an engine error may say: its kind, never its text, which could quote a value or a key."""

from collections.abc import Callable
from typing import TypeVar

import duckdb
import structlog

from eclor.errors import GuaranteeBroken

Answer = TypeVar("Answer")

_log = structlog.get_logger(__name__)


def scrubbed(action: Callable[[], Answer]) -> Answer:
    """Return what `action` returns; refuse with the kind of the engine's error, its text and its context forgotten."""
    try:
        return action()
    except duckdb.Error as error:
        kind = type(error).__name__
    _log.error("engine.failed", kind=kind)
    raise GuaranteeBroken("engine.failed", kind=kind)

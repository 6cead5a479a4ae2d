"""What an engine error may say: its kind, never its text, which could quote a value or a key."""

from collections.abc import Callable
from typing import TypeVar

import structlog

from eclor.errors import GuaranteeBroken

Answer = TypeVar("Answer")

_log = structlog.get_logger(__name__)


def said_by_kind(action: Callable[[], Answer], failures: tuple[type[Exception], ...]) -> Answer:
    """Return what `action` returns; of one of the engine's `failures` keep the kind, forget its text and context."""
    try:
        return action()
    except failures as error:
        kind = type(error).__name__
    raise failed(kind)


def failed(kind: str) -> GuaranteeBroken:
    """Return the refusal of a failed engine, once it is logged."""
    _log.error("engine.failed", kind=kind)
    return GuaranteeBroken("engine.failed", kind=kind)

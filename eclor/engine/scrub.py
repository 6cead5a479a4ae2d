"""What an engine error may say: its kind, never its text, which could quote a value or a key."""

from collections.abc import Callable
from typing import TypeVar

import structlog

from eclor.errors import GuaranteeBroken

Answer = TypeVar("Answer")

_log = structlog.get_logger(__name__)


def said_by_kind(
    action: Callable[[], Answer], failures: tuple[type[Exception], ...], too_large: tuple[type[Exception], ...] = ()
) -> Answer:
    """Return what `action` returns; of one of the engine's `failures` keep the kind, forget its text and context.

    One of `too_large` is a number that the engine could not hold: the rows' doing, not the machine's.
    """
    try:
        return action()
    except failures as error:
        kind, overflows = type(error).__name__, isinstance(error, too_large)
    if overflows:
        raise GuaranteeBroken("release.too-large")
    raise failed(kind)


def failed(kind: str) -> GuaranteeBroken:
    """Return the refusal of a failed engine, once it is logged."""
    _log.error("engine.failed", kind=kind)
    return GuaranteeBroken("engine.failed", kind=kind)

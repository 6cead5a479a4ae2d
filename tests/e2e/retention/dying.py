"""Processes that purge or erase, and die at a named point."""

import os
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from eclor.rights.asked import Right
from tests.e2e.retention.hamlet import Hamlet, LivingClock, opened


def purge(folder: Path, instant: datetime, failpoint: str) -> None:
    """Purge at an instant of a town where time really passed."""
    with _at(folder, instant) as hamlet:
        os.environ["ECLOR_FAILPOINT"] = failpoint
        hamlet.purged()


def ask(folder: Path, instant: datetime, failpoint: str, units: tuple[str, ...]) -> None:
    """Erase some units."""
    with _at(folder, instant) as hamlet:
        os.environ["ECLOR_FAILPOINT"] = failpoint
        hamlet.asks(Right.ERASURE, *units)


def _at(folder: Path, instant: datetime) -> AbstractContextManager[Hamlet]:
    return opened(folder, None, LivingClock(instant))


def again(hamlet: Hamlet) -> AbstractContextManager[Hamlet]:
    """Open the same town as the next process does."""
    return opened(hamlet.folder, None, LivingClock(hamlet.clock.instant))

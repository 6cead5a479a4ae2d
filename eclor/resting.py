"""How long a dataset whose state is told rests between two walks: hardly, until it has walked too often."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from catalog.flows import SHORTEST

_SOONEST: Final = timedelta(seconds=0.4)
"""From the beginning of a walk to that of the next."""
_AT_ONCE: Final = 360
"""So many walks begin within an hour as soon as they may, those beyond as `SHORTEST` allows: each may leave a version,
which is kept for years."""
_HOUR: Final = timedelta(hours=1)


@dataclass(slots=True)
class Rest:
    """When the last walks of one dataset began, oldest first, and whether the last one goes on."""

    _begun: deque[datetime] = field(default_factory=lambda: deque(maxlen=_AT_ONCE))
    _walking: bool = False

    def begin(self, now: datetime) -> None:
        """Note that a walk begins."""
        self._begun.append(now)
        self._walking = True

    def end(self) -> None:
        """Note that it ended."""
        self._walking = False

    def is_over(self, now: datetime) -> bool:
        """Say whether the next walk may begin: never while one goes on."""
        if self._walking:
            return False
        if not self._begun:
            return True
        many = len(self._begun) == _AT_ONCE and now - self._begun[0] < _HOUR
        return now - self._begun[-1] >= (SHORTEST if many else _SOONEST)

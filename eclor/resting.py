"""How long a dataset whose state is told rests between two walks: hardly, until it has walked too often."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from catalog.flows import SHORTEST

_SOONEST: Final = timedelta(seconds=1)
_AT_ONCE: Final = 360
"""So many walks begin within an hour as soon as `_SOONEST` allows, those beyond as `SHORTEST` does: each may leave a
version, which is kept for years."""
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rest:
    """When the last walks of one dataset began, oldest first."""

    _begun: deque[datetime] = field(default_factory=lambda: deque(maxlen=_AT_ONCE))

    def begin(self, now: datetime) -> None:
        """Note that a walk begins."""
        self._begun.append(now)

    def is_over(self, now: datetime) -> bool:
        """Say whether the next walk may begin."""
        if not self._begun:
            return True
        many = len(self._begun) == _AT_ONCE and now - self._begun[0] < _HOUR
        return now - self._begun[-1] >= (SHORTEST if many else _SOONEST)

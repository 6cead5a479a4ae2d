"""How long a dataset whose state is told rests between two walks: as long as it walked, until it did so too often."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from catalog.flows import SHORTEST

_SOONEST: Final = timedelta(seconds=0.5)
"""From the beginning of a walk to that of the next, however short it was."""
_AT_ONCE: Final = 360
"""So many walks begin within an hour as soon as they may, those beyond as `SHORTEST` allows: each may leave a version,
which is kept for years."""
_HOUR: Final = timedelta(hours=1)


@dataclass(slots=True)
class Rest:
    """When the last walks of one dataset began, oldest first, and how long the last one took; None while it walks."""

    _begun: deque[datetime] = field(default_factory=lambda: deque(maxlen=_AT_ONCE))
    _lasted: timedelta | None = None

    def begin(self, now: datetime) -> None:
        """Note that a walk begins."""
        self._begun.append(now)
        self._lasted = None

    def end(self, now: datetime) -> None:
        """Note that it ended."""
        self._lasted = now - self._begun[-1]

    def is_over(self, now: datetime) -> bool:
        """Say whether the next walk may begin: never while one goes on."""
        if not self._begun:
            return True
        if self._lasted is None:
            return False
        many = len(self._begun) == _AT_ONCE and now - self._begun[0] < _HOUR
        pause = SHORTEST if many else max(_SOONEST, min(2 * self._lasted, SHORTEST))
        return now - self._begun[-1] >= pause

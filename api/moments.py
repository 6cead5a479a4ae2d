"""The moment of answers that tell ages, or what a territory declares in files: they go by whole minutes.

Dated by the minute, and by any change since: of what is held or was tried, and of the files that they are read from.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from os import walk
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

from api.dating import Dates, Modified, Moment
from eclor.world import Clock

FRESH_S: Final = 1.0
"""How long what was read of the files' dates counts as true."""
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Moments(Clock):
    """A clock that shows whole minutes; `watched` are the files and folders that answers are read from."""

    def __init__(self, dates: Dates, watched: Sequence[Path]) -> None:
        self._dates, self._watched = dates, watched
        self._until = float("-inf")
        self._written = _LONG_AGO
        self._last: Modified | None = None
        self._turn = Lock()

    def now(self) -> datetime:
        """Return the minute that is running."""
        return self._dates.clock.now().replace(second=0, microsecond=0)

    def moment(self) -> Moment:
        """Return the minute, and what dates an answer that is begun now. Looks at the files' dates once a second."""
        now, dates = self.now(), self._dates
        seen = max(now, dates.every.seen, dates.tried.seen, self._changed())
        last = self._last
        if last is None or last.seen != seen:
            self._last = last = Modified(seen, dates.clock)
        return Moment(now, last)

    def _changed(self) -> datetime:
        with self._turn:
            if monotonic() >= self._until:
                self._until = monotonic() + FRESH_S
                self._written = max(map(written, self._watched), default=_LONG_AGO)
            return self._written


def written(path: Path) -> datetime:
    """Return when a file, or anything under a folder, was last written, renamed, put there or taken away.

    It is the change time of the file system's own clock: unlike the time of modification, nothing sets it back.
    """
    newest = 0.0
    for file in (path, *(Path(folder, name) for folder, _, names in walk(path) for name in (".", *names))):
        with suppress(FileNotFoundError):
            newest = max(newest, file.stat().st_ctime, file.lstat().st_ctime)
    return datetime.fromtimestamp(newest, UTC)

"""The moment of answers that tell ages, or what a territory declares in files: they go by whole minutes.

Dated by the minute, and by any change since: of what is held or was tried, and of the files that they are read from.
"""

from asyncio import to_thread
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from os import walk
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

from api.dating import Dates, Modified, Moment
from eclor.world import Clock

FRESH_S: Final = 1.0
"""How long what was read of the files' dates counts as true."""
Stamp = tuple[tuple[str, int, int], ...]
"""Of each file: its path, the time of its last change, its place."""


class Moments(Clock):
    """A clock that shows whole minutes; `watched` are the files and folders that answers are read from."""

    def __init__(self, dates: Dates, watched: Sequence[Path]) -> None:
        self._dates, self._watched = dates, watched
        self._until = float("-inf")
        self._stamps: tuple[Stamp, ...] = ()
        self._seen = dates.started.seen
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

    async def begun(self) -> Moment:
        """Return the same; the files' dates are looked at in a thread."""
        return await to_thread(self.moment)

    def _changed(self) -> datetime:
        """Return when a file was last seen to have changed."""
        with self._turn:
            if monotonic() >= self._until:
                self._until = monotonic() + FRESH_S
                stamps = tuple(map(stamp_of, self._watched))
                if stamps != self._stamps:
                    self._stamps, self._seen = stamps, self._dates.clock.now()
            return self._seen


def stamp_of(path: Path) -> Stamp:
    """Return what changes when a file, or anything under a folder, is written, renamed, put there or taken away.

    It has the file system's own times of change: unlike those of modification, nothing sets them back.
    """
    found: list[tuple[str, int, int]] = []
    for file in (path, *(Path(folder, name) for folder, _, names in walk(path) for name in (".", *names))):
        with suppress(FileNotFoundError):
            found += ((str(file), one.st_ctime_ns, one.st_ino) for one in (file.stat(), file.lstat()))
    return tuple(sorted(found))

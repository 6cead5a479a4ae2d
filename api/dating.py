"""What dates an answer (ADR 62), in `Last-Modified` (RFC 9110, 8.8.2): when this server first saw what it tells.

Whatever makes an answer, the software and its settings among it, was first seen by a process after that process began:
no date is older. A date is told once all servers have seen the same, so that it never stands for two contents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Final

from eclor.world import Clock

SETTLING: Final = timedelta(seconds=3)
"""How long after a change another server, or an answer under way, may still tell what was before."""
BEHIND: Final = timedelta(seconds=2)
"""How far the `Date` that the server writes may be behind its clock: it writes one a second (RFC 9110, 8.8.2.1)."""
_SECOND: Final = timedelta(seconds=1)
Lines = tuple[tuple[bytes, bytes], ...]
"""Header lines as ASGI takes them."""


def http_date(instant: datetime) -> str:
    """Return an instant as HTTP writes it: GMT, to the second."""
    return format_datetime(_whole(instant.astimezone(UTC)), usegmt=True)


class Modified:
    """Since when an answer is what it is: `at`, the date by which conditions judge it.

    What was seen to change has `at` a few seconds later, when nobody tells the former content any more. Until then an
    earlier date is told: whoever comes back with it gets the content again.
    """

    __slots__ = ("_clock", "_early", "_lines", "at", "seen", "settled")

    def __init__(self, seen: datetime, clock: Clock) -> None:
        self.seen, self._clock = seen, clock
        self.at = _whole(seen + SETTLING) + _SECOND
        self.settled = False
        self._early, self._lines = _lines(seen - BEHIND), _lines(self.at)

    @classmethod
    def lasting(cls, since: datetime, clock: Clock) -> "Modified":
        """Return the date of bytes that never change at their address: it is known from the first, and never ahead."""
        made = cls(since, clock)
        made.at, made.settled = _whole(min(since, clock.now() - BEHIND)), True
        made._lines = _lines(made.at)
        return made

    def lines(self) -> Lines:
        """Return the header."""
        if not self.settled:
            self.settled = self._clock.now() - BEHIND >= self.at
        return self._lines if self.settled else self._early


class Undated:
    """Nothing dates it: it tells of the very moment that it is asked at, or is for one caller alone."""

    __slots__ = ()
    at: Final = None
    settled: Final = True

    def lines(self) -> Lines:
        """Return no header."""
        return ()


UNDATED: Final = Undated()
Dated = Modified | Undated
"""What every answer is made with."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The minute that an answer tells ages by, and what dates the answer."""

    now: datetime
    modified: Modified


class Dates:
    """When this server first saw what it holds: `every` is the newest change of all, `started` its own beginning."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.started = self.every = self.tried = Modified(clock.now(), clock)
        self._of: Mapping[str, Modified] = {}
        self._held: Mapping[str, object] = {}
        self._tried: object = None

    def of(self, slug: str) -> Modified:
        """Return the last change of a dataset, of any of its versions, and of what is told of them."""
        return self._of.get(slug, self.every)

    def see(self, held: Mapping[str, object], *, anew: bool) -> None:
        """Compare what was read a moment ago with what was held; `anew` takes all of it for changed."""
        seen = Modified(self.clock.now(), self.clock)
        changed = {slug for slug, what in held.items() if anew or slug not in self._of or self._held[slug] != what}
        if changed or self._of.keys() != held.keys():
            self.every = seen
        self._of = {slug: seen if slug in changed else self._of[slug] for slug in held}
        self._held = held

    def see_tried(self, tried: object) -> None:
        """Compare what was last tried, as read a moment ago."""
        if tried != self._tried:
            self.tried = Modified(self.clock.now(), self.clock)
        self._tried = tried


def _whole(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)


def _lines(instant: datetime) -> Lines:
    return ((b"last-modified", http_date(instant).encode()),)

"""How a host is treated by all flows together: one visit at a time, a pause between two, and it may ask us to wait."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock


class HostBusy(Exception):
    """Other flows kept the host for longer than one waits."""


@dataclass(slots=True)
class _Host:
    turn: Lock = field(default_factory=Lock)
    free_at: float = 0
    """When the next visit may begin."""
    asked_until: float = 0
    """When a wait that the host asked for ends."""


@dataclass(slots=True)
class Manners:
    """What is remembered of hosts, for the life of this process. Safe between threads."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def visit(self, host: str, *, pause_s: float, patience_s: float) -> Iterator[None]:
        """Have the host for oneself, once `pause_s` went by since the last visit; raise `HostBusy` beyond patience."""
        known = self._known(host)
        if not known.turn.acquire(timeout=patience_s):
            raise HostBusy
        try:
            if (early := known.free_at - self.now()) > 0:
                self.wait(early)
            yield
        finally:
            known.free_at = self.now() + pause_s
            known.turn.release()

    def ask_to_wait(self, host: str, seconds: float) -> None:
        """Remember that the host asked not to be visited for so long."""
        known = self._known(host)
        known.asked_until = max(known.asked_until, self.now() + seconds)

    def left_to_wait(self, host: str) -> float:
        """Return the seconds for which the host still wants no visit; 0 when it did not ask."""
        return max(0.0, self._known(host).asked_until - self.now())

    def _known(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())

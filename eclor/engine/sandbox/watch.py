"""The watch over one question at a time: it interrupts an engine whose time is over."""

from threading import Event, Thread
from time import monotonic, sleep
from typing import Final

from eclor.engine.handles import Connection

_LOOK_S: Final = 0.05


class Watch:
    """A thread that sleeps while nothing is asked."""

    def __init__(self) -> None:
        self._begun = Event()
        self._engine: Connection | None = None
        self._until = 0.0
        Thread(target=self._run, daemon=True).start()

    def begin(self, engine: Connection, seconds: float) -> None:
        """Watch an engine: it has so many seconds."""
        self._until = monotonic() + seconds
        self._engine = engine
        self._begun.set()

    def end(self) -> None:
        """Leave the engine alone: it has answered."""
        self._engine = None

    def _run(self) -> None:
        while self._begun.wait():
            sleep(_LOOK_S)
            engine = self._engine
            if engine is None:
                self._begun.clear()
                if self._engine is not None:
                    self._begun.set()
            elif monotonic() > self._until:
                engine.interrupt()

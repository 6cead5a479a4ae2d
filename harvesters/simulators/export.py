"""The lighting platform's export as a resource: which day it holds, and its file, made once and waited for."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event

from harvesters.simulators.clock import exported_day, midnight
from harvesters.simulators.history import export_name, write_export
from harvesters.simulators.shelf import Shelved
from harvesters.simulators.systems import Systems


@dataclass(slots=True)
class Export:
    """The export; its ETag is known before its bytes, for the bytes are a function of what it digests."""

    systems: Systems
    stopping: Event = field(default_factory=Event)
    making: asyncio.Lock = field(default_factory=asyncio.Lock)

    def described(self) -> Shelved:
        """Return the resource as it is now; its file may still have to be made."""
        day = self._day()
        name = export_name(self.systems.platform, day)
        etag = f'"{sha256(name.encode()).hexdigest()}"'
        modified = midnight(day + timedelta(days=1), self.systems.zone)
        return Shelved(self._folder / name, etag, modified, "application/x-ndjson")

    async def made(self) -> Shelved:
        """Make the file of the day unless it is there, aside from the event loop; return the resource."""
        async with self.making:
            described = self.described()
            if not described.file.exists():
                await asyncio.to_thread(self._write, self._day())
            return described

    def _write(self, day: date) -> None:
        write_export(self.systems.platform, day, self._folder, stopping=self.stopping.is_set)

    def _day(self) -> date:
        return exported_day(self.systems.started, self.systems.clock.now(), self.systems.zone)

    @property
    def _folder(self) -> Path:
        return self.systems.home / "eclairage"

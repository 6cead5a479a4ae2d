"""The file drop: a day's file appears whole, under its name, and never changes."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from harvesters.simulators.clock import days, first_of_last_closed_month, local_day, midnight

DayWriter = Callable[[date], bytes]
"""What a day's file holds."""


def due_days(now: datetime, zone: ZoneInfo, *, delay_days: int) -> tuple[date, ...]:
    """List the days whose file should be there: since the last month that may be published, up to yesterday."""
    yesterday = local_day(now, zone) - timedelta(days=1)
    return days(first_of_last_closed_month(now, zone, delay_days=delay_days), yesterday)


@dataclass(frozen=True, slots=True)
class Drop:
    """A folder, the name of its files (``{jour}`` in it stands for the day), and what a day's file holds."""

    folder: Path
    name: str
    zone: ZoneInfo
    write: DayWriter

    def path(self, day: date) -> Path:
        """Return where a day's file stands."""
        return self.folder / self.name.replace("{jour}", day.isoformat())


def drop_files(drop: Drop, wanted: tuple[date, ...]) -> list[Path]:
    """Write the files that are missing, oldest first; return them.

    A file is written in a folder beside, synced and renamed, so that a reader never sees a part of one. It bears the
    time at which its day ended, as if it had been dropped then.
    """
    drop.folder.mkdir(parents=True, exist_ok=True)
    beside = drop.folder.parent / f".{drop.folder.name}.unfinished"
    beside.mkdir(exist_ok=True)
    written = []
    for day in wanted:
        target = drop.path(day)
        if not target.exists():
            ended = midnight(day + timedelta(days=1), drop.zone)
            _write_whole(target, drop.write(day), beside=beside, at=ended)
            written.append(target)
    return written


def _write_whole(target: Path, content: bytes, *, beside: Path, at: datetime) -> None:
    unfinished = beside / target.name
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.utime(unfinished, (at.timestamp(), at.timestamp()))
    unfinished.replace(target)

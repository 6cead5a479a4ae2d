"""The file drop: a day's file appears whole, under its name, and never changes."""

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from harvesters.simulators.clock import days, first_of_last_closed_month, local_day

DayWriter = Callable[[date], bytes]
"""What a day's file holds."""


def due_days(now: datetime, zone: ZoneInfo, *, delay_days: int) -> tuple[date, ...]:
    """List the days whose file should be there: since the last month that may be published, up to yesterday."""
    yesterday = local_day(now, zone) - timedelta(days=1)
    return days(first_of_last_closed_month(now, zone, delay_days=delay_days), yesterday)


def drop_files(folder: Path, wanted: tuple[date, ...], *, name: str, write: DayWriter) -> list[Path]:
    """Write the files that are missing, oldest first; return them. `name` holds ``{jour}``.

    A file is written in a folder beside, synced and renamed, so that a reader of `folder` never sees a part of one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder.parent / f".{folder.name}.unfinished"
    beside.mkdir(exist_ok=True)
    written = []
    for day in wanted:
        target = folder / name.replace("{jour}", day.isoformat())
        if not target.exists():
            _write_whole(target, write(day), beside=beside)
            written.append(target)
    return written


def _write_whole(target: Path, content: bytes, *, beside: Path) -> None:
    unfinished = beside / target.name
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(target)

"""What a run may take of the machine, and which stored rows it reads."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may take: a private folder for spilling and results, memory before it spills, threads."""

    folder: Path
    memory: str = "1GB"
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Range:
    """Rows whose `column` is at least `low` and below `high`: naive UTC instants, days, whole numbers or texts."""

    column: str
    low: datetime | date | int | str
    high: datetime | date | int | str

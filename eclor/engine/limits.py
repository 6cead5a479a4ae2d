"""What a run may take of the machine, and which stored rows it reads."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path


class Engine(StrEnum):
    """The engines that apply policies, by the name that an operator gives."""

    DUCKDB = "duckdb"
    SPARK = "spark"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may take: a private folder for spilling and results, memory before it spills, threads, an engine.

    `spark_master` is the address of the cluster that Spark runs on; empty means this machine, with `threads`.
    """

    folder: Path
    memory: str = "1GB"
    threads: int = 2
    engine: Engine = Engine.DUCKDB
    spark_master: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """Rows whose `column` is at least `low` and below `high`: naive UTC instants, days, whole numbers or texts."""

    column: str
    low: datetime | date | int | str
    high: datetime | date | int | str

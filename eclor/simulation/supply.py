"""Where the rows of a dry run come from: a file, or what a home holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from charter.compile import Plan
from charter.held import Held
from charter.territory import Territory
from eclor.engine.limits import Engine, Limits
from eclor.offline.given import Given, made_ready
from eclor.settings import Settings
from eclor.world import World


@dataclass(frozen=True, slots=True)
class Supplied:
    """What a plan is tried on, in which world, within which limits; `read_by` says in French how a file was read."""

    held: Held
    world: World
    limits: Limits
    read_by: str = ""
    hint: str = ""
    """What would help in French where rows of the file do not read."""
    odd: Sequence[str] = ()
    """What is odd in the file and costs no row, in French."""


class Supply(Protocol):
    """Gives the rows of a dry run to a plan, in a private folder of its own."""

    @property
    def origin(self) -> str:
        """Return where the rows come from, in a word."""
        ...

    def supplied(self, plan: Plan, private: Path) -> Supplied | None:
        """Return what a plan is tried on; none where nothing is held yet. Refuses (`EclorError`) what cannot be read.

        `private` exists and is empty.
        """
        ...


FROM_FILE: Final = "file"


@dataclass(frozen=True, slots=True)
class FileSupply:
    """A file of all rows now held, and the earlier results, as `eclor apply` takes them."""

    given: Given
    territory: Territory
    charter: Path
    now: datetime
    engine: Engine

    @property
    def origin(self) -> str:
        """Return where the rows come from, in a word."""
        return FROM_FILE

    def supplied(self, plan: Plan, private: Path) -> Supplied | None:
        """Read the file through the harvesters' door. Refuses as `eclor apply` does."""
        ready = made_ready(
            self.given, plan, self.territory, charter=self.charter, private=private, run=(self.now, self.engine)
        )
        return Supplied(ready.held, ready.world, ready.limits, ready.read_by, ready.hint, ready.odd)


def limits_in(folder: Path, engine: Engine, settings: Settings) -> Limits:
    """Return the limits of a run in a private folder."""
    return Limits(folder, settings.memory_limit, engine=engine, spark_master=settings.spark_master)

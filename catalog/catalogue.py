"""Where everything published stands: the metadata database, the folder of versions, the journal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from catalog.database import engine_at, upgrade
from catalog.locks import alone
from charter.journal import Journal
from eclor.errors import SettingsRefused
from eclor.settings import Settings
from eclor.world import World

COPIES: Final = "copies"


@dataclass(frozen=True, slots=True)
class Catalog:
    """The three places of a territory's published state. Closing the engine is its opener's business."""

    engine: Engine
    published: Path
    journal: Journal

    @property
    def work(self) -> Path:
        """Return the folder where versions are made, on the same disk as the versions."""
        return self.published / ".work"

    def version_folder(self, slug: str, number: int) -> Path:
        """Return the folder of one version, there or not."""
        return version_folder(self.published, slug, number)

    @contextmanager
    def publishing(self, world: World, *, patience_s: float = 60) -> Iterator[None]:
        """Be the one publisher, over all processes. Refuses (`Busy`) after waiting in vain."""
        self.published.mkdir(parents=True, exist_ok=True)
        with alone(self.published / ".lock", world=world, patience_s=patience_s):
            yield


def version_folder(published: Path, slug: str, number: int) -> Path:
    """Return the folder of one version in the folder of all, there or not."""
    return published / slug / "versions" / str(number)


def copies_folder(published: Path, slug: str, number: int) -> Path:
    """Return the folder of what is derived from a version, there or not: in no proof, made again if lost."""
    return published / slug / COPIES / str(number)


def open_catalog(settings: Settings, world: World) -> Catalog:
    """Open the catalogue of a home, its database brought to the newest shape.

    Refuses (`SettingsRefused`) a storage address: versions go to a local folder; and a database that does not answer,
    cannot be read, or was changed by a newer version.
    """
    if settings.storage_url:
        raise SettingsRefused("catalog.storage-url")
    engine = engine_at(settings.database)
    try:
        upgrade(engine)
    except SettingsRefused:
        engine.dispose()
        raise
    return Catalog(engine, settings.published, Journal(settings.home / "journal", world))

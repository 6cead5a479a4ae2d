"""Door 6: a validated release becomes a `CatalogEntry`, here and nowhere else."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import final

from eclor.names import Sha256, Slug, VersionId


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One immutable file of a version."""

    name: str
    media_type: str
    size_bytes: int
    sha256: Sha256


@final
@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """An immutable version: its folder, its files, its place in the journal."""

    dataset: Slug
    version: VersionId
    folder: Path
    files: tuple[PublishedFile, ...]
    published_at: datetime
    journal_index: int

"""What a run is given beside its plan, and what it says when there is nothing to publish yet."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from anonymizers.places import NO_ZONES, Zones
from charter.model import Catalogue
from charter.reviews import NO_REVIEWS, Reviews
from eclor.names import Period, Slug
from harvesters.intake import RawDataset

if TYPE_CHECKING:
    from charter.ledger.memory import Memory


@dataclass(frozen=True, slots=True)
class FormerRelease:
    """The rows of the version before, as published (Parquet), all the closed periods that they cover, and when."""

    path: Path
    periods: tuple[Period, ...]
    released_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held of one dataset: its rows, decrypted for the run, and the version before.

    `files` are plain Parquet files of `raw`'s rows (no file: no row). For a delivery or a live state they hold one
    whole delivery; for a series every row held. `catalogue` says which sister datasets count units; `zones` are the
    territory's reference tables, none for a file applied outside any territory: codes of place then stand as they are.
    `memory` is what the ledger says of all that was published before; none where nothing was. `reviews` is what the
    DPO decided of the texts of masked columns.
    """

    raw: RawDataset
    files: tuple[Path, ...]
    former: FormerRelease | None
    catalogue: Catalogue
    zones: Zones | None
    memory: "Memory | None" = None
    reviews: Reviews = NO_REVIEWS

    @property
    def listed_zones(self) -> Zones:
        """Return the reference tables, empty where there is no territory."""
        return self.zones or NO_ZONES


class NothingToPublish(Exception):
    """Nothing to publish yet, which is no refusal: no new period is closed, or none holds a row.

    `next_close` is when the next period that holds rows closes, aware; none if no row waits.
    """

    def __init__(self, dataset: Slug, next_close: datetime | None) -> None:
        super().__init__(f"nothing to publish yet: {dataset}")
        self.dataset = dataset
        self.next_close = next_close

"""Door 2: rows become a `RawDataset`, here and nowhere else. What the policy does not let in is never stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import final

from eclor.names import FieldName, Slug, SourceName


@dataclass(frozen=True, slots=True)
class RawColumn:
    """A stored column: its name and `FieldType` word.

    Stored as Parquet: texte, code, position ("lon,lat"), geometrie (GeoJSON text) → string; entier → int64;
    decimal → decimal128(18, decimals); date → date32; booleen → bool; date-heure `c` → timestamp[us] naive UTC, with a
    companion bool `c__ambigu`, true where a local time without offset fell in the doubled autumn hour (the instant is
    then that of the first, summer, reading).
    """

    name: FieldName
    type: str
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Partition:
    """One encrypted file of rows of one dataset, received together; its key dies alone.

    `identifier` names the key and the file (`{identifier}.parquet.enc`); `rows` counts its rows.
    """

    identifier: str
    rows: int
    received_from: datetime
    received_to: datetime


@dataclass(frozen=True, slots=True)
class IntakeCounts:
    """What intake saw; internal figures, never published."""

    rows: int = 0
    left_out: int = 0
    """Rows that `garder` leaves out."""
    refused: int = 0
    """Rows that the parser or a type refused, with their reason in the journal of the flow."""
    quarantined: int = 0
    """Rows with a local time that does not exist (spring gap)."""
    unmapped: tuple[str, ...] = ()
    """Paths of nested payloads that nobody declared: dropped, never stored, named."""


@final
@dataclass(frozen=True, slots=True)
class RawDataset:
    """All the rows of one dataset that are held now."""

    dataset: Slug
    source: SourceName
    columns: tuple[RawColumn, ...]
    partitions: tuple[Partition, ...]
    rows: int
    counts: IntakeCounts
    received_at: datetime
    """Arrival of the newest row."""

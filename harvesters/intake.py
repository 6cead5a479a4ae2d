"""Door 2: rows become a `RawDataset`, here and nowhere else. What the policy does not let in is never stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, final

from eclor.names import FieldName, Slug, SourceName


@dataclass(frozen=True, slots=True)
class AllowedFields:
    """What the policy says of the dataset's columns, all that this room needs to know of it."""

    collected: frozenset[FieldName]
    """Columns declared with `collecte: oui`."""
    refused: frozenset[FieldName]
    """Columns declared with `collecte: non`: a delivery that holds one is not what was agreed."""

    @classmethod
    def of(cls, *, collected: Iterable[str], refused: Iterable[str]) -> "AllowedFields":
        """Return the fields of a policy, by their names."""
        return cls(frozenset(map(FieldName, collected)), frozenset(map(FieldName, refused)))


@dataclass(frozen=True, slots=True)
class RawColumn:
    """A stored column: its name and `FieldType` word.

    Stored as Parquet: texte, code, fichier (its address), position ("lon,lat"), geometrie (GeoJSON text) → string;
    entier → int64; decimal → decimal128(18, decimals); date → date32; booleen → bool; date-heure `c` →
    timestamp[us] naive UTC, with a companion bool `c__ambigu`, true where a local time without offset fell in the
    doubled autumn hour (the instant is then that of the first, summer, reading).
    """

    name: FieldName
    type: str
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Partition:
    """One encrypted file of rows of one dataset, received together; its key dies alone.

    `identifier` names the key and the file (`{identifier}.parquet.enc`); `rows` counts its rows. `origin` is the
    identifier of the partition that it stands for, when one person's rows were taken out of that one. `sealed` is the
    digest (SHA-256) of the file's bytes; none where the name is a digest of the rows, or the file older than this.
    """

    identifier: str
    rows: int
    received_from: datetime
    received_to: datetime
    origin: str = ""
    sealed: str = ""

    @property
    def stands_for(self) -> str:
        """Return the identifier under which its rows came in: an erasure is no news of the source."""
        return self.origin or self.identifier


MOST_NAMED: Final = 1_000
"""Unmapped paths: beyond, they are no list that anybody reads."""


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
    repeated: int = 0
    """Rows or messages that were already held."""
    unmapped: tuple[str, ...] = ()
    """Paths of nested payloads that nobody declared: dropped, never stored, the first thousand of a delivery named."""
    reasons: tuple[tuple[str, int], ...] = ()
    """Why rows were refused, « code: column », and how many; never a value."""


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


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one delivery left in the raw store, as its plain index says it."""

    columns: tuple[RawColumn, ...]
    partitions: tuple[Partition, ...]
    counts: IntakeCounts
    received_at: datetime


def rows_held(dataset: Slug, source: SourceName, deliveries: Sequence[Delivery]) -> RawDataset:
    """Return the raw dataset of at least one delivery, oldest first; its columns are those of the newest."""
    partitions = tuple(partition for delivery in deliveries for partition in delivery.partitions)
    return RawDataset(
        dataset=dataset,
        source=source,
        columns=deliveries[-1].columns,
        partitions=partitions,
        rows=sum(partition.rows for partition in partitions),
        counts=total([delivery.counts for delivery in deliveries]),
        received_at=max(delivery.received_at for delivery in deliveries),
    )


def total(counts: Sequence[IntakeCounts]) -> IntakeCounts:
    """Return the sum of several counts; paths are named once, in order, the first thousand."""
    reasons: dict[str, int] = {}
    for reason, times in (pair for count in counts for pair in count.reasons):
        reasons[reason] = reasons.get(reason, 0) + times
    return IntakeCounts(
        rows=sum(count.rows for count in counts),
        left_out=sum(count.left_out for count in counts),
        refused=sum(count.refused for count in counts),
        quarantined=sum(count.quarantined for count in counts),
        repeated=sum(count.repeated for count in counts),
        unmapped=tuple(sorted({path for count in counts for path in count.unmapped})[:MOST_NAMED]),
        reasons=tuple(sorted(reasons.items())),
    )

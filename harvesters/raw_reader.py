"""The rows of the raw store, read and nothing else: no folder is made, nothing is swept, no key is asked twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from eclor.errors import Busy, PayloadRefused, Place, SourceUnavailable
from eclor.names import Slug, SourceName
from eclor.world import World
from harvesters import index
from harvesters.intake import Partition, RawColumn, RawDataset, rows_held
from harvesters.receiving import SEALED
from harvesters.sealed_file import read_sealed


class RawReader:
    """Reads the raw rows of a territory; a store of its own (`harvesters.raw_store`) writes them."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder = folder
        self.world = world

    def held(self, dataset: Slug, source: SourceName, *, received_since: datetime | None = None) -> RawDataset:
        """Return the rows of a dataset that are held now; of partitions received since an instant, if one is given.

        Refuses (`SourceUnavailable`) when nothing was ever received, (`PayloadRefused`) when a column changed its
        type between two deliveries that are both held.
        """
        entries = index.held(index.entries(self.place(dataset, source)))
        if not entries:
            raise SourceUnavailable("source.nothing-yet", dataset=dataset, source=source)
        _refuse_changed_columns(entries, dataset=dataset)
        deliveries = [
            replace(
                entry.delivery,
                partitions=tuple(
                    partition
                    for partition in entry.delivery.partitions
                    if received_since is None or partition.received_to >= received_since
                ),
            )
            for entry in entries
        ]
        return rows_held(dataset, source, deliveries)

    def has(self, dataset: Slug, source: SourceName) -> bool:
        """Say whether anything was ever received of a dataset."""
        return bool(index.entries(self.place(dataset, source)))

    def place(self, dataset: Slug, source: SourceName) -> Path:
        """Return the folder of a source's dataset."""
        return self.folder / source / dataset

    def decrypted(self, raw: RawDataset, private: Path) -> Iterator[Path]:
        """Yield each partition of a raw dataset as a plain Parquet file in a private folder, its caller's to remove.

        Refuses (`PayloadRefused`) a partition that is missing or damaged, (`Busy`) one that was taken out meanwhile.
        """
        place = self.place(raw.dataset, raw.source)
        for partition in raw.partitions:
            with taken_out(place, partition, dataset=raw.dataset):
                plain = self._decrypted(place, partition, private)
            yield plain

    def _decrypted(self, place: Path, partition: Partition, private: Path) -> Path:
        sealed, plain = place / f"{partition.identifier}{SEALED}", private / f"{partition.identifier}.parquet"
        if not sealed.exists():
            raise PayloadRefused("store.missing", place=Place(sealed.name))
        key = self.world.keys.partition_key(partition.identifier)
        with plain.open("wb") as file:
            for chunk in read_sealed(sealed, key=key, name=partition.identifier):
                file.write(chunk)
        return plain


@contextmanager
def taken_out(place: Path, partition: Partition, *, dataset: Slug) -> Iterator[None]:
    """Refuse (`Busy`) a partition that cannot be read because an erasure or a purge took it out: no file is lost."""
    try:
        yield
    except (PayloadRefused, FileNotFoundError) as refusal:
        if index.is_held(place, partition.identifier):
            raise
        raise Busy("release.rows-moved", dataset=dataset) from refusal


def _refuse_changed_columns(entries: list[index.Entry], *, dataset: Slug) -> None:
    types: dict[str, RawColumn] = {}
    for column in (column for entry in entries if entry.delivery.partitions for column in entry.delivery.columns):
        if types.setdefault(column.name, column) != column:
            raise PayloadRefused("store.column-changed", dataset=dataset, column=column.name)

"""The raw store: the rows of every dataset, encrypted in partitions that die one by one.

`{folder}/{source}/{dataset}/` holds sealed Parquet files (`{partition}.parquet.enc`, a key each in the key ring) and
one small plain index file a delivery. What has no index entry is not held: a crash leaves the former state or the new
one, and the sweep at the start removes the halves.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyarrow as pa

from eclor.durable import NO_ROOM, sync_folder
from eclor.errors import Busy, SourceUnavailable
from eclor.failpoints import failpoint
from eclor.names import Slug, SourceName
from eclor.world import World
from harvesters import index
from harvesters.cursors import Cursor
from harvesters.intake import Partition, RawColumn, RawDataset
from harvesters.locks import holding, sharing, waiting_for
from harvesters.raw_reader import RawReader, taken_out
from harvesters.receiving import (
    APPEND_LOCK,
    COMMIT_LOCK,
    READ_LOCK,
    SEALED,
    Receipt,
    purge_hidden,
    read_table,
    staged,
    sweep_staging,
)
from harvesters.screening import read_screen
from harvesters.source import Source
from harvesters.span import Span

_OPENED: Final = "opened-"
_OPENING_LOCK: Final = ".opening.lock"


class RawStore(RawReader):
    """Holds the raw rows of a territory. Safe under several processes; one harvests a flow at a time."""

    def __init__(self, folder: Path, world: World) -> None:
        super().__init__(folder, world)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._sweep()

    def cursor(self, source: Source) -> Cursor:
        """Return what a flow remembers of its last delivery; empty before the first."""
        cursors = [entry.cursor for entry in self.entries(source) if entry.flow == source.flow]
        return cursors[-1] if cursors else {}

    def entries(self, source: Source) -> list[index.Entry]:
        """Return the index entries of a source's dataset, of all its flows, oldest first."""
        return index.entries(self.place(source.dataset, source.name))

    @contextmanager
    def opened(self, raw: RawDataset, *, into: Path) -> Iterator[tuple[Path, ...]]:
        """Give the partitions of a raw dataset as plain Parquet files in a private folder (0700), gone at the end.

        `into` is private scratch; folders that a crash left there are removed first. Refuses (`PayloadRefused`) a
        partition that is missing or damaged.
        """
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        with ExitStack() as ours:
            with waiting_for(into / _OPENING_LOCK):  # else a sweep could find it before it is locked
                _sweep_opened(into)
                private = Path(tempfile.mkdtemp(prefix=_OPENED, dir=into))
                ours.callback(shutil.rmtree, private, ignore_errors=True)
                ours.enter_context(holding(private / "lock", what=raw.dataset))
            yield tuple(self.decrypted(raw, private))

    def tables(self, raw: RawDataset, columns: Sequence[str], *, within: Span | None = None) -> Iterator[pa.Table]:
        """Yield some columns of each partition, in memory, one at a time; rows out of the span may be left out."""
        for partition in raw.partitions:
            yield self.table(raw.dataset, raw.source, partition, columns=columns, within=within)

    def table(
        self,
        dataset: Slug,
        source: SourceName,
        partition: Partition,
        *,
        columns: Sequence[str] | None = None,
        within: Span | None = None,
    ) -> pa.Table:
        """Return one partition in memory, all its columns or some; rows out of the span may be left out.

        Refuses (`PayloadRefused`) one that is missing or damaged, (`Busy`) one that was taken out meanwhile.
        """
        place = self.place(dataset, source)
        with taken_out(place, partition, dataset=dataset):
            path, key = place / f"{partition.identifier}{SEALED}", self.world.keys.partition_key(partition.identifier)
            return read_table(path, key=key, name=partition.identifier, columns=columns, within=within)

    @contextmanager
    def harvesting(self, source: Source) -> Iterator[Path]:
        """Hold a flow for one harvest and give its dataset's folder.

        Refuses (`Busy`) if another run holds it, (`SourceUnavailable`) if the disk is full: what was on its way is not
        held, what was held stays.
        """
        place = self.place(source.dataset, source.name)
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            with holding(place / f".{source.flow}.lock", what=source.dataset):
                yield place
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            raise SourceUnavailable("store.no-room", dataset=source.dataset) from error

    @contextmanager
    def reading(self, dataset: Slug, source: SourceName) -> Iterator[None]:
        """Have a state that is told stay as it is while walks read it: what is told meanwhile is only written ahead.

        Else a state that is told more often than a walk lasts could be refused again and again.
        """
        place = self.place(dataset, source)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with sharing(place / READ_LOCK):
            yield

    def told(self, source: Source) -> str:
        """Return what changes with each delivery of a flow that somebody follows now; "" while nobody does."""
        place = self.place(source.dataset, source.name)
        if not place.exists():
            return ""
        try:
            with holding(place / f".{source.flow}.lock", what=source.dataset):
                return ""
        except Busy:
            return index.newest(place)

    def remember(self, source: Source, cursor: Cursor) -> None:
        """Change what a flow remembers where its rows stay as they are."""
        place = self.place(source.dataset, source.name)
        with waiting_for(place / APPEND_LOCK), waiting_for(place / COMMIT_LOCK):
            for newest in [entry for entry in index.entries(place) if entry.flow == source.flow][-1:]:
                index.write_entry(place, replace(newest, cursor=cursor))

    @contextmanager
    def receiving(self, source: Source, columns: tuple[RawColumn, ...]) -> Iterator[Receipt]:
        """Give a receipt for one delivery of a flow; what it did not commit at the end is forgotten, keys first."""
        place = self.place(source.dataset, source.name)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with staged(place, self.world) as staging:
            now = self.world.clock.now()
            receipt = Receipt(
                place, staging, columns, source.flow, self.world, now, now, read_screen(place, self.world)
            )
            try:
                yield receipt
            finally:
                receipt.abandon()

    def places(self) -> tuple[tuple[SourceName, Slug], ...]:
        """Return the source and the dataset of every folder of the store, declared today or not."""
        return tuple((SourceName(place.parent.name), Slug(place.name)) for place in sorted(self.folder.glob("*/*/")))

    def destroy(self, partition: Partition) -> None:
        """Destroy one partition for ever, wherever it is."""
        for sealed in self.folder.glob(f"*/*/{partition.identifier}{SEALED}"):
            self.destroy_at(sealed.parent, partition.identifier)

    def destroy_at(self, place: Path, identifier: str) -> None:
        """Destroy a partition of a dataset's folder: out of the index, then its key, then its file (crypto-shredding).

        May be done again after a kill at any step, and twice.
        """
        with waiting_for(place / APPEND_LOCK), waiting_for(place / COMMIT_LOCK):
            for entry in index.entries(place):
                if index.holds(entry, identifier):
                    index.write_entry(place, index.without(entry, identifier))
            failpoint("purge.unindexed")
            self.world.keys.destroy_partition_key(identifier)
            failpoint("purge.key-destroyed")
            (place / f"{identifier}{SEALED}").unlink(missing_ok=True)
            sync_folder(place)
        failpoint("purge.file-gone")

    def _sweep(self) -> None:
        for place in self.folder.glob("*/*/"):
            with waiting_for(place / COMMIT_LOCK):
                sweep_staging(place, self.world)
                index.sweep_halves(place)
                indexed = {
                    partition.identifier for entry in index.entries(place) for partition in entry.delivery.partitions
                }
                for sealed in place.glob(f"*{SEALED}"):
                    identifier = sealed.name.removesuffix(SEALED)
                    if identifier not in indexed:
                        self.world.keys.destroy_partition_key(identifier)
                        sealed.unlink()
                purge_hidden(place, self.world)


def _sweep_opened(into: Path) -> None:
    """Remove the plain files of runs that died; one that still lives holds its lock."""
    for private in into.glob(f"{_OPENED}*"):
        try:
            with holding(private / "lock", what=private.name):
                shutil.rmtree(private, ignore_errors=True)
        except (OSError, Busy):
            continue

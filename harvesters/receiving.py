"""A delivery on its way in: typed batches become sealed partitions in a staging folder, then all are held at once."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from itertools import repeat
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from eclor.durable import sync_folder
from eclor.failpoints import failpoint
from eclor.world import Secret, World
from harvesters import index
from harvesters.cursors import Cursor
from harvesters.intake import Delivery, IntakeCounts, Partition, RawColumn
from harvesters.locks import waiting_for
from harvesters.screening import Screen, read_screen
from harvesters.sealed_file import PREFIX_SIZE, read_sealed, write_sealed
from harvesters.span import Span

SEALED: Final = ".parquet.enc"
STAGING: Final = ".staging-"
COMMIT_LOCK: Final = ".commit.lock"
"""Held for the instant of a commit or of a deletion."""
APPEND_LOCK: Final = ".append.lock"
"""Held by who looks at what is held and then adds to it or takes from it."""
READ_LOCK: Final = ".read.lock"
"""Held by a walk; a state that is told is replaced by nobody meanwhile."""
_STAGING_LOCK: Final = "lock"
PARTITION_ROWS: Final = 1_000_000
GROUP_ROWS: Final = 131_072
GROUP_BYTES: Final = 16 * 1024 * 1024
PARTITION_BYTES: Final = 16 * 1024 * 1024
"""Rows may be long: a group is written, a partition closed, before it fills the memory."""


class Keeping(Enum):
    """What a delivery does to those held before it."""

    APPEND = "append"
    """Its rows join them: increments of a series."""
    REPLACE = "replace"
    """It takes the place of its flow's earlier ones, whose keys are destroyed: snapshots, live states, complete
    deliveries."""


@dataclass(slots=True)
class Receipt:
    """One delivery being received. Holds one row group and one partition's compressed bytes."""

    folder: Path
    staging: Path
    columns: tuple[RawColumn, ...]
    flow: str
    world: World
    received_from: datetime
    received_to: datetime
    screen: Screen
    """The units that must not come in, as they were known when the delivery began."""
    _waiting: list[pa.Table] = field(default_factory=list)
    _waiting_rows: int = 0
    _waiting_bytes: int = 0
    _sink: pa.BufferOutputStream | None = None
    _writer: pq.ParquetWriter | None = None
    _rows: int = 0
    _partitions: list[Partition] = field(default_factory=list)

    def add(self, table: pa.Table) -> None:
        """Take a typed batch, without those who are screened out."""
        table = self.screen.without(table, received_from=self.received_from)
        self._waiting.append(table)
        self._waiting_rows += table.num_rows
        self._waiting_bytes += table.nbytes
        if self._waiting_rows >= GROUP_ROWS or self._waiting_bytes >= GROUP_BYTES:
            self._write_group()
        if self._rows >= PARTITION_ROWS or (self._sink is not None and self._sink.tell() >= PARTITION_BYTES):
            self._close_partition()

    def leaves_out(self, table: pa.Table) -> Iterable[bool]:
        """Say of each row of a batch whether `add` leaves it out."""
        met = self.screen.met(table, received_from=self.received_from)
        return repeat(False, table.num_rows) if met is None else met.to_pylist()

    def _write_group(self) -> None:
        if self._waiting_rows == 0:
            self._waiting.clear()
            self._waiting_bytes = 0
            return
        group = pa.concat_tables(self._waiting)
        if self._writer is None:
            self._sink = pa.BufferOutputStream()
            self._writer = pq.ParquetWriter(self._sink, group.schema, compression="zstd")
        self._writer.write_table(group, row_group_size=GROUP_ROWS)
        self._rows += group.num_rows
        self._waiting, self._waiting_rows, self._waiting_bytes = [], 0, 0

    def _close_partition(self) -> None:
        if self._writer is None or self._sink is None:
            return
        self._writer.close()
        identifier = self.world.randomness.bytes(16).hex()
        # In the list before its file, so that its key dies with the delivery whatever stops the writing.
        partition = Partition(identifier, self._rows, self.received_from, self.received_to)
        self._partitions.append(partition)
        sealed = write_sealed(
            self.staging / f"{identifier}{SEALED}",
            memoryview(self._sink.getvalue()),
            key=self.world.keys.partition_key(identifier),
            name=identifier,
            prefix=self.world.randomness.bytes(PREFIX_SIZE),
        )
        self._partitions[-1] = replace(partition, sealed=sealed)
        self._writer, self._sink, self._rows = None, None, 0

    def sift(self, keep: Callable[[pa.Table], pa.Table]) -> int:
        """Pass all that was taken through `keep`, and return how many rows that dropped. Holds one partition."""
        self._write_group()
        self._close_partition()
        former, self._partitions = self._partitions, []
        for partition in former:
            path = self.staging / f"{partition.identifier}{SEALED}"
            key = self.world.keys.partition_key(partition.identifier)
            self.add(keep(read_table(path, key=key, name=partition.identifier)))
            self.world.keys.destroy_partition_key(partition.identifier)
            path.unlink()
        self._write_group()
        self._close_partition()
        return sum(partition.rows for partition in former) - sum(partition.rows for partition in self._partitions)

    def commit(self, *, keeping: Keeping, counts: IntakeCounts, cursor: Cursor, absorbs: tuple[int, ...] = ()) -> None:
        """Hold the delivery: from here on all its rows and its cursor are there, or after a crash none of them.

        `absorbs` are the sequences of deliveries of which it holds the rows. The append lock is held: who was screened
        out since the delivery began is left out now.
        """
        if (screen := read_screen(self.folder, self.world)).columns != self.screen.columns:
            self.sift(lambda table: screen.without(table, received_from=self.received_from))
        self._write_group()
        self._close_partition()
        failpoint("intake.staged")
        with waiting_for(self.folder / COMMIT_LOCK):
            for partition in self._partitions:
                name = f"{partition.identifier}{SEALED}"
                (self.staging / name).rename(self.folder / name)
            sync_folder(self.folder)
            failpoint("intake.renamed")
            entry = index.Entry(
                sequence=index.next_sequence(self.folder),
                flow=self.flow,
                replaces=keeping is Keeping.REPLACE,
                absorbs=absorbs,
                cursor=cursor,
                delivery=Delivery(self.columns, tuple(self._partitions), counts, self.received_to),
            )
            self._enter(entry)
            failpoint("intake.committed")
            purge_hidden(self.folder, self.world)

    def _enter(self, entry: index.Entry) -> None:
        """Write the index entry; once it has its name the partitions are held, whatever goes wrong after."""
        try:
            index.write_entry(self.folder, entry)
        finally:
            if (self.folder / entry.file_name).exists():
                self._partitions = []

    def abandon(self) -> None:
        """Forget what was staged and not committed, keys first."""
        for partition in self._partitions:
            self.world.keys.destroy_partition_key(partition.identifier)


def read_table(
    path: Path, *, key: Secret, name: str, columns: Sequence[str] | None = None, within: Span | None = None
) -> pa.Table:
    """Return a sealed partition as a table in memory, all its columns or some; groups out of a span are left out."""
    file = pq.ParquetFile(pa.BufferReader(b"".join(read_sealed(path, key=key, name=name))))
    groups = within.groups(file) if within else range(file.num_row_groups)
    return file.read_row_groups([*groups], columns=None if columns is None else [*columns])


@contextmanager
def staged(folder: Path, world: World) -> Iterator[Path]:
    """Give a staging folder, ours while this process lives; what is left in it at the end goes."""
    staging = folder / f"{STAGING}{world.randomness.bytes(8).hex()}"
    with waiting_for(folder / COMMIT_LOCK):  # else a sweep could find it before it is locked
        staging.mkdir(mode=0o700)
        lock = os.open(staging / _STAGING_LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        os.close(lock)


def purge_hidden(folder: Path, world: World) -> None:
    """Destroy what a later delivery replaced: keys, files, then the index entries. Under the commit lock."""
    all_entries = index.entries(folder)
    held = index.held(all_entries)
    for entry in all_entries:
        if entry in held:
            continue
        for partition in entry.delivery.partitions:
            world.keys.destroy_partition_key(partition.identifier)
            (folder / f"{partition.identifier}{SEALED}").unlink(missing_ok=True)
        (folder / entry.file_name).unlink(missing_ok=True)
    sync_folder(folder)


def sweep_staging(folder: Path, world: World) -> None:
    """Remove the staging folders whose process died, and destroy the keys of what was in them."""
    for staging in folder.glob(f"{STAGING}*"):
        lock = os.open(staging / _STAGING_LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for path in staging.glob(f"*{SEALED}"):
                world.keys.destroy_partition_key(path.name.removesuffix(SEALED))
            shutil.rmtree(staging, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(lock)

"""One person's rows taken out of what is held: the partition is written again without them, under a new key.

The new file is whole and durable before the index names it; the former key dies, then the former file. A kill leaves
one or the other: the sweep at the next opening of the store removes the half that the index does not name.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from eclor.durable import sync_folder
from eclor.failpoints import failpoint
from eclor.world import World
from harvesters import index
from harvesters.intake import Partition
from harvesters.locks import waiting_for
from harvesters.receiving import APPEND_LOCK, COMMIT_LOCK, GROUP_ROWS, SEALED, read_table
from harvesters.sealed_file import PREFIX_SIZE, write_sealed


def rewrite(
    place: Path, partition: Partition, keep: Callable[[pa.Table], pa.Table], *, origin: str, world: World
) -> int | None:
    """Write a partition again with the rows that `keep` returns, and destroy the former; return how many rows went.

    `origin` is the identifier that the new one stands for. A partition that is left empty stays, and dies on its date
    as the former would have. Returns none, and does nothing, if the partition is no longer held. Holds one partition.
    """
    with waiting_for(place / APPEND_LOCK), waiting_for(place / COMMIT_LOCK):
        holders = [entry for entry in index.entries(place) if index.holds(entry, partition.identifier)]
        if not holders:
            return None
        former = place / f"{partition.identifier}{SEALED}"
        table = read_table(former, key=world.keys.partition_key(partition.identifier), name=partition.identifier)
        kept = keep(table)
        if kept.num_rows == table.num_rows:
            return 0
        fresh = replace(partition, identifier=world.randomness.bytes(16).hex(), rows=kept.num_rows, origin=origin)
        fresh = replace(fresh, sealed=_write(place, fresh.identifier, kept, world))
        failpoint("erase.written")
        for entry in holders:
            index.write_entry(place, index.changed(entry, partition.identifier, fresh))
        failpoint("erase.entered")
        world.keys.destroy_partition_key(partition.identifier)
        failpoint("erase.key-destroyed")
        former.unlink(missing_ok=True)
        sync_folder(place)
        return int(table.num_rows - kept.num_rows)


def _write(place: Path, identifier: str, kept: pa.Table, world: World) -> str:
    """Write a partition's file; return its digest."""
    sink = pa.BufferOutputStream()
    pq.write_table(kept, sink, compression="zstd", row_group_size=GROUP_ROWS)
    path, key = place / f"{identifier}{SEALED}", world.keys.partition_key(identifier)
    try:
        sealed = write_sealed(
            path,
            memoryview(sink.getvalue()),
            key=key,
            name=identifier,
            prefix=world.randomness.bytes(PREFIX_SIZE),
        )
    except OSError:
        world.keys.destroy_partition_key(identifier)
        path.unlink(missing_ok=True)
        raise
    sync_folder(place)
    return sealed

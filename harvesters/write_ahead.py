"""What a stream said, durable before it is acknowledged: sealed records, appended and synced to a segment file.

A segment is a head (mark, nonce prefix), then records: a length, then a sealed batch of rows with the identities of
their messages and the counts so far. A crash may cut the last record, whose messages were not acknowledged; damage
anywhere else refuses. AES-256-GCM; the nonce is the file's random prefix and the record's number.
"""

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from struct import Struct
from typing import BinaryIO, Final

import orjson
import pyarrow as pa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from eclor.durable import sync_folder
from eclor.errors import PayloadRefused, Place
from eclor.failpoints import failpoint
from eclor.world import World
from harvesters.intake import IntakeCounts
from harvesters.sealed_file import PREFIX_SIZE

SUFFIX: Final = ".wal"
_DEAD: Final = ".dead"
IDENTITY_SIZE: Final = 16
_MARK: Final = b"ECLRWAL1"
_HEAD: Final = Struct(f">8s{PREFIX_SIZE}s")
_LENGTH: Final = Struct(">I")
_INSIDE: Final = Struct(">II")
"""Inside a record: how many identities, and the size of the counts; then both, then the rows (Arrow IPC stream)."""


@dataclass(frozen=True, slots=True)
class Record:
    """One batch of a stream: its rows, the identities of all its messages, and the counts since the segment began."""

    table: pa.Table
    identities: tuple[bytes, ...]
    counts: IntakeCounts
    received_at: datetime

    def packed(self) -> bytes:
        """Return the record's bytes, not yet sealed."""
        counts = orjson.dumps([asdict(self.counts), self.received_at])
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, self.table.schema) as writer:
            writer.write_table(self.table)
        head = _INSIDE.pack(len(self.identities), len(counts))
        return b"".join((head, *self.identities, counts, sink.getvalue()))

    @classmethod
    def unpacked(cls, content: bytes) -> "Record":
        """Return the record that `packed` wrote."""
        number, size = _INSIDE.unpack_from(content)
        start = _INSIDE.size + number * IDENTITY_SIZE
        identities = tuple(content[at : at + IDENTITY_SIZE] for at in range(_INSIDE.size, start, IDENTITY_SIZE))
        plain, received_at = orjson.loads(content[start : start + size])
        plain["unmapped"] = tuple(plain["unmapped"])
        plain["reasons"] = tuple((reason, times) for reason, times in plain["reasons"])
        table = pa.ipc.open_stream(content[start + size :]).read_all()
        return cls(table, identities, IntakeCounts(**plain), datetime.fromisoformat(received_at))


class Segment:
    """A segment being written by one stream."""

    def __init__(self, folder: Path, flow: str, world: World) -> None:
        self.name = f"{flow}-{world.randomness.bytes(PREFIX_SIZE).hex()}"
        self.path = folder / f"{self.name}{SUFFIX}"
        self._cipher = AESGCM(world.keys.partition_key(self.name).reveal())
        self._prefix = world.randomness.bytes(PREFIX_SIZE)
        self._records = 0
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(descriptor, "wb", buffering=0)
        self._file.write(_HEAD.pack(_MARK, self._prefix))
        sync_folder(folder)

    def append(self, record: Record) -> None:
        """Write a record; it is on the disk when this returns."""
        number = _LENGTH.pack(self._records)
        sealed = self._cipher.encrypt(self._prefix + number, record.packed(), _bound(self.name, number))
        written = memoryview(_LENGTH.pack(len(sealed)) + sealed)
        while written:
            written = written[self._file.write(written) :]
        failpoint("stream.written")
        os.fdatasync(self._file.fileno())
        self._records += 1
        failpoint("stream.synced")

    def close(self) -> None:
        """Close the file; what was appended stays."""
        self._file.close()


def segments(folder: Path, flow: str) -> list[Path]:
    """Return the segments that a flow left, oldest first."""
    return sorted(folder.glob(f"{flow}-*{SUFFIX}"), key=lambda path: (path.stat().st_mtime_ns, path.name))


def name_of(path: Path) -> str:
    """Return the name of a segment, which is also its key's."""
    return path.name.removesuffix(SUFFIX)


def read_segment(path: Path, world: World) -> list[Record]:
    """Return the records of a segment; leave out a last one cut by a crash; refuse (`PayloadRefused`) other damage."""
    name = name_of(path)
    cipher = AESGCM(world.keys.partition_key(name).reveal())
    records: list[Record] = []
    with path.open("rb") as file:
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return []
        mark, prefix = _HEAD.unpack(head)
        for at, sealed in enumerate(_sealed_records(file)):
            number = _LENGTH.pack(at)
            try:
                records.append(Record.unpacked(cipher.decrypt(prefix + number, sealed, _bound(name, number))))
            except InvalidTag as error:
                if mark == _MARK and not file.read().strip(b"\0"):
                    return records  # cut, or blocks that a power cut left empty
                raise PayloadRefused("store.damaged", place=Place(path.name)) from error
    return records


def _sealed_records(file: BinaryIO) -> Iterator[bytes]:
    """Yield the records that are there whole."""
    while len(length := file.read(_LENGTH.size)) == _LENGTH.size:
        (size,) = _LENGTH.unpack(length)
        sealed = file.read(size)
        if len(sealed) < size:
            return
        yield sealed


def _bound(name: str, number: bytes) -> bytes:
    return b"\0".join((b"wal", name.encode(), number))


def forget(path: Path, world: World) -> None:
    """Remove a segment whose rows are held: out of sight, then its key, then the file."""
    dead = path.with_suffix(_DEAD)
    path.rename(dead)
    _bury(dead, world)


def bury_dead(folder: Path, flow: str, world: World) -> None:
    """Finish what a crash left of forgetting."""
    for dead in folder.glob(f"{flow}-*{_DEAD}"):
        _bury(dead, world)


def _bury(dead: Path, world: World) -> None:
    world.keys.destroy_partition_key(dead.name.removesuffix(_DEAD))
    dead.unlink(missing_ok=True)
    sync_folder(dead.parent)

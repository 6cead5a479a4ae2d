"""The identities of the last messages of a stream: what a broker says again is known again, across restarts."""

import hashlib
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from eclor.durable import sync_folder
from eclor.world import World
from harvesters.layout import Steps
from harvesters.parsing import Row
from harvesters.sealed_file import PREFIX_SIZE, read_sealed, write_sealed
from harvesters.source import Source
from harvesters.strict_json import member
from harvesters.write_ahead import IDENTITY_SIZE

SUFFIX: Final = ".window"
"""Ending of the file of a stream's last identities."""
WINDOW: Final = 50_000
IDENTITIES: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {"chirpstack": (("deduplicationId",), ("deviceInfo.devEui", "fCnt", "time"))}
)
"""Per protocol, the members that tell one message from another, best first; else the bytes of the message do."""


@dataclass(slots=True)
class Window:
    """The last identities, oldest first out."""

    _order: deque[bytes] = field(default_factory=deque)
    _known: set[bytes] = field(default_factory=set)

    def add(self, identity: bytes) -> bool:
        """Remember an identity; say whether it was new."""
        if identity in self._known:
            return False
        self._known.add(identity)
        self._order.append(identity)
        if len(self._order) > WINDOW:
            self._known.discard(self._order.popleft())
        return True

    def add_all(self, identities: Iterable[bytes]) -> None:
        """Remember identities, oldest first."""
        for identity in identities:
            self.add(identity)

    def save(self, path: Path, *, key_name: str, world: World) -> None:
        """Keep the window in a sealed file, whole and durable."""
        half = path.with_name(f".{path.name}.half")
        half.unlink(missing_ok=True)
        content = memoryview(b"".join(self._order))
        key, prefix = world.keys.partition_key(key_name), world.randomness.bytes(PREFIX_SIZE)
        write_sealed(half, content, key=key, name=key_name, prefix=prefix)
        half.replace(path)
        sync_folder(path.parent)

    @classmethod
    def kept(cls, path: Path, *, key_name: str, world: World) -> "Window":
        """Return the window of a sealed file; an empty one where there is none."""
        window = cls()
        if path.exists():
            content = b"".join(read_sealed(path, key=world.keys.partition_key(key_name), name=key_name))
            window.add_all(content[at : at + IDENTITY_SIZE] for at in range(0, len(content), IDENTITY_SIZE))
        return window


def identity_of(source: Source, row: Row | None, *, topic: str, payload: bytes) -> bytes:
    """Return the identity of a message: what the option `identite` or the protocol names in its row, else its bytes."""
    for ways in _candidates(source.options.get("identite"), source.protocol) if row is not None else ():
        values = [member(row, steps) for steps in ways]
        if None not in values:
            return _digest(repr(values).encode())
    return _digest(topic.encode() + b"\0" + payload)


@lru_cache
def _candidates(option: str | None, protocol: str) -> tuple[tuple[Steps, ...], ...]:
    named = (tuple(option.split(",")),) if option else IDENTITIES.get(protocol, ())
    return tuple(tuple(tuple(path.strip().split(".")) for path in paths) for paths in named)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=IDENTITY_SIZE).digest()

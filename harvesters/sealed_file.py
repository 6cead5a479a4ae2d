"""Bytes at rest, sealed: AES-256-GCM in chunks of 1 MiB, each bound to its file's name, place and count.

A file is a head (mark, nonce prefix, number of chunks), then the chunks, each with its tag. The nonce of a chunk is
the file's random prefix and the chunk's number, so none repeats under a key. A chunk that was moved, dropped, added or
changed does not open.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from struct import Struct
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from eclor.errors import PayloadRefused, Place
from eclor.world import Secret

CHUNK: Final = 1024 * 1024
PREFIX_SIZE: Final = 8
"""Random bytes of a file's nonces; the other four are the chunk's number."""
_MARK: Final = b"ECLRSEA1"
_HEAD: Final = Struct(f">8s{PREFIX_SIZE}sI")
_NUMBER: Final = Struct(">I")
_BOUND: Final = Struct(">II")
_TAG: Final = 16


def write_sealed(path: Path, content: memoryview, *, key: Secret, name: str, prefix: bytes) -> str:
    """Write a new sealed file (mode 0600), durable when this returns save for its name in the folder.

    `prefix` is random and fresh for every file ever written under the key. Returns the digest (SHA-256) of the sealed
    bytes: it stands for this content and no other, and says nothing of it, even once the key is gone.
    """
    digest = sha256()
    cipher = AESGCM(key.reveal())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for piece in _sealed(content, cipher, name=name, prefix=prefix):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _sealed(content: memoryview, cipher: AESGCM, *, name: str, prefix: bytes) -> Iterator[bytes]:
    count = max(1, -(-len(content) // CHUNK))
    yield _HEAD.pack(_MARK, prefix, count)
    for number in range(count):
        chunk = bytes(content[number * CHUNK : (number + 1) * CHUNK])
        yield cipher.encrypt(prefix + _NUMBER.pack(number), chunk, _bound(name, number, count))


def read_sealed(path: Path, *, key: Secret, name: str) -> Iterator[bytes]:
    """Yield the content of a sealed file, chunk by chunk.

    Refuses (`PayloadRefused`) a file that is missing, changed, cut, or sealed under another key or name.
    """
    cipher = AESGCM(key.reveal())
    try:
        with path.open("rb") as file:
            yield from _chunks(file, cipher, name=name)
    except FileNotFoundError as error:
        raise PayloadRefused("store.missing", place=Place(path.name)) from error
    except (InvalidTag, ValueError) as error:
        raise PayloadRefused("store.damaged", place=Place(path.name)) from error


def _chunks(file: BinaryIO, cipher: AESGCM, *, name: str) -> Iterator[bytes]:
    mark, prefix, count = _HEAD.unpack(file.read(_HEAD.size).ljust(_HEAD.size, b"\0"))
    if mark != _MARK:
        raise InvalidTag
    for number in range(count):
        yield cipher.decrypt(prefix + _NUMBER.pack(number), file.read(CHUNK + _TAG), _bound(name, number, count))
    if file.read(1):
        raise InvalidTag


def _bound(name: str, number: int, count: int) -> bytes:
    return name.encode() + b"\0" + _BOUND.pack(number, count)

"""An HMAC key as an engine holds it: its two padded halves, so that a hash needs nothing else."""

import hashlib
from typing import Final, Protocol

_BLOCK: Final = hashlib.sha256().block_size


class Revealing(Protocol):
    """A key that shows its bytes at the last moment (`eclor.world.Secret`)."""

    def reveal(self) -> bytes:
        """Return the bytes."""
        ...


def pads(key: bytes) -> tuple[bytes, bytes]:
    """Return the inner and the outer padded key of HMAC-SHA-256, 64 bytes each."""
    block = key.ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)

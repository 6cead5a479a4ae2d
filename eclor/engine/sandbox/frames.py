"""What the two ends of the pipe say: a length in four bytes, then that many bytes."""

from typing import BinaryIO, Final

SIZE: Final = 4
MOST_BYTES: Final = 64_000_000


def framed(payload: bytes) -> bytes:
    """Return a message as it goes over the pipe."""
    return len(payload).to_bytes(SIZE, "big") + payload


def received(stream: BinaryIO) -> bytes | None:
    """Return the next message; none once the other end is gone."""
    head = stream.read(SIZE)
    if len(head) < SIZE:
        return None
    return stream.read(int.from_bytes(head, "big"))

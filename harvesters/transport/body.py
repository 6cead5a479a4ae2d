"""A body on its way: counted, digested, bounded in size and time, as a stream that parsers read."""

import hashlib
import io
import time
from collections.abc import Iterator

from eclor.errors import Place, SourceUnavailable
from harvesters.reach import MIB, Patience


class Body(io.RawIOBase):
    """Reads an iterator of bytes. Refuses (`SourceUnavailable`) one that is too big or drips for too long."""

    def __init__(self, chunks: Iterator[bytes], *, name: str, patience: Patience) -> None:
        self._chunks = chunks
        self._name = name
        self._most_bytes = patience.most_bytes
        self._end = time.monotonic() + patience.whole_s
        self._rest = memoryview(b"")
        self._digest = hashlib.sha256()
        self.size = 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with what comes next; 0 at the end."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._take(chunk)
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)

    def _take(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.size > self._most_bytes:
            raise SourceUnavailable("source.too-big", place=Place(self._name), limit_mib=self._most_bytes // MIB)
        if time.monotonic() > self._end:
            raise SourceUnavailable("source.too-slow", place=Place(self._name))
        self._digest.update(chunk)
        self._rest = memoryview(chunk)

    def taken(self) -> int:
        """Return how many bytes came so far."""
        return self.size

    def drained(self) -> str:
        """Read what is left and return the SHA-256 of the whole."""
        self._rest = memoryview(b"")
        for chunk in self._chunks:
            self._take(chunk)
        return self._digest.hexdigest()

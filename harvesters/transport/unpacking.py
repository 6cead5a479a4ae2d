"""Compressed answers, unpacked piece by piece: a bomb is refused long before it fills anything."""

import zlib
from collections.abc import Iterator
from typing import Final

from harvesters.reach import MIB

ACCEPTED: Final = "gzip"
"""What is asked for: Brotli and Zstandard unpack thousands of times, all at once, in the libraries that do it."""
_PLAIN: Final = ("", "identity")
_GZIP: Final = ("gzip", "x-gzip", "deflate")
_MAGIC: Final = b"\x1f\x8b\x08"
_WBITS: Final = 32 + zlib.MAX_WBITS
"""zlib tells gzip from deflate by the header."""
_PIECE: Final = 256 * 1024
_FREE: Final = 64 * MIB
"""Ratios are not looked at before so much came out: small files of zeros are honest."""
_RATIO: Final = 200


class Cut(Exception):
    """The packed bytes end before their end, or are damaged."""


class Bomb(Exception):
    """The packed bytes unpack beyond reason."""


class UnknownCoding(Exception):
    """The answer is packed in a way that was not asked for."""


def unpacked(chunks: Iterator[bytes], coding: str) -> Iterator[bytes]:
    """Yield the bytes of an answer as they were before packing, in pieces of 256 KiB at most.

    gzip without its header is noticed by its first bytes. Raises `Cut`, `Bomb`, `UnknownCoding`.
    """
    coding = coding.strip().lower()
    if coding not in (*_PLAIN, *_GZIP):
        raise UnknownCoding
    head = next((chunk for chunk in chunks if chunk), b"")
    if coding in _PLAIN and not head.startswith(_MAGIC):
        yield head
        yield from chunks
        return
    if head or coding in _GZIP:
        yield from _Unpacking().pieces(head, chunks)


class _Unpacking:
    """Unpacks one answer, of one or several gzip members."""

    def __init__(self) -> None:
        self._engine = zlib.decompressobj(_WBITS)
        self._taken = self._given = 0

    def pieces(self, head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Yield what comes out; raise `Cut` at an end too early."""
        yield from self._out_of(head)
        for chunk in chunks:
            yield from self._out_of(chunk)
        if not self._engine.eof:
            raise Cut

    def _out_of(self, data: bytes) -> Iterator[bytes]:
        self._taken += len(data)
        piece = b""
        while data or len(piece) == _PIECE:
            if self._engine.eof:
                data = data.lstrip(b"\0")  # padding, as tapes have it
                if not data:
                    return
                self._engine = zlib.decompressobj(_WBITS)
            try:
                piece = self._engine.decompress(data, _PIECE)
            except zlib.error as error:
                raise Cut from error
            data = self._engine.unused_data if self._engine.eof else self._engine.unconsumed_tail
            self._given += len(piece)
            if self._given > max(_FREE, self._taken * _RATIO):
                raise Bomb
            if piece:
                yield piece

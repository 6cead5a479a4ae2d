"""Content codings (RFC 9110, section 12.5.3): which one a reader prefers, and bodies in memory put into it."""

import gzip
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import brotli
import zstandard

IDENTITY: Final = "identity"
CODINGS: Final = ("br", "zstd", "gzip")
"""Codings offered, the best liked first."""
LEAST_CODED: Final = 1_024
"""A smaller body is sent as it is: its head weighs as much."""
MOST_CODED: Final = 4_000_000
"""A larger body in memory is sent as it is: coding it would keep others waiting."""
_MOST_MEMBERS: Final = 20
_KEPT: Final = 64
"""Headers read lately: most readers are of a few kinds."""
_TEXTUAL: Final = (b"text/", b"application/json", b"application/geo+json", b"application/x-ndjson")
_SUFFIXES: Final = (b"+json", b"+xml", b"/xml", b"/jsonl", b"/yaml", b"/javascript", b"/sql")


def compressible(media_type: bytes) -> bool:
    """Say whether a media type is text, which shrinks; Parquet, workbooks and images are packed already."""
    plain = media_type.partition(b";")[0].strip()
    return plain.startswith(_TEXTUAL) or plain.endswith(_SUFFIXES)


@lru_cache(maxsize=_KEPT)
def preferred(header: str | None, offers: tuple[str, ...]) -> str:
    """Return the coding to send: the one of highest weight, the first of equal ones, `identity` if none is asked for.

    Without the header nothing was asked for. `identity` is sent too when all is refused, rather than nothing (406).
    """
    if header is None:
        return IDENTITY
    weights = _weights(header)
    other = weights.get("*", 0.0)
    best, highest = IDENTITY, weights.get(IDENTITY, 0.0)
    for offer in offers:
        weight = weights.get(offer, other)
        if weight > 0 and (weight > highest or (weight == highest and best == IDENTITY)):
            best, highest = offer, weight
    return best


def refuses_identity(header: str | None) -> bool:
    """Say whether a reader takes only what is coded: `identity;q=0`, or `*;q=0` without a word on identity."""
    if header is None:
        return False
    weights = _weights(header)
    return weights.get(IDENTITY, weights.get("*", 1.0)) == 0


def _weights(header: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for member in header.lower().split(",")[:_MOST_MEMBERS]:
        name, *parameters = (piece.strip() for piece in member.split(";"))
        if name:
            found["gzip" if name == "x-gzip" else name] = _weight(parameters)
    return found


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def coded(body: bytes, coding: str) -> bytes:
    """Return a body in a coding; the same bytes for the same body."""
    return _CODERS[coding](body)


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=5, mtime=0)


def _zstd(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(body)


def _br(body: bytes) -> bytes:
    made: bytes = brotli.compress(body, quality=4)
    return made


_CODERS: Final[Mapping[str, Callable[[bytes], bytes]]] = MappingProxyType({"br": _br, "zstd": _zstd, "gzip": _gzip})

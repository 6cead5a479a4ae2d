"""How often one client may ask: a bucket of tokens each, refilled as time goes by; whoever empties theirs waits alone.

`RateLimit` and `RateLimit-Policy` are those of draft-ietf-httpapi-ratelimit-headers-10. Counted by one worker, in
memory; a client that stays away is forgotten.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from math import ceil
from time import monotonic
from typing import Final

WINDOW_S: Final = 60
"""Seconds in which an empty bucket is full again."""
_MOST_CLIENTS: Final = 50_000
_ADDRESSES: Final = 1024
"""Addresses read lately: a client asks more than once."""
_HOUSEHOLD_BITS: Final = 64
"""What one subscriber has of IPv6: addresses that differ below are one client."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    since: float


@dataclass(frozen=True, slots=True)
class Taken:
    """What a client has left, and after how many seconds it may ask again: 0 if it may now."""

    left: int
    wait_s: int


class Rates:
    """The buckets of one worker: `most` requests in `WINDOW_S`, at once or spread; `ticks` counts seconds."""

    def __init__(self, most: int, ticks: Callable[[], float] = monotonic) -> None:
        self.most = most
        self._ticks = ticks
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, client: str) -> Taken:
        """Take a token of a client's; one that has none left is told how long to wait, and pays nothing."""
        now = self._ticks()
        bucket = self._buckets.setdefault(client, _Bucket(float(self.most), now))
        self._buckets.move_to_end(client)
        bucket.tokens = min(float(self.most), bucket.tokens + (now - bucket.since) * self.most / WINDOW_S)
        bucket.since = now
        if len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)
        if bucket.tokens < 1:
            return Taken(0, ceil((1 - bucket.tokens) * WINDOW_S / self.most))
        bucket.tokens -= 1
        return Taken(int(bucket.tokens), 0)

    def said(self, taken: Taken) -> dict[str, str]:
        """Return the headers that tell a client where it stands."""
        return {
            "RateLimit-Policy": f'"requests";q={self.most};w={WINDOW_S}',
            "RateLimit": f'"requests";r={taken.left};t={taken.wait_s}',
        }


@lru_cache(maxsize=_ADDRESSES)
def client_of(address: str) -> str | None:
    """Return whom an address counts for; None for this machine, which is not counted."""
    try:
        read = ip_address(address)
    except ValueError:
        return None
    return None if read.is_loopback else _household(read)


def household(address: str) -> str:
    """Return whom an address counts for: itself, or its IPv6 household; what is no address is itself."""
    try:
        return _household(ip_address(address))
    except ValueError:
        return address


def _household(read: IPv4Address | IPv6Address) -> str:
    if isinstance(read, IPv6Address):
        mapped = read.ipv4_mapped
        return str(mapped) if mapped else str(int(read) >> _HOUSEHOLD_BITS)
    return str(read)

"""How a context broker tells a subscriber: one POST, and whether it was answered well."""

from collections.abc import AsyncIterable, Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Final

import httpx
import structlog

_TIMEOUT_S: Final = 5
_JSON: Final = MappingProxyType({"Content-Type": "application/json"})
_UNTOLD: Final = (httpx.HTTPError, httpx.InvalidURL, UnicodeError)
"""Nobody answers there, or what the subscriber gave cannot be written: an address, a header."""
Tell = Callable[[str, Mapping[str, str], bytes], Awaitable[bool]]
"""Tells an address, with headers, a notification; says whether it was answered well."""

_log = structlog.get_logger()


async def told(callback: str, headers: Mapping[str, str], content: bytes | AsyncIterable[bytes]) -> bool:
    """Tell a subscriber, and say whether it answered well."""
    try:
        async with httpx.AsyncClient(timeout=_TIMEOUT_S, trust_env=False) as client:
            return (await client.post(callback, content=content, headers={**_JSON, **headers})).is_success
    except _UNTOLD as error:
        _log.warning("subscriber.unreachable", error=type(error).__name__)
        return False

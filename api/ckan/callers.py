"""Who asks: the token of a request, read from its headers and never shown again."""

from asyncio import to_thread
from collections.abc import Mapping
from typing import Final, Protocol

from sqlalchemy import Engine

from api.ckan.model import Caller
from catalog.tokens import token_of
from eclor.world import Secret

TOKENS: Final = frozenset({b"authorization", b"x-ckan-api-key"})
"""The headers that a token comes by."""


class Callers(Protocol):
    """Knows tokens."""

    async def caller(self, token: Secret) -> Caller | None:
        """Return who a token stands for; None for one that is none, or no longer."""
        ...


def given_token(headers: Mapping[str, str]) -> Secret | None:
    """Return the token of a request: `Authorization` (with or without `Bearer`), else `X-CKAN-API-Key`."""
    text = headers.get("authorization") or headers.get("x-ckan-api-key") or ""
    bare = text.strip().removeprefix("Bearer ").strip()
    return Secret(bare.encode()) if bare else None


class Tokens:
    """The tokens of a home. Each call reads the metadata: a token that is ended stands for nobody at once."""

    def __init__(self, engine: Engine, everywhere: frozenset[str]) -> None:
        self._engine = engine
        self._everywhere = everywhere

    async def caller(self, token: Secret) -> Caller | None:
        """Return who a token stands for."""
        found = await to_thread(token_of, self._engine, token)
        if found is None:
            return None
        kept = frozenset({found.organization}) if found.organization else self._everywhere
        return Caller(found.user, found.role, kept)

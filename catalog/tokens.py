"""API tokens: made once, shown once, kept as their SHA-256; 256 random bits need no slower digest."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import Engine
from sqlmodel import col, select

from catalog.database import reading, writing
from catalog.models import TokenRow
from eclor.world import Secret, World


class Role(StrEnum):
    """What a token may do: read what is private, write drafts, or both for everybody and make tokens."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Token:
    """What a token stands for."""

    id: str
    user: str
    role: Role
    organization: str
    name: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token is made for."""

    user: str
    role: Role
    organization: str = ""


def make_token(engine: Engine, world: World, bearer: Bearer, name: str = "") -> tuple[Secret, Token]:
    """Make a token; the secret is nowhere else, and cannot be had again."""
    secret = Secret(b"eclor_" + urlsafe_b64encode(world.randomness.bytes(32)).rstrip(b"="))
    row = TokenRow(
        id=world.randomness.bytes(12).hex(),  # never begins with a dash: a command takes it as it stands
        digest=_digest(secret),
        user=bearer.user,
        role=bearer.role,
        organization=bearer.organization,
        name=name,
        made_at=world.clock.now(),
    )
    made = _token(row)
    with writing(engine) as session:
        session.add(row)
    return secret, made


def token_of(engine: Engine, secret: Secret) -> Token | None:
    """Return what a token stands for; None for one that is none, or no longer. Found by its digest: no timing tells."""
    with reading(engine) as session:
        row = session.exec(select(TokenRow).where(TokenRow.digest == _digest(secret))).first()
        return None if row is None else _token(row)


def tokens_of(engine: Engine, user: str) -> Sequence[Token]:
    """Return the tokens of a user, oldest first."""
    chosen = select(TokenRow).where(TokenRow.user == user).order_by(col(TokenRow.made_at), TokenRow.id)
    with reading(engine) as session:
        return [_token(row) for row in session.exec(chosen)]


def tokens(engine: Engine) -> Sequence[Token]:
    """Return all tokens, oldest first."""
    with reading(engine) as session:
        return [_token(row) for row in session.exec(select(TokenRow).order_by(col(TokenRow.made_at), TokenRow.id))]


def end_token(engine: Engine, identifier: str) -> bool:
    """Forget a token: it stands for nobody from now on. Return whether there was one."""
    with writing(engine) as session:
        row = session.get(TokenRow, identifier)
        if row is not None:
            session.delete(row)
        return row is not None


def _token(row: TokenRow) -> Token:
    return Token(row.id, row.user, Role(row.role), row.organization, row.name, row.made_at)


def _digest(secret: Secret) -> str:
    return sha256(secret.reveal()).hexdigest()

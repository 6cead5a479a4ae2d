"""Actions on tokens: an administrator makes them for a user who has one, anyone for oneself; each ends one's own."""

from collections.abc import Sequence
from typing import Final

from api.ckan.asking import Asked
from api.ckan.draft_room import Room
from api.ckan.model import Caller, Shown, naive, stable_id
from api.ckan.wire import denied, not_found
from catalog.tokens import Bearer, Token, end_token, make_token, token_of, tokens_of
from eclor.world import Secret

MOST_TOKENS: Final = 100
"""Of one user."""


def api_token_create(room: Room, asked: Asked) -> object:
    """Make a token like one that the user has, for oneself like the one given; it is shown this once."""
    user = _own(asked)
    former = tokens_of(room.engine, user)
    if not former:
        raise not_found("Not found: User not found")
    if len(former) >= MOST_TOKENS:
        raise denied(f"Access denied: {user} has {MOST_TOKENS} tokens; some must be revoked first")
    like = former[0] if user != asked.site.caller.name else _given(former, asked.site.caller)
    bearer = Bearer(user, like.role, like.organization)
    secret, made = make_token(room.engine, room.world, bearer, asked.given.needed("name")[:200])
    return {"token": secret.reveal().decode(), "id": made.id}


def _given(former: Sequence[Token], caller: Caller) -> Token:
    """Return the token that a caller gave, or one of the same rights: none makes another that may do more."""
    same = [one for one in former if one.role is caller.role]
    if not same:
        raise denied()  # it was ended meanwhile
    return min(same, key=lambda one: one.organization not in caller.organizations)


def api_token_list(room: Room, asked: Asked) -> list[Shown]:
    """List a user's tokens, without the tokens."""
    user = _own(asked)
    return [
        {
            "id": one.id,
            "name": one.name,
            "user_id": stable_id("user", one.user),
            "created_at": naive(one.made_at),
            "last_access": None,
        }
        for one in tokens_of(room.engine, user)
    ]


def api_token_revoke(room: Room, asked: Asked) -> object:
    """End a token, given itself or by its identifier."""
    caller, given = asked.site.caller, asked.given
    if text := given.text("token"):
        found = token_of(room.engine, Secret(text.encode()))
        if found is None or not (caller.admin or found.user == caller.name):
            raise denied()
        end_token(room.engine, found.id)
        return None
    identifier = given.needed("jti")
    if not caller.admin and identifier not in {one.id for one in tokens_of(room.engine, caller.name)}:
        raise denied()
    end_token(room.engine, identifier)
    return None


def _own(asked: Asked) -> str:
    """Return the user whose tokens are meant. Refuses (403) whoever is neither that one nor an administrator."""
    caller = asked.site.caller
    user = asked.given.text("user") or asked.given.text("user_id") or caller.name
    if not caller.known or not (caller.admin or user == caller.name):
        raise denied()
    return user

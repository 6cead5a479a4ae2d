"""Actions on tokens: an administrator makes them for a user who has one, anyone for oneself; each ends one's own."""

from api.ckan.asking import Asked
from api.ckan.draft_room import Room
from api.ckan.model import Shown, naive, stable_id
from api.ckan.wire import denied, not_found
from catalog.tokens import Bearer, end_token, make_token, token_of, tokens_of
from eclor.world import Secret


def api_token_create(room: Room, asked: Asked) -> object:
    """Make a token like one that the user has; it is shown this once."""
    user = _own(asked)
    former = tokens_of(room.engine, user)
    if not former:
        raise not_found("Not found: User not found")
    like = former[0]
    bearer = Bearer(user, like.role, like.organization)
    secret, made = make_token(room.engine, room.world, bearer, asked.given.needed("name")[:200])
    return {"token": secret.reveal().decode(), "id": made.id}


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

"""Writing in by tokens: a dataset stays a draft until a policy for it is signed, and nothing here publishes.

A draft is seen by whoever writes for its organisation, never by others, in no list; what is served changes by its
policy alone.
"""

from asyncio import to_thread
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.ckan import draft_packages, draft_resources, token_actions
from api.ckan.asking import Asked
from api.ckan.draft_room import Room, shown_of
from api.ckan.model import Package
from api.ckan.site import Holdings
from api.ckan.writing import refusal_of
from catalog.drafts import drafts
from catalog.tokens import Role


@dataclass(frozen=True, slots=True)
class Drafting:
    """What tokens may do."""

    room: Room

    async def write(self, name: str, asked: Asked) -> object:
        """Do it. Refuses, in CKAN's words, whoever may not (403), and all that is neither draft nor token."""
        if (on_tokens := TOKENS.get(name)) is not None and asked.site.caller.known:
            return await to_thread(on_tokens, self.room, asked)
        action = DRAFTS.get(name)
        if action is None or asked.site.caller.role not in {Role.EDITOR, Role.ADMIN}:
            raise refusal_of(name, asked)
        return await to_thread(action, self.room, asked)

    async def kept(self, held: Holdings) -> Sequence[Package]:
        """Return the drafts, as datasets that not everyone may read."""
        return await to_thread(lambda: [shown_of(draft, held) for draft in drafts(self.room.engine)])


Write = Callable[[Room, Asked], object]
DRAFTS: Final[Mapping[str, Write]] = {
    "dataset_purge": draft_packages.dataset_purge,
    "package_create": draft_packages.package_create,
    "package_delete": draft_packages.package_delete,
    "package_patch": draft_packages.package_patch,
    "package_revise": draft_packages.package_revise,
    "package_update": draft_packages.package_update,
    "resource_create": draft_resources.resource_create,
    "resource_delete": draft_resources.resource_delete,
    "resource_patch": draft_resources.resource_patch,
    "resource_update": draft_resources.resource_update,
}
TOKENS: Final[Mapping[str, Write]] = {
    "api_token_create": token_actions.api_token_create,
    "api_token_list": token_actions.api_token_list,
    "api_token_revoke": token_actions.api_token_revoke,
}

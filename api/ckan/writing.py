"""Actions that change something: what anonymous callers are told, and what tokens may do."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

from api.ckan.asking import Asked
from api.ckan.model import Package
from api.ckan.site import Holdings
from api.ckan.wire import denied

_VERBS: Final = ("create", "update", "patch", "delete", "revise", "purge", "upsert")
_THINGS: Final = (
    "package",
    "resource",
    "organization",
    "group",
    "datastore",
    "vocabulary",
    "tag",
    "user",
    "api_token",
    "dataset",
    "organization_member",
    "group_member",
    "member",
    "resource_view",
    "package_relationship",
)
WRITES: Final = frozenset(
    {f"{thing}_{verb}" for thing in _THINGS for verb in _VERBS}
    | {"api_token_revoke", "datastore_records_delete", "datastore_function_create", "follow_dataset"}
)
"""Actions that change something: they are asked for by POST."""
ASKED_ANY_WAY: Final = frozenset({"api_token_list"})
"""Those of the same room that change nothing."""


class Writing(Protocol):
    """Does what tokens may do."""

    async def write(self, name: str, asked: Asked) -> object:
        """Do it. Refuses, in CKAN's words, whoever may not (403)."""
        ...

    async def kept(self, held: Holdings) -> Sequence[Package]:
        """Return the datasets that are drafts still."""
        ...


def refusal_of(name: str, asked: Asked) -> Exception:
    """Return the refusal of a write to whoever may not, in CKAN's words."""
    said = _WORDS.get(name)
    return denied(f"Access denied: {said(asked)}" if said else "Access denied")


def _about(words: str, *names: str) -> Callable[[Asked], str]:
    def said(asked: Asked) -> str:
        about = next((text for name in names if (text := asked.given.text(name))), "")
        return f"User {asked.site.caller.name} not authorized to {words}{about[:80]}"

    return said


_EDIT: Final = _about("edit package ", "id", "name")
_WORDS: Final[Mapping[str, Callable[[Asked], str]]] = {
    "package_create": _about("create packages"),
    "package_update": _EDIT,
    "package_patch": _EDIT,
    "package_delete": _EDIT,
    "package_revise": _EDIT,
    "dataset_purge": _EDIT,
    "resource_create": _about("create resources on dataset ", "package_id"),
    "resource_update": _about("edit resource ", "id"),
    "resource_patch": _about("edit resource ", "id"),
    "resource_delete": _about("delete resource ", "id"),
    "organization_create": lambda _asked: "User None not authorized to create organizations",
    "follow_dataset": lambda _asked: "You must be logged in to follow datasets",
}

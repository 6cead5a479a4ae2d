"""The room where drafts are written: what is shared by the actions on datasets and on their resources."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Engine

from api.ckan.asking import Asked
from api.ckan.described import Faults
from api.ckan.draft_files import read_resource
from api.ckan.licences import licence_of
from api.ckan.model import Package, Party, Shown, naive, packaged
from api.ckan.packages import in_dataset, tag
from api.ckan.site import Holdings
from api.ckan.wire import denied, invalid, not_found
from catalog.drafts import Draft, Taken, change_draft
from eclor.world import World

IN_USE: Final = "That URL is already in use."
NO_FILE: Final = "No file comes in this way: a source is harvested under its policy"


@dataclass(frozen=True, slots=True)
class Room:
    """Where drafts are kept, and what makes two of them differ."""

    engine: Engine
    world: World

    def fresh_id(self) -> str:
        """Return an identifier that nothing has."""
        return str(UUID(bytes=self.world.randomness.bytes(16), version=4))

    def now(self) -> datetime:
        """Return the present instant."""
        return self.world.clock.now()


def shown_of(draft: Draft, held: Holdings, *, is_open: bool = False) -> Package:
    """Return a draft as `package_show` gives it."""
    described = draft.described
    owner = next((one.named for one in held.organizations if one.named["id"] == draft.organization), None)
    groups = [in_dataset(one) for one in held.groups if named(one, texts_of(described["groups"]))]
    resources, tags = described["resources"], texts_of(described["tags"])
    assert isinstance(resources, list)
    shown: Shown = {
        **{name: described[name] for name in ("author", "author_email")},
        "creator_user_id": None,
        "id": draft.id,
        **licence_of(described["license_id"]),
        **{name: described[name] for name in ("maintainer", "maintainer_email")},
        "metadata_created": naive(draft.made_at),
        "metadata_modified": naive(draft.changed_at),
        "name": draft.name,
        "notes": described["notes"],
        "num_resources": len(resources),
        "num_tags": len(tags),
        "organization": owner,
        "owner_org": draft.organization,
        "private": described["private"],
        "state": draft.state,
        "title": described["title"] or draft.name,
        "type": "dataset",
        "url": described["url"],
        "version": described["version"],
        "resources": [{**one, "position": place} for place, one in enumerate(resources)],
        "extras": described["extras"],
        "tags": [tag(name) for name in tags],
        "groups": groups,
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }
    return packaged(shown, is_open=is_open)


def named(party: Party, names: Sequence[str]) -> bool:
    """Say whether a party is among some names or identifiers."""
    return bool({str(party.named["id"]), str(party.named["name"])} & set(names))


def texts_of(value: object) -> list[str]:
    """Return a list's items as texts."""
    return [str(one) for one in value] if isinstance(value, list) else []


def is_uuid(value: object) -> bool:
    """Say whether a value is a UUID as CKAN writes it."""
    try:
        return str(UUID(str(value))) == value
    except ValueError:
        return False


def written(room: Room, asked: Asked, package: str, values: dict[str, object], faults: Faults) -> Shown:
    """Return a resource of a draft as written now; it keeps its identifier and its first day."""
    given, now = values.get("id"), room.now()
    if values.get("upload"):
        faults.add("upload", NO_FILE)
    known = asked.site.held.by_resource.get(str(given)) if given else None
    if given and not is_uuid(given):
        faults.add("id", "Invalid id provided")
    if known is not None and known[0].id != package:
        faults.add("id", "Resource id already exists.")
    created = known[1]["created"] if known else naive(now)
    kept: Shown = {"id": given or room.fresh_id(), "package_id": package, "created": created}
    return read_resource(values, kept, now, faults)


def draft_of(asked: Asked, id_or_name: str, missing: str = "Not found") -> Package:
    """Return a draft to write on (404). Refuses (403) what is served, and what is another organisation's."""
    held, caller = asked.site.held, asked.site.caller
    found = held.packages.get(id_or_name) or held.by_id.get(id_or_name)
    if found is None:
        raise not_found(missing)
    if not caller.writes(found.shown["owner_org"]) or (found.shown["state"] == "deleted" and not caller.admin):
        raise denied(f"Access denied: User {caller.name} not authorized to edit package {found.id}")
    if found.view is not None:
        raise denied("Access denied: what is served changes by its policy alone")
    return found


@contextmanager
def in_time() -> Iterator[None]:
    """Refuse (409) a name that another took meanwhile, as one that was taken before."""
    try:
        yield
    except Taken as error:
        raise invalid(name=[IN_USE]) from error


def change(room: Room, asked: Asked, package: Package, how: Callable[[Draft], Draft]) -> Shown:
    """Change a draft, one writer at a time; return it as it is now."""
    now = room.now()
    with in_time():
        done = change_draft(room.engine, package.id, lambda draft: replace(how(draft), changed_at=now))
    if done is None:
        raise denied(f"Access denied: User {asked.site.caller.name} not authorized to edit package {package.id}")
    return shown_of(done, asked.site.held).shown

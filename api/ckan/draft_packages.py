"""Actions on drafts of datasets. Nothing here publishes: a draft waits until a policy for it is signed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from api.ckan.asking import Asked
from api.ckan.described import MOST_LISTED, Faults, read_described, read_name
from api.ckan.draft_room import IN_USE, Room, change, draft_of, in_time, is_uuid, named, shown_of, written
from api.ckan.model import Package, Shown
from api.ckan.wire import Changed, denied, invalid
from catalog.drafts import Draft, add_draft, count_drafts, drop_draft

MOST_DRAFTS: Final = 2000


def package_create(room: Room, asked: Asked) -> object:
    """Make a draft."""
    faults, values, now = Faults(), asked.given.values, room.now()
    name = read_name(values.get("name"), faults)
    owner = _owner(asked, values.get("owner_org"), faults)
    identifier = _identifier(room, asked, faults)
    described = read_described(values, faults)
    if name in asked.site.held.packages or name in asked.site.held.withdrawn:
        faults.add("name", IN_USE)
    described["resources"] = _resources(room, asked, (identifier, values.get("resources")), faults)
    if (refusal := faults.refusal()) is not None:
        raise refusal
    if count_drafts(room.engine) >= MOST_DRAFTS:
        raise denied("Access denied: there are too many drafts; some must be read first")
    draft = Draft(identifier, name, owner, "draft", described, asked.site.caller.name, now, now)
    with in_time():
        add_draft(room.engine, draft)
    return shown_of(draft, asked.site.held).shown


def _owner(asked: Asked, given: object, faults: Faults) -> str:
    """Return the identifier of the organisation that a dataset is for. Refuses (403) one that is not the caller's."""
    if not given:
        faults.add("owner_org", "An organization must be provided")
        return ""
    found = next((one for one in asked.site.held.organizations if named(one, [str(given)])), None)
    if found is None:
        faults.add("owner_org", "Organization does not exist")
        return ""
    if not asked.site.caller.writes(found.named["id"]):
        caller = asked.site.caller.name
        raise denied(f"Access denied: User {caller} not authorized to add dataset to this organization")
    return str(found.named["id"])


def _identifier(room: Room, asked: Asked, faults: Faults) -> str:
    given = asked.given.values.get("id")
    if not given:
        return room.fresh_id()
    if not asked.site.caller.admin:
        faults.add("id", "The input field id was not expected.")
    elif not is_uuid(given):
        faults.add("id", "Invalid id provided")
    elif str(given) in asked.site.held.by_id:
        faults.add("id", "Dataset id already exists")
    return str(given)


def _resources(room: Room, asked: Asked, listed: tuple[str, object], faults: Faults) -> list[Shown]:
    package, given = listed
    values = given[:MOST_LISTED] if isinstance(given, list) else []
    return [written(room, asked, package, one, faults) for one in values if isinstance(one, dict)]


def package_update(room: Room, asked: Asked) -> object:
    """Write a draft's description in the place of what it was."""
    wanted = asked.given.text("id") or asked.given.text("name")
    if not wanted:
        raise invalid(id=["Missing value"])
    package = draft_of(asked, wanted, "Not found: Package was not found.")
    return Changed(_rewritten(room, asked, package, asked.given.values), (package.id,))


def package_patch(room: Room, asked: Asked) -> object:
    """Write some fields of a draft."""
    package = draft_of(asked, asked.given.needed("id"))
    return _rewritten(room, asked, package, {**package.shown, **asked.given.values})


def _rewritten(room: Room, asked: Asked, package: Package, values: Mapping[str, object]) -> Shown:
    """Write a description in the place of another; resources that are not given are kept (CKAN 2.12)."""
    faults = Faults()
    name = read_name(values.get("name", package.name), faults)
    owner = _owner(asked, values.get("owner_org") or package.shown["owner_org"], faults)
    described = read_described(values, faults)
    if (other := asked.site.held.packages.get(name)) is not None and other.id != package.id:
        faults.add("name", IN_USE)
    given = values.get("resources")
    resources = None if given is None else _resources(room, asked, (package.id, given), faults)
    if (refusal := faults.refusal()) is not None:
        raise refusal

    def how(draft: Draft) -> Draft:
        kept = draft.described["resources"] if resources is None else resources
        return replace(draft, name=name, organization=owner, described={**described, "resources": kept})

    return change(room, asked, package, how)


def package_revise(room: Room, asked: Asked) -> object:
    """Write some fields of a draft that still says what is expected of it."""
    match, update = asked.given.json("match"), asked.given.json("update")
    if not isinstance(match, dict) or not match:
        raise invalid(match=["Missing value"])
    package = draft_of(asked, str(match.get("id") or match.get("name") or ""))
    if differing := [name for name, value in match.items() if package.shown.get(name) != value]:
        raise invalid(match=differing)
    values = {**package.shown, **update} if isinstance(update, dict) else package.shown
    return {"package": _rewritten(room, asked, package, values)}


def package_delete(room: Room, asked: Asked) -> object:
    """Mark a draft as deleted."""
    package = draft_of(asked, asked.given.needed("id"))
    change(room, asked, package, lambda draft: replace(draft, state="deleted"))
    return None


def dataset_purge(room: Room, asked: Asked) -> object:
    """Forget a draft."""
    package = draft_of(asked, asked.given.needed("id"))
    if not asked.site.caller.admin:
        raise denied(f"Access denied: User {asked.site.caller.name} not authorized to purge dataset {package.id}")
    drop_draft(room.engine, package.id)
    return None

"""Actions on resources of drafts: addresses elsewhere; no file comes in this way."""

from dataclasses import replace

from api.ckan.asking import Asked
from api.ckan.described import MOST_LISTED, Faults
from api.ckan.draft_room import Room, change, draft_of, written
from api.ckan.model import Package, Shown
from api.ckan.wire import denied, not_found
from catalog.drafts import Draft


def resource_create(room: Room, asked: Asked) -> object:
    """Add a resource to a draft."""
    package = draft_of(asked, asked.given.needed("package_id"))
    if len(package.resources) >= MOST_LISTED:
        raise denied("Access denied: this draft has as many resources as it may")
    made = _read(room, asked, package, dict(asked.given.values))
    shown = change(room, asked, package, lambda draft: _with(draft, [*_kept(draft), made]))
    return _one(shown, str(made["id"]))


def resource_update(room: Room, asked: Asked) -> object:
    """Write a resource in the place of what it was."""
    return _rewritten(room, asked, dict(asked.given.values))


def resource_patch(room: Room, asked: Asked) -> object:
    """Write some fields of a resource."""
    _, former = _found(asked)
    return _rewritten(room, asked, {**former, **asked.given.values})


def resource_delete(room: Room, asked: Asked) -> object:
    """Take a resource from a draft."""
    package, former = _found(asked)
    change(room, asked, package, lambda draft: _with(draft, [one for one in _kept(draft) if one["id"] != former["id"]]))
    return None


def _rewritten(room: Room, asked: Asked, values: dict[str, object]) -> Shown:
    package, former = _found(asked)
    made = _read(room, asked, package, values)
    identifier = str(former["id"])

    def how(draft: Draft) -> Draft:
        return _with(draft, [made if one["id"] == identifier else one for one in _kept(draft)])

    return _one(change(room, asked, package, how), identifier)


def _found(asked: Asked) -> tuple[Package, Shown]:
    package, former = asked.site.find_resource(asked.given.needed("id"))
    return draft_of(asked, package.id), former


def _read(room: Room, asked: Asked, package: Package, values: dict[str, object]) -> Shown:
    faults = Faults()
    made = written(room, asked, package.id, values, faults)
    if (refusal := faults.refusal()) is not None:
        raise refusal
    return made


def _kept(draft: Draft) -> list[Shown]:
    kept = draft.described["resources"]
    assert isinstance(kept, list)
    return kept


def _with(draft: Draft, resources: list[Shown]) -> Draft:
    return replace(draft, described={**draft.described, "resources": resources})


def _one(shown: Shown, identifier: str) -> Shown:
    resources = shown["resources"]
    assert isinstance(resources, list)
    found: Shown | None = next((one for one in resources if one["id"] == identifier), None)
    if found is None:
        raise not_found()
    return found

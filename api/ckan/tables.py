"""Which table a resource or an alias names, for whoever asks."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from api.ckan.site import CSV, Site
from api.ckan.table import Table, columns_of
from api.ckan.wire import ActionRefused, Withdrawn, denied, not_found
from api.parts import Parts
from api.shelf import Kept, Shelf


async def table_of(identifier: str, site: Site, parts: Parts, *, shown: str = "Resource") -> Table:
    """Return the table that a resource or an alias names. Refuses an unknown one (404), a private one (403)."""
    held = site.held.tables.get(identifier)
    if held is not None:
        _refuse_private(held.id, site)
        return held
    try:
        view, file = site.resource(identifier)
    except Withdrawn:
        raise
    except ActionRefused as refusal:
        is_private = refusal.status == _DENIED
        raise (_private(site, identifier) if is_private else _unknown(identifier, shown)) from refusal
    if file.name != CSV:
        raise _unknown(identifier, shown)
    return of_version(identifier, await parts.shelf.latest(view.slug), parts)


_DENIED: Final = 403


def _refuse_private(identifier: str, site: Site) -> None:
    try:
        site.find_resource(identifier)
    except ActionRefused as refusal:
        raise _private(site, identifier) if refusal.status == _DENIED else refusal from None


def _private(site: Site, identifier: str) -> ActionRefused:
    return denied(
        f"Access denied: User {site.caller.name} not authorized to perform resource_show on resource {identifier}"
    )


def _unknown(identifier: str, shown: str) -> ActionRefused:
    return not_found(f'Not found: {shown} "{identifier[:80]}" was not found.')


def of_version(identifier: str, kept: Kept, parts: Parts) -> Table:
    """Return the table of a version that is served: the same object as long as nothing of it changed."""
    return _table(identifier, kept, parts.shelf)


@lru_cache(maxsize=256)
def _table(identifier: str, kept: Kept, shelf: Shelf) -> Table:
    slug, number = kept.dataset.slug, kept.version.number
    columns = columns_of(kept.version, _infos(kept))
    return Table(identifier, kept.version, columns, lambda: shelf.version(slug, number), kept.modified)


def _infos(kept: Kept) -> Mapping[str, Mapping[str, str]]:
    declared = kept.dataset.declared.get("colonnes")
    found: dict[str, Mapping[str, str]] = {}
    for one in declared if isinstance(declared, list) else ():
        if isinstance(one, dict):
            titles, notes = one.get("titre"), one.get("description")
            label = titles.get("fr", "") if isinstance(titles, dict) else ""
            note = notes.get("fr", "") if isinstance(notes, dict) else ""
            found[str(one.get("nom"))] = {"label": label, "notes": note}
    return found

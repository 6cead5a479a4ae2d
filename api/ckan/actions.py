"""The table of actions: what each name answers. Reading only; writes are known by name, and refused."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from api.ckan import datastore
from api.ckan.given import Given
from api.ckan.licences import LICENCES
from api.ckan.packages import (
    group_shown,
    modified,
    organization_shown,
    package,
    resource,
    tag,
    tags,
    themes,
)
from api.ckan.searching import package_search
from api.ckan.site import Site, data_files, stable_id
from api.ckan.wire import invalid, not_found
from api.parts import Parts

CKAN_VERSION: Final = "2.11.6"
"""Clients sniff it to know what they may ask; what we answer is a subset of that one."""
_MOST_LISTED: Final = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """An action's question: its parameters, the site as it stands, the parts."""

    given: Given
    site: Site
    parts: Parts


def status_show(asked: Asked) -> object:
    """Say who this is."""
    identity, origin = asked.site.identity, asked.parts.settings.origin
    return {
        "site_title": identity.name,
        "site_description": identity.promise,
        "site_url": origin,
        "error_emails_to": identity.contact.email,
        "locale_default": "fr",
        "extensions": ["datastore"],
        "ckan_version": CKAN_VERSION,
    }


def site_read(_asked: Asked) -> object:
    """Say that anyone may read."""
    return True


def package_list(asked: Asked) -> object:
    """List the datasets' names."""
    names = sorted(asked.site.served)
    limit, offset = asked.given.natural("limit", 0), asked.given.natural("offset", 0)
    return names[offset : offset + limit] if limit else names[offset:]


def package_show(asked: Asked) -> object:
    """Return a dataset by its identifier or name."""
    return package(asked.site.find(asked.given.text("id") or asked.given.text("name_or_id")), asked.site)


def package_search_found(asked: Asked) -> object:
    """Search the datasets."""
    return package_search(asked.given, asked.site)


def current_package_list_with_resources(asked: Asked) -> object:
    """Return whole datasets, newest first."""
    limit, offset = min(asked.given.natural("limit", 10), _MOST_LISTED), asked.given.natural("offset", 0)
    newest = sorted(asked.site.served.values(), key=lambda view: (modified(view), view.slug), reverse=True)
    return [package(view, asked.site) for view in newest[offset : offset + limit]]


def resource_show(asked: Asked) -> object:
    """Return a resource by its identifier."""
    view, file = asked.site.resource(asked.given.needed("id"))
    return resource(view, file, asked.site)


def resource_search(asked: Asked) -> object:
    """Search the resources: `field:term`, all terms must stand in their fields."""
    queries = asked.given.values.get("query")
    if not queries:
        raise invalid(query=["Missing value"])
    terms = [str(text).partition(":") for text in (queries if isinstance(queries, list) else [queries])]
    if any(not mark for _, mark, _ in terms):
        raise invalid(query="Must be <field>:<value> pair(s)")
    site = asked.site
    shown = [resource(view, file, site) for view in site.served.values() for file in data_files(view)]
    if unknown := [field for field, _, _ in terms if shown and field not in shown[0]]:
        raise invalid(query=f'Field "{unknown[0][:60]}" not recognised in resource_search.')
    found = [one for one in shown if all(term.lower() in str(one[field] or "").lower() for field, _, term in terms)]
    limit, offset = asked.given.natural("limit", len(found)), asked.given.natural("offset", 0)
    return {"count": len(found), "results": found[offset : offset + limit]}


def resource_view_list(asked: Asked) -> object:
    """Return no view: there are none, for a resource that exists."""
    asked.site.resource(asked.given.needed("id"))
    return []


def organization_list(asked: Asked) -> object:
    """List the one organisation, the territory."""
    return _parties(asked, [organization_shown(asked.site)])


def organization_show(asked: Asked) -> object:
    """Return the territory."""
    return _party(asked, [organization_shown(asked.site)], [*asked.site.served])


def group_list(asked: Asked) -> object:
    """List the themes in use."""
    return _parties(asked, [group_shown(theme, asked.site) for theme in themes(asked.site.served.values())])


def group_show(asked: Asked) -> object:
    """Return a theme."""
    shown = [group_shown(theme, asked.site) for theme in themes(asked.site.served.values())]
    wanted = asked.given.text("id")
    held = [slug for slug, view in asked.site.served.items() if wanted in {view.theme, stable_id("group", view.theme)}]
    return _party(asked, shown, held)


def group_package_show(asked: Asked) -> object:
    """Return the datasets of a theme."""
    wanted, limit = asked.given.needed("id"), asked.given.natural("limit", _MOST_LISTED)
    held = [view for view in asked.site.served.values() if wanted in {view.theme, stable_id("group", view.theme)}]
    if not held:
        raise not_found()
    return [package(view, asked.site) for view in held[:limit]]


def tag_list(asked: Asked) -> object:
    """List the keywords in use."""
    wanted = asked.given.text("query").lower()
    names = sorted({name for view in asked.site.served.values() for name in tags(view) if wanted in name.lower()})
    return [tag(name) for name in names] if asked.given.yes("all_fields") else names


def tag_show(asked: Asked) -> object:
    """Return a keyword in use."""
    wanted = asked.given.needed("id")
    names = {name for view in asked.site.served.values() for name in tags(view)}
    found = [name for name in names if wanted in {name, stable_id("tag", name)}]
    if not found:
        raise not_found()
    return tag(found[0])


def license_list(_asked: Asked) -> object:
    """List the licences that policies may choose."""
    return LICENCES


def help_show(asked: Asked) -> object:
    """Return an action's documentation."""
    name = asked.given.needed("name")
    if name not in ACTIONS and name not in LATER:
        raise not_found(f"Not found: Unknown action: {name[:60]}")
    return (ACTIONS.get(name) or LATER[name]).__doc__


def nothing(_asked: Asked) -> object:
    """Return an empty list: what a reader without an account has."""
    return []


async def datastore_search(asked: Asked) -> object:
    """Search the rows of a resource."""
    return await datastore.datastore_search(asked.given, asked.site, asked.parts)


async def datastore_info(asked: Asked) -> object:
    """Describe the rows of a resource."""
    return await datastore.datastore_info(asked.given, asked.site, asked.parts)


def _parties(asked: Asked, shown: list[dict[str, object]]) -> object:
    sort = asked.given.text("sort", "title asc").split()
    if not sort or sort[0] not in {"name", "title", "package_count", "packages"}:
        raise invalid(message=f"Cannot sort by field `{(sort or [''])[0][:60]}`")
    field = "package_count" if sort[0] == "packages" else sort[0]
    ordered = sorted(shown, key=lambda one: _comparable(one[field]), reverse=sort[1:] == ["desc"])
    limit, offset = asked.given.natural("limit", _MOST_LISTED), asked.given.natural("offset", 0)
    page = ordered[offset : offset + limit]
    hidden = {"users", "groups", "extras"}
    if asked.given.yes("all_fields"):
        return [{name: value for name, value in one.items() if name not in hidden} for one in page]
    return [one["name"] for one in page]


def _comparable(value: object) -> tuple[int, str]:
    return (value, "") if isinstance(value, int) else (0, str(value).lower())


def _party(asked: Asked, shown: list[dict[str, object]], held: list[str]) -> object:
    wanted = asked.given.needed("id")
    found = next((one for one in shown if wanted in {one["id"], one["name"]}), None)
    if found is None:
        raise not_found()
    if not asked.given.yes("include_datasets"):
        return found
    return {**found, "packages": [package(asked.site.served[slug], asked.site) for slug in held[:_MOST_LISTED]]}


ACTIONS: Final[Mapping[str, Callable[[Asked], object]]] = {
    "current_package_list_with_resources": current_package_list_with_resources,
    "group_list": group_list,
    "group_list_authz": nothing,
    "group_package_show": group_package_show,
    "group_show": group_show,
    "help_show": help_show,
    "license_list": license_list,
    "organization_list": organization_list,
    "organization_list_for_user": nothing,
    "organization_show": organization_show,
    "package_list": package_list,
    "package_search": package_search_found,
    "package_show": package_show,
    "resource_search": resource_search,
    "resource_show": resource_show,
    "resource_view_list": resource_view_list,
    "site_read": site_read,
    "status_show": status_show,
    "tag_list": tag_list,
    "tag_show": tag_show,
    "vocabulary_list": nothing,
}
LATER: Final[Mapping[str, Callable[[Asked], Awaitable[object]]]] = {
    "datastore_info": datastore_info,
    "datastore_search": datastore_search,
}
"""Actions that read rows: their answers are awaited."""
WRITES: Final = frozenset(
    f"{thing}_{verb}"
    for thing in ("package", "resource", "organization", "group", "datastore", "vocabulary", "tag", "user", "api_token")
    for verb in ("create", "update", "patch", "delete", "revise", "purge", "upsert")
)
"""Actions that change something: datasets change by their policy alone."""

"""The table of actions that read: what each name answers."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from api.ckan import datastore, parties, sql, words
from api.ckan.asking import Asked
from api.ckan.given import Given
from api.ckan.licences import LICENCES
from api.ckan.model import Shown
from api.ckan.searching import package_search
from api.ckan.wire import invalid, not_found

__all__ = ["ACTIONS", "LATER", "Asked"]
CKAN_VERSION: Final = "2.12.0"
"""Clients sniff it to know what they may ask; what 2.11 says and 2.12 does not is answered too."""
_MOST_LISTED: Final = 1000
_MOST_TERMS: Final = 20


def status_show(asked: Asked) -> object:
    """Say who this is."""
    about = asked.site.held.about
    return {
        "site_title": about.title,
        "site_description": about.description,
        "site_url": about.origin,
        "error_emails_to": about.email,
        "locale_default": "fr",
        "extensions": ["datastore"],
        "ckan_version": CKAN_VERSION,
    }


def site_read(_asked: Asked) -> object:
    """Say that anyone may read."""
    return True


def package_list(asked: Asked) -> object:
    """List the datasets' names."""
    names = sorted(one.name for one in asked.site.listed())
    limit, offset = asked.given.natural("limit", 0), asked.given.natural("offset", 0)
    return names[offset : offset + limit] if limit else names[offset:]


def package_show(asked: Asked) -> object:
    """Return a dataset by its identifier or name."""
    return asked.site.find(asked.given.text("id") or asked.given.text("name_or_id")).written()


def package_search_found(asked: Asked) -> object:
    """Search the datasets: `q`, `fq`, `fq_list`, `rows`, `start`, `sort`, `facet.field`, `fl` (Solr's syntax)."""
    return package_search(asked.given, asked.site, asked.now)


def current_package_list_with_resources(asked: Asked) -> object:
    """Return whole datasets, newest first."""
    limit, page = min(asked.given.natural("limit", 10), _MOST_LISTED), asked.given.natural("page", 1)
    offset = asked.given.natural("offset", max(page - 1, 0) * limit)
    newest = sorted(asked.site.listed(), key=lambda one: (str(one.shown["metadata_modified"]), one.name), reverse=True)
    return [one.written() for one in newest[offset : offset + limit]]


def package_relationships_list(asked: Asked) -> object:
    """Return no relationship: datasets have none between them here."""
    asked.site.find(asked.given.needed("id"))
    return []


def resource_show(asked: Asked) -> object:
    """Return a resource by its identifier."""
    return asked.site.find_resource(asked.given.needed("id"))[1]


_SEARCHED: Final = (
    "id",
    "package_id",
    "url",
    "format",
    "description",
    "hash",
    "position",
    "name",
    "resource_type",
    "mimetype",
    "mimetype_inner",
    "size",
    "created",
    "last_modified",
    "metadata_modified",
    "cache_url",
    "cache_last_updated",
    "url_type",
    "state",
)


def resource_search(asked: Asked) -> object:
    """Search the resources: `field:term`, all terms must stand in their fields, whatever the case."""
    given = asked.given
    wanted = _wanted(given)
    shown = [{name: one[name] for name in _SEARCHED} for held in asked.site.listed() for one in held.resources]
    found = [one for one in shown if all(term in _text(one[field]) for field, term in wanted)]
    if order := given.text("order_by"):
        if order not in _SEARCHED:
            raise invalid(order_by=f'Field "{order[:60]}" not recognised in resource_search.')
        found.sort(key=lambda one: _text(one[order]))
    limit, offset = given.natural("limit", len(found)), given.natural("offset", 0)
    return {"count": len(found), "results": found[offset : offset + limit]}


def _wanted(given: Given) -> list[tuple[str, str]]:
    """Return the fields with the terms that must stand in each."""
    queries = given.values.get("query")
    if not queries:
        raise invalid(query="Missing value")
    terms = [str(text).partition(":") for text in (queries if isinstance(queries, list) else [queries])]
    if len(terms) > _MOST_TERMS:
        raise invalid(query="Too many terms")
    if any(not mark for _, mark, _ in terms):
        raise invalid(query="Must be <field>:<value> pair(s)")
    if unknown := [field for field, _, _ in terms if field not in _SEARCHED]:
        raise invalid(query=f'Field "{unknown[0][:60]}" not recognised in resource_search.')
    return [(field, term.lower()) for field, _, term in terms]


def _text(value: object) -> str:
    return "" if value is None else str(value).lower()


def resource_view_list(asked: Asked) -> object:
    """Return no view: there are none, for a resource that exists."""
    asked.site.find_resource(asked.given.needed("id"))
    return []


def license_list(_asked: Asked) -> object:
    """List the licences: CKAN's own, then those that policies may choose besides."""
    return [one.shown() for one in LICENCES.values()]


def user_list(asked: Asked) -> object:
    """List the accounts that may be told: none in a territory, where tokens are no persons."""
    return [_public(one) for one in asked.site.held.users]


def user_show(asked: Asked) -> object:
    """Return an account that may be told, to itself whole."""
    site, wanted = asked.site, asked.given.text("id") or asked.site.caller.name
    if not wanted:
        raise invalid(id=["Missing value"])
    found = next((one for one in site.held.users if wanted in {one["id"], one["name"]}), None)
    if found is None:
        raise not_found("Not found: User not found")
    return found if site.caller.admin or site.caller.name == found["name"] else _public(found)


def _public(user: Shown) -> Shown:
    return {name: value for name, value in user.items() if name not in {"email", "apikey"}}


def user_followee_count(asked: Asked) -> object:
    """Count what an account follows: nothing is followed here."""
    asked.given.needed("id")
    return 0


def help_show(asked: Asked) -> object:
    """Return an action's documentation."""
    name = asked.given.needed("name")
    if name not in ACTIONS and name not in LATER:
        raise not_found("Not found: Action function not found")
    return (ACTIONS.get(name) or LATER[name]).__doc__


def nothing(_asked: Asked) -> object:
    """Return an empty list: what a reader without an account has."""
    return []


ACTIONS: Final[Mapping[str, Callable[[Asked], object]]] = {
    "current_package_list_with_resources": current_package_list_with_resources,
    "format_autocomplete": words.format_autocomplete,
    "group_autocomplete": parties.group_autocomplete,
    "group_list": parties.group_list,
    "group_list_authz": nothing,
    "group_package_show": parties.group_package_show,
    "group_show": parties.group_show,
    "help_show": help_show,
    "license_list": license_list,
    "member_list": parties.member_list,
    "organization_autocomplete": parties.organization_autocomplete,
    "organization_list": parties.organization_list,
    "organization_list_for_user": parties.organization_list_for_user,
    "organization_show": parties.organization_show,
    "package_autocomplete": words.package_autocomplete,
    "package_list": package_list,
    "package_relationships_list": package_relationships_list,
    "package_search": package_search_found,
    "package_show": package_show,
    "resource_search": resource_search,
    "resource_show": resource_show,
    "resource_view_list": resource_view_list,
    "site_read": site_read,
    "status_show": status_show,
    "tag_autocomplete": words.tag_autocomplete,
    "tag_list": words.tag_list,
    "tag_search": words.tag_search,
    "tag_show": words.tag_show,
    "user_followee_count": user_followee_count,
    "user_list": user_list,
    "user_show": user_show,
    "vocabulary_list": words.vocabulary_list,
    "vocabulary_show": words.vocabulary_show,
}
LATER: Final[Mapping[str, Callable[[Asked], Awaitable[object]]]] = {
    "datastore_info": datastore.datastore_info,
    "datastore_search": datastore.datastore_search,
    "datastore_search_sql": sql.datastore_search_sql,
}
"""Actions that read rows: their answers are awaited."""

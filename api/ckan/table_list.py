"""`_table_metadata`: the list of tables, which clients read as a table to know what there is."""

from collections.abc import Iterator
from typing import Final

from api.ckan.given import Given
from api.ckan.site import CSV, Site, stable_id
from api.ckan.wire import ActionRefused

TABLES: Final = "_table_metadata"
_FIELDS: Final = (("_id", "int"), ("name", "name"), ("oid", "oid"), ("alias_of", "name"))
_MOST: Final = 32_000


def table_list(given: Given, site: Site) -> dict[str, object]:
    """Return the tables that a caller may read, aliases first, in the words of a search."""
    limit, offset = min(given.natural("limit", 100), _MOST), given.natural("offset", 0)
    found = [*_tables(site)]
    rows = [
        {"_id": stable_id("table", name).replace("-", "")[:16], "name": name, "oid": str(place), "alias_of": of}
        for place, (name, of) in enumerate(found, 1)
    ]
    return {
        "include_next_page": given.yes("include_next_page"),
        "include_total": given.yes("include_total", "true"),
        "limit": limit,
        **({"offset": offset} if offset else {}),
        "records_format": "objects",
        "resource_id": TABLES,
        "total_estimation_threshold": None,
        "records": rows[offset : offset + limit],
        "fields": [{"id": name, "type": kind} for name, kind in _FIELDS],
        "_links": {"start": _PAGE.format(limit), "next": f"{_PAGE.format(limit)}&offset={offset + limit}"},
        "total": len(rows),
        "total_was_estimated": False,
    }


_PAGE: Final = "/api/3/action/datastore_search?resource_id=_table_metadata&limit={}"


def _tables(site: Site) -> Iterator[tuple[str, str | None]]:
    for name, table in sorted(site.held.tables.items(), key=lambda one: (one[0] == one[1].id, one[0])):
        if _readable(table.id, site):
            yield name, None if name == table.id else table.id
    for slug in site.served:
        yield stable_id(slug, CSV), None


def _readable(identifier: str, site: Site) -> bool:
    try:
        site.find_resource(identifier)
    except ActionRefused:
        return False
    return True

"""A collection for each dataset that is served: its extent, from the one description, and what it lets filter."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from api.ogc.addresses import GEOJSON, HTML, JSON, QUERYABLES, SCHEMA, Addresses, Link, link
from api.ogc.crs import CRS84, SYSTEMS
from api.ogc.queryables import Kind, Queryable, Queryables
from catalog.metadata.record import Bounds, Record, absolute

RECORDS: Final = "jeux_de_donnees"
"""The collection of the datasets themselves: no dataset can have a name with that sign in it."""
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def collection(record: Record, addresses: Addresses, *, placed: bool) -> dict[str, object]:
    """Return a dataset as a collection of features; `placed` if its rows have places."""
    described: dict[str, object] = {
        "id": record.slug,
        "title": record.title,
        "description": record.description,
        "keywords": [*record.keywords["fr"]],
        "license": record.terms.url,
        "itemType": "feature",
        "extent": extent(record.bounds, *record.temporal),
    }
    if placed:
        described |= {"crs": [*SYSTEMS], "storageCrs": CRS84.uri}
    own = [
        link(absolute(addresses.origin, record.path), "about", HTML, record.title),
        link(absolute(addresses.origin, record.schema_path), "describedby", JSON, "Schéma de la table"),
        link(record.terms.url, "license", HTML),
        link(addresses.item(RECORDS, record.slug), "describedby", GEOJSON, "Notice du jeu"),
    ]
    return {**described, "links": [*_links(record.slug, addresses), *own]}


def records_collection(title: str, bounds: Bounds, addresses: Addresses) -> dict[str, object]:
    """Return the collection of the datasets that are served."""
    return {
        "id": RECORDS,
        "title": title,
        "description": "Un enregistrement par jeu de données servi : titre, description, période, fichiers.",
        "itemType": "record",
        "crs": [*SYSTEMS],
        "storageCrs": CRS84.uri,
        "extent": {"spatial": _spatial(bounds)},
        "links": _links(RECORDS, addresses),
    }


def _links(name: str, addresses: Addresses) -> list[Link]:
    return [
        *addresses.both(addresses.collection(name), JSON),
        link(addresses.items(name), "items", GEOJSON, "Objets"),
        link(addresses.items(name, [("f", "html")]), "items", HTML, "Objets"),
        link(addresses.under("collections", name, "queryables"), QUERYABLES, SCHEMA, "Propriétés à filtrer"),
        link(addresses.landing, "root", JSON),
        link(addresses.under("collections"), "parent", JSON),
    ]


def extent(bounds: Bounds, first: date, last: date) -> dict[str, object]:
    """Return where and when: a box in longitude and latitude, whole days."""
    days = [f"{first.isoformat()}T00:00:00Z", f"{last.isoformat()}T23:59:59Z"]
    trs = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
    return {"spatial": _spatial(bounds), "temporal": {"interval": [days], "trs": trs}}


def _spatial(bounds: Bounds) -> dict[str, object]:
    return {"bbox": [[bounds.west, bounds.south, bounds.east, bounds.north]], "crs": CRS84.uri}


def queryables_schema(name: str, title: str, queryables: Queryables, addresses: Addresses) -> dict[str, object]:
    """Return what can be filtered, as JSON Schema (OGC 19-079r2, section 6)."""
    return {
        "$schema": _DIALECT,
        "$id": addresses.under("collections", name, "queryables"),
        "type": "object",
        "title": title,
        "properties": {one.name: _property(one) for one in queryables.by_name.values()},
        "additionalProperties": False,
    }


def _property(queryable: Queryable) -> Mapping[str, object]:
    titled = {"title": queryable.title} if queryable.title else {}
    if queryable.kind is Kind.PLACE:
        return {**titled, "format": "geometry-any", "x-ogc-role": "primary-geometry"}
    return {**titled, "type": queryable.kind.value}

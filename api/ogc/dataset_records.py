"""The datasets that are served as records (OGC 20-004r1): GeoJSON features rendered from their one description."""

from collections.abc import Mapping

from api.ogc.addresses import GEOJSON, HTML, JSON, Addresses, Link, link
from api.ogc.collections import RECORDS
from api.ogc.crs import CRS84, Crs, moved
from catalog.metadata.authorities import THEMES
from catalog.metadata.record import Bounds, Desk, Record, absolute

_CONFORMS: str = "http://www.opengis.net/spec/ogcapi-records-1/1.0/req/record-core"


def as_record(record: Record, addresses: Addresses, crs: Crs) -> dict[str, object]:
    """Return a dataset as a record."""
    first, last = record.temporal
    return {
        "id": record.slug,
        "type": "Feature",
        "conformsTo": [_CONFORMS],
        "time": {"interval": [first.isoformat(), last.isoformat()]},
        "geometry": footprint(record.bounds, crs),
        "properties": _properties(record, addresses),
        "links": [*_links(record, addresses)],
    }


def footprint(bounds: Bounds, crs: Crs = CRS84) -> dict[str, object]:
    """Return a box as a polygon."""
    west, south, east, north = bounds.west, bounds.south, bounds.east, bounds.north
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring] if crs is CRS84 else [moved(ring, crs.from_degrees)]}


def _properties(record: Record, addresses: Addresses) -> dict[str, object]:
    theme = THEMES[record.theme]
    return {
        "type": "dataset",
        "title": record.title,
        "description": record.description,
        "created": record.issued.isoformat(),
        "updated": record.modified.isoformat(),
        "keywords": [*record.keywords["fr"]],
        "language": {"code": "fr", "name": "français"},
        "resourceLanguages": [{"code": "fr"}],
        "externalIds": [{"value": absolute(addresses.origin, record.path)}],
        "themes": [{"concepts": [{"id": theme.iri, "title": theme.labels["fr"]}], "scheme": theme.scheme}],
        "contacts": [
            _contact(record.contact, record.service, "pointOfContact", addresses),
            _contact(record.publisher.contact, record.publisher.name, "publisher", addresses),
        ],
        "formats": [{"name": one.key.upper(), "mediaType": one.media_type} for one in record.distributions],
        "license": record.terms.url,
        "rights": record.rights["fr"],
        "version": str(record.version),
        "rows": record.rows,
    }


def _contact(desk: Desk, organization: str, role: str, addresses: Addresses) -> Mapping[str, object]:
    return {
        "name": desk.name,
        "organization": organization,
        "emails": [{"value": desk.email}],
        "links": [link(absolute(addresses.origin, desk.page), "about", HTML)],
        "roles": [role],
    }


def _links(record: Record, addresses: Addresses) -> list[Link]:
    origin = addresses.origin
    files = [
        link(absolute(origin, record.file_path(one.file_name)), "enclosure", one.media_type, one.titles["fr"])
        for one in record.distributions
    ]
    return [
        *addresses.both(addresses.item(RECORDS, record.slug), GEOJSON),
        link(addresses.collection(RECORDS), "collection", JSON),
        link(absolute(origin, record.path), "about", HTML, record.title),
        link(addresses.items(record.slug), "items", GEOJSON, "Objets"),
        link(addresses.collection(record.slug), "describes", JSON, "Collection"),
        link(record.terms.url, "license", HTML),
        *files,
    ]

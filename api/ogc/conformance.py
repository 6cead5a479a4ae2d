"""The conformance classes that hold, and the API's first page (OGC 17-069r4, section 7)."""

from typing import Final

from api.ogc.addresses import HTML, JSON, OPENAPI, Addresses, link

_FEATURES: Final = "http://www.opengis.net/spec/ogcapi-features-{part}/1.0/conf/{name}"
_CQL2: Final = "http://www.opengis.net/spec/cql2/1.0/conf/"
_RECORDS: Final = "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/"
CLASSES: Final = (
    *(_FEATURES.format(part=1, name=name) for name in ("core", "oas30", "html", "geojson")),
    _FEATURES.format(part=2, name="crs"),
    *(
        _FEATURES.format(part=3, name=name)
        for name in ("queryables", "queryables-query-parameters", "filter", "features-filter")
    ),
    *(
        _CQL2 + name
        for name in (
            "cql2-text",
            "cql2-json",
            "basic-cql2",
            "advanced-comparison-operators",
            "case-insensitive-comparison",
            "accent-insensitive-comparison",
            "basic-spatial-functions",
            "basic-spatial-functions-plus",
            "spatial-functions",
            "temporal-functions",
            "property-property",
            "arithmetic",
        )
    ),
    *(_RECORDS + name for name in ("record-core", "record-core-query-parameters", "json")),
)
"""Not among them, for they do not hold: array functions (no column is an array) and functions of our own."""


def landing(addresses: Addresses, title: str, description: str) -> dict[str, object]:
    """Return the API's first document."""
    links = [
        *addresses.both(addresses.landing, JSON),
        link(addresses.under("api"), "service-desc", OPENAPI, "OpenAPI 3.0"),
        link(addresses.under("api", query=[("f", "html")]), "service-doc", HTML, "Documentation"),
        link(addresses.under("conformance"), "conformance", JSON, "Classes de conformité"),
        link(addresses.under("conformance"), "http://www.opengis.net/def/rel/ogc/1.0/conformance", JSON),
        link(addresses.under("collections"), "data", JSON, "Collections"),
        link(addresses.under("collections"), "http://www.opengis.net/def/rel/ogc/1.0/data", JSON),
    ]
    return {"title": title, "description": description, "links": links}


def conformance() -> dict[str, object]:
    """Return the conformance document."""
    return {"conformsTo": [*CLASSES]}

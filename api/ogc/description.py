"""The OGC API described in OpenAPI 3.0, for clients that read it before they ask."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from api.ogc.addresses import GEOJSON, HTML, JSON, OPENAPI, ROOT, SCHEMA
from api.ogc.collections import RECORDS
from api.ogc.cql2 import LANGUAGES
from api.ogc.crs import SYSTEMS
from api.ogc.parameters import DEFAULT_LIMIT, MOST_ITEMS

Parameter = Mapping[str, object]


def _query(name: str, description: str, **schema: object) -> Parameter:
    kind = {"type": "string", **schema}
    return {"name": name, "in": "query", "description": description, "required": False, "schema": kind}


def _path(name: str, description: str) -> Parameter:
    return {"name": name, "in": "path", "description": description, "required": True, "schema": {"type": "string"}}


_FORM: Final = _query("f", "Instead of Accept.", enum=["json", "html"])
_MOST_NAMES: Final = 100
"""Collections that the description names; of more it says none."""
_FEATURE: Final = _path("featureId", "The feature's name.")
_CRS: Final = _query("crs", "The system of the answer's coordinates.", format="uri", enum=[*SYSTEMS])
_BOX: Final = {
    **_query("bbox", "Four or six numbers: what meets the box, and what has no place."),
    "schema": {
        "type": "array",
        "items": {"type": "number"},
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
    },
    "style": "form",
    "explode": False,
}
ITEMS: Final = (
    _FORM,
    _query("limit", "Items of a page.", type="integer", minimum=1, maximum=MOST_ITEMS, default=DEFAULT_LIMIT),
    _BOX,
    _query("bbox-crs", "The system of the box.", format="uri", enum=[*SYSTEMS]),
    _query("datetime", "A day, an instant, or start/end, `..` for an open end.", minLength=1),
    _CRS,
    _query("filter", "A CQL2 filter on the collection's queryables."),
    _query("filter-lang", "The filter's language.", enum=[*LANGUAGES], default=LANGUAGES[0]),
    _query("filter-crs", "The system of the filter's geometries.", format="uri", enum=[*SYSTEMS]),
    _query("cursor", "From a former page's next link."),
)
_RECORDS_ONLY: Final = (
    _query("q", "Words between commas, in title, description or keywords."),
    _query("ids", "Names between commas."),
    _query("externalIds", "Addresses of datasets, between commas."),
)


def _collection(names: Sequence[str]) -> Parameter:
    parameter = _path("collectionId", "The collection's name.")
    if not 0 < len(names) <= _MOST_NAMES:
        return parameter
    return {**parameter, "schema": {"type": "string", "enum": [*names]}}


def paths(names: Sequence[str] = ()) -> dict[str, object]:
    """Return the paths, under `/ogc`; `names` are the collections that there are, if they are to be said."""
    named = _collection(names)
    one = "/collections/{collectionId}"
    return {
        f"{ROOT}/": _operation("Landing page", "getLandingPage", (_FORM,), JSON),
        f"{ROOT}/conformance": _operation("Conformance classes", "getConformance", (_FORM,), JSON),
        f"{ROOT}/api": _operation("This description", "getApi", (_FORM,), OPENAPI),
        f"{ROOT}/collections": _operation("Collections", "getCollections", (_FORM,), JSON),
        f"{ROOT}{one}": _operation("One collection", "describeCollection", (named, _FORM), JSON),
        f"{ROOT}{one}/queryables": _operation("What can be filtered", "getQueryables", (named, _FORM), SCHEMA),
        f"{ROOT}{one}/items": _operation(
            "Features or records; each queryable is a parameter too", "getFeatures", (named, *ITEMS), GEOJSON
        ),
        f"{ROOT}{one}/items/{{featureId}}": _operation(
            "One feature or record", "getFeature", (named, _FEATURE, _CRS, _FORM), GEOJSON
        ),
    }


def _operation(summary: str, name: str, parameters: Iterable[Parameter], media_type: str) -> dict[str, object]:
    content: dict[str, object] = {media_type: {"schema": {"type": "object"}}, HTML: {"schema": {"type": "string"}}}
    problem: dict[str, object] = {
        "description": "What is wrong and its cure (RFC 9457).",
        "content": {"application/problem+json": {"schema": {"type": "object"}}},
    }
    return {
        "get": {
            "summary": summary,
            "operationId": name,
            "tags": ["OGC API"],
            "parameters": [*parameters],
            "responses": {
                "200": {"description": "OK", "content": content},
                "304": {"description": "Not Modified"},
                **{str(status): problem for status in (400, 404, 406, 410, 503)},
            },
        }
    }


def openapi(origin: str, title: str, description: str, names: Sequence[str]) -> dict[str, object]:
    """Return the description of an API of these collections; its paths are relative to its own address."""
    own = {path.removeprefix(ROOT): operation for path, operation in paths(names).items()}
    own[f"/collections/{RECORDS}/items"] = _operation(
        "Records of the datasets; each queryable is a parameter too", "getRecords", (*ITEMS, *_RECORDS_ONLY), GEOJSON
    )
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "version": "1.0.0", "description": description},
        "servers": [{"url": origin + ROOT}],
        "tags": [{"name": "OGC API"}],
        "paths": own,
    }

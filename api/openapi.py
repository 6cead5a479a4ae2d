"""The open API's description (OpenAPI 3.1), written by hand: the hot routes stand beside FastAPI."""

from collections.abc import Mapping
from typing import Final

from api.atom import MEDIA_TYPE as ATOM
from api.grammar import DEFAULT_LIMIT, MOST_ROWS
from api.ogc.description import paths as ogc_paths
from api.record_pages import FORMATS
from api.routes.dcat import ENDINGS, RDF
from api.routes.descriptors import CITATIONS, DESCRIPTORS
from api.routes.files import DATA, DESCRIPTIONS
from api.routes.records import STATES
from api.rows import Operator
from api.search_grammar import MOST_LIMIT, MOST_OFFSET
from api.wider_grammar import EVERY_ROW
from catalog.finding.asking import PAGE
from catalog.finding.fields import FACETS
from catalog.metadata.record import LANGUAGES

_SLUG: Final = {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}
_PROBLEM: Final = {"$ref": "#/components/responses/Problem"}


def openapi(origin: str) -> dict[str, object]:
    """Return the description, with this server's address."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "eclor", "version": "1", "description": "Open data that a charter can prove."},
        "servers": [{"url": origin}],
        "paths": {**_versioned(), **_files(), **_dcat(), **_feeds(), **_ckan(), **ogc_paths()},
        "components": {"responses": {"Problem": _problem()}, "schemas": {}},
    }


def _operation(summary: str, *parameters: Mapping[str, object], media_types: tuple[str, ...]) -> dict[str, object]:
    content: dict[str, object] = {media_type: {} for media_type in media_types}
    return {
        "get": {
            "summary": summary,
            "parameters": list(parameters),
            "responses": {
                "200": {"description": "OK", "content": content},
                "304": {"description": "Not Modified"},
                "400": _PROBLEM,
                "404": _PROBLEM,
                "406": _PROBLEM,
                "410": _PROBLEM,
            },
        }
    }


def _query(name: str, description: str, **schema: object) -> dict[str, object]:
    return {"name": name, "in": "query", "description": description, "schema": {"type": "string", **schema}}


def _versioned() -> dict[str, object]:
    rows = (
        _SLUG,
        _query("select", "Columns, between commas."),
        _query("q", "Words, each of which stands in some text column, case and accents apart."),
        _query("or", "Alternatives between |, of which one holds: a=1|b__gt=2. May be repeated: each must hold."),
        _query("bbox", "west,south,east,north in degrees: rows that lie there, or whose geometry's box meets it."),
        _query("distinct", "The different lines of the columns selected.", enum=["true", "false"]),
        _query("group", "Columns, between commas: one line a group."),
        _query(
            "aggregate",
            "Between commas: count, sum(c), avg(c), min(c), max(c), distinct(c). Masked cells are left out.",
        ),
        _query("sort", "Columns, between commas; - before a name for descending order. Masked cells come last."),
        {
            "name": "limit",
            "in": "query",
            "description": "Rows of a page; all: every row, as a stream, in any format but json.",
            "schema": {
                "oneOf": [{"type": "integer", "minimum": 1, "maximum": MOST_ROWS}, {"const": EVERY_ROW}],
                "default": DEFAULT_LIMIT,
            },
        },
        _query("cursor", "From a former answer's next link."),
        _query("format", "Instead of Accept.", enum=[*FORMATS]),
        {
            "name": "conditions",
            "in": "query",
            "description": "column=value or column__OP=value; OP: " + " ".join(Operator) + ".",
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    )
    json = (FORMATS["json"],)
    return {
        "/api/v1/datasets": _operation(
            "All datasets.", _query("state", "Only those that stand there.", enum=[*STATES]), media_types=json
        ),
        "/api/v1/search": _operation("Datasets by words, facets, place and days.", *_search(), media_types=json),
        "/api/v1/datasets/{slug}": _operation("One dataset and its current version.", _SLUG, media_types=json),
        "/api/v1/datasets/{slug}/records": _operation("Rows.", *rows, media_types=tuple(FORMATS.values())),
        "/api/v1/live/{slug}": _operation(
            "A live dataset's versions as they come.", _SLUG, media_types=("text/event-stream",)
        ),
    }


def _search() -> tuple[dict[str, object], ...]:
    return (
        _query("q", "Words, in French, English, German or Luxembourgish; typing errors are forgiven.", maxLength=200),
        *(_query(name, "One of its values; may be given several times.") for name in FACETS),
        _query("bbox", "West, south, east, north in degrees, between commas: where rows may stand."),
        _query("commune", "A commune of the territory, by its code or its name."),
        _query("from", "First day that rows tell of.", format="date"),
        _query("to", "Last day that rows tell of.", format="date"),
        _query("lang", "Language of titles and labels.", enum=[*LANGUAGES], default=LANGUAGES[0]),
        _query("limit", "Datasets of a page.", type="integer", minimum=1, maximum=MOST_LIMIT, default=PAGE),
        _query("offset", "Datasets before this page.", type="integer", minimum=0, maximum=MOST_OFFSET, default=0),
    )


def _files() -> dict[str, object]:
    names = [*DATA, *DESCRIPTIONS, *DESCRIPTORS]
    name = {"name": "file", "in": "path", "required": True, "schema": {"enum": names}}
    cited = {**name, "schema": {"enum": [*names, *CITATIONS]}}
    form = {"name": "form", "in": "path", "required": True, "schema": {"enum": ["json", "csv"]}}
    number = {"name": "version", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    return {
        "/dataset/{slug}/{file}": _operation("The newest version's file.", _SLUG, name, media_types=("*/*",)),
        "/dataset/{slug}/diff.{form}": _operation(
            "Rows changed since the version before.", _SLUG, form, media_types=(FORMATS["json"], FORMATS["csv"])
        ),
        "/dataset/{slug}/versions/{version}/diff.{form}": _operation(
            "Rows changed between any two versions.",
            _SLUG,
            number,
            form,
            _query("from", "The older version; by default the one before.", type="integer", minimum=1),
            media_types=(FORMATS["json"], FORMATS["csv"]),
        ),
        "/dataset/{slug}/versions/{version}/{file}": _operation(
            "A version's file; its bytes never change.", _SLUG, number, cited, media_types=("*/*",)
        ),
    }


def _dcat() -> dict[str, object]:
    ending = {"name": "ending", "in": "path", "required": True, "schema": {"enum": [*ENDINGS]}}
    page = _query("page", "A hundred datasets each.", type="integer", minimum=1, default=1)
    chosen = _query("f", "An ending, instead of Accept.", enum=[*ENDINGS])
    writing = _query("f", f"One of {', '.join(ENDINGS)}, instead of Accept; anything else is the page's own.")
    return {
        "/catalog": _operation("The catalogue, DCAT-AP 3.", chosen, page, media_types=RDF),
        "/catalog.{ending}": _operation("The catalogue in one writing.", ending, page, media_types=RDF),
        "/dataset/{slug}": _operation(
            "A dataset: its page, or DCAT-AP 3.", _SLUG, writing, media_types=("text/html", *RDF)
        ),
        "/dataset/{slug}.{ending}": _operation("A dataset in one writing.", _SLUG, ending, media_types=RDF),
    }


def _feeds() -> dict[str, object]:
    return {
        "/feed.atom": _operation("The newest versions of all datasets.", media_types=(ATOM,)),
        "/dataset/{slug}/feed.atom": _operation("The versions of one dataset.", _SLUG, media_types=(ATOM,)),
        "/withdrawals.atom": _operation("What no longer leaves, and what leaves again.", media_types=(ATOM,)),
    }


def _ckan() -> dict[str, object]:
    action = {"name": "action", "in": "path", "required": True, "schema": {"type": "string"}}
    resource = {"name": "resource", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "/api/3/action/{action}": _operation(
            "CKAN's action API, reading only.", action, media_types=(FORMATS["json"],)
        ),
        "/datastore/dump/{resource}": _operation(
            "A resource's rows, as CKAN dumps them.", resource, media_types=("text/csv", FORMATS["json"])
        ),
    }


def _problem() -> dict[str, object]:
    properties = {name: {"type": "string"} for name in ("type", "title", "detail", "detail_en", "code")}
    schema = {"type": "object", "properties": {**properties, "status": {"type": "integer"}}}
    return {
        "description": "What is wrong and its cure (RFC 9457).",
        "content": {"application/problem+json": {"schema": schema}},
    }

"""The open API's description (OpenAPI 3.1), written by hand: the hot routes stand beside FastAPI."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypedDict

from api.atom import MEDIA_TYPE as ATOM
from api.ckan.actions import ACTIONS, LATER
from api.ckan.writing import ASKED_ANY_WAY, WRITES
from api.grammar import DEFAULT_LIMIT, MOST_ROWS
from api.ogc.description import paths as ogc_paths
from api.problems import MEDIA_TYPE as PROBLEM
from api.record_pages import FORMATS
from api.routes.dcat import ENDINGS, RDF
from api.routes.descriptors import CITATIONS, DESCRIPTORS
from api.routes.files import DATA, DESCRIPTIONS
from api.routes.records import STATES
from api.routes.validations import VALIDATIONS
from api.routes.workbooks import NAME
from api.rows import Operator
from api.search_grammar import MOST_LIMIT, MOST_OFFSET
from api.wider_grammar import EVERY_ROW
from catalog.finding.asking import PAGE
from catalog.finding.fields import FACETS
from catalog.flows import FlowState
from catalog.metadata.record import LANGUAGES

Parameter = Mapping[str, object]
_REFUSED: Final = {"$ref": "#/components/responses/Problem"}
_ANY: Final = (400, 404, 412, 413, 414, 429, 431, 503)
"""Refusals that any address may give: what is asked, its weight, how often, and the moment."""
_EMPTY: Final = {"type": "string", "maxLength": 0}
"""A field that a form left empty is as one that is not there."""
MOST_EXAMPLES: Final = 3
_EXACT: Final = frozenset({"package_search"})
_NAMED: Final[Parameter] = {"type": "string", "minLength": 1}
_VERSION: Final[Mapping[str, object]] = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
CKAN, JSONP = "application/json", "application/javascript"


class _Answer(TypedDict):
    """What an operation answers, besides what any does."""

    media_types: tuple[str, ...]
    refusals: tuple[int, ...]


def openapi(origin: str, served: Sequence[str] = ()) -> dict[str, object]:
    """Return the description, with this server's address; `served` are datasets to give as examples."""
    slug = _path("slug", "A dataset.", examples=served)
    return {
        "openapi": "3.1.0",
        "info": {"title": "eclor", "version": "1", "description": "Open data that a charter can prove."},
        "servers": [{"url": origin}],
        "paths": {
            **_versioned(slug),
            **_files(slug),
            **_dcat(slug),
            **_feeds(slug),
            **_discovery(),
            **_charter(slug),
            **_ckan(),
            **_ogc(),
        },
        "components": {"responses": {"Problem": _problem()}, "schemas": {}},
    }


def _responses(media_types: Iterable[str], refusals: Iterable[int]) -> dict[str, object]:
    content: dict[str, object] = {media_type: {} for media_type in media_types}
    refused = {str(status): _REFUSED for status in sorted({*_ANY, *refusals})}
    return {"200": {"description": "OK", "content": content}, "304": {"description": "Not Modified"}, **refused}


def _operation(
    summary: str,
    *parameters: Parameter,
    media_types: tuple[str, ...],
    refusals: tuple[int, ...] = (),
    description: str = "",
) -> dict[str, object]:
    return {
        "get": {
            "summary": summary,
            **({"description": description} if description else {}),
            "parameters": list(parameters),
            "responses": _responses(media_types, refusals),
        }
    }


def _path(name: str, description: str, schema: Parameter = _NAMED, examples: Sequence[str] = ()) -> Parameter:
    """Return a part of an address."""
    shown = {"examples": {one: {"value": one} for one in examples}} if examples else {}
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema, **shown}


def _query(name: str, description: str, **schema: object) -> dict[str, object]:
    return {"name": name, "in": "query", "description": description, "schema": {"type": "string", **schema}}


def _or_empty(parameter: dict[str, object]) -> dict[str, object]:
    return {**parameter, "schema": {"anyOf": [parameter["schema"], _EMPTY]}}


_PLACED: Final = "geojson"
_OF_COLUMNS: Final = f"""More parameters, of which what may be given depends on the dataset's columns, or on each other:

- `select`: columns, between commas, or `*`;
- `column=value` or `column__OP=value`, OP being one of {" ".join(Operator)}; several must all hold;
- `or`: alternatives between |, of which one holds: `a=1|b__gt=2`; may be repeated: each must hold;
- `q`: words, each of which stands in some text column, case and accents apart;
- `bbox`: west,south,east,north in degrees: rows that lie there, or whose geometry's box meets it;
- `group`: columns, between commas: one line a group; `aggregate`: between commas, count, sum(c), avg(c), min(c),
  max(c), distinct(c), masked cells left out;
- `sort`: columns, between commas; - before a name for descending order; masked cells come last;
- `cursor`: from a former answer's next link;
- `limit={EVERY_ROW}`: every row, as a stream, in any format but json;
- `format={_PLACED}`: of a dataset that has a place.
"""


def _rows() -> tuple[Parameter, ...]:
    """Return the parameters of the rows API that every dataset takes; `_OF_COLUMNS` tells the others in words.

    A checker draws values from a schema, and no schema says which columns a dataset has.
    """
    return (
        _query("distinct", "The different lines of the columns selected.", enum=["true", "false"]),
        _query("limit", "Rows of a page.", type="integer", minimum=1, maximum=MOST_ROWS, default=DEFAULT_LIMIT),
        _query("format", "Instead of Accept.", enum=[name for name in FORMATS if name != _PLACED]),
    )


def _dumped() -> tuple[Parameter, ...]:
    """Return the parameters of a dump but the path's, as CKAN names them."""
    return (
        _query("format", "How rows are written.", enum=["csv", "tsv", "json", "xml"], default="csv"),
        _query("bom", "U+FEFF in front, for spreadsheets.", type="boolean", default=False),
        _query("fields", "Columns, between commas."),
        _query("filters", "A JSON object: column to value, or to a list of values."),
        _query("q", "Words, or a JSON object of them by column."),
        _query("sort", "Columns, between commas, each with asc or desc.", default="_id"),
        _query("distinct", "Different rows alone.", type="boolean", default=False),
        _query("limit", "Rows, all by default.", type="integer", minimum=0),
        _query("offset", "Rows left out in front.", type="integer", minimum=0, default=0),
    )


def _versioned(slug: Parameter) -> dict[str, object]:
    dataset = _path("dataset", "A dataset's slug.")
    json = (FORMATS["json"],)
    return {
        "/api/v1/datasets": _operation(
            "All datasets.", _query("state", "Only those that stand there.", enum=[*STATES]), media_types=json
        ),
        "/api/v1/search": _operation(
            "Datasets by words, facets, place and days.", *_search(), media_types=json, description=_PLACE_AND_DAYS
        ),
        "/api/v1/datasets/{slug}": _operation("One dataset and its current version.", slug, media_types=json),
        "/api/v1/datasets/{dataset}/records": _operation(
            "Rows.",
            dataset,
            *_rows(),
            media_types=tuple(FORMATS.values()),
            refusals=(406, 410, 422),
            description=_OF_COLUMNS,
        ),
        "/api/v1/flows": _operation(
            "Every flow of the territory: where it stands, how fresh, its next run, its last error and the cure.",
            _query("state", "Only those that stand there.", enum=[*FlowState]),
            media_types=json,
        ),
        "/api/v1/live/{dataset}": _operation(
            "A live dataset's versions as they come, from the one after `Last-Event-ID`.",
            dataset,
            {**_query("Last-Event-ID", "The last event seen."), "in": "header"},
            media_types=("text/event-stream",),
            refusals=(410,),
        ),
    }


_PLACE_AND_DAYS: Final = """Three more parameters, of which a schema cannot say the order that they must be in:

- `bbox`: west, south, east, north in degrees, between commas; west <= east, south <= north: where rows may stand;
- `from` and `to`: first and last day that rows tell of, as 2026-01-31; from <= to.

And `commune`: a commune of the territory, by its code or its name. Any other parameter is refused by its name.
"""


def _search() -> tuple[Parameter, ...]:
    limit = _query("limit", "Datasets of a page.", type="integer", minimum=1, maximum=MOST_LIMIT, default=PAGE)
    offset = _query("offset", "Datasets before this page.", type="integer", minimum=0, maximum=MOST_OFFSET, default=0)
    words = (
        "Words, in French, English, German or Luxembourgish; typing errors are forgiven. The first 200 letters count."
    )
    return (
        _query("q", words),
        *(_query(name, "One of its values; may be given several times.") for name in FACETS),
        _or_empty(_query("lang", "Language of titles and labels.", enum=[*LANGUAGES], default=LANGUAGES[0])),
        _or_empty(limit),
        _or_empty(offset),
    )


def _files(slug: Parameter) -> dict[str, object]:
    names = [*DATA, NAME, *DESCRIPTIONS, *DESCRIPTORS, *VALIDATIONS]
    file, cited = _path("file", "A file.", {"enum": names}), _path("file", "A file.", {"enum": [*names, *CITATIONS]})
    form = _path("form", "A format.", {"enum": ["json", "csv"]})
    number = _path("version", "A version.", _VERSION)
    compared: _Answer = {"media_types": (FORMATS["json"], "text/csv"), "refusals": (410, 422)}
    since = _query("from", "The older version; by default the one before.", **_VERSION)
    every: _Answer = {"media_types": ("*/*",), "refusals": (406, 410, 416)}
    folder = "/dataset/{slug}/versions/{version}"
    return {
        "/dataset/{slug}/{file}": _operation("The newest version's file.", slug, file, **every),
        "/dataset/{slug}/quality.json": _operation(
            "How good what is published is.", slug, media_types=(FORMATS["json"],), refusals=(410,)
        ),
        "/dataset/{slug}/diff.{form}": _operation(
            "Rows changed with the newest version.", slug, form, since, **compared
        ),
        f"{folder}/diff.{{form}}": _operation(
            "Rows changed between any two versions.", slug, number, form, since, **compared
        ),
        f"{folder}/{{file}}": _operation("A version's file; its bytes never change.", slug, number, cited, **every),
    }


def _dcat(slug: Parameter) -> dict[str, object]:
    ending = _path("ending", "A writing.", {"enum": [*ENDINGS]})
    page = _query("page", "A hundred datasets each.", type="integer", minimum=1, default=1)
    chosen = _query("f", "An ending, instead of Accept.", enum=[*ENDINGS])
    writing = _query("f", f"One of {', '.join(ENDINGS)}, instead of Accept; anything else is the page's own.")
    types = ("text/html", *RDF)
    return {
        "/catalog": _operation("The catalogue, DCAT-AP 3.", _or_empty(chosen), page, media_types=RDF, refusals=(406,)),
        "/catalog.{ending}": _operation("The catalogue in one writing.", ending, page, media_types=RDF),
        "/dataset/{slug}": _operation(
            "A dataset: its page, or DCAT-AP 3.", slug, writing, media_types=types, refusals=(406, 410)
        ),
        "/dataset/{slug}.{ending}": _operation(
            "A dataset in one writing.", slug, ending, media_types=RDF, refusals=(410,)
        ),
    }


def _feeds(slug: Parameter) -> dict[str, object]:
    return {
        "/feed.atom": _operation("The newest versions of all datasets.", media_types=(ATOM,)),
        "/dataset/{slug}/feed.atom": _operation("The versions of one dataset.", slug, media_types=(ATOM,)),
        "/withdrawals.atom": _operation("What no longer leaves, and what leaves again.", media_types=(ATOM,)),
    }


def _discovery() -> dict[str, object]:
    number = _path("number", "A file of the index, from 1.", {"type": "integer", "minimum": 1})
    xml, text = ("application/xml",), ("text/plain",)
    return {
        "/sitemap.xml": _operation("Pages, or the files that list them.", media_types=xml),
        "/sitemap-{number}.xml": _operation("Pages of one file.", number, media_types=xml),
        "/robots.txt": _operation("Where robots may go.", media_types=text),
        "/opensearch.xml": _operation("The search.", media_types=("application/opensearchdescription+xml",)),
        "/.well-known/csvm": _operation("Where the metadata of a CSV are.", media_types=text),
        "/openapi.json": _operation("This description.", media_types=(FORMATS["json"],)),
        "/healthz": _operation("Is the server there?", media_types=text),
        "/readyz": _operation("Can it serve?", media_types=text),
    }


def _charter(slug: Parameter) -> dict[str, object]:
    name = _path("name", "A text of the charter, as its page names it.")
    return {
        "/charter/registre.csv": _operation("The register of processing.", media_types=("text/csv",)),
        "/charter/registre.json": _operation("The register of processing.", media_types=(FORMATS["json"],)),
        "/charter/journal/heads.jsonl": _operation("Heads of the public journal.", media_types=("*/*",)),
        "/dataset/{slug}/charter/{name}": _operation(
            "What the charter says of the newest version.", slug, name, media_types=("*/*",), refusals=(410,)
        ),
    }


def _ckan() -> dict[str, object]:
    resource = _path("resource", "A resource's name.")
    json = (FORMATS["json"],)
    incomplete = _query("incomplete", "Its first letters.")
    util = "/api/2/util"
    return {
        "/api/3/action/{action}": _actions(),
        "/api/3": _operation("The version of CKAN's API.", media_types=json),
        f"{util}/dataset/autocomplete": _operation("Names of datasets.", incomplete, media_types=json),
        f"{util}/tag/autocomplete": _operation("Tags.", incomplete, media_types=json),
        f"{util}/organization/autocomplete": _operation(
            "Organisations.", _query("q", "Its first letters."), media_types=json
        ),
        "/datastore/dump/{resource}": _operation(
            "A resource's rows, as CKAN dumps them.",
            resource,
            *_dumped(),
            media_types=("*/*",),
            refusals=(409, 410, 416),
        ),
    }


def _actions() -> dict[str, object]:
    """Describe CKAN's actions: what reads is asked for any way, what writes a draft by POST and a token."""
    envelope: Parameter = {"description": "What is wrong, in CKAN's envelope.", "content": {CKAN: {}, PROBLEM: {}}}
    answers: dict[str, object] = {
        "200": {"description": "The result, in CKAN's envelope.", "content": {CKAN: {}, JSONP: {}}}
    }
    answers.update({str(status): envelope for status in (400, 403, 404, 409, 410, 422, 503)})
    answers.update({str(status): _REFUSED for status in (408, 413, 414, 429, 431)})
    kept: dict[str, object] = {"304": {"description": "Not Modified"}, "412": _REFUSED}
    reads = sorted({*ACTIONS, *LATER, *ASKED_ANY_WAY})
    body = {"content": {"application/json": {"schema": {"type": "object"}}}}
    about = "Parameters are those of CKAN's action; GET takes them in the address, POST in a JSON object or a form."
    exact = f" By POST too: {', '.join(_EXACT)}, which refuses a parameter that it does not know."
    return {
        "get": {
            "summary": "CKAN's action API, reading.",
            "description": about,
            "parameters": [_path("action", "An action that reads.", {"enum": reads})],
            "responses": answers | kept,
        },
        "post": {
            "summary": "CKAN's action API; what writes needs a token, and makes drafts alone.",
            "description": about + exact,
            "parameters": [_path("action", "An action.", {"enum": sorted({*reads, *WRITES} - _EXACT)})],
            "requestBody": body,
            "responses": answers,
        },
    }


def _ogc() -> dict[str, object]:
    """Return the paths of the OGC API, with the refusals that any address may give."""
    found: dict[str, object] = {}
    for path, methods in ogc_paths().items():
        assert isinstance(methods, dict)
        get = methods["get"]
        found[path] = {"get": {**get, "responses": {**{str(status): _REFUSED for status in _ANY}, **get["responses"]}}}
    return found


def _problem() -> dict[str, object]:
    properties = {name: {"type": "string"} for name in ("type", "title", "detail", "detail_en", "code")}
    schema = {"type": "object", "properties": {**properties, "status": {"type": "integer"}}}
    return {
        "description": "What is wrong and its cure (RFC 9457).",
        "content": {PROBLEM: {"schema": schema}},
    }

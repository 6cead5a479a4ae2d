"""The part of an NGSI-LD broker that answers queries for entities (ETSI GS CIM 009, clause 6.4 and 6.5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harvesters.simulators.context_entities import Entity, context, key_values, selected
from harvesters.simulators.parameters import Waste

ROOT = "/ngsi-ld/v1"
_CONTEXT = "/ngsi-ld/context.jsonld"
_ERRORS = "https://uri.etsi.org/ngsi-ld/errors/"
_CONTEXT_REL = "http://www.w3.org/ns/json-ld#context"
_LD_JSON = "application/ld+json"
_MAX_LIMIT = 1000
_DEFAULT_LIMIT = 20

Seen = Callable[[], list[Entity]]
"""All the entities as they are now."""


@dataclass(frozen=True, slots=True)
class ContextBroker:
    """The broker's queries: paging by limit and offset, the count on demand, normalized or simplified entities."""

    waste: Waste
    seen: Seen

    def routes(self) -> list[Route]:
        """Return the routes, under `/ngsi-ld/`."""
        return [
            Route(_CONTEXT, self._context),
            Route(f"{ROOT}/entities", self._entities),
            Route(f"{ROOT}/entities/{{identifier:path}}", self._entity),
        ]

    async def _context(self, _request: Request) -> Response:
        return json_answer(context(self.waste.queue, self.waste.filling), media_type=_LD_JSON)

    async def _entities(self, request: Request) -> Response:
        query = request.query_params
        if not {"type", "attrs", "id"} & set(query):
            return problem(HTTPStatus.BAD_REQUEST, "BadRequestData", "one of type, attrs, id is needed")
        page = page_of(query)
        if page is None:
            detail = f"limit is a whole number from 0 to {_MAX_LIMIT}, offset from 0"
            return problem(HTTPStatus.BAD_REQUEST, "BadRequestData", detail)
        found = matching(self.seen(), query)
        headers = {"NGSILD-Results-Count": str(len(found))} if query.get("count") == "true" else {}
        return _given([_formed(each, query) for each in found[page]], request, headers)

    async def _entity(self, request: Request) -> Response:
        asked = request.path_params["identifier"]
        found = next((each for each in self.seen() if each["id"] == asked), None)
        if found is None:
            return problem(HTTPStatus.NOT_FOUND, "ResourceNotFound", "no such entity")
        return _given(_formed(found, request.query_params), request, {})


def json_answer(
    content: object, headers: Mapping[str, str] | None = None, *, media_type: str = "application/json"
) -> Response:
    """Answer JSON."""
    return Response(orjson.dumps(content), headers=dict(headers or {}), media_type=media_type)


def problem(status: HTTPStatus, kind: str, detail: str) -> Response:
    """Answer an error as the standard does (clause 6.3.2): a problem of a known type."""
    content = {"type": _ERRORS + kind, "title": kind, "detail": detail, "status": status.value}
    return Response(orjson.dumps(content), status_code=status.value, media_type="application/problem+json")


def page_of(query: Mapping[str, str]) -> slice | None:
    """Return what `limit` and `offset` ask for; None if they cannot."""
    limit, offset = query.get("limit", str(_DEFAULT_LIMIT)), query.get("offset", "0")
    if not (limit.isdecimal() and offset.isdecimal() and int(limit) <= _MAX_LIMIT):
        return None
    return slice(int(offset), int(offset) + int(limit))


def matching(entities: list[Entity], query: Mapping[str, str]) -> list[Entity]:
    """Keep the entities of a type asked for, with an identifier and one of the attributes asked for."""
    types, identifiers, attributes = (listed(query, name) for name in ("type", "id", "attrs"))
    return [
        each
        for each in entities
        if (not types or each["type"] in types)
        and (not identifiers or each["id"] in identifiers)
        and (not attributes or attributes & set(each))
    ]


def _formed(each: Entity, query: Mapping[str, str]) -> Entity:
    chosen = selected(each, listed(query, "attrs"))
    simplified = "keyValues" in listed(query, "options") or query.get("format") in {"keyValues", "simplified"}
    return key_values(chosen) if simplified else chosen


def listed(query: Mapping[str, str], name: str) -> set[str]:
    """Return the words of a parameter, comma between."""
    return {part for part in query.get(name, "").split(",") if part}


def _given(found: list[Entity] | Entity, request: Request, headers: Mapping[str, str]) -> Response:
    """Give entities with their context: in a Link header, or within when JSON-LD is asked for."""
    where = str(request.base_url.replace(path=_CONTEXT))
    if _LD_JSON not in request.headers.get("accept", ""):
        return json_answer(found, {"Link": f'<{where}>; rel="{_CONTEXT_REL}"; type="{_LD_JSON}"', **headers})
    if isinstance(found, dict):
        return json_answer(found | {"@context": where}, headers, media_type=_LD_JSON)
    return json_answer([each | {"@context": where} for each in found], headers, media_type=_LD_JSON)

"""The part of an NGSI v2 broker that answers queries for entities (FIWARE-NGSI v2, `GET /v2/entities`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harvesters.simulators.context_broker import Seen, json_answer, listed, matching, page_of
from harvesters.simulators.context_entities import MEMBERS, Entity, key_values, selected

ROOT: Final = "/v2"
_ERRORS: Final = {HTTPStatus.NOT_FOUND: "NotFound", HTTPStatus.FORBIDDEN: "Forbidden"}
_TYPES: Final = {bool: "Boolean", int: "Number", float: "Number", str: "Text"}


@dataclass(frozen=True, slots=True)
class VersionTwoBroker:
    """The queries: paging by limit and offset, the count on demand, normalized or simplified entities."""

    seen: Seen

    def routes(self) -> list[Route]:
        """Return the routes, under `/v2/`."""
        return [Route(f"{ROOT}/entities", self._entities)]

    async def _entities(self, request: Request) -> Response:
        query = request.query_params
        page = page_of(query)
        if page is None:
            return error(HTTPStatus.BAD_REQUEST, "Bad pagination")
        found, options = matching(self.seen(), query), listed(query, "options")
        headers = {"Fiware-Total-Count": str(len(found))} if "count" in options else {}
        form = key_values if "keyValues" in options else normalized
        chosen = [form(selected(each, listed(query, "attrs"))) for each in found[page]]
        return json_answer(chosen, headers)


def error(status: HTTPStatus, detail: str) -> Response:
    """Answer an error as Orion does."""
    content = orjson.dumps({"error": _ERRORS.get(status, "BadRequest"), "description": detail})
    return Response(content, status_code=status.value, media_type="application/json")


def normalized(entity: Entity) -> Entity:
    """Return an entity of NGSI-LD in the normalized form of NGSI v2."""
    return {key: value if key in MEMBERS else _attribute(value) for key, value in entity.items()}


def _attribute(attribute: object) -> object:
    match attribute:
        case {"type": "GeoProperty", "value": value}:
            return {"type": "geo:json", "value": value, "metadata": {}}
        case {"value": {"@type": "DateTime", "@value": text}, **meta}:
            return {"type": "DateTime", "value": text, "metadata": _metadata(meta)}
        case {"value": value, **meta}:
            return {"type": _TYPES.get(type(value), "StructuredValue"), "value": value, "metadata": _metadata(meta)}
        case _:
            return attribute


def _metadata(meta: Mapping[object, object]) -> dict[str, object]:
    names = {"unitCode": "Text", "observedAt": "DateTime"}
    return {name: {"type": kind, "value": meta[name]} for name, kind in names.items() if name in meta}

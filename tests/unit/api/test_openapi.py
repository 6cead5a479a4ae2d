"""No route is forgotten by the description of the open API, which the contract's checker draws its requests from."""

from itertools import product
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from api.ckan.site import CSV, stable_id
from api.grammar import PLAIN
from api.wider_grammar import WIDER
from tests.serving import SERIES

PAGES = {
    "/",
    "/charter",
    "/charter/journal",
    "/charter/registre",
    "/dataset/{slug}/notice",
    "/dataset/{slug}/versions/{number}",
    "/dataset/{slug}/versions/{number}/checks",
    "/dataset/{slug}/versions/{number}/proof",
    "/docs",
    "/docs/{slug}",
    "/search",
    "/static/{name}",
}
OTHER_NAMES = {
    "/api",
    "/api/action/{action}",
    "/dataset",
    "/dataset/",
    "/dataset/{package}/resource/{resource}/download/{name}",
    "/group",
    "/group/",
    "/group/{name}",
    "/ogc",
    "/organization",
    "/organization/",
    "/organization/{name}",
    "/{language}/api/3/action/{action}",
}
"""Of what is described under another, of what is never there, or of a portal's pages, which lead to ours."""


def addresses(path: str, get: dict[str, Any]) -> list[str]:
    """The addresses of a path: each value of a part that lists its values, `1` for any other."""
    listed = {one["name"]: one["schema"].get("enum", ["1"]) for one in get["parameters"] if one["in"] == "path"}
    chosen = (dict(zip(listed, values, strict=True)) for values in product(*listed.values()))
    return [path.format_map(values) for values in chosen]


def test_every_route_is_described_or_is_a_page(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    told = [address for path, methods in paths.items() for address in addresses(path, methods["get"])]
    assert isinstance(client.app, Starlette)
    routes = [route for route in client.app.routes if isinstance(route, Route)]
    untold = {route.path for route in routes if not any(map(route.path_regex.match, told))}
    assert untold == PAGES | OTHER_NAMES


def test_what_the_rows_are_asked_by_is_told_by_a_schema_or_in_words(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]["/api/v1/datasets/{dataset}/records"]["get"]
    named = {one["name"] for one in described["parameters"] if one["in"] == "query"}
    assert {"distinct", "limit", "format"} <= named
    assert {name for name in {*WIDER, *PLAIN} - named if f"`{name}" not in described["description"]} == set()


def test_what_a_dump_is_asked_by_is_described_by_name(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]["/datastore/dump/{resource}"]["get"]["parameters"]
    asked = {one["name"]: one["schema"].get("default", "1") for one in described if one["in"] == "query"}
    asked |= {"format": "json", "fields": "site", "filters": '{"site": "AUD"}', "q": "aud", "bom": "false"}
    dumped = client.get(f"/datastore/dump/{stable_id(SERIES, CSV)}", params=asked)
    assert (dumped.status_code, len(dumped.json()["records"])) == (200, 1)

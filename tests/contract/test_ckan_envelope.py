"""The shapes of a recorded CKAN: the keys of its answers stand in ours, and its refusals are ours."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from eclor.settings import Settings
from tests.serving import SERIES, fill
from tests.unit.catalog.publish.released import Home

GOLDEN = Path(os.environ.get("ECLOR_SHARED", "../shared")) / "contracts" / "ckan" / "golden.json"


@pytest.fixture(scope="module")
def recorded() -> dict[str, dict[str, object]]:
    if not GOLDEN.exists():
        pytest.skip(f"no recorded CKAN at {GOLDEN}")
    return {pair["id"]: pair["response"] for pair in json.loads(GOLDEN.read_bytes())}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = fill(Home(tmp_path_factory.mktemp("home")))
    with TestClient(create_app(Settings(home=home.folder)), raise_server_exceptions=False) as asked:
        yield asked
    home.catalog.engine.dispose()


def shape(value: object) -> object:
    """The keys of a value, all the way down its first items."""
    match value:
        case dict():
            return {name: shape(one) for name, one in value.items()}
        case list():
            return [shape(value[0])] if value else []
        case _:
            return None


def holds(ours: object, theirs: object, *, at: str = "") -> list[str]:
    """The places where a recorded key is missing from ours."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        missing = [f"{at}.{name}" for name in theirs.keys() - ours.keys()]
        both = theirs.keys() & ours.keys()
        return missing + [fault for n in both for fault in holds(ours[n], theirs[n], at=f"{at}.{n}")]
    if isinstance(theirs, list) and isinstance(ours, list):
        return holds(ours[0], theirs[0], at=f"{at}[]") if theirs and ours else []
    return [] if type(ours) is type(theirs) or None in {ours, theirs} else [at]


@pytest.mark.parametrize(
    ("pair", "action", "free"),
    [
        ("status_show", "status_show", ()),
        ("resource_show", "resource_show?id={resource}", ()),
        ("package_search.all", "package_search?q=*:*", (".result.results[].",)),
        ("cplwr", "current_package_list_with_resources", ()),
        ("organization_show", "organization_show?id=ccphva", ()),
        ("organization_list", "organization_list", ()),
        ("group_show", "group_show?id=dechets", ()),
        ("group_list.all_fields", "group_list?all_fields=true", ()),
        ("tag_list.all_fields", "tag_list?all_fields=true", ()),
        ("license_list", "license_list", ()),
        ("datastore_search.fmt_lists_fields", "datastore_search?id={resource}&records_format=lists", ()),
        ("datastore_info", "datastore_info?id={resource}", (".result.meta.",)),
        ("package_search.facets_json", 'package_search?facet.field=["organization"]', (".result.facets.",)),
    ],
)
def test_our_answers_hold_the_keys_of_the_recorded_ones(
    client: TestClient, recorded: dict[str, dict[str, object]], pair: str, action: str, free: tuple[str, ...]
) -> None:
    resource = client.get(f"/api/3/action/package_show?id={SERIES}").json()["result"]["resources"][0]["id"]
    answer = client.get("/api/3/action/" + action.format(resource=resource))
    assert answer.status_code == recorded[pair]["status"], answer.text
    assert answer.headers["content-type"] == "application/json;charset=utf-8"
    faults = holds(shape(answer.json()), shape(recorded[pair]["body"]))
    assert [fault for fault in faults if not fault.startswith(free or ("§",))] == []


@pytest.mark.parametrize(
    ("pair", "method", "path", "body"),
    [
        ("action.unknown", "GET", "pas_une_action", None),
        ("jsonp.error", "GET", "package_show?id=absent", None),
        ("get.write_action", "GET", "package_create?name=x", None),
        ("datastore_search.no_resource", "GET", "datastore_search", None),
        ("datastore_search.missing", "GET", "datastore_search?resource_id=absent", None),
        ("datastore_info.missing", "GET", "datastore_info?id=absent", None),
        ("group_list.sort_bad", "GET", "group_list?sort=champ", None),
        ("package_search.facets_bad", "GET", "package_search?facet.field=organization&rows=0", None),
        ("datastore_create.get", "GET", "datastore_create", None),
    ],
)
def test_our_refusals_are_the_recorded_ones(
    client: TestClient, recorded: dict[str, dict[str, object]], pair: str, method: str, path: str, body: bytes | None
) -> None:
    answer = client.request(method, f"/api/3/action/{path}", content=body)
    theirs = recorded[pair]
    assert answer.status_code == theirs["status"]
    ours, recorded_body = answer.json(), theirs["body"]
    if isinstance(recorded_body, dict):
        assert isinstance(ours, dict)
        assert ours["success"] is False
        assert holds(ours["error"], recorded_body["error"]) == []
        assert ours["error"]["__type"] == recorded_body["error"]["__type"]
    else:
        assert ours == recorded_body


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"id": "%s"}' % SERIES.encode(), "application/json"),
        (b'{"id": "%s"}' % SERIES.encode(), "text/plain"),
        (b"id=" + SERIES.encode(), "application/x-www-form-urlencoded"),
        (b'{"id": "%s"}' % SERIES.encode(), "application/x-www-form-urlencoded"),
    ],
)
def test_parameters_come_in_any_way_that_clients_send_them(client: TestClient, body: bytes, kind: str) -> None:
    for path in ("/api/3/action/package_show", "/api/action/package_show"):
        answer = client.post(path, content=body, headers={"Content-Type": kind})
        assert answer.json()["result"]["name"] == SERIES
    in_query = client.post(f"/api/3/action/package_show?id={SERIES}", content=b"{}")
    assert in_query.json()["result"]["name"] == SERIES


@pytest.mark.parametrize("body", [b"[]", b"{", b"\xff", b'"x"'])
def test_a_body_that_is_no_object_is_a_bare_text(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/3/action/package_show", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json().startswith("Bad request: JSON Error: ")


@pytest.mark.parametrize(
    ("action", "query", "status"),
    [
        ("package_search", "sort=" + ",".join(["title asc"] * 20), 200),
        ("package_search", "sort=" + ",".join(["title asc"] * 21), 400),
        ("package_search", "sort=views_recent desc", 200),
        ("package_search", "sort=tags asc", 409),
        ("package_search", "sort=title asc,vocab_sujet desc", 409),
        ("package_search", "sort=title", 400),
        ("package_search", "fl=" + ",".join(["title"] * 101), 400),
        ("package_search", "fq_list=" + json.dumps(["title:" + "?" * 21] * 2), 409),
        ("resource_search", "&".join(["query=name:a"] * 20), 200),
        ("resource_search", "&".join(["query=name:a"] * 21), 409),
        ("tag_search", "&".join(["query=a"] * 20), 200),
        ("tag_search", "&".join(["query=a"] * 21), 409),
    ],
)
def test_what_is_tried_on_every_dataset_is_what_a_ckan_tries_and_bounded(
    client: TestClient, action: str, query: str, status: int
) -> None:
    assert client.get(f"/api/3/action/{action}?{query}").status_code == status


FIELD = b'Content-Disposition: form-data; name="id"\r\n\r\n'


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data; boundary=b", b"--b\r\n" + FIELD + SERIES.encode() + b"\r\n--b--\r\n", 200),
        (
            'multipart/form-data; charset=utf-8; boundary="b-1"',
            b"--b-1\r\n" + FIELD + SERIES.encode() + b"\r\n--b-1--",
            200,
        ),
        ("multipart/form-data; charset=punycode; boundary=b", b"--b\r\n" + FIELD + b"a-\r\n--b--", 404),
        ("multipart/form-data", b"--b\r\n" + FIELD + b"a\r\n--b--", 400),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\n\r\n" * 50_000 + b"--b--", 400),
        ("multipart/form-data; boundary=b", (b"--b\r\n" + FIELD + b"a\r\n") * 201 + b"--b--", 400),
        (
            "multipart/form-data; boundary=b",
            b"--b\r\nContent-Disposition: form-data; " + b"a*0=1;" * 50_000 + b"\r\n",
            400,
        ),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 5_000, 400),
    ],
)
def test_a_form_of_parts_is_read_in_little_time(client: TestClient, kind: str, body: bytes, status: int) -> None:
    answer = client.post("/api/3/action/package_show", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status

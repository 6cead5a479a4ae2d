"""What tokens write stays a draft: no anonymous answer tells of it, and nothing that is served changes by it."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import Engine
from starlette.testclient import TestClient

from api.app import create_app
from api.ckan import draft_packages
from api.ckan.token_actions import MOST_TOKENS
from catalog.drafts import add_draft, drafts, drop_draft
from catalog.tokens import Bearer, Role, end_token, make_token, tokens_of
from eclor.settings import Settings
from tests.serving import SERIES, fill
from tests.unit.catalog.publish.released import Home

OWNER = "ccphva"
TRACE = "qx7731"
"""Stands in the draft and nowhere else."""
TAKER = "0d5f3c1a-6c1e-4c55-9c3e-5a4b8f1f2a10"
DESCRIBED = {
    "name": f"essai-{TRACE}",
    "title": f"Essai {TRACE}",
    "owner_org": OWNER,
    "notes": "Ébauche.",
    "tags": [{"name": "essai"}],
    "extras": [{"key": "k", "value": TRACE}],
    "resources": [{"url": "exemple.fr/a.csv", "name": "A", "format": "text/csv", "size": "12", "libre": {"a": 1}}],
}


@dataclass
class Town:
    """A served home, and tokens of each role."""

    home: Home
    client: TestClient
    tokens: dict[Role, str]

    def act(self, action: str, role: Role | None = None, /, **given: object) -> Response:
        headers = {"Authorization": self.tokens[role]} if role else {}
        return self.client.post(f"/api/3/action/{action}", json=given, headers=headers)

    def result(self, action: str, role: Role | None = None, /, **given: object) -> Any:
        answer = self.act(action, role, **given)
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    home = fill(Home(tmp_path_factory.mktemp("home")))
    made = {role: make_token(home.catalog.engine, home.world, Bearer(role.value, role))[0] for role in Role}
    tokens = {role: secret.reveal().decode() for role, secret in made.items()}
    with TestClient(create_app(Settings(home=home.folder)), raise_server_exceptions=True) as client:
        yield Town(home, client, tokens)
    home.catalog.engine.dispose()


@pytest.fixture
def draft(town: Town) -> Iterator[dict[str, Any]]:
    made = town.result("package_create", Role.EDITOR, **DESCRIBED)
    assert isinstance(made, dict)
    yield made
    town.act("dataset_purge", Role.ADMIN, id=made["id"])


def test_a_name_that_another_takes_meanwhile_is_in_use(
    town: Town, draft: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(engine: Engine) -> int:
        (first,) = [one for one in drafts(engine) if one.id == draft["id"]]
        add_draft(engine, replace(first, id=TAKER, name="pris"))
        return 1

    monkeypatch.setattr(draft_packages, "count_drafts", meanwhile)
    answer = town.act("package_create", Role.EDITOR, **{**DESCRIBED, "name": "pris", "resources": []})
    drop_draft(town.home.catalog.engine, TAKER)
    assert (answer.status_code, answer.json()["error"]["name"]) == (409, ["That URL is already in use."])


def test_a_draft_comes_back_as_written(draft: dict[str, Any]) -> None:
    assert (draft["state"], draft["title"], draft["num_tags"]) == ("draft", DESCRIBED["title"], 1)
    (resource,) = draft["resources"]
    assert (resource["url"], resource["format"], resource["size"]) == ("http://exemple.fr/a.csv", "CSV", 12)
    assert resource["libre"] == {"a": 1}


@pytest.mark.parametrize("role", [None, Role.READER, Role.EDITOR, Role.ADMIN])
def test_no_list_tells_of_a_draft(town: Town, draft: dict[str, Any], role: Role | None) -> None:
    for name in ("package_list", "current_package_list_with_resources", "tag_list", "group_list", "resource_search"):
        answer = town.act(name, role, query="name:A") if name == "resource_search" else town.act(name, role)
        assert TRACE not in answer.text
        assert "Ébauche" not in json.dumps(answer.json(), ensure_ascii=False)
    assert town.result("package_search", role, q=TRACE)["count"] == 0
    wanted = town.result("package_search", role, q=TRACE, include_drafts=True)
    assert wanted["count"] == (0 if role is None else 1)


def test_no_address_gives_a_draft_to_strangers(town: Town, draft: dict[str, Any]) -> None:
    (resource,) = draft["resources"]
    for identifier in (draft["id"], draft["name"]):
        assert town.act("package_show", id=identifier).status_code == 404
        assert town.act("package_show", Role.EDITOR, id=identifier).status_code == 200
    assert town.act("resource_show", id=resource["id"]).status_code == 404
    unknown = town.client.get("/dataset/never-was/resource/x/download/y")
    told = town.client.get(f"/dataset/{draft['id']}/resource/{resource['id']}/download/a.csv", follow_redirects=False)
    assert (told.status_code, told.json()) == (unknown.status_code, unknown.json())
    paths = ("/", "/catalog", "/feed.atom", "/sitemap.xml", "/search?q=essai", f"/dataset/{draft['name']}")
    for path in (*paths, "/api/v1/datasets", f"/datastore/dump/{resource['id']}"):
        assert TRACE not in town.client.get(path).text.replace(f"/dataset/{draft['name']}", "")


def test_a_draft_is_patched_revised_deleted_purged(town: Town, draft: dict[str, Any]) -> None:
    identifier = draft["id"]
    patched = town.result("package_patch", Role.EDITOR, id=identifier, notes="n")
    assert (patched["notes"], len(patched["resources"])) == ("n", 1)
    kept = town.act("package_update", Role.EDITOR, id=identifier, name=draft["name"], owner_org=OWNER).json()
    assert (kept["changed_entities"], len(kept["result"]["resources"])) == ({"packages": [identifier]}, 1)
    added = town.result("resource_create", Role.EDITOR, package_id=identifier, url="https://exemple.fr/b.pdf")
    assert added["format"] == "PDF"
    assert town.result("resource_patch", Role.EDITOR, id=added["id"], name="B")["name"] == "B"
    town.result("resource_delete", Role.EDITOR, id=added["id"])
    revised = town.result("package_revise", Role.EDITOR, match={"id": identifier}, update={"title": "T"})
    assert revised["package"]["title"] == "T"
    town.result("package_delete", Role.EDITOR, id=identifier)
    assert town.act("package_show", Role.EDITOR, id=identifier).status_code == 403
    assert town.result("package_show", Role.ADMIN, id=identifier)["state"] == "deleted"
    town.result("dataset_purge", Role.ADMIN, id=identifier)
    assert town.act("package_show", Role.ADMIN, id=identifier).status_code == 404


@pytest.mark.parametrize("role", [None, Role.READER])
def test_whoever_may_not_write_is_refused(town: Town, draft: dict[str, Any], role: Role | None) -> None:
    for name in ("package_create", "package_patch", "package_update", "package_delete", "resource_create"):
        answer = town.act(name, role, id=draft["id"], name="x")
        assert (answer.status_code, answer.json()["error"]["__type"]) == (403, "Authorization Error")


@pytest.mark.parametrize("name", ["package_patch", "package_update", "package_delete", "dataset_purge"])
def test_what_is_served_changes_by_its_policy_alone(town: Town, name: str) -> None:
    before = town.result("package_show", id=SERIES)
    answer = town.act(name, Role.ADMIN, id=SERIES, name=SERIES, title="Autre", owner_org=OWNER)
    assert (answer.status_code, town.result("package_show", id=SERIES)) == (403, before)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "Mauvais Nom"}, "name"),
        ({"name": SERIES}, "name"),
        ({"owner_org": "ailleurs"}, "owner_org"),
        ({"owner_org": None}, "owner_org"),
        ({"tags": [{"name": "a"}]}, "tags"),
        ({"extras": [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]}, "extras_validation"),
        ({"resources": [{"url": "javascript:alert(1)"}]}, "url"),
        ({"resources": [{"url": "https://a.fr/x", "size": "douze"}]}, "size"),
        ({"id": "000000e1-0000-4000-8000-000000000001"}, "id"),
    ],
)
def test_a_description_that_cannot_stand_is_refused_by_its_field(
    town: Town, changed: dict[str, object], field: str
) -> None:
    answer = town.act("package_create", Role.EDITOR, **{**DESCRIBED, **changed})
    assert answer.status_code == 409
    assert field in answer.json()["error"]


def test_no_file_comes_in(town: Town, draft: dict[str, Any]) -> None:
    headers = {"Authorization": town.tokens[Role.EDITOR]}
    given = {"data": {"package_id": draft["id"], "name": "f"}, "files": {"upload": ("a.csv", b"nom,age\nX,1\n")}}
    answer = town.client.post("/api/action/resource_create", headers=headers, **given)  # type: ignore[arg-type]
    assert (answer.status_code, "upload" in answer.json()["error"]) == (409, True)


def test_a_token_is_kept_as_its_digest_alone(town: Town) -> None:
    with sqlite3.connect(town.home.folder / "catalog.sqlite") as database:
        kept = "\n".join(database.iterdump())
    assert not [role for role, token in town.tokens.items() if token in kept or token.removeprefix("eclor_") in kept]


def test_a_token_that_is_ended_stands_for_nobody(town: Town, capfd: pytest.CaptureFixture[str]) -> None:
    engine = town.home.catalog.engine
    secret, made = make_token(engine, town.home.world, Bearer("passager", Role.ADMIN))
    headers = {"Authorization": f"Bearer {secret.reveal().decode()}"}
    assert town.client.get("/api/action/api_token_list?user=passager", headers=headers).status_code == 200
    end_token(engine, made.id)
    read = town.client.get("/api/action/package_list", headers=headers)
    assert (read.status_code, "invalid_token" in read.headers["www-authenticate"]) == (200, True)
    assert town.client.get("/api/action/api_token_list?user=passager", headers=headers).status_code == 403
    assert secret.reveal().decode() not in "".join(capfd.readouterr())


def test_tokens_are_made_for_oneself_or_by_an_administrator(town: Town) -> None:
    assert town.act("api_token_create", Role.EDITOR, user="admin", name="x").status_code == 403
    made = town.result("api_token_create", Role.EDITOR, user="editor", name="x")
    headers = {"X-CKAN-API-Key": made["token"]}
    listed = town.client.get("/api/action/api_token_list?user=editor", headers=headers).json()["result"]
    assert [one["name"] for one in listed] == ["", "x"]
    town.result("api_token_revoke", Role.EDITOR, jti=made["id"])
    assert [one.name for one in tokens_of(town.home.catalog.engine, "editor")] == [""]


def test_a_token_makes_none_that_may_do_more(town: Town) -> None:
    engine, world = town.home.catalog.engine, town.home.world
    for role in (*[Role.ADMIN] * 8, Role.READER):
        secret, made = make_token(engine, world, Bearer("service", role))
    headers = {"Authorization": secret.reveal().decode()}
    another = town.client.post("/api/3/action/api_token_create", json={"name": "x"}, headers=headers).json()["result"]
    assert {one.id: one.role for one in tokens_of(engine, "service")}[another["id"]] is Role.READER
    end_token(engine, made.id)


def test_tokens_of_one_user_are_bounded(town: Town) -> None:
    engine, world = town.home.catalog.engine, town.home.world
    for _ in range(MOST_TOKENS):
        make_token(engine, world, Bearer("usine", Role.READER))
    assert town.act("api_token_create", Role.ADMIN, user="usine", name="x").status_code == 403


def test_what_a_token_sees_is_kept_by_no_cache(town: Town) -> None:
    own = town.client.get("/api/action/package_list", headers={"Authorization": town.tokens[Role.READER]})
    assert own.headers["cache-control"] == "private, no-store"
    assert "Authorization" in own.headers["vary"]
    assert "Authorization" in town.client.get("/api/action/package_list").headers["vary"]


def test_a_callback_is_a_name(town: Town) -> None:
    named = town.client.get("/api/action/site_read?callback=jQuery.on_1")
    assert named.text.startswith("jQuery.on_1({")
    assert named.headers["content-type"].startswith("application/javascript")
    for callback in ("alert(1)//", "a;b", "a=b", "x'", "`x`", "a b"):
        refused = town.client.get("/api/action/site_read", params={"callback": callback})
        assert (refused.status_code, refused.headers["content-type"][:16]) == (409, "application/json")

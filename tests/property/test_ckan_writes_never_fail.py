"""Whatever a token writes, the answer is what was made of it or a refusal: never a failure of ours."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from api.ckan.drafting import DRAFTS, TOKENS
from catalog.tokens import Bearer, Role, make_token
from eclor.settings import Settings
from tests.serving import SERIES, fill
from tests.unit.catalog.publish.released import Home

EXAMPLES = int(os.environ.get("ECLOR_EXAMPLES", "60"))
HOSTILE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.sampled_from(["ccphva", SERIES, "essai", "http://[", "javascript:x", "//", "\x00", "0" * 120]),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
NAMES = st.one_of(
    st.sampled_from(
        ["id", "name", "title", "owner_org", "private", "tags", "tag_string", "extras", "groups", "resources"]
    ),
    st.sampled_from(["url", "size", "format", "upload", "notes", "license_id", "package_id", "libre"]),
    st.sampled_from(["match", "update", "filter", "user", "token", "jti"]),
)
PARTS = st.lists(st.dictionaries(st.sampled_from(["id", "name", "key", "value", "url", "size"]), VALUES), max_size=3)


@dataclass
class Writer:
    """An editor's client."""

    client: TestClient
    headers: dict[str, str]
    draft: str


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writer]:
    home = fill(Home(tmp_path_factory.mktemp("home")))
    secret, _ = make_token(home.catalog.engine, home.world, Bearer("editeur", Role.ADMIN))
    headers = {"Authorization": secret.reveal().decode()}
    with TestClient(create_app(Settings(home=home.folder)), raise_server_exceptions=True) as client:
        draft = {"name": "essai-permanent", "owner_org": "ccphva"}
        made = client.post("/api/action/package_create", json=draft, headers=headers).json()["result"]["id"]
        yield Writer(client, headers, made)
    home.catalog.engine.dispose()


@HOSTILE
@given(
    name=st.sampled_from(sorted([*DRAFTS, *TOKENS, "datastore_create", "organization_create"])),
    values=st.dictionaries(NAMES, st.one_of(VALUES, PARTS), max_size=5),
    about=st.sampled_from(["", "id", "package_id", "match"]),
)
def test_any_write_is_answered_or_refused(writer: Writer, name: str, values: dict[str, object], about: str) -> None:
    if about and name != "dataset_purge":
        values[about] = {"id": writer.draft} if about == "match" else writer.draft
    answer = writer.client.post(f"/api/action/{name}", json=values, headers=writer.headers)
    assert answer.status_code in {200, 400, 403, 404, 409}, answer.text
    listed = writer.client.get("/api/action/package_list").json()["result"]
    assert len(listed) == 2


@HOSTILE
@given(body=st.binary(max_size=200), name=st.sampled_from(["package_create", "package_show", "resource_create"]))
def test_any_form_of_parts_is_answered_or_refused(writer: Writer, body: bytes, name: str) -> None:
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded", ""):
        named = b'--x\r\nContent-Disposition: form-data; name="package_id"\r\n\r\n' + writer.draft.encode()
        file = b'\r\n--x\r\nContent-Disposition: form-data; name="libre"; filename="a"\r\n\r\n' + body
        parts = named + file + b"\r\n--x--\r\n"
        headers = {**writer.headers, "Content-Type": kind}
        for sent in (body, parts):
            answer = writer.client.post(f"/api/action/{name}", content=sent, headers=headers)
            assert answer.status_code in {200, 400, 403, 404, 409, 415}, answer.text

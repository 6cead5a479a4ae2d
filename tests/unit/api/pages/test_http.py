"""The pages over HTTP: negotiation, headers, conditions, refusals as pages."""

import gzip
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.pages.site import BUILT, read_manifest
from api.pages.words import THEMES
from tests.serving import SERIES

HTML = {"Accept": "text/html"}
PAGES = (
    "/",
    "/search",
    "/charter",
    "/charter/journal",
    "/charter/registre",
    "/docs",
    f"/dataset/{SERIES}",
    f"/dataset/{SERIES}/notice",
    f"/dataset/{SERIES}/versions/1",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_allows_nothing_from_elsewhere_and_holds_no_style_nor_script_of_its_own(
    client: TestClient, path: str
) -> None:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    assert not re.search(
        r"\sstyle=|<style|\son[a-z]+=|<script(?! src=\"/static/| type=\"application/ld\+json\">)", answer.text
    )


def test_a_page_that_its_reader_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/docs", headers=HTML)
    again = client.get("/docs", headers=HTML | {"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/docs", headers=HTML | {"If-None-Match": '"other"'}).status_code == 200
    plain = client.get("/docs", headers=HTML | {"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["etag"] != first.headers["etag"]
    assert plain.text == first.text


@pytest.mark.parametrize("accept", ["text/html", "*/*", "text/*;q=0.5", ""])
def test_a_dataset_s_address_is_its_page_for_who_takes_one(client: TestClient, accept: str) -> None:
    answer = client.get(f"/dataset/{SERIES}", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_a_page_of_a_name_mistyped_asks_what_was_meant_and_offers_the_search(client: TestClient) -> None:
    page = client.get(f"/dataset/{SERIES}s", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert f"Vouliez-vous «\u00a0{SERIES}\u00a0»" in page.text
    assert 'action="/search"' in page.text


def test_who_takes_no_page_is_told_what_there_is(client: TestClient) -> None:
    answer = client.get(f"/dataset/{SERIES}", headers={"Accept": "application/pdf"})
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"text/html", "text/turtle", "application/ld+json"} <= {
        *answer.json()["detail"].rstrip(".").replace(",", " ").split()
    }


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/nothing", 404, "api.no-page"),
        ("/dataset/nothing", 404, "api.no-dataset"),
        (f"/dataset/{SERIES}/versions/9", 404, "api.no-version"),
        (f"/dataset/{SERIES}/versions/01", 404, "api.no-version"),
        (f"/dataset/{SERIES}/versions/x/proof", 404, "api.no-version"),
        (f"/dataset/{SERIES}?sort=nothing", 400, "api.unknown-column"),
        (f"/dataset/{SERIES}?cursor=nothing", 400, "api.bad-cursor"),
        ("/charter/journal?before=-1", 400, "api.bad-parameter"),
        ("/static/nothing.css", 404, "api.no-page"),
        ("/static/..%2F..%2Fapp.py", 404, "api.no-page"),
    ],
)
def test_a_refusal_is_a_page_for_a_browser_and_json_for_a_program(
    client: TestClient, path: str, status: int, code: str
) -> None:
    page = client.get(path, headers=HTML)
    assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert f"<code>{code}</code>" in page.text
    assert page.headers["cache-control"] == "no-store"
    program = client.get(path, headers={"Accept": "text/html;q=0.1, application/problem+json"})
    assert (program.status_code, program.json()["code"]) == (status, code)


def test_what_is_typed_is_shown_as_text_and_what_is_not_understood_is_left_alone(client: TestClient) -> None:
    page = client.get(
        "/search", params={"q": "<script>alert(1)</script>", "theme": "nothing", "odd": "x"}, headers=HTML
    )
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert client.get(f"/dataset/{SERIES}?utm_source=x", headers=HTML).status_code == 200


def test_assets_are_kept_for_ever_and_sent_small(client: TestClient) -> None:
    for source, name in read_manifest().items():
        answer = client.get(f"/static/{name}")
        assert answer.status_code == 200, source
        assert "immutable" in answer.headers["cache-control"]
        assert answer.content == (BUILT / name).read_bytes()
    style = client.get(f"/static/{read_manifest()['style.css']}", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in style.headers
    zipped = BUILT / f"{read_manifest()['style.css']}.gz"
    assert gzip.decompress(zipped.read_bytes()) == style.content


def test_every_icon_that_a_page_names_is_in_the_sprite_and_no_other() -> None:
    sprite = (BUILT / read_manifest()["icons.svg"]).read_text()
    there = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    templates = "".join(file.read_text() for file in Path("api/templates").glob("*.html"))
    standing = Path("api/pages/standing.py").read_text()
    named = set(re.findall(r"icon\('([a-z0-9-]+)'", templates)) | {"arrow-up", "arrow-down"}
    named |= set(re.findall(r'Standing\("[a-z]*", "([a-z-]+)"', standing)) | {icon for _, icon in THEMES.values()}
    assert named == there

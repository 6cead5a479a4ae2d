"""What is nearly right at an address: a slash too many, a parameter that is not known, a form that stands there."""

import pytest
from starlette.testclient import TestClient

from tests.serving import SERIES
from tests.unit.api.conftest import ORIGIN


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (f"/dataset/{SERIES}/", f"/dataset/{SERIES}"),
        (f"/dataset/{SERIES}/versions/2/", f"/dataset/{SERIES}/versions/2"),
        ("/api/v1/datasets/?state=served", "/api/v1/datasets?state=served"),
        ("/search//?q=a%20b", "/search?q=a%20b"),
        ("//elsewhere.example/%0d%0aSet-Cookie:a/", "//elsewhere.example/%0d%0aSet-Cookie:a"),
    ],
)
def test_a_slash_too_many_leads_to_the_address_that_was_meant(client: TestClient, asked: str, meant: str) -> None:
    led = client.get(f"{ORIGIN}{asked}", follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (308, ORIGIN + meant)
    assert led.headers["access-control-allow-origin"] == "*"


def test_a_slash_too_many_after_nothing_is_still_nothing(client: TestClient) -> None:
    assert client.get("/nothing/").status_code == 404
    assert client.post(f"/dataset/{SERIES}/").status_code == 404
    assert client.get("/ogc/", follow_redirects=False).status_code == 200


@pytest.mark.parametrize(
    ("path", "name", "known"),
    [
        ("/api/v1/datasets?q=eau", "q", "state"),
        ("/api/v1/datasets?state=served&limit=2", "limit", "state"),
        ("/api/v1/flows?dataset=a", "dataset", "state"),
        (f"/dataset/{SERIES}/diff.json?form=1", "form", "from"),
        ("/api/v1/search?page=2", "page", "offset"),
    ],
)
def test_a_parameter_that_would_change_nothing_is_refused(client: TestClient, path: str, name: str, known: str) -> None:
    refused = client.get(path)
    assert (refused.status_code, refused.json()["code"]) == (400, "api.bad-parameter")
    assert f"“{name}”" in refused.json()["detail_en"]
    assert known in refused.json()["detail_en"]


def test_the_page_is_sent_to_who_asks_for_it_by_f(client: TestClient) -> None:
    page = client.get(f"/dataset/{SERIES}?f=html", headers={"Accept": "text/turtle"})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_pages_of_other_sites_may_read_which_version_answers(client: TestClient) -> None:
    answer = client.get(f"/api/v1/datasets/{SERIES}/records?format=csv")
    exposed = {name.strip().lower() for name in answer.headers["access-control-expose-headers"].split(",")}
    assert {"eclor-version", "link", "content-crs"} <= exposed
    assert answer.headers["eclor-version"] == "2"

"""Addresses of a CKAN portal's pages: they lead to the page of ours that holds what was asked."""

import pytest
from starlette.testclient import TestClient

from api.ckan.packages import group
from tests.unit.api.conftest import ORIGIN


def led(client: TestClient, path: str) -> str:
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code == 308, answer.text
    assert answer.headers["cache-control"] == "no-cache"
    return answer.headers["location"].removeprefix(ORIGIN)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/dataset", "/search"),
        ("/dataset/", "/search"),
        ("/dataset/?q=d%C3%A9chets+verts", "/search?q=d%C3%A9chets+verts"),
        ("/dataset/?q=eau&sort=title_string+asc&page=2", "/search?q=eau"),
        ("/dataset/?tags=tri&q=eau&tags=bac", "/search?q=tri+eau+bac"),
        ("/dataset/?groups=dechets&res_format=CSV", "/search?theme=dechets&format=CSV"),
        ("/dataset/?license_id=fr-lo", "/search?licence=licence-ouverte-2.0"),
        ("/dataset?theme=dechets&offset=30", "/search?theme=dechets&offset=30"),
        ("/dataset?q=%0d%0aSet-Cookie:%20a", "/search?q=%0D%0ASet-Cookie%3A+a"),
        ("/organization", "/"),
        ("/organization/?q=a", "/"),
        ("/group/", "/#themes"),
        ("/group/dechets", "/search?theme=dechets"),
        (f"/group/{group('dechets').named['id']}?q=bac", "/search?theme=dechets&q=bac"),
    ],
)
def test_a_portal_s_page_leads_to_ours(client: TestClient, asked: str, found: str) -> None:
    assert led(client, asked) == found
    assert client.get(asked).status_code == 200


def test_the_territory_s_page_leads_to_its_datasets(client: TestClient) -> None:
    shown = client.get("/api/3/action/organization_list?all_fields=true").json()["result"][0]
    for name in (shown["name"], shown["id"]):
        assert led(client, f"/organization/{name}?q=eau") == "/search?q=eau"


def test_a_search_led_to_finds_what_the_portal_s_would(client: TestClient) -> None:
    page = client.get("/dataset/?groups=dechets&res_format=CSV&license_id=fr-lo&q=passages")
    assert "/dataset/dechetteries-passages" in page.text


@pytest.mark.parametrize("path", ["/organization/another", "/group/another", "/group/dechets/x"])
def test_who_is_not_there_is_led_nowhere(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404

"""The page of a version's checks, and its suite and results, on a home whose proofs are older than both."""

import pytest
from starlette.testclient import TestClient

from tests.serving import SERIES


def test_the_page_lists_the_gates_and_links_both_files(client: TestClient) -> None:
    page = client.get(f"/dataset/{SERIES}/versions/1/checks", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "Le fichier est conforme à son schéma" in page.text
    assert f'href="/dataset/{SERIES}/versions/1/validation.json"' in page.text
    assert "ne dit que le nombre de ses contrôles" in page.text


def test_the_dataset_page_leads_there(client: TestClient) -> None:
    assert "/checks" in client.get(f"/dataset/{SERIES}", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize(("name", "key"), [("expectations.json", "expectations"), ("validation.json", "results")])
def test_both_files_are_those_of_the_version(client: TestClient, name: str, key: str) -> None:
    numbered = client.get(f"/dataset/{SERIES}/versions/1/{name}")
    assert numbered.json()[key] == []
    assert "max-age" in numbered.headers["cache-control"]
    newest = client.get(f"/dataset/{SERIES}/{name}")
    assert newest.headers["cache-control"] == "no-cache"
    assert newest.headers["content-location"].endswith(f"/{name}")
    again = client.get(f"/dataset/{SERIES}/{name}", headers={"If-None-Match": newest.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("address", [f"{SERIES}/versions/x/validation.json", "rien/expectations.json"])
def test_what_is_not_there_is_said(client: TestClient, address: str) -> None:
    assert client.get(f"/dataset/{address}").status_code == 404

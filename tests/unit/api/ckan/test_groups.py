"""Themes as CKAN's groups: under the names that pages give them, accents and all."""

from starlette.testclient import TestClient

from tests.serving import SERIES


def test_a_group_is_called_as_its_theme_is_on_the_pages(client: TestClient) -> None:
    group = client.get("/api/3/action/group_show?id=dechets").json()["result"]
    assert (group["name"], group["title"], group["display_name"]) == ("dechets", "Déchets", "Déchets")
    dataset = client.get(f"/api/3/action/package_show?id={SERIES}").json()["result"]
    assert [one["title"] for one in dataset["groups"]] == ["Déchets"]
    found = client.get('/api/3/action/package_search?facet.field=["groups"]&rows=0').json()["result"]
    assert [one["display_name"] for one in found["search_facets"]["groups"]["items"]] == ["Déchets"]

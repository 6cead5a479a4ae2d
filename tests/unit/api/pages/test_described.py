"""What a dataset's page says to search engines and to those who cite it: the facts of every other description."""

import json
import re

import pytest
from starlette.testclient import TestClient

from tests.serving import POINTS, SERIES
from tests.unit.api.conftest import ORIGIN

HTML = {"Accept": "text/html"}


def structured(client: TestClient, slug: str) -> dict[str, object]:
    page = client.get(f"/dataset/{slug}", headers=HTML).text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert not re.search("[<>&]", found)
    node: dict[str, object] = json.loads(found)
    return node


@pytest.mark.parametrize("slug", [SERIES, POINTS])
def test_the_same_facts_stand_in_every_description(client: TestClient, slug: str) -> None:
    node = structured(client, slug)
    package, croissant, described = (
        client.get(path).json()
        for path in (f"/dataset/{slug}/datapackage.json", f"/dataset/{slug}/croissant.json", f"/api/v1/datasets/{slug}")
    )
    csvw = client.get(f"/dataset/{slug}/csvw.json").json()
    french = next(title["@value"] for title in csvw["dc:title"] if title["@language"] == "fr")
    assert {package["title"], croissant["name"], described["title"], french} == {node["name"]}
    assert {package["description"], croissant["description"]} == {node["description"]}
    assert {package["licenses"][0]["path"], csvw["dc:license"]["@id"]} == {node["license"]}
    assert croissant["license"].endswith(package["licenses"][0]["name"])
    assert package["keywords"] == croissant["keywords"] == node["keywords"]
    version = {str(described["version"]["number"]), package["version"], croissant["version"].partition(".")[0]}
    assert version == {csvw["schema:version"]} == {node["version"]}
    published = described["version"]["published_at"]
    assert {csvw["dc:modified"]["@value"], package["created"].replace("Z", "+00:00")} == {published}
    assert node["dateModified"] == published
    csv = {
        resource["path"]: (resource["bytes"], resource["hash"].partition(":")[2]) for resource in package["resources"]
    }
    files = {file["name"]: (file["bytes"], file["sha256"]) for file in described["version"]["files"]}
    shared = {file["@id"]: (int(file["contentSize"].split()[0]), file["sha256"]) for file in croissant["distribution"]}
    told = {
        one["contentUrl"].rpartition("/")[2]: (int(one["contentSize"].split()[0]), one["sha256"])
        for one in node["distribution"]  # type: ignore[attr-defined]
    }
    assert told == shared
    assert shared.items() <= files.items()
    assert csv.items() <= shared.items()


@pytest.mark.parametrize("path", [f"/dataset/{SERIES}", f"/dataset/{SERIES}/versions/2"])
def test_a_page_says_how_to_cite_its_version(client: TestClient, path: str) -> None:
    page = client.get(path, headers=HTML).text
    (cited,) = re.findall(r'<p id="citation"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert cited.endswith(f"{ORIGIN}/dataset/{SERIES}/versions/2")
    assert "(version 2) [jeu de données]" in cited
    for name in ("citation.bib", "citation.ris", "citation.json", "datacite.json"):
        (file,) = re.findall(rf'href="([^"]*/{re.escape(name)})"', page)
        assert client.get(file).status_code == 200


def test_an_older_version_is_cited_under_its_own_number(client: TestClient) -> None:
    page = client.get(f"/dataset/{SERIES}/versions/1", headers=HTML).text
    assert f"{ORIGIN}/dataset/{SERIES}/versions/1</p>" in page

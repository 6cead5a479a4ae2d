"""The descriptors of a version over HTTP: whose bytes they speak of, under which origin, until when."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.routes.descriptors import CITATIONS, DESCRIPTORS
from catalog.database import writing
from catalog.declaration import DatasetDeclaration
from catalog.registry import Terms, declare, withdraw
from tests.serving import IN_ORDER, POINTS, SERIES, fill
from tests.unit.api.conftest import ORIGIN, client_on
from tests.unit.catalog.publish.released import DECLARED_PASSAGES, Home

NEWEST = [f"/dataset/{SERIES}/{name}" for name in DESCRIPTORS]
NUMBERED = [f"/dataset/{SERIES}/versions/1/{name}" for name in (*DESCRIPTORS, *CITATIONS)]


def read(client: TestClient, path: str) -> dict[str, object]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    found: dict[str, object] = answer.json()
    return found


@pytest.mark.parametrize("path", NEWEST + NUMBERED)
def test_a_descriptor_has_the_headers_of_a_file(client: TestClient, path: str) -> None:
    first, head = client.get(path), client.head(path)
    assert (first.status_code, head.content) == (200, b"")
    assert head.headers == first.headers
    for name in ("etag", "last-modified", "link", "content-disposition"):
        assert first.headers[name], name
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    if path in NEWEST:
        assert first.headers["cache-control"] == "no-cache"
        assert first.headers["content-location"] == f"{ORIGIN}{path.replace(SERIES, f'{SERIES}/versions/2')}"
    else:
        assert first.headers["cache-control"] == "public, max-age=450, must-revalidate"


def test_every_digest_and_size_is_of_the_bytes_that_are_served(client: TestClient) -> None:
    for path in (f"/dataset/{SERIES}", f"/dataset/{SERIES}/versions/1", f"/dataset/{POINTS}"):
        files = read(client, f"{path}/croissant.json")["distribution"]
        assert isinstance(files, list)
        assert len(files) >= 4
        for file in files:
            body = client.get(file["contentUrl"], headers={"Accept-Encoding": "identity"}).content
            assert sha256(body).hexdigest() == file["sha256"], file
            assert file["contentSize"] == f"{len(body)} B"


@pytest.mark.parametrize("slug", [SERIES, POINTS])
def test_the_columns_are_those_of_the_csv_in_its_order(client: TestClient, slug: str) -> None:
    header = client.get(f"/dataset/{slug}/data.csv").text.splitlines()[0].split(",")
    schema = read(client, f"/dataset/{slug}/csvw.json")["tableSchema"]
    (rows,) = read(client, f"/dataset/{slug}/croissant.json")["recordSet"]  # type: ignore[misc]
    assert [column["titles"] for column in schema["columns"]] == header  # type: ignore[index]
    assert [field["source"]["extract"]["column"] for field in rows["field"]] == header  # type: ignore[index]
    keys = [key["@id"].rpartition("/")[2] for key in rows["key"]]  # type: ignore[index]
    assert schema["primaryKey"] == keys  # type: ignore[index]


def test_every_link_is_under_the_origin_of_the_settings(client: TestClient) -> None:
    elsewhere = ("w3.org", "schema.org", "mlcommons.org", "purl.org", "etalab.gouv.fr", "spdx.org", "datacite.org")
    for path in NEWEST + NUMBERED:
        for host in re.findall(r"https?://([^/\"\s}]+)", client.get(path).text):
            assert host == ORIGIN.partition("//")[2] or host.endswith(elsewhere), (path, host)


def test_a_citation_is_of_a_version_and_of_no_other(client: TestClient) -> None:
    address = f"{ORIGIN}/dataset/{SERIES}/versions/1"
    (csl,) = client.get(f"{address}/citation.json").json()
    assert (csl["type"], csl["version"], csl["URL"], csl["issued"]) == (
        "dataset",
        "1",
        address,
        {"date-parts": [[2026, 11, 24]]},
    )
    registered = client.get(f"{address}/datacite.json").json()
    for needed in (
        "identifiers",
        "creators",
        "titles",
        "publisher",
        "publicationYear",
        "types",
        "version",
        "rightsList",
    ):
        assert registered[needed], needed
    assert registered["url"] == address
    ris = client.get(f"{address}/citation.ris").text.split("\r\n")
    assert (ris[0], ris[-2], ris[-1]) == ("TY  - DATA", "ER  - ", "")
    assert f"UR  - {address}" in ris
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in ris[:-1])
    assert f"url = {{{address}}}" in client.get(f"{address}/citation.bib").text
    for name in CITATIONS:
        assert client.get(f"/dataset/{SERIES}/{name}").status_code == 404


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/dataset/nothing/croissant.json", "api.no-dataset"),
        (f"/dataset/{SERIES}/versions/9/csvw.json", "api.no-version"),
        (f"/dataset/{SERIES}/versions/01/citation.bib", "api.no-version"),
        ("/dataset/nothing/versions/x/citation.bib", "api.no-dataset"),
    ],
)
def test_what_is_not_there_is_404(client: TestClient, path: str, code: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, code)


def test_a_withdrawn_version_takes_its_descriptors_with_it(tmp_path: Path) -> None:
    home = fill(Home(tmp_path))
    withdraw(home.catalog, SERIES, 1, reason="Une date était fausse.", now=home.clock.now())
    with client_on(tmp_path) as client:
        for path in NUMBERED:
            answer = client.get(path)
            assert (answer.status_code, answer.headers["cache-control"]) == (410, "no-cache"), path
            assert "Une date était fausse." in answer.text
            assert f"/dataset/{SERIES}/versions/2/" in answer.headers["link"]
        for path in NEWEST:
            assert client.get(path).status_code == 200
    home.catalog.engine.dispose()


def test_the_place_of_a_csv_s_metadata_is_well_known(client: TestClient) -> None:
    linked = client.head(f"/dataset/{SERIES}/data.csv").headers["link"]
    address = f"{ORIGIN}/dataset/{SERIES}/versions/2/csvw.json"
    assert f'<{address}>; rel="describedby"; type="application/csvm+json"' in linked
    pattern = client.get("/.well-known/csvm").text.strip()
    assert read(client, f"/dataset/{SERIES}/{pattern}")["url"] == "data.csv"


def test_masked_cells_are_no_fact_of_a_descriptor(client: TestClient) -> None:
    """Of the rows a descriptor says how many there are, which anyone can count."""
    assert sum(row[-1] == "masque" for row in IN_ORDER) == 6
    told = json.dumps([read(client, path) for path in NEWEST], ensure_ascii=False)
    assert f"{len(IN_ORDER)} lignes" in told
    assert "masqu" not in told.replace("« masque » : la ligne est protégée, ses mesures sont vides.", "")


def test_a_description_that_changed_is_sent_to_who_has_an_older_one(tmp_path: Path) -> None:
    """What is declared changes no version, but what is said of each."""
    home = fill(Home(tmp_path))
    paths = (f"/dataset/{SERIES}.ttl", NEWEST[0], NUMBERED[0])
    with client_on(tmp_path) as client:
        known = {path: client.get(path).headers["last-modified"] for path in paths}
    home.clock.move(days=1)
    renamed = DatasetDeclaration.model_validate(DECLARED_PASSAGES | {"titre": {"fr": "Autre titre", "en": "Other"}})
    with writing(home.catalog.engine) as session:
        declare(session, renamed, Terms(), now=home.clock.now())
    with client_on(tmp_path) as client:
        for path, since in known.items():
            answer = client.get(path, headers={"If-Modified-Since": since})
            assert (answer.status_code, "Autre titre" in answer.text) == (200, True), path
    home.catalog.engine.dispose()

"""The catalogue and a dataset as DCAT: which writing for which reader, and what is listed at all."""

from collections.abc import Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef
from starlette.testclient import TestClient

from api.answers import Answer, Answers
from api.dating import http_date
from catalog.metadata.dcat import Documents
from catalog.metadata.dcat_pen import DCAT, HYDRA
from catalog.registry import withdraw
from tests.serving import POINTS, SERIES, fill
from tests.unit.api.conftest import ORIGIN, client_on
from tests.unit.catalog.publish.released import Home

TURTLE = "text/turtle; charset=utf-8"
TYPES = {"ttl": TURTLE, "jsonld": "application/ld+json", "rdf": "application/rdf+xml", "json": "application/json"}
PARSERS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "json": "json-ld"}


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[Home]:
    made = fill(Home(tmp_path / "home"))
    yield made
    made.catalog.engine.dispose()


def listed(client: TestClient) -> set[str]:
    graph = Graph().parse(data=client.get("/catalog.ttl").text)
    (total,) = graph.objects(URIRef(f"{ORIGIN}/catalog"), HYDRA.totalItems)
    described = {str(node) for node in graph.subjects(RDF.type, DCAT.Dataset)}
    assert int(total) == len(described)
    return {address.rpartition("/")[2] for address in described}


@pytest.mark.parametrize("ending", TYPES)
@pytest.mark.parametrize("path", ["/catalog", f"/dataset/{SERIES}"])
def test_each_ending_has_its_type_and_says_the_same(client: TestClient, path: str, ending: str) -> None:
    answer, plain = client.get(f"{path}.{ending}"), client.get(f"{path}.ttl")
    assert (answer.status_code, answer.headers["content-type"]) == (200, TYPES[ending])
    sizes = [len(Graph().parse(data=one.text, format=PARSERS[end])) for one, end in ((answer, ending), (plain, "ttl"))]
    assert sizes[0] == sizes[1] > 100
    assert "content-location" not in answer.headers


@pytest.mark.parametrize(
    ("accept", "catalogue", "dataset"),
    [
        ("*/*", TURTLE, "text/html; charset=utf-8"),
        ("text/html,application/xml;q=0.9,*/*;q=0.8", TURTLE, "text/html; charset=utf-8"),
        ("text/turtle", TURTLE, TURTLE),
        ("text/*", TURTLE, "text/html; charset=utf-8"),
        ("text/html;q=0.2, text/turtle;q=0.1, application/ld+json;q=0.4", "application/ld+json", "application/ld+json"),
        ("application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml", "application/rdf+xml"),
        ("application/json", "application/json", "application/json"),
        ("text/html;q=0, */*;q=0.5", TURTLE, TURTLE),
    ],
)
def test_the_preferred_writing_is_sent(client: TestClient, accept: str, catalogue: str, dataset: str) -> None:
    for path, media_type in (("/catalog", catalogue), (f"/dataset/{SERIES}", dataset)):
        answer = client.get(path, headers={"Accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
        assert {"Accept", "Accept-Encoding"} <= {*answer.headers["vary"].split(", ")}


def test_f_wins_over_accept(client: TestClient) -> None:
    for path in ("/catalog", f"/dataset/{SERIES}"):
        answer = client.get(f"{path}?f=rdf", headers={"Accept": "text/html, text/turtle"})
        assert answer.headers["content-type"] == "application/rdf+xml"
        assert answer.headers["content-location"] == f"{ORIGIN}{path}.rdf"
    assert client.get(f"/dataset/{SERIES}?f=html").headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/catalog", f"/dataset/{SERIES}"])
def test_nothing_acceptable_is_406_with_the_list(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "image/png"})
    assert (answer.status_code, answer.json()["code"]) == (406, "api.not-acceptable")
    assert "text/turtle" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/catalog", "/catalog.jsonld", f"/dataset/{SERIES}.ttl", f"/dataset/{SERIES}?f=rdf"])
def test_head_says_what_get_says_and_the_tag_is_honoured(client: TestClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert {**got.headers} == {**head.headers}
    again = client.get(path, headers={"If-None-Match": got.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", got.headers["etag"])
    assert {"cache-control", "vary", "link", "last-modified"} <= {*again.headers}


def test_each_representation_has_its_own_tag(client: TestClient) -> None:
    for path in ("/catalog", f"/dataset/{SERIES}"):
        assert len({client.get(f"{path}.{ending}").headers["etag"] for ending in TYPES}) == len(TYPES)


def test_links_lead_to_the_other_writings(client: TestClient) -> None:
    for path in ("/catalog", f"/dataset/{SERIES}"):
        links = client.get(f"{path}.ttl").links
        assert client.get(links["alternate"]["url"]).status_code == 200


@pytest.mark.parametrize("page", ["0", "00", "-1", "x", "1.0", "", "²"])
def test_a_page_that_is_no_number_is_refused(client: TestClient, page: str) -> None:
    answer = client.get("/catalog.ttl", params={"page": page})
    assert (answer.status_code, answer.json()["code"]) == (400, "api.bad-parameter")


@pytest.mark.parametrize("page", ["2", "999999", "9" * 5000])
def test_a_page_beyond_the_last_is_not_there(client: TestClient, page: str) -> None:
    answer = client.get("/catalog.ttl", params={"page": page})
    assert (answer.status_code, answer.json()["code"]) == (404, "metadata.no-page")
    assert client.get("/catalog.ttl", params={"page": "1"}).content == client.get("/catalog.ttl").content


def test_only_what_is_served_is_listed_and_a_withdrawal_leaves_at_once(changing: Home) -> None:
    with client_on(changing.folder) as client:
        assert listed(client) == {POINTS, SERIES}
        withdraw(changing.catalog, POINTS, 1, reason="Une erreur de source.", now=changing.clock.now())
        client.app.state.parts.shelf._until = 0.0  # type: ignore[attr-defined]
        assert listed(client) == {SERIES}
        since = {"If-Modified-Since": http_date(changing.clock.now())}
        assert client.get("/catalog.ttl", headers=since).status_code == 200
        gone = client.get(f"/dataset/{POINTS}.ttl")
        assert (gone.status_code, gone.json()["code"]) == (410, "api.withdrawn")
        negotiated = client.get(f"/dataset/{POINTS}", headers={"Accept": "application/ld+json"})
        assert negotiated.status_code == 410
    assert client.get("/dataset/inconnu.rdf").status_code == 404


@pytest.mark.parametrize("ending", ["ttl", "jsonld", "rdf"])
def test_a_harvester_that_follows_the_pages_reads_every_dataset_once(
    home: Home, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr("catalog.metadata.writings.PER_PAGE", 1)
    with client_on(home.folder) as client:
        address: str | None = f"{ORIGIN}/catalog.{ending}"
        read: list[str] = []
        while address is not None:
            answer = client.get(address)
            graph = Graph().parse(data=answer.text, format=PARSERS[ending])
            read += [str(node) for node in graph.subjects(RDF.type, DCAT.Dataset)]
            (following,) = {*graph.objects(None, HYDRA.next)} or {None}
            assert answer.links.get("next", {"url": None})["url"] == (None if following is None else str(following))
            address = None if following is None else str(following)
    assert read == [f"{ORIGIN}/dataset/{slug}" for slug in sorted((SERIES, POINTS))]


def test_a_catalogue_of_nothing_is_a_catalogue(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with client_on(home.folder) as client:
        assert listed(client) == set()
        assert client.get("/dataset/inconnu.ttl").status_code == 404
    home.catalog.engine.dispose()


def test_many_who_ask_at_once_wait_for_one_making(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    page = Documents.page

    def counted(self: Documents, *asked: object, ending: str) -> bytes:
        made.append(ending)
        return page(self, *asked, ending=ending)  # type: ignore[arg-type]

    monkeypatch.setattr(Documents, "page", counted)
    with client_on(home.folder) as client, ThreadPoolExecutor(8) as crowd:
        sent = [*crowd.map(client.get, ["/catalog.ttl"] * 8)]
    assert {answer.status_code for answer in sent} == {200}
    assert made == [".ttl"]


@pytest.mark.parametrize("path", [f"/dataset/{POINTS}.ttl", "/catalog.ttl"])
def test_what_is_withdrawn_while_others_are_described_is_not(
    changing: Home, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    looked, get = [], Answers.get

    def late(self: Answers, question: Hashable) -> Answer | None:
        found = get(self, question)
        if not looked:
            withdraw(changing.catalog, POINTS, 1, reason="Une erreur de source.", now=changing.clock.now())
        looked.append(question)
        return found

    monkeypatch.setattr("api.shelf.FRESH_S", 0.0)
    monkeypatch.setattr(Answers, "get", late)
    with client_on(changing.folder) as client:
        sent = client.get(path)
    assert sent.status_code == 410 if POINTS in path else POINTS not in sent.text
    assert looked

"""What the territory does not collect: announced with its reason wherever datasets are listed, and nothing to take."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.namespace import DCTERMS
from starlette.testclient import TestClient

from catalog.database import reading, writing
from catalog.declaration import NotCollected, read_dataset
from catalog.metadata.conformity import faults
from catalog.metadata.dcat_catalog import whole_graph
from catalog.metadata.dcat_pen import DCAT
from catalog.metadata.recording import refusal_of
from catalog.reading import dataset
from catalog.registry import NOT_COLLECTED, Terms, announce, declare
from charter.public_terms import NON_PUBLIC
from eclor.errors import DeclarationRefused
from eclor.house import machine_world, open_house
from eclor.identity import read_identity
from eclor.settings import Settings
from tests.serving import SERIES, fill
from tests.unit.api.conftest import ORIGIN, client_on
from tests.unit.catalog.publish.released import TERRITORY, Home

SLUG = "faits-securite"
HTML = {"Accept": "text/html"}


def declared(slug: str = SLUG) -> NotCollected:
    found = read_dataset(TERRITORY / "datasets" / f"{slug}.yaml")
    assert isinstance(found, NotCollected)
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = fill(Home(tmp_path_factory.mktemp("announcing")))
    with writing(made.catalog.engine) as session:
        announce(session, declared(), now=made.clock.now())
    yield made
    made.catalog.engine.dispose()


@pytest.fixture(scope="module")
def client(home: Home) -> Iterator[TestClient]:
    with client_on(home.folder) as asked:
        yield asked


def test_its_page_says_what_is_not_collected_and_why(client: TestClient) -> None:
    page = client.get(f"/dataset/{SLUG}", headers=HTML)
    assert page.status_code == 200
    assert "Non collecté" in page.text
    assert "les images de vidéoprotection" in page.text
    assert "toutes les plaques s’essaient en quelques minutes" in page.text
    assert "règlement (UE) 2016/679, article 10" in page.text
    assert "/data.csv" not in page.text
    assert SLUG in client.get("/charter", headers=HTML).text


def test_the_list_and_the_search_have_it_with_its_reason(client: TestClient) -> None:
    found = client.get(f"/api/v1/datasets/{SLUG}").json()
    assert (found["state"], found["version"], found["records"]) == (NOT_COLLECTED, None, None)
    assert found["state_reason"].endswith("(règlement (UE) 2016/679, article 10)")
    assert found["freshness"] is None
    listed = client.get("/api/v1/datasets", params={"state": NOT_COLLECTED}).json()["datasets"]
    assert [one["slug"] for one in listed] == [SLUG]
    assert f"/dataset/{SLUG}" in client.get("/search", params={"q": "vidéoprotection"}, headers=HTML).text
    assert client.get("/", headers=HTML).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        f"/api/v1/datasets/{SLUG}/records",
        f"/dataset/{SLUG}/data.csv",
        f"/dataset/{SLUG}/versions/1",
        f"/dataset/{SLUG}/schema.json",
    ],
)
def test_there_is_nothing_to_take(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["code"] == "api.not-collected"


def test_ckan_shows_it_without_a_resource(client: TestClient) -> None:
    shown = client.get("/api/3/action/package_show", params={"id": SLUG}).json()["result"]
    assert (shown["resources"], shown["num_resources"], shown["isopen"]) == ([], 0, False)
    extras = {extra["key"]: extra["value"] for extra in shown["extras"]}
    assert (extras["kind"], extras["reason"].count("plaque") > 0) == (NOT_COLLECTED, True)
    assert SLUG in client.get("/api/3/action/package_list").json()["result"]
    tables = client.get("/api/3/action/datastore_search", params={"resource_id": "_table_metadata"}).json()
    assert SLUG not in str(tables)


def test_its_own_dcat_announces_it_without_distribution(client: TestClient) -> None:
    graph = Graph().parse(data=client.get(f"/dataset/{SLUG}.ttl").text)
    node = URIRef(f"{ORIGIN}/dataset/{SLUG}")
    assert (node, RDF.type, DCAT.Dataset) in graph
    assert not list(graph.objects(node, DCAT.distribution))
    assert (node, DCTERMS.accessRights, URIRef(NON_PUBLIC)) in graph
    (rights,) = graph.objects(node, DCTERMS.rights)
    assert {label.language for label in graph.objects(rights, RDFS.label)} == {"fr", "en"}
    assert client.get(f"/dataset/{SLUG}.jsonld").status_code == client.get(f"/dataset/{SLUG}.rdf").status_code == 200


def test_the_catalogue_that_is_harvested_lists_what_can_be_taken(client: TestClient) -> None:
    whole = Graph().parse(data=client.get("/catalog.ttl").text)
    listed = {str(node) for node in whole.subjects(RDF.type, DCAT.Dataset)}
    assert f"{ORIGIN}/dataset/{SERIES}" in listed
    assert f"{ORIGIN}/dataset/{SLUG}" not in listed


def test_each_announcement_is_held_to_dcat_ap(home: Home) -> None:
    publisher = read_identity(TERRITORY).publisher
    left_out = [read_dataset(file) for file in sorted((TERRITORY / "datasets").glob("*.yaml"))]
    slugs = [one.dataset for one in left_out if isinstance(one, NotCollected)]
    with writing(home.catalog.engine) as session:
        for slug in slugs:
            announce(session, declared(slug), now=home.clock.now())
    with reading(home.catalog.engine) as session:
        views = [dataset(session, slug) for slug in slugs]
    assert len(views) >= 4
    for view in views:
        assert view is not None
        assert faults(whole_graph(refusal_of(view, publisher), ORIGIN)) == ()


def test_what_was_published_is_not_said_to_be_left_out(home: Home) -> None:
    published = declared().model_copy(update={"dataset": SERIES})
    with writing(home.catalog.engine) as session, pytest.raises(DeclarationRefused) as refusal:
        announce(session, published, now=home.clock.now())
    assert refusal.value.code == "territory.collected-before"


@pytest.mark.parametrize("folder", ["politiques", None])
def test_a_policy_of_what_is_not_collected_refuses_the_territory(tmp_path: Path, folder: str | None) -> None:
    shutil.copytree(TERRITORY, tmp_path / "territory", ignore=shutil.ignore_patterns("sources"))
    if folder:
        (tmp_path / "territory" / folder / f"{SLUG}.yaml").write_text("langage: 1\n")
    settings = Settings(home=tmp_path / "home", territory=tmp_path / "territory")
    with ExitStack() as opened:
        opening = open_house(settings, endpoints={}, world=machine_world(settings.home))
        if folder is None:
            assert SLUG in opened.enter_context(opening).not_collected
            return
        with pytest.raises(DeclarationRefused) as refusal:
            opened.enter_context(opening)
    assert refusal.value.code == "territory.collected-anyway"


def test_what_is_collected_at_last_waits_for_its_first_version(tmp_path: Path) -> None:
    home = Home(tmp_path)
    now = home.clock.now()
    with writing(home.catalog.engine) as session:
        announce(session, declared().model_copy(update={"dataset": "equipements"}), now=now)
        row = declare(session, read_dataset(TERRITORY / "datasets" / "equipements.yaml"), Terms(), now=now)
        assert (row.state, row.state_reason, row.kind) == ("waiting", "", "snapshot")
    home.catalog.engine.dispose()

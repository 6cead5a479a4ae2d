"""The register, the notices and the exports over HTTP: of what is served, conditional, silent once withdrawn."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.routes.register import FILES
from catalog.database import writing
from catalog.declaration import read_dataset
from catalog.registry import Terms, declare, withdraw
from charter.acts import Bindings
from charter.demonstration import sign_for_demonstration
from charter.digests import digest, policy_digest
from charter.export import digests_in
from charter.model import Policy
from charter.reader import read
from charter.shape import shape
from charter.territory import load
from harvesters.strict_yaml import read_document
from tests.serving import POINTS, SERIES, fill
from tests.unit.api.conftest import ORIGIN, client_on
from tests.unit.catalog.publish.released import TERRITORY, Home

HTML = {"Accept": "text/html"}
UNPUBLISHED = "prenoms"
DIGEST = policy_digest(read(TERRITORY / "politiques" / f"{SERIES}.yaml").plain)


def test_the_register_lists_what_is_published_and_no_draft(client: TestClient) -> None:
    lines = list(csv.DictReader(io.StringIO(client.get("/charter/registre.csv").text)))
    assert [line["jeu"] for line in lines] == [SERIES, POINTS]
    assert [line["politique_etat"] for line in lines] == ["en-vigueur"] * 2
    assert lines[0]["politique_empreinte"] == DIGEST
    held = client.get("/charter/registre.json").json()
    assert [one["jeu"] for one in held["traitements"]] == [SERIES]
    assert [one["jeu"] for one in held["sans_donnee_personnelle"]] == [POINTS]


def test_the_register_s_page_shows_each_processing_and_leads_to_its_notice(client: TestClient) -> None:
    page = client.get("/charter/registre", headers=HTML).text
    assert f'href="/dataset/{SERIES}/notice"' in page
    assert f'id="{SERIES}"' in page
    assert DIGEST in page
    assert "1 sur 9" in page.replace("\u00a0", " ")


def test_a_notice_is_the_policy_s(client: TestClient) -> None:
    page = client.get(f"/dataset/{SERIES}/notice", headers=HTML).text.replace("\u00a0", " ")
    assert "Jamais moins de 11 foyers" in page
    assert DIGEST in page
    for name in FILES:
        assert f'href="/dataset/{SERIES}/charter/{name}"' in page


@pytest.mark.parametrize("name", FILES)
def test_an_export_is_that_of_the_policy_that_is_served(client: TestClient, name: str) -> None:
    answer = client.get(f"/dataset/{SERIES}/charter/{name}")
    assert answer.status_code == 200
    assert digests_in(answer.text) == {DIGEST}
    if name != "notice.txt":
        assert json.loads(answer.text)
        assert "brouillon" not in answer.text
    if name.endswith(".jsonld"):
        assert answer.headers["content-type"] == "application/ld+json"
        assert f"{ORIGIN}/dataset/{SERIES}" in answer.text


@pytest.mark.parametrize(
    "path", ["/charter/registre.csv", "/charter/registre.json", f"/dataset/{SERIES}/charter/odrl.jsonld"]
)
def test_a_file_that_its_reader_has_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-Match": '"other"'}).status_code == 412


@pytest.mark.parametrize("path", ["/dataset/piscine/notice", f"/dataset/{SERIES}/charter/pdf", "/dataset/x/charter/y"])
def test_what_is_not_there_is_said_so(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.fixture
def emptied(tmp_path: Path) -> Iterator[TestClient]:
    """A home whose series was withdrawn, every version of it."""
    home = fill(Home(tmp_path))
    for number in (1, 2):
        withdraw(home.catalog, SERIES, number, reason="Une adresse était fausse.", now=home.clock.now())
    home.catalog.engine.dispose()
    with client_on(tmp_path) as asked:
        yield asked


def test_what_is_withdrawn_has_no_notice_nor_export_and_stays_in_the_register(emptied: TestClient) -> None:
    for path in (f"/dataset/{SERIES}/notice", *(f"/dataset/{SERIES}/charter/{name}" for name in FILES)):
        assert emptied.get(path, headers=HTML).status_code == 410
    page = emptied.get("/charter/registre", headers=HTML).text
    assert f'href="/dataset/{SERIES}/notice"' not in page
    assert f'id="{SERIES}"' in page
    assert "rien n’est servi en ce moment" in page


def test_a_register_that_misses_a_dataset_says_so(tmp_path: Path) -> None:
    home = fill(Home(tmp_path))
    (tmp_path / "acts").mkdir(exist_ok=True)
    (tmp_path / "acts" / f"{POINTS}.jsonl").write_bytes(b"{}\n")
    home.catalog.engine.dispose()
    with client_on(tmp_path) as asked:
        page = asked.get("/charter/registre", headers=HTML).text
        assert "La liste est incomplète" in page
        assert f'id="{POINTS}"' not in page
        assert f'id="{SERIES}"' in page
        for path in ("/charter/registre.csv", "/charter/registre.json"):
            assert asked.get(path).status_code == 503
        for path in (f"/dataset/{POINTS}/notice", f"/dataset/{POINTS}/charter/dpv.jsonld"):
            refused = asked.get(path)
            assert refused.status_code >= 400
            assert refused.headers["content-type"] == "application/problem+json"
            assert "Traceback" not in refused.text


def test_a_draft_is_in_no_register_and_a_policy_in_force_is_before_its_first_version(tmp_path: Path) -> None:
    home = fill(Home(tmp_path))
    declare_unpublished(home)
    with client_on(tmp_path) as asked:
        assert f'id="{UNPUBLISHED}"' not in asked.get("/charter/registre", headers=HTML).text
    put_in_force(home)
    with client_on(tmp_path) as asked:
        page = asked.get("/charter/registre", headers=HTML).text
        assert f'id="{UNPUBLISHED}"' in page
        assert f'href="/dataset/{UNPUBLISHED}/notice"' not in page
        assert asked.get(f"/dataset/{UNPUBLISHED}/notice").status_code == 404
        assert asked.get(f"/dataset/{UNPUBLISHED}/charter/dpv.jsonld").status_code == 404
    home.catalog.engine.dispose()


def declare_unpublished(home: Home) -> None:
    """Declare a dataset of the territory that no version was published of."""
    policy = policy_of(UNPUBLISHED)
    terms = Terms("etat-civil", policy.publication.licence, policy.publication.shape)
    with writing(home.catalog.engine) as session:
        declare(session, read_dataset(TERRITORY / "datasets" / f"{UNPUBLISHED}.yaml"), terms, now=home.clock.now())


def put_in_force(home: Home) -> None:
    """Write the acts that open its policy, in the home."""
    held = load(TERRITORY / "charter")
    entry = held.entry(UNPUBLISHED)
    assert entry is not None
    bindings = Bindings(
        policy=policy_digest(read(TERRITORY / "politiques" / f"{UNPUBLISHED}.yaml").plain),
        charter=held.charter_digest,
        roles=held.roles_digest,
        catalogue=held.catalogue_digest(UNPUBLISHED),
        source=digest(dict(read_document(TERRITORY / "sources" / f"{entry.source}.yaml").plain)),
    )
    acts = home.folder / "acts" / f"{UNPUBLISHED}.jsonl"
    acts.parent.mkdir(exist_ok=True)
    sign_for_demonstration(acts, policy=policy_of(UNPUBLISHED), bindings=bindings, now=home.clock.now())


def policy_of(slug: str) -> Policy:
    policy, refusals = shape(read(TERRITORY / "politiques" / f"{slug}.yaml"), Policy)
    assert policy is not None, refusals
    return policy

"""Whatever is searched for or compared, the answer is a refusal or what was asked: never a failure of ours."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from api.search_grammar import PARAMETERS
from eclor.settings import Settings
from tests.serving import SERIES, fill
from tests.unit.catalog.publish.released import Home

HOSTILE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
VALUES = st.one_of(
    TEXTS,
    st.integers().map(str),
    st.sampled_from(["served", "csv", "5,49,6,50", "-200,1e308,inf,nan", "54580", "2026-10-01", "0001-01-01", "lb"]),
    st.lists(st.sampled_from(["frequentation", "dechetterei", "ß", "œuvre", "a", "zz"]), max_size=15).map(" ".join),
)
ASKED = st.lists(st.tuples(st.one_of(st.sampled_from(PARAMETERS), TEXTS), VALUES), max_size=5)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = fill(Home(tmp_path_factory.mktemp("home")))
    with TestClient(create_app(Settings(home=home.folder)), raise_server_exceptions=True) as asked:
        yield asked
    home.catalog.engine.dispose()


@HOSTILE
@given(asked=ASKED)
def test_any_search_is_answered_or_refused(client: TestClient, asked: list[tuple[str, str]]) -> None:
    answer = client.get("/api/v1/search", params=asked)
    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        found = answer.json()
        assert found["count"] >= len(found["datasets"])


@HOSTILE
@given(asked=ASKED)
def test_any_search_page_is_shown_or_refused(client: TestClient, asked: list[tuple[str, str]]) -> None:
    assert client.get("/search", params=asked, headers={"Accept": "text/html"}).status_code in {200, 400}


@HOSTILE
@given(number=st.one_of(TEXTS, st.integers(0, 3).map(str)), former=st.one_of(TEXTS, st.integers(0, 3).map(str)))
def test_any_two_versions_are_compared_or_refused(client: TestClient, number: str, former: str) -> None:
    segment = quote(number.replace(".", ""), safe="")
    answer = client.get(f"/dataset/{SERIES}/versions/{segment}/diff.csv", params={"from": former})
    assert answer.status_code in {200, 400, 404}

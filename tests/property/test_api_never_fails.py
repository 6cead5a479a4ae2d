"""Whatever a request holds, the answer is a refusal or what was asked: never a failure of ours."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from api.conditional import Partial, Validators, decide
from api.dating import UNDATED
from eclor.settings import Settings
from tests.serving import POINTS, SERIES, fill
from tests.unit.catalog.publish.released import Home

EXAMPLES = int(os.environ.get("ECLOR_EXAMPLES", "60"))
HOSTILE = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NAMES = st.sampled_from(["site", "foyers", "horodatage", "statut", "passages", "sort", "select", "limit", "cursor"])
WIDER = st.sampled_from(["q", "or", "bbox", "group", "aggregate", "distinct", "format"])
OPERATORS = st.sampled_from(
    ["", "__eq", "__gt", "__in", "__contains", "__isnull", "__startswith", "__like", "__x", "__"]
)
VALUES = st.one_of(TEXTS, st.integers().map(str), st.sampled_from(["-foyers,site", "true", "1,2", "1e9", "%", "_"]))
WIDE = st.sampled_from(
    ["all", "csv", "arrow", "parquet", "count,sum(foyers)", "-sum(foyers)", "site=a|foyers__gt=1", "site"]
)
PARAMETERS = st.lists(
    st.tuples(st.one_of(st.builds(str.__add__, NAMES, OPERATORS), WIDER, TEXTS), st.one_of(VALUES, WIDE)), max_size=5
)
FILTERS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.one_of(NAMES, TEXTS, st.just("$or")), inner, max_size=3)
    ),
    max_leaves=6,
)
SOLR = st.lists(
    st.sampled_from(["name", ":", "(", ")", "OR", "AND", "NOT", "-", "+", '"a b"', "[a TO b]", "*", "x*y", "\\", " "]),
    max_size=12,
).map(" ".join)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = fill(Home(tmp_path_factory.mktemp("home")))
    with TestClient(create_app(Settings(home=home.folder)), raise_server_exceptions=True) as asked:
        yield asked
    home.catalog.engine.dispose()


@HOSTILE
@given(parameters=PARAMETERS)
def test_any_question_on_rows_is_answered_or_refused(client: TestClient, parameters: list[tuple[str, str]]) -> None:
    answer = client.get(f"/api/v1/datasets/{SERIES}/records", params=parameters)
    assert answer.status_code in {200, 400, 404, 410}


@HOSTILE
@given(value=st.one_of(TEXTS, st.text("bytes=-, 0123456789", max_size=30).map("bytes={}".format)))
def test_any_range_gives_its_bytes_or_the_whole(client: TestClient, value: str) -> None:
    path = f"/dataset/{POINTS}/data.csv"
    whole = client.get(path).content
    answer = client.get(path, headers={"Range": value.encode("utf-8").strip() or b"x"})
    if answer.status_code == 206:
        first, last = answer.headers["content-range"].removeprefix("bytes ").partition("/")[0].split("-")
        assert answer.content == whole[int(first) : int(last) + 1]
    else:
        assert (answer.status_code, answer.content == whole) in {(200, True), (416, False)}


@HOSTILE
@given(st.text(max_size=40), st.integers(0, 10**6))
def test_a_partial_answer_lies_within_the_file(value: str, size: int) -> None:
    match decide("GET", {"range": value}, Validators('"x"', size, UNDATED)):
        case Partial(first, last):
            assert 0 <= first <= last < size


@HOSTILE
@given(filters=FILTERS, sort=TEXTS, words=TEXTS)
def test_any_filter_of_ckan_is_answered_or_refused(client: TestClient, filters: object, sort: str, words: str) -> None:
    resource = client.get(f"/api/3/action/package_show?id={SERIES}").json()["result"]["resources"][0]["id"]
    for asked in ({"filters": filters}, {"sort": sort}, {"q": words}, {"fields": sort}):
        answer = client.post("/api/3/action/datastore_search", json={"resource_id": resource, **asked})
        assert answer.status_code in {200, 409}, answer.text
        assert set(answer.json()) >= {"help", "success"}


@HOSTILE
@given(query=SOLR)
def test_any_search_is_answered_or_refused(client: TestClient, query: str) -> None:
    for name in ("fq", "q"):
        answer = client.get("/api/3/action/package_search", params={name: query})
        assert answer.status_code in {200, 409}


@HOSTILE
@given(path=st.text(max_size=40))
def test_any_path_is_answered_without_a_failure(client: TestClient, path: str) -> None:
    address = "/" + "".join(
        letter for letter in path if letter.isascii() and letter.isprintable() and letter not in "?#"
    )
    for prefix in (
        "",
        "/dataset",
        "/api/3/action",
        "/api/v1/datasets",
        "/datastore/dump",
        f"/dataset/{SERIES}/versions",
    ):
        assert client.get(prefix + address).status_code < 500

"""Whatever is asked of the OGC API, it answers or refuses: never a failure of ours, never for long."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from orjson import dumps
from starlette.testclient import TestClient

from api.app import create_app
from api.ogc.cql2_words import GEOMETRIES, OPERATIONS
from api.ogc.parameters import ITEMS
from eclor.settings import Settings
from tests.serving import POINTS, SERIES, fill
from tests.unit.catalog.publish.released import Home

HOSTILE = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
WORDS = st.sampled_from(
    [
        *(
            "site",
            "passages",
            "horodatage",
            "position",
            "geometry",
            "identifiant",
            '"nom"',
            "'a'",
            "'2026-10-01'",
            "1",
            "-2.5",
        ),
        *(
            "AND",
            "OR",
            "NOT",
            "LIKE",
            "BETWEEN",
            "IN",
            "IS",
            "NULL",
            "TRUE",
            "=",
            "<>",
            "<",
            ">",
            "+",
            "-",
            "*",
            "/",
            "^",
        ),
        *(
            "(",
            ")",
            ",",
            "%",
            "div",
            "DATE('2026-10-01')",
            "INTERVAL('..', '2026-10-01')",
            "BBOX(5, 49, 6, 50)",
            "(1 2, 3 4)",
        ),
        *(name.upper() for name in OPERATIONS),
        *GEOMETRIES,
    ]
)
FILTER_TEXTS = st.one_of(st.lists(WORDS, max_size=14).map(" ".join), TEXTS)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
    st.sampled_from(
        [{"property": "passages"}, {"property": "position"}, {"date": "2026-10-01"}, {"bbox": [5, 49, 6, 50]}]
    ),
)
OPERATION_NAMES = st.sampled_from(
    ["and", "or", "not", "=", "<", "in", "between", "like", "isNull", "+", "^", *OPERATIONS.values()]
)
FILTER_TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.fixed_dictionaries({"op": OPERATION_NAMES, "args": st.lists(inner, max_size=3)}),
        st.fixed_dictionaries({"type": st.sampled_from([*GEOMETRIES.values()]), "coordinates": inner}),
        st.fixed_dictionaries({"interval": st.lists(inner, max_size=2)}),
    ),
    max_leaves=8,
)
PARAMETERS = st.dictionaries(
    st.one_of(st.sampled_from([*ITEMS, "site", "passages", "nom", "q", "ids", "externalIds"]), TEXTS),
    st.one_of(TEXTS, st.sampled_from(["1,2,3,4", "../2026-10-01", "2-3", "json", "1e309", "cql2-json"])),
    max_size=4,
)
COLLECTIONS = st.sampled_from([SERIES, POINTS, "jeux_de_donnees", "nothing"])


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = fill(Home(tmp_path_factory.mktemp("home")))
    with TestClient(create_app(Settings(home=home.folder)), raise_server_exceptions=True) as asked:
        yield asked
    home.catalog.engine.dispose()


@HOSTILE
@given(name=COLLECTIONS, text=FILTER_TEXTS)
def test_any_text_is_a_filter_or_is_refused(client: TestClient, name: str, text: str) -> None:
    answer = client.get(f"/ogc/collections/{name}/items", params={"filter": text, "limit": "1"})
    assert answer.status_code in {200, 400, 404}


@HOSTILE
@given(name=COLLECTIONS, tree=FILTER_TREES)
def test_any_json_is_a_filter_or_is_refused(client: TestClient, name: str, tree: object) -> None:
    parameters = {"filter": dumps(tree).decode(), "filter-lang": "cql2-json"}
    assert client.get(f"/ogc/collections/{name}/items", params=parameters).status_code in {200, 400, 404}


@HOSTILE
@given(name=COLLECTIONS, parameters=PARAMETERS)
def test_any_parameters_are_answered_or_refused(client: TestClient, name: str, parameters: dict[str, str]) -> None:
    answer = client.get(f"/ogc/collections/{name}/items", params=parameters)
    assert answer.status_code in {200, 400, 404}


@HOSTILE
@given(name=COLLECTIONS, identifier=TEXTS)
def test_any_name_is_an_item_or_is_not(client: TestClient, name: str, identifier: str) -> None:
    answer = client.get(f"/ogc/collections/{name}/items/" + "".join(f"%{byte:02X}" for byte in identifier.encode()))
    assert answer.status_code in {200, 404}

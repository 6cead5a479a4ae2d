"""Pages of whole rows in key order, read as they lie in the version's NDJSON, are those that the index writes."""

import json
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.ckan import line_pages
from api.ckan.datastore import links
from api.ckan.given import Given, query_of
from api.ckan.line_pages import LINES, NAME
from api.ckan.line_places import main, write
from api.ckan.site import CSV, stable_id
from api.row_files import RowFiles
from catalog.beside import Order
from catalog.catalogue import copies_folder
from catalog.registry import withdraw
from charter.release_parts import ReleaseColumn
from tests.serving import SERIES
from tests.unit.api.conftest import client_on
from tests.unit.api.every_type import COLUMNS, ROWS, publish
from tests.unit.catalog.publish.released import Home

TABLE = stable_id(SERIES, CSV)
ACTION = "/api/3/action/datastore_search"


def find_places(home: Home, number: int = 1) -> Path:
    folder = copies_folder(home.catalog.published, SERIES, number)
    assert main(Order(str(home.catalog.version_folder(SERIES, number) / "data.parquet"), str(folder), ()).text()) == 0
    return folder / NAME


def no_index(*asked: object) -> None:
    raise AssertionError(asked)


@pytest.fixture(scope="module")
def read_and_written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, TestClient]]:
    """Two servers of the same rows: one reads their lines and has no index, the other has its index alone."""
    home = Home(tmp_path_factory.mktemp("lines"))
    publish(home, COLUMNS)
    find_places(home)
    with client_on(home.folder) as reading, client_on(home.folder) as writing:
        yield reading, writing
    home.catalog.engine.dispose()


QUESTIONS = st.fixed_dictionaries(
    {"limit": st.integers(1, ROWS + 3)},
    optional={
        "offset": st.integers(0, ROWS + 3),
        "filters": st.integers(-2, ROWS + 3).map(lambda place: json.dumps({"_id": {"gt": place}})),
        "include_total": st.sampled_from(["true", "no"]),
        "include_next_page": st.just("true"),
        "sort": st.sampled_from(["_id", "_id asc, passages desc"]),
        "language": st.just("french"),
    },
).filter(lambda asked: not (asked.get("offset") and "filters" in asked))


@example({"limit": ROWS})
@example({"limit": 1, "offset": ROWS})
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUESTIONS)
def test_pages_are_those_that_the_index_writes(
    read_and_written: tuple[TestClient, TestClient], asked: dict[str, object]
) -> None:
    reading, writing = read_and_written
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(line_pages, "_LEAST", 1)
        patched.setattr(RowFiles, "sought", no_index)
        read = reading.get(ACTION, params={"resource_id": TABLE, **asked})
    written = writing.get(ACTION, params={"resource_id": TABLE, **asked})
    assert (read.status_code, read.content) == (200, written.content)
    assert read.headers["etag"] == written.headers["etag"]


@pytest.mark.parametrize("query", ["fields=site,_id", "sort=site", "sort=_id desc", "q=S00", "distinct=true",
                                   'filters={"site":"S001"}', 'filters={"_id":{"gte":3}}', "records_format=lists",
                                   'filters={"_id":{"gt":3}}&offset=2', "limit=0"])  # fmt: skip
def test_nothing_else_is_read_there(
    read_and_written: tuple[TestClient, TestClient], monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    reading, writing = read_and_written
    written = writing.get(f"{ACTION}?resource_id={TABLE}&{query}").content
    monkeypatch.setattr(line_pages, "_LEAST", 1)
    monkeypatch.setattr(line_pages, "_read", no_index)
    assert reading.get(f"{ACTION}?resource_id={TABLE}&{query}").content == written


@pytest.mark.parametrize(
    "other",
    [
        ReleaseColumn("horodatage", "date-heure", "technical"),
        ReleaseColumn("mesure", "decimal", "dimension", decimals=2),
        ReleaseColumn("ouvert", "booleen", "dimension"),
        ReleaseColumn("forme", "geometrie", "technical"),
    ],
)
def test_a_table_that_the_datastore_tells_otherwise_is_not_read_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: ReleaseColumn
) -> None:
    home = Home(tmp_path)
    publish(home, tuple({one.name: one for one in (*COLUMNS[:2], other, COLUMNS[-1])}.values()))
    address = f"{ACTION}?resource_id={TABLE}"
    with client_on(home.folder) as client:
        written = client.get(address).json()["result"]["records"]
        monkeypatch.setattr(line_pages, "_LEAST", 1)
        monkeypatch.setattr(line_pages, "stretch", no_index)
        assert client.get(f"{address}&offset=0").json()["result"]["records"] == written
    assert len(written) == ROWS
    home.catalog.engine.dispose()


def test_places_are_found_when_a_page_is_asked_for(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_pages, "_LEAST", 1)
    address = f"{ACTION}?resource_id={TABLE}&limit=7&offset="
    with client_on(own_home.folder) as client:
        first = client.get(f"{address}3").json()["result"]["records"]
        path, until = copies_folder(own_home.catalog.published, SERIES, 2) / NAME, monotonic() + 60
        while not path.exists() and monotonic() < until:
            sleep(0.05)
        monkeypatch.setattr(RowFiles, "sought", no_index)
        read = client.get(f"{address}4").json()["result"]["records"]
    assert [row["_id"] for row in read] == [5, 6, 7, 8, 9, 10, 11]
    assert read[:-1] == first[1:]


def test_a_withdrawn_version_gives_none(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_pages, "_LEAST", 1)
    find_places(own_home, 2)
    with client_on(own_home.folder) as client:
        assert client.get(f"{ACTION}?resource_id={TABLE}").status_code == 200
        withdraw(own_home.catalog, SERIES, 2, reason="Effacement.", now=own_home.clock.now())
        client.app.state.parts.shelf._until = 0.0  # type: ignore[attr-defined]
        assert client.get(f"{ACTION}?resource_id={TABLE}").status_code == 410
        assert client.get(f"{ACTION}?resource_id={TABLE}&offset=1").status_code == 410


@pytest.mark.parametrize("left", [b"", b"cut", bytes(8 * 30)])
def test_what_is_not_whole_is_not_read(own_home: Home, monkeypatch: pytest.MonkeyPatch, left: bytes) -> None:
    monkeypatch.setattr(line_pages, "_LEAST", 1)
    path = copies_folder(own_home.catalog.published, SERIES, 2) / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(left)
    with client_on(own_home.folder) as client:
        assert len(client.get(f"{ACTION}?resource_id={TABLE}").json()["result"]["records"]) == 30


def test_former_versions_keep_none(own_home: Home) -> None:
    kept = [find_places(own_home, number) for number in (1, 2)]
    assert [path.exists() for path in kept] == [False, True]


@pytest.mark.parametrize("at_once", [1, 2, 5, 99])
def test_ends_of_lines_are_found_wherever_a_piece_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    lines = [b"", b"a\r", "é{".encode(), b"", b"}" * 7]
    (tmp_path / LINES).write_bytes(b"".join(line + b"\n" for line in lines))
    monkeypatch.setattr("api.ckan.line_places._AT_ONCE", at_once)
    write(tmp_path / LINES, tmp_path / NAME)
    begins = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines) + 1)]
    assert (tmp_path / NAME).read_bytes() == b"".join(begin.to_bytes(8, "little") for begin in begins)


PARTS = st.text(st.sampled_from('aZ9_.-~ +%=&;/é"{%41%C3%A9%ZZ'), max_size=12)


@given(st.lists(st.tuples(PARTS, PARTS), max_size=6), PARTS)
def test_an_address_is_read_as_forms_are(pairs: list[tuple[str, str]], tail: str) -> None:
    query = f"{urlencode(pairs)}&{tail}".encode().decode("latin-1")
    expected: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        expected.setdefault(name, []).append(value)
    read = query_of({"query_string": query.encode("latin-1")}).values
    assert read == {name: found[0] if len(found) == 1 else found for name, found in expected.items()}


@given(st.dictionaries(PARTS | st.text(max_size=5), PARTS | st.integers() | st.text(max_size=5), max_size=5))
def test_links_are_written_as_forms_are(values: dict[str, object]) -> None:
    plain = urlencode([(name, str(value)) for name, value in values.items() if name != "offset"])
    assert links(Given(values), 5, 0)["start"] == f"/api/3/action/datastore_search?{plain}"

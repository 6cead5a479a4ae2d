"""A long dump in CSV is kept once it was asked for: the same bytes as one found anew, whatever rows of it are asked."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from api.ckan.dump_formats import FORMATS
from api.ckan.dump_lines import main, write
from api.ckan.kept_lines import NAME, stretch
from api.ckan.site import CSV, stable_id
from api.ckan.table import KEY, Column
from catalog.beside import Order
from catalog.catalogue import copies_folder
from catalog.export import Table
from catalog.registry import withdraw
from charter.release_parts import ReleaseColumn
from tests.serving import IN_ORDER, SERIES
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish.released import Home

ADDRESS = f"/datastore/dump/{stable_id(SERIES, CSV)}?"
STRETCHES = (
    "",
    "bom=yes",
    "limit=9&offset=0",
    "limit=8&offset=4",
    "offset=30",
    "offset=31&bom=yes",
    "limit=99&sort=_id",
)


@pytest.fixture
def client(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    with client_on(own_home.folder) as asked:
        asked.headers["Accept-Encoding"] = "identity"
        asked.anew = {one: asked.get(ADDRESS + one) for one in STRETCHES}  # type: ignore[attr-defined]
        monkeypatch.setattr("api.ckan.dump._BATCH", 7)
        yield asked


def lines_of(own_home: Home, number: int = 2) -> Path:
    return copies_folder(own_home.catalog.published, SERIES, number) / NAME


def keep(own_home: Home, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the lines made as a reader does, then let nothing else be read."""
    assert client.get(ADDRESS).headers.get("accept-ranges") is None
    until = monotonic() + 60
    while not lines_of(own_home).exists() and monotonic() < until:
        sleep(0.05)
    monkeypatch.setattr("api.ckan.dump._streamed", None)


def test_every_stretch_is_what_it_was(own_home: Home, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(own_home, client, monkeypatch)
    for query, anew in client.anew.items():  # type: ignore[attr-defined]
        kept = client.get(ADDRESS + query)
        assert (kept.status_code, kept.content) == (200, anew.content), query
        assert kept.headers["content-length"] == str(len(anew.content))
        assert kept.headers["content-disposition"] == anew.headers["content-disposition"]


def test_it_is_asked_for_again_and_in_parts(
    own_home: Home, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = ADDRESS + "limit=8&offset=4&bom=yes"
    streamed = client.get(address)
    keep(own_home, client, monkeypatch)
    whole = client.get(address)
    assert (whole.content, whole.headers["etag"]) == (streamed.content, streamed.headers["etag"])
    assert client.get(address, headers={"If-None-Match": whole.headers["etag"]}).status_code == 304
    head = client.head(address)
    assert (head.content, head.headers["content-length"]) == (b"", str(len(whole.content)))
    size = len(whole.content)
    for first, last in ((0, 2), (1, 60), (3, 5), (40, 55), (0, size - 1), (size - 9, size + 5)):
        part = client.get(address, headers={"Range": f"bytes={first}-{last}", "If-Range": whole.headers["etag"]})
        assert (part.status_code, part.content) == (206, whole.content[first : last + 1]), (first, last)
    several = client.get(address, headers={"Range": "bytes=0-5,150-160"})
    assert several.status_code == 206
    assert whole.content[:6] + b"\r\n--" in several.content
    assert whole.content[150:161] + b"\r\n--" in several.content
    assert client.get(address, headers={"Range": f"bytes={size}-"}).status_code == 416


@pytest.mark.parametrize("query", ["format=tsv", "format=json", "fields=site,_id", "q=aud", "sort=passages desc",
                                   'filters={"site":"AUD"}', "distinct=yes"])  # fmt: skip
def test_nothing_else_is_kept_or_read_there(
    own_home: Home, client: TestClient, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    begun: list[object] = []
    parts = client.app.state.parts  # type: ignore[attr-defined]
    monkeypatch.setattr(parts.makings, "begin", lambda making, _then: begun.append(making))
    anew = client.get(f"{ADDRESS}{query}")
    assert (anew.status_code, begun) == (200, [])
    lines_of(own_home).parent.mkdir(parents=True, exist_ok=True)
    lines_of(own_home).write_bytes(bytes(8 * (len(IN_ORDER) + 1)))
    assert client.get(f"{ADDRESS}{query}").content == anew.content


def test_a_withdrawn_version_gives_none(own_home: Home, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(own_home, client, monkeypatch)
    withdraw(own_home.catalog, SERIES, 2, reason="Effacement.", now=own_home.clock.now())
    client.app.state.parts.shelf._until = 0.0  # type: ignore[attr-defined]
    assert client.get(ADDRESS).status_code == 410


def test_former_versions_keep_none(own_home: Home) -> None:
    for number in (1, 2):
        rows = own_home.catalog.version_folder(SERIES, number) / "data.parquet"
        assert main(Order(str(rows), str(lines_of(own_home, number).parent), ()).text()) == 0
        assert [lines_of(own_home, one).exists() for one in (1, 2)] == [number == 1, number == 2]


def test_lines_with_ends_of_line_and_values_written_one_by_one(tmp_path: Path) -> None:
    columns = (ReleaseColumn("mot", "texte", "technical"), ReleaseColumn("quand", "date-heure", "technical"))
    words = ["one\ntwo", "", 'a "b"', None, "\r", "é, è", "x" * 300] * 3_001  # of several batches
    instants = ["2026-11-24T05:12:07+01:00", None, "2026-11-24T05:12:07.5+01:00"] * 7_003
    for shown in (columns[:1], columns):
        cells = dict(zip(("mot", "quand"), (words, instants[: len(words)]), strict=True))
        pq.write_table(pa.table({one.name: pa.array(cells[one.name], pa.string()) for one in shown}), tmp_path / "rows")
        write(Table(tmp_path / "rows", shown), tmp_path / NAME)
        named = (KEY, *(Column(one.name, "text" if one.name == "mot" else "timestamptz") for one in shown))
        rows = [*zip(range(1, len(words) + 1), *(cells[one.name] for one in shown), strict=True)]
        for offset, limit in ((0, 99_999), (9_998, 5), (0, 3), (20_000, 1_007), (21_007, 1)):
            start, end = stretch(tmp_path / NAME, len(rows), offset, limit) or (0, 0)
            found = (tmp_path / NAME).read_bytes()[start:end]
            assert found == FORMATS["csv"].rows(rows[offset : offset + limit], named), (shown, offset)


def test_what_is_not_there_is_not_read(tmp_path: Path) -> None:
    assert stretch(tmp_path / NAME, 3, 0, 3) is None
    (tmp_path / NAME).write_bytes(b"cut")
    assert stretch(tmp_path / NAME, 3, 0, 3) is None

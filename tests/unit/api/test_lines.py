"""Pages of whole rows in key order, read from the version's NDJSON, are those that the index would write."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from api.row_files import RowFiles, Statement
from catalog.views import VersionView
from tests.serving import POINTS, SERIES
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish.released import Home


def pages(client: TestClient, slug: str, limit: int) -> list[bytes]:
    """The rows of each page of a walk, as they were sent."""
    found, address = [], f"/api/v1/datasets/{slug}/records?limit={limit}"
    while address:
        body = client.get(address).content
        found.append(body.partition(b'"records":')[2].rpartition(b',"next":')[0])
        address = json.loads(body)["next"]
    return found


def no_index(_files: RowFiles, version: VersionView, statement: Statement) -> Sequence[object]:
    raise AssertionError((version, statement))


@pytest.mark.parametrize("slug", [SERIES, POINTS])
@pytest.mark.parametrize("limit", [1, 2, 7, 1000])
def test_pages_are_those_that_the_index_writes(
    home: Home, monkeypatch: pytest.MonkeyPatch, slug: str, limit: int
) -> None:
    with monkeypatch.context() as patched, client_on(home.folder) as client:
        patched.setattr(RowFiles, "quickly", no_index)
        read = pages(client, slug, limit)
    with monkeypatch.context() as patched, client_on(home.folder) as client:
        patched.setattr("api.lines.FILE", "nothing.ndjson")
        assert read == pages(client, slug, limit)


@pytest.mark.parametrize("byte", [1, 60, 10**6, 2**63 - 1])
def test_a_page_begins_at_its_row_whatever_byte_a_cursor_tells(client: TestClient, byte: int) -> None:
    address = f"/api/v1/datasets/{SERIES}/records?limit=3"
    following = client.get(address).json()["next"]
    (cursor,) = parse_qs(urlsplit(following).query)["cursor"]
    *told, last = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    assert last > 0
    forged = urlsafe_b64encode(json.dumps([*told, byte]).encode()).decode().rstrip("=")
    page = client.get(f"{address}&cursor={forged}").json()["records"]
    assert page == client.get(following).json()["records"]

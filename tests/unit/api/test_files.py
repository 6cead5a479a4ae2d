"""Files: the very bytes of the version, under the conditions of the request, and nothing else of the folder."""

from email import message_from_bytes
from hashlib import sha256

import pytest
from starlette.testclient import TestClient

from tests.serving import POINTS, SERIES
from tests.unit.api.conftest import ORIGIN
from tests.unit.catalog.publish.released import Home

SERVED = (
    *("data.csv", "data.json", "data.ndjson", "data.parquet", "datapackage.json", "schema.json", "proof.json"),
    *("politique.yaml", "actes.jsonl", "charte-socle.yaml", "roles.yaml", "catalogue.json"),
)


@pytest.mark.parametrize("name", SERVED)
def test_a_file_is_the_versions_own_bytes(client: TestClient, home: Home, name: str) -> None:
    stored = (home.catalog.version_folder(SERIES, 2) / name).read_bytes()
    newest, numbered = client.get(f"/dataset/{SERIES}/{name}"), client.get(f"/dataset/{SERIES}/versions/2/{name}")
    assert newest.content == numbered.content == stored
    assert newest.headers["etag"] == numbered.headers["etag"] == f'"{sha256(stored).hexdigest()}"'
    assert newest.headers["content-location"] == f"{ORIGIN}/dataset/{SERIES}/versions/2/{name}"
    assert newest.headers["cache-control"] == "no-cache"
    assert newest.headers["access-control-allow-origin"] == "*"


def test_a_cache_outlives_no_withdrawal(client: TestClient) -> None:
    policy_says_s = 15 * 60
    answer = client.get(f"/dataset/{SERIES}/versions/2/data.csv")
    directives = dict(part.strip().partition("=")[::2] for part in answer.headers["cache-control"].split(","))
    assert 0 < int(directives["max-age"]) <= policy_says_s // 2
    assert {"public", "must-revalidate"} <= directives.keys()


def test_the_links_lead_to_its_neighbours(client: TestClient) -> None:
    link = client.get(f"/dataset/{SERIES}/versions/2/data.csv").headers["link"]
    assert f'<{ORIGIN}/dataset/{SERIES}/data.csv>; rel="latest-version"' in link
    assert f'<{ORIGIN}/dataset/{SERIES}/versions/1/data.csv>; rel="predecessor-version"' in link
    assert f'<{ORIGIN}/dataset/{SERIES}/versions/2/schema.json>; rel="describedby"' in link
    assert 'rel="license"' in link


@pytest.mark.parametrize("name", ["rows.sqlite", "body.json", "..%2Fproof.json", "data.xml"])
def test_the_index_of_the_rows_and_strangers_are_not_there(client: TestClient, name: str) -> None:
    assert client.get(f"/dataset/{SERIES}/versions/2/{name}").status_code == 404
    assert client.get(f"/dataset/{SERIES}/{name}").status_code == 404


@pytest.mark.parametrize("number", ["0", "3", "02", "-1", "1.0", "²", "9" * 30, "latest"])
def test_a_version_has_one_writing(client: TestClient, number: str) -> None:
    answer = client.get(f"/dataset/{SERIES}/versions/{number}/data.csv")
    assert (answer.status_code, answer.json()["code"]) == (404, "api.no-version")


def test_a_format_that_the_rows_do_not_have_is_said(client: TestClient) -> None:
    assert client.get(f"/dataset/{POINTS}/data.geojson").status_code == 200
    answer = client.get(f"/dataset/{SERIES}/data.geojson")
    assert (answer.status_code, answer.json()["code"]) == (404, "api.no-file")
    assert "data.parquet" in answer.json()["detail"]


def test_head_is_get_without_its_body(client: TestClient) -> None:
    for path in (f"/dataset/{SERIES}/data.csv", f"/dataset/{SERIES}/versions/1/data.parquet", "/dataset/no/data.csv"):
        got, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (got.status_code, b"")
        same = {"etag", "content-length", "content-type", "link", "cache-control", "last-modified", "vary"}
        assert {n: v for n, v in head.headers.items() if n in same} == {
            n: v for n, v in got.headers.items() if n in same
        }


def test_ranges_give_the_parts(client: TestClient) -> None:
    path = f"/dataset/{SERIES}/data.parquet"
    whole = client.get(path)
    tail = client.get(path, headers={"Range": "bytes=-8"})
    assert (tail.status_code, tail.content) == (206, whole.content[-8:])
    size = len(whole.content)
    assert tail.headers["content-range"] == f"bytes {size - 8}-{size - 1}/{size}"
    assert tail.headers["etag"] == whole.headers["etag"]
    beyond = client.get(path, headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    assert client.get(path, headers={"Range": "bytes=0-1", "If-Range": '"old"'}).content == whole.content


def test_several_ranges_come_as_one_message(client: TestClient) -> None:
    path = f"/dataset/{SERIES}/data.parquet"
    whole = client.get(path).content
    sent = client.get(path, headers={"Range": "bytes=0-3,-4"})
    assert sent.status_code == 206
    message = message_from_bytes(b"Content-Type: " + sent.headers["content-type"].encode() + b"\r\n\r\n" + sent.content)
    parts = [(part["Content-Range"], part.get_content_type()) for part in message.walk() if not part.is_multipart()]
    size = len(whole)
    kind = "application/vnd.apache.parquet"
    assert parts == [(f"bytes 0-3/{size}", kind), (f"bytes {size - 4}-{size - 1}/{size}", kind)]
    assert sent.content.count(b"PAR1") == 2
    assert int(sent.headers["content-length"]) == len(sent.content)
    assert "content-range" not in sent.headers
    assert client.head(path, headers={"Range": "bytes=0-3,-4"}).status_code == 200


def test_a_bomb_of_ranges_costs_one_whole_file(client: TestClient) -> None:
    path = f"/dataset/{SERIES}/data.parquet"
    bomb = "bytes=" + ",".join("0-" for _ in range(1_000))
    sent = client.get(path, headers={"Range": bomb})
    assert (sent.status_code, len(sent.content)) == (200, len(client.get(path).content))


def test_not_modified_carries_what_a_cache_needs(client: TestClient) -> None:
    path = f"/dataset/{SERIES}/data.csv"
    tag = client.get(path).headers["etag"]
    answer = client.get(path, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert {"etag", "cache-control", "content-location", "last-modified"} <= answer.headers.keys()
    assert "content-type" not in answer.headers
    failed = client.get(path, headers={"If-Match": '"x"'})
    assert (failed.status_code, failed.json()["code"]) == (412, "api.precondition")


def test_a_file_that_cannot_be_read_is_said_without_a_word_of_where(client: TestClient, home: Home) -> None:
    folder = home.catalog.version_folder(POINTS, 1)
    folder.chmod(0o755)
    (folder / "data.ndjson").rename(folder / "moved")
    answer = client.get(f"/dataset/{POINTS}/data.ndjson")
    (folder / "moved").rename(folder / "data.ndjson")
    assert (answer.status_code, answer.json()["code"]) == (503, "api.bytes-missing")
    assert str(home.folder) not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_files_are_read_only(client: TestClient, method: str) -> None:
    answer = client.request(method, f"/dataset/{SERIES}/data.csv")
    assert (answer.status_code, answer.json()["code"]) == (405, "api.method")
    assert "GET" in answer.headers["allow"]

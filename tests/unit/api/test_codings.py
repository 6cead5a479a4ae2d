"""Content codings: what a reader prefers, and answers in memory sent as it likes."""

import gzip
from datetime import UTC, datetime

import brotli
import pytest
import zstandard
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from api.answers import Answer, answer
from api.codings import CODINGS, IDENTITY, LEAST_CODED, MOST_CODED, compressible, preferred
from api.dating import UNDATED, Modified
from api.sending import send_answer
from tests.unit.catalog.publish.released import MovingClock

TEXT = b"".join(b"%d;une ligne assez longue\n" % number for number in range(500))
SINCE = "Tue, 24 Nov 2026 05:12:07 GMT"
CHANGED = Modified.lasting(datetime(2026, 11, 24, 5, 12, 7, tzinfo=UTC), MovingClock(datetime(2027, 1, 1, tzinfo=UTC)))
DECODERS = {
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
    "gzip": gzip.decompress,
}


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, IDENTITY),
        ("", IDENTITY),
        ("identity", IDENTITY),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, br, zstd", "br"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("zstd;q=0.8, gzip;q=0.7", "zstd"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "zstd"),
        ("identity;q=1, gzip;q=0.5", IDENTITY),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("deflate, compress", IDENTITY),
        ("gzip;q=nonsense", IDENTITY),
        ("gzip;q=0.000", IDENTITY),
        ("identity;q=0, *;q=0", IDENTITY),
        (";;;,,,q=1", IDENTITY),
    ],
)
def test_the_weights_choose(header: str | None, chosen: str) -> None:
    assert preferred(header, CODINGS) == chosen


@pytest.mark.parametrize(
    ("media_type", "shrinks"),
    [
        (b"text/html; charset=utf-8", True),
        (b"application/ld+json", True),
        (b"application/atom+xml", True),
        (b"application/vnd.apache.parquet", False),
        (b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False),
        (b"image/png", False),
    ],
)
def test_what_is_packed_is_not_packed_again(media_type: bytes, *, shrinks: bool) -> None:
    assert compressible(media_type) is shrinks


def serving(made: Answer) -> TestClient:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response: Response = send_answer(scope, made)
        except Exception as refusal:  # noqa: BLE001 - the wall is not under test: its status is
            response = Response(str(getattr(refusal, "headers", "")), refusal.status)  # type: ignore[attr-defined]
        await response(scope, receive, send)
        assert Request(scope)

    return TestClient(app, headers={"Accept-Encoding": "identity"})


@pytest.fixture(scope="module")
def text() -> TestClient:
    return serving(answer(TEXT, "text/csv", {"Vary": "Accept"}, modified=CHANGED))


def test_each_coding_has_a_tag_of_its_own_and_gives_the_bytes_back(text: TestClient) -> None:
    tags = {text.get("/").headers["etag"]}
    for coding, decode in DECODERS.items():
        with text.stream("GET", "/", headers={"Accept-Encoding": coding}) as sent:
            raw = b"".join(sent.iter_raw())
        assert sent.headers["content-encoding"] == coding
        assert decode(raw) == TEXT
        assert int(sent.headers["content-length"]) == len(raw) < len(TEXT)
        assert sent.headers["vary"] == "Accept, Accept-Encoding"
        tags.add(sent.headers["etag"])
        assert text.head("/", headers={"Accept-Encoding": coding}).headers == sent.headers
        same = text.get("/", headers={"Accept-Encoding": coding, "If-None-Match": sent.headers["etag"]})
        assert (same.status_code, same.headers["etag"]) == (304, sent.headers["etag"])
        assert {"vary", "last-modified"} <= same.headers.keys()
        assert "content-type" not in same.headers
    assert len(tags) == 4


def test_a_tag_of_another_coding_is_not_what_is_sent(text: TestClient) -> None:
    plain = text.get("/").headers["etag"]
    assert text.get("/", headers={"Accept-Encoding": "gzip", "If-None-Match": plain}).status_code == 200


def test_a_part_is_of_the_plain_bytes_unless_a_coded_download_goes_on(text: TestClient) -> None:
    part = text.get("/", headers={"Accept-Encoding": "gzip", "Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, TEXT[5:10])
    assert "content-encoding" not in part.headers
    with text.stream("GET", "/", headers={"Accept-Encoding": "gzip"}) as whole:
        coded = b"".join(whole.iter_raw())
    asked = {"Accept-Encoding": "gzip", "Range": "bytes=100-", "If-Range": whole.headers["etag"]}
    with text.stream("GET", "/", headers=asked) as rest:
        assert (rest.status_code, b"".join(rest.iter_raw())) == (206, coded[100:])
    assert rest.headers["content-encoding"] == "gzip"
    assert rest.headers["content-range"] == f"bytes 100-{len(coded) - 1}/{len(coded)}"


def test_a_date_tells_no_coding_from_another(text: TestClient) -> None:
    """All of them have the same one: who may have begun any of them gets the whole, who takes none goes on."""
    begun = {"Range": "bytes=5-9", "If-Range": SINCE}
    assert text.get("/", headers=begun).status_code == 206
    assert text.get("/", headers={**begun, "Accept-Encoding": "gzip"}).status_code == 200
    assert text.get("/", headers={"Range": "bytes=5-9", "If-Range": "Tue, 24 Nov 2026 05:12:08 GMT"}).content == TEXT


def test_several_parts_of_an_answer_come_as_one_message(text: TestClient) -> None:
    sent = text.get("/", headers={"Range": "bytes=0-4,5000-5004"})
    kind, _, boundary = sent.headers["content-type"].partition("; boundary=")
    assert (sent.status_code, kind) == (206, "multipart/byteranges")
    parts = sent.content.split(f"\r\n--{boundary}".encode())
    assert parts[0] == b""
    assert parts[1].endswith(b"\r\n\r\n" + TEXT[:5])
    assert parts[2].endswith(b"\r\n\r\n" + TEXT[5000:5005])
    assert b"Content-Range: bytes 5000-5004/%d\r\n" % len(TEXT) in parts[2]
    assert parts[3] == b"--\r\n"
    assert int(sent.headers["content-length"]) == len(sent.content)


def test_conditions_hold_for_an_answer(text: TestClient) -> None:
    assert text.get("/", headers={"If-Modified-Since": SINCE}).status_code == 304
    assert text.get("/", headers={"If-Unmodified-Since": "Tue, 24 Nov 2026 05:12:06 GMT"}).status_code == 412
    assert text.get("/", headers={"If-Match": '"x"'}).status_code == 412
    assert text.get("/", headers={"Range": f"bytes={len(TEXT)}-"}).status_code == 416
    assert text.get("/", headers={"Range": "bytes=0-1", "If-Range": '"x"'}).content == TEXT


@pytest.mark.parametrize("size", [LEAST_CODED - 1, MOST_CODED + 1])
def test_small_and_very_large_answers_are_sent_as_they_are(size: int) -> None:
    sent = serving(answer(b"a" * size, "text/plain", modified=UNDATED)).get("/", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in sent.headers
    assert sent.headers["vary"] == "Accept-Encoding"

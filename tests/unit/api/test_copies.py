"""Compressed copies: made beside the version, sent to who likes them under a tag of their own, gone with it."""

import gzip
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from time import monotonic

import brotli
import pytest
import zstandard
from starlette.testclient import TestClient

from catalog.catalogue import copies_folder
from catalog.copies import complete, forget_strays, make_copies
from catalog.copying import Order, copies_of, main
from catalog.verify import verify_folder
from tests.serving import SERIES
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish.released import Home, passages

ROWS = tuple(
    ("AUD", f"2026-{month:02d}-{day:02d}", day, month + 11, "publie") for month in range(1, 13) for day in range(1, 29)
)
PATH = f"/dataset/{SERIES}/versions/1/data.csv"
DECODERS = {
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
    "gzip": gzip.decompress,
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = Home(tmp_path_factory.mktemp("copied"))
    made.published(passages(made, ROWS))
    make_copies(made.catalog, SERIES)
    yield made
    made.catalog.engine.dispose()


@pytest.fixture
def folder(home: Home) -> Path:
    return copies_folder(home.catalog.published, SERIES, 1)


@pytest.fixture
def client(home: Home) -> Iterator[TestClient]:
    with client_on(home.folder) as asked:
        yield asked


def whole(client: TestClient, coding: str, **headers: str) -> tuple[dict[str, str], bytes]:
    asked = {"Accept-Encoding": coding, **headers}
    with client.stream("GET", PATH, headers=asked) as sent:
        return {**sent.headers, "status": str(sent.status_code)}, b"".join(sent.iter_raw())


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip"])
def test_a_copy_is_sent_under_a_tag_of_its_own(client: TestClient, coding: str) -> None:
    plain_headers, plain = whole(client, "identity")
    headers, packed = whole(client, coding)
    assert DECODERS[coding](packed) == plain
    assert (headers["content-encoding"], headers["content-length"]) == (coding, str(len(packed)))
    assert headers["etag"] == f'"{sha256(packed).hexdigest()[:32]}-{coding}"' != plain_headers["etag"]
    assert headers["vary"] == plain_headers["vary"] == "Accept-Encoding"
    same = client.get(PATH, headers={"Accept-Encoding": coding, "If-None-Match": headers["etag"]})
    assert (same.status_code, same.content, same.headers["vary"]) == (304, b"", "Accept-Encoding")
    head = client.head(PATH, headers={"Accept-Encoding": coding})
    assert head.headers["content-length"] == headers["content-length"]


def test_a_part_is_of_the_plain_file_unless_a_download_goes_on(client: TestClient) -> None:
    _, plain = whole(client, "identity")
    headers, packed = whole(client, "gzip")
    sent, part = whole(client, "gzip", Range="bytes=-7")
    assert (sent["status"], part, sent.get("content-encoding")) == ("206", plain[-7:], None)
    sent, rest = whole(client, "gzip", Range="bytes=10-", **{"If-Range": headers["etag"]})
    assert (sent["status"], rest, sent["content-encoding"]) == ("206", packed[10:], "gzip")
    sent, again = whole(client, "gzip", Range="bytes=10-", **{"If-Range": '"old"'})
    assert (sent["status"], again) == ("200", plain)


def test_parquet_is_not_packed_twice(client: TestClient) -> None:
    sent = client.get(PATH.replace("csv", "parquet"), headers={"Accept-Encoding": "gzip, br, zstd"})
    assert {"content-encoding", "vary"}.isdisjoint(sent.headers)


def test_the_proof_knows_nothing_of_them(home: Home, folder: Path) -> None:
    assert complete(folder)
    version = home.catalog.version_folder(SERIES, 1)
    assert verify_folder(version).version == 1
    assert copies_of(folder, "data.parquet") == {}


def test_what_a_kill_left_is_finished_to_the_same_bytes(home: Home, folder: Path) -> None:
    before = {path.name for path in folder.iterdir()}
    (folder / "done").unlink()
    (folder / "rows.sqlite").unlink()
    copies_of(folder, "data.csv")["br"].path.unlink()
    (folder / "copying-left").mkdir()
    make_copies(home.catalog, SERIES)
    assert {path.name for path in folder.iterdir()} == before


def test_without_copies_the_file_is_sent_as_it_lies(tmp_path: Path) -> None:
    made = Home(tmp_path)
    made.published(passages(made, ROWS))
    with client_on(tmp_path) as client:
        assert "content-encoding" not in client.get(PATH, headers={"Accept-Encoding": "br"}).headers
    make_copies(made.catalog, SERIES)
    shutil.rmtree(made.catalog.version_folder(SERIES, 1))
    make_copies(made.catalog, SERIES)
    assert not copies_folder(made.catalog.published, SERIES, 1).exists()
    made.catalog.engine.dispose()


@pytest.mark.parametrize("name", ["data.json", "data.ndjson"])
def test_a_copy_of_another_text_is_made_once_a_reader_asks_for_it(client: TestClient, name: str, folder: Path) -> None:
    address, asked = PATH.replace("data.csv", name), {"Accept-Encoding": "zstd;q=0.4, gzip"}
    first = client.get(address, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-"})
    assert ("content-encoding" in first.headers, first.status_code) == (False, 206)
    until = monotonic() + 30
    while "content-encoding" not in (sent := client.get(address, headers=asked)).headers and monotonic() < until:
        assert (sent.content, sent.headers["vary"]) == (first.content, "Accept-Encoding")
    assert (sent.headers["content-encoding"], sent.content) == ("gzip", first.content)
    assert set(copies_of(folder, name)) == {"gzip"}


def test_a_copy_that_was_asked_for_does_not_outlive_its_version(tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    order = Order(str(tmp_path / "data.json"), str(tmp_path / "copies"), "br")

    class Going(type(tmp_path)):  # type: ignore[misc]
        def exists(self) -> bool:
            return False

    (tmp_path / "data.json").write_bytes(b"[]")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("catalog.copying.Path", Going)
        assert main(order.text()) == 0
    assert not (tmp_path / "copies").exists()


def test_copies_that_cannot_be_dropped_are_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    home.published(passages(home, ROWS[:40]))
    make_copies(home.catalog, SERIES)
    folder = copies_folder(home.catalog.published, SERIES, 1)
    (folder.parent / "autre").mkdir()
    shutil.rmtree(home.catalog.version_folder(SERIES, 1))

    def refused(_folder: Path, **_asked: object) -> None:
        raise PermissionError

    with monkeypatch.context() as broken:
        broken.setattr("catalog.copies.shutil.rmtree", refused)
        with pytest.raises(PermissionError):
            forget_strays(home.catalog, SERIES)
    forget_strays(home.catalog, SERIES)
    assert [path.name for path in folder.parent.iterdir()] == ["autre"]
    home.catalog.engine.dispose()


def test_copies_go_whole_although_some_of_it_goes_by_itself_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    home.published(passages(home, ROWS[:40]))
    make_copies(home.catalog, SERIES)
    shutil.rmtree(home.catalog.version_folder(SERIES, 1))
    refusals, drop = [FileNotFoundError()], shutil.rmtree

    def vanishing(folder: Path) -> None:
        if refusals:
            raise refusals.pop()
        drop(folder)

    monkeypatch.setattr("catalog.copies.shutil.rmtree", vanishing)
    forget_strays(home.catalog, SERIES)
    assert not copies_folder(home.catalog.published, SERIES, 1).exists()
    home.catalog.engine.dispose()

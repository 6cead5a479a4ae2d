"""Real nginx and real varnish in front of a real server, with the very files of docs/operator.

They keep what may be kept, answer 304 and 206 from it, and let a withdrawal hold within the policy's delay.
"""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlmodel import Session

from catalog.copies import make_copies
from catalog.database import writing
from catalog.models import DatasetRow
from catalog.registry import withdraw
from tests.serving import IN_ORDER, SERIES, free_port, server
from tests.unit.catalog.publish.released import Home, passages

FILES = Path("docs/operator")
DELAY_S = 8
"""The withdrawal delay of the dataset; its versions may be kept for half of it."""
VERSION = f"/dataset/{SERIES}/versions/1"
PROXIES = {"nginx": "nginx.conf", "varnish": "varnish.vcl"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = Home(tmp_path_factory.mktemp("cached"))
    made.published(passages(made, IN_ORDER * 40))
    make_copies(made.catalog, SERIES)
    made.clock.move(days=1)
    made.published(passages(made, IN_ORDER))
    with writing(made.catalog.engine) as session:
        _shorten(session)
    yield made
    made.catalog.engine.dispose()


def _shorten(session: Session) -> None:
    row = session.get_one(DatasetRow, SERIES)
    row.withdrawal_delay_s = DELAY_S
    session.add(row)


@pytest.fixture(scope="module")
def origin(home: Home) -> Iterator[str]:
    with server(home.folder) as at:
        yield at


def _command(name: str, folder: Path, config: Path, port: int) -> list[str]:
    if name == "nginx":
        options = f"daemon off; pid {folder}/nginx.pid; user root;"
        return ["nginx", "-p", str(folder), "-c", str(config), "-e", "stderr", "-g", options]
    storage = ["-n", str(folder / "varnish"), "-s", "malloc,64m", "-j", "none", "-p", "http_gzip_support=off"]
    return ["varnishd", "-F", "-f", str(config), "-a", f"127.0.0.1:{port}", *storage]


@contextmanager
def _running(name: str, folder: Path, origin: str) -> Iterator[str]:
    """Run a proxy on the file that is shipped, its two ports changed and nothing else."""
    port, behind = free_port(), origin.rpartition(":")[2]
    text = (FILES / PROXIES[name]).read_text("utf-8")
    assert text.count("8000") == 1
    config = folder / PROXIES[name]
    config.write_text(text.replace("8000", behind).replace("listen 8080;", f"listen 127.0.0.1:{port};"), "utf-8")
    with subprocess.Popen(
        _command(name, folder, config, port), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        try:
            for _ in range(100):
                if process.poll() is not None:
                    assert process.stderr is not None
                    pytest.skip(f"{name} does not start here: {process.stderr.read().decode()[-300:]}")
                try:
                    httpx.get(f"http://127.0.0.1:{port}/healthz")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(scope="module", params=sorted(PROXIES))
def proxied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, origin: str) -> Iterator[str]:
    name = str(request.param)
    if shutil.which("nginx" if name == "nginx" else "varnishd") is None:
        pytest.skip(f"{name} is not installed")
    with _running(name, tmp_path_factory.mktemp(name), origin) as at:
        yield at


@pytest.fixture
def asked(proxied: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=proxied, headers={"Accept-Encoding": "identity"}) as client:
        yield client


def _kept(asked: httpx.Client, path: str, **headers: str) -> httpx.Response:
    """Ask until the answer comes from the cache."""
    for _ in range(3):
        answer = asked.get(path, headers=headers)
        if answer.headers.get("x-cache") == "HIT":
            return answer
    pytest.fail(f"{path} is not kept: {answer.status_code} {answer.headers}")


def test_a_version_is_kept_and_answered_from_there(asked: httpx.Client, origin: str) -> None:
    direct = httpx.get(f"{origin}{VERSION}/data.csv", headers={"Accept-Encoding": "identity"})
    kept = _kept(asked, f"{VERSION}/data.csv")
    assert kept.content == direct.content
    same = {"etag", "last-modified", "content-type", "vary", "link", "access-control-allow-origin"}
    assert {name: kept.headers[name] for name in same} == {name: direct.headers[name] for name in same}
    assert kept.headers["cache-control"] == f"public, max-age={DELAY_S // 2}, must-revalidate"


def test_a_reader_who_has_it_gets_304_from_the_cache(asked: httpx.Client) -> None:
    tag = _kept(asked, f"{VERSION}/data.csv").headers["etag"]
    same = asked.get(f"{VERSION}/data.csv", headers={"If-None-Match": tag})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    since = _kept(asked, f"{VERSION}/data.csv").headers["last-modified"]
    assert asked.get(f"{VERSION}/data.csv", headers={"If-Modified-Since": since}).status_code == 304


def test_a_part_comes_from_the_cache(asked: httpx.Client) -> None:
    whole = _kept(asked, f"{VERSION}/data.parquet")
    size = len(whole.content)
    for asked_for, got in (("bytes=0-9", (0, 10)), ("bytes=-8", (size - 8, size))):
        part = asked.get(f"{VERSION}/data.parquet", headers={"Range": asked_for})
        assert (part.status_code, part.content) == (206, whole.content[slice(*got)])
        assert part.headers["content-range"] == f"bytes {got[0]}-{got[1] - 1}/{size}"
        assert part.headers["etag"] == whole.headers["etag"]
    assert asked.get(f"{VERSION}/data.parquet", headers={"Range": f"bytes={size}-"}).status_code == 416


def test_each_coding_is_kept_under_its_tag(asked: httpx.Client) -> None:
    tags = {_kept(asked, f"{VERSION}/data.csv").headers["etag"]}
    for coding in ("gzip", "br", "zstd"):
        with asked.stream("GET", f"{VERSION}/data.csv", headers={"Accept-Encoding": coding}) as sent:
            assert sent.headers["content-encoding"] == coding
            assert len(b"".join(sent.iter_raw())) == int(sent.headers["content-length"])
        tags.add(sent.headers["etag"])
    assert len(tags) == 4


def test_the_newest_is_asked_again_each_time(asked: httpx.Client) -> None:
    path = f"/dataset/{SERIES}/data.parquet"
    first = asked.get(path)
    assert asked.get(path).headers.get("x-cache") != "HIT"
    assert asked.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    part = asked.get(path, headers={"Range": "bytes=0-3,-4"})
    assert (part.status_code, part.content.count(b"PAR1")) == (206, 2)


def test_a_stale_copy_is_asked_again_by_its_tag_and_kept_on(asked: httpx.Client) -> None:
    before = _kept(asked, f"{VERSION}/data.ndjson")
    time.sleep(DELAY_S / 2 + 1)
    after = asked.get(f"{VERSION}/data.ndjson")
    assert (after.status_code, after.content) == (200, before.content)
    assert _kept(asked, f"{VERSION}/data.ndjson").headers["etag"] == before.headers["etag"]


def test_a_withdrawal_holds_within_the_delay(home: Home, origin: str, tmp_path: Path) -> None:
    names = [name for name in PROXIES if shutil.which("nginx" if name == "nginx" else "varnishd")]
    if not names:
        pytest.skip("neither nginx nor varnish is installed")
    folders = {name: tmp_path / name for name in names}
    for folder in folders.values():
        folder.mkdir()
    with _running(names[0], folders[names[0]], origin) as one, _running(names[-1], folders[names[-1]], origin) as other:
        for at in {one, other}:
            with httpx.Client(base_url=at) as asked:
                _kept(asked, f"{VERSION}/data.csv")
        withdraw(home.catalog, SERIES, 1, reason="Une erreur de saisie.", now=home.clock.now())
        time.sleep(DELAY_S)
        for at in {one, other}:
            gone = httpx.get(f"{at}{VERSION}/data.csv")
            assert (gone.status_code, gone.json()["code"]) == (410, "api.withdrawn")
            assert "Une erreur de saisie." in gone.text
            assert httpx.get(f"{at}{VERSION}/data.csv", headers={"Range": "bytes=0-9"}).status_code == 410

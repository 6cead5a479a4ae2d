"""A file over HTTP: taken when it changed and is whole; every lie is refused and the former rows stay."""

import gzip
import json
import socket
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from eclor.errors import DeclarationRefused, EclorError, PayloadRefused, SourceUnavailable
from harvesters.harvest import harvest
from harvesters.raw_store import RawStore
from harvesters.receiving import Keeping
from harvesters.source import Source
from tests.harvesting import HASTY, NOON, all_of, column, flow, harvested, reach, store_at
from tests.unit.harvesters.transport.conftest import Script, Scripted, answer

CSV = b"badge,poids\nA1,1\nB2,2\n"
OTHER = b"badge,poids\nA1,1\nB2,2\nC3,3\n"


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return store_at(tmp_path)


def _source(tmp_path: Path, server: Scripted, **more: str) -> Source:
    more.setdefault("address", f"{server.url}/data/points.csv")
    return flow(tmp_path, column("badge"), column("poids", "entier"), access="http", **more)


def _rows(source: Source, store: RawStore, **more: str) -> int:
    return harvested(source, store, keeping=Keeping.REPLACE, **more).rows  # type: ignore[arg-type]


def _refused(source: Source, store: RawStore, kind: type[EclorError] = SourceUnavailable) -> EclorError:
    with pytest.raises(kind) as refused:
        _rows(source, store)
    assert refused.value.french()
    assert refused.value.english()
    return refused.value


def test_a_file_is_fetched_and_says_who_asks(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(answer(CSV))
    assert _rows(_source(tmp_path, server), store) == 2
    assert "user-agent: eclor/" in server.heads[0].lower()
    assert "https://town.example/contact" in server.heads[0]


def test_an_unchanged_file_writes_nothing(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    source = _source(tmp_path, server)
    server.says(
        answer(CSV, ETag='"one"', Last_Modified="Tue, 24 Nov 2026 10:00:00 GMT"), answer(status="304 Not Modified")
    )
    _rows(source, store)
    before = sorted((tmp_path / "raw").rglob("*.enc"))
    assert _rows(source, store) == 2
    assert 'if-none-match: "one"' in server.heads[1].lower()
    assert "if-modified-since: tue, 24 nov 2026" in server.heads[1].lower()
    assert sorted((tmp_path / "raw").rglob("*.enc")) == before


def test_an_answer_that_is_older_than_what_is_held_is_refused(
    tmp_path: Path, server: Scripted, store: RawStore
) -> None:
    source = _source(tmp_path, server)
    server.says(answer(OTHER, Date="Tue, 24 Nov 2026 11:00:00 GMT"), answer(CSV, Date="Tue, 24 Nov 2026 10:59:59 GMT"))
    assert _rows(source, store) == 3
    assert _refused(source, store).code == "source.older"
    assert store.held(source.dataset, source.name).rows == 3
    server.says(answer(CSV, Date="Tue, 24 Nov 2026 11:00:01 GMT"))
    assert _rows(source, store) == 2, "rows that went away went away"


@pytest.mark.parametrize("held", ["Wed, 24 Nov 2027 11:00:00 GMT", "yesterday", "Tue, 24 Nov 2026 11:00:00"])
def test_a_server_whose_clock_is_wrong_is_not_held_to_it(
    tmp_path: Path, server: Scripted, store: RawStore, held: str
) -> None:
    source = _source(tmp_path, server)
    server.says(answer(OTHER, Date=held), answer(CSV, Date="Tue, 24 Nov 2026 10:59:59 GMT"))
    assert [_rows(source, store), _rows(source, store)] == [3, 2]


def test_the_same_bytes_without_an_etag_write_nothing(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    source = _source(tmp_path, server)
    server.says(answer(CSV))
    _rows(source, store)
    before = sorted((tmp_path / "raw").rglob("*"))
    assert _rows(source, store) == 2
    assert sorted((tmp_path / "raw").rglob("*")) == before


def test_a_new_etag_of_the_same_bytes_is_the_one_that_is_shown(
    tmp_path: Path, server: Scripted, store: RawStore
) -> None:
    source = _source(tmp_path, server)
    server.says(answer(CSV, ETag='"one"'), answer(CSV, ETag='"two"'), answer(status="304 Not Modified"))
    before = [_rows(source, store), sorted((tmp_path / "raw").rglob("*"))]
    assert [_rows(source, store), sorted((tmp_path / "raw").rglob("*"))] == before
    assert _rows(source, store) == 2
    assert 'if-none-match: "two"' in server.heads[2].lower()


def test_an_etag_is_repeated_whatever_its_letters(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    source = _source(tmp_path, server)
    server.says(answer(CSV, ETag='"été"'), answer(status="304 Not Modified"))
    assert [_rows(source, store), _rows(source, store)] == [2, 2]
    assert 'if-none-match: "été"' in server.heads[1].lower()


def test_other_terms_read_the_same_bytes_anew(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(answer(b"badge,poids\nA1,1\n", ETag='"one"'))
    _rows(_source(tmp_path, server), store)
    source = flow(
        tmp_path, column("badge"), column("poids", "texte"), access="http", address=f"{server.url}/data/points.csv"
    )
    raw = harvested(source, store, keeping=Keeping.REPLACE)
    assert "if-none-match" not in server.heads[1].lower()
    assert [item.type for item in raw.columns] == ["code", "texte"]


def test_a_new_file_replaces_the_former(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    source = _source(tmp_path, server)
    server.says(answer(CSV, ETag='"one"'), answer(OTHER, ETag='"two"'))
    assert [_rows(source, store), _rows(source, store)] == [2, 3]


def _half(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 22\r\n\r\n" + CSV[:15])


def _half_a_chunk(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n16\r\n" + CSV[:15])


def _hang_up(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"")


def _half_a_gzip(connection: socket.socket, _: bytes) -> None:
    body = gzip.compress(CSV * 50)[:-12]
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    connection.sendall(head.encode() + body)


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (_half, "source.truncated"),
        (_half_a_chunk, "source.truncated"),
        (_hang_up, "source.truncated"),
        (answer(CSV, length=4000), "source.truncated"),
        (answer(status="404 Not Found"), "source.not-found"),
        (answer(status="410 Gone"), "source.not-found"),
        (answer(status="403 Forbidden"), "source.not-allowed"),
        (answer(status="418 Teapot"), "source.status"),
        (answer(status="503 Unavailable"), "source.status"),
        (answer(status="503 Unavailable", Retry_After="3600"), "source.asked-to-wait"),
        (answer(status="429 Slow", Retry_After=format_datetime(NOON + timedelta(hours=1))), "source.asked-to-wait"),
        (answer(status="429 Slow", Retry_After="9" * 400), "source.asked-to-wait"),
        (answer(status="429 Slow", Retry_After="²"), "source.status"),
        (answer(status="429 Slow", Retry_After="Tue, 24 Nov 99999999999999999999 12:00:00 GMT"), "source.status"),
        (answer(b"<html>login</html>", kind="text/html; charset=utf-8"), "source.html"),
        (answer(status="302 Found", Location="http://elsewhere.example/x"), "source.redirected"),
        (answer(status="302 Found", Location="file:///etc/passwd"), "source.redirected"),
        (answer(status="302 Found", Location="/data/points.csv"), "source.redirects"),
    ],
)
def test_what_is_no_whole_answer_is_refused_and_the_former_stays(
    tmp_path: Path, server: Scripted, store: RawStore, script: Script, code: str
) -> None:
    source = _source(tmp_path, server)
    server.says(answer(CSV))
    _rows(source, store)
    server.says(script)
    assert _refused(source, store).code == code
    assert store.held(source.dataset, source.name).rows == 2
    assert not list((tmp_path / "raw").rglob(".staging-*"))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<!DOCTYPE html><html><body>Maintenance</body></html>\n", "payload.html"),
        ("badge,poids\nÉcole,1\n".encode("cp1252"), "payload.not-utf8"),
        (b"badge,poids\nA1,1\nB2", "payload.cut-short"),
        (b"badge,poids\nA1,1\nB2,2", "intake.maybe-cut"),
        (b"", "payload.empty"),
        (b"badge,weight\nA1,1\n", "intake.missing-column-near"),
        (b"badge,poids_net\nA1,1\n", "intake.missing-column-near"),
        (b"badge,poids,telephone\nA1,1,MARKER\n", "intake.undeclared-column"),
    ],
)
def test_a_body_that_is_not_what_was_agreed_is_refused(
    tmp_path: Path, server: Scripted, store: RawStore, body: bytes, code: str
) -> None:
    source = _source(tmp_path, server)
    server.says(answer(CSV), answer(body))
    _rows(source, store)
    assert _refused(source, store, PayloadRefused).code == code
    assert store.held(source.dataset, source.name).rows == 2


@pytest.mark.parametrize("headers", [{}, {"Content_Encoding": "gzip"}])
def test_a_gzip_is_unpacked_whether_it_says_so_or_not(
    tmp_path: Path, server: Scripted, store: RawStore, headers: dict[str, str]
) -> None:
    server.says(answer(gzip.compress(CSV), **headers))
    assert _rows(_source(tmp_path, server), store) == 2


def test_a_gzip_cut_short_is_refused(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(_half_a_gzip)
    assert _refused(_source(tmp_path, server), store, EclorError).code in {"source.truncated", "payload.cut-short"}


def test_cp1252_is_read_when_it_is_declared(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(answer("badge,poids\nÉcole,1\n".encode("cp1252")))
    source = _source(tmp_path, server, options="{encodage: cp1252}")
    assert _rows(source, store) == 1


def test_a_source_that_is_down_is_asked_again_then_said_to_be_down(tmp_path: Path, store: RawStore) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    source = flow(
        tmp_path, column("badge"), column("poids", "entier"), access="http", address=f"http://127.0.0.1:{port}/x.csv"
    )
    refusal = _refused(source, store)
    assert refusal.code == "source.down"
    assert f"127.0.0.1:{port}" in refusal.french()


def test_a_source_that_does_not_answer_in_time_is_slow(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(lambda _connection, _head: server.released.wait(10) and None)
    assert _refused(_source(tmp_path, server), store).code == "source.slow"
    assert len(server.heads) == HASTY.attempts


def test_a_source_that_stops_in_the_middle_is_slow(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    def stop(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n" + CSV[:15])
        server.released.wait(10)

    server.says(stop)
    assert _refused(_source(tmp_path, server), store).code == "source.slow"


def test_a_source_that_drips_is_refused(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    def drip(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\nbadge,poids\n")
        while not server.released.wait(0.01):
            connection.sendall(b"A1,1\n")

    server.says(drip)
    source = _source(tmp_path, server)
    hasty = reach(store, patience=HASTY.__class__(whole_s=0.3))
    with pytest.raises(SourceUnavailable) as refused:
        harvest(source, all_of(source), keeping=Keeping.REPLACE, store=store, reach=hasty)
    assert refused.value.code == "source.too-slow"


def test_a_source_that_sends_too_much_is_refused(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(answer(b"badge,poids\n" + b"A1,1\n" * 1000))
    source = _source(tmp_path, server)
    small = reach(store, patience=HASTY.__class__(most_bytes=1000))
    with pytest.raises(SourceUnavailable) as refused:
        harvest(source, all_of(source), keeping=Keeping.REPLACE, store=store, reach=small)
    assert refused.value.code == "source.too-big"


def test_a_moment_of_trouble_is_waited_out(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(answer(status="503 Unavailable", Retry_After="0"), answer(CSV))
    assert _rows(_source(tmp_path, server), store) == 2


def test_a_redirect_on_the_same_host_is_followed(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(answer(status="307 Moved", Location="/elsewhere.csv"), answer(CSV))
    assert _rows(_source(tmp_path, server), store) == 2
    assert server.heads[1].startswith("GET /elsewhere.csv")


def test_a_redirect_to_a_declared_host_is_followed_without_the_secret(
    tmp_path: Path, server: Scripted, store: RawStore
) -> None:
    port = server.url.rpartition(":")[2]
    server.says(answer(status="302 Found", Location=f"http://localhost:{port}/x.csv"), answer(CSV))
    source = _source(tmp_path, server, options="{hotes: localhost}", more="    secret: portal")
    assert _rows(source, store, secrets={"ECLOR_SECRET_PORTAL": "us:MARKER"}) == 2  # type: ignore[arg-type]
    assert "authorization: basic" in server.heads[0].lower()
    assert "authorization" not in server.heads[1].lower()


@pytest.mark.parametrize(
    ("option", "header"),
    [("porteur", "authorization: bearer us:marker"), ("X-Api-Key", "x-api-key: us:marker")],
)
def test_a_secret_is_shown_as_declared(
    tmp_path: Path, server: Scripted, store: RawStore, option: str, header: str
) -> None:
    server.says(answer(CSV))
    source = _source(tmp_path, server, options=f"{{authentification: {option}}}", more="    secret: portal")
    _rows(source, store, secrets={"ECLOR_SECRET_PORTAL": "us:MARKER"})  # type: ignore[arg-type]
    assert header in server.heads[0].lower()
    assert all(b"MARKER" not in path.read_bytes() for path in (tmp_path / "raw").rglob("*") if path.is_file())


def test_a_secret_that_is_nowhere_is_named(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(answer(CSV))
    refusal = _refused(_source(tmp_path, server, more="    secret: portail-voirie"), store)
    assert refusal.code == "source.no-credential"
    assert "ECLOR_SECRET_PORTAIL_VOIRIE" in refusal.french()
    assert not server.heads


def _package(*resources: dict[str, object]) -> Script:
    return answer(json.dumps({"resources": list(resources)}).encode(), kind="application/json")


def test_a_data_package_gives_its_table(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    source = _source(tmp_path, server, address=f"{server.url}/dechets/datapackage.json")
    package = _package({"name": "points", "path": "points.csv", "bytes": len(CSV)})
    server.says(package, answer(CSV, ETag='"one"'), package, answer(status="304 Not Modified"))
    assert _rows(source, store) == 2
    assert server.heads[1].startswith("GET /dechets/points.csv")
    assert _rows(source, store) == 2
    assert 'if-none-match: "one"' in server.heads[3].lower()


@pytest.mark.parametrize(
    ("resources", "code"),
    [
        ([], "source.datapackage-resource"),
        ([{"name": "a", "path": "a.csv"}, {"name": "b", "path": "b.csv"}], "source.datapackage-resource"),
        ([{"name": "a", "path": ["a.csv", "b.csv"]}], "source.datapackage-resource"),
        ([{"name": "a", "path": "http://elsewhere.example/a.csv"}], "source.redirected"),
        ([{"name": "a", "path": "a.csv", "bytes": 5}], "source.not-as-described"),
        ([{"name": "a", "path": "a.csv", "hash": "sha256:" + "0" * 64}], "source.not-as-described"),
    ],
)
def test_a_data_package_that_does_not_hold_is_refused(
    tmp_path: Path, server: Scripted, store: RawStore, resources: list[dict[str, object]], code: str
) -> None:
    source = _source(tmp_path, server, address=f"{server.url}/datapackage.json")
    server.says(_package(*resources), answer(CSV))
    assert _refused(source, store, EclorError).code == code


def test_increments_over_http_need_a_key(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(answer(CSV), answer(OTHER))
    with pytest.raises(DeclarationRefused) as refused:
        harvested(_source(tmp_path, server), store, keeping=Keeping.APPEND)
    assert refused.value.code == "intake.append-needs-key"
    source = _source(tmp_path, server, options="{cle: badge}")
    assert harvested(source, store).rows == 2
    raw = harvested(source, store)
    assert (raw.rows, raw.counts.repeated) == (3, 2), "the second answer repeats two rows"

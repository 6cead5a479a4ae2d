"""A source cannot make us visit machines of our own network, keep its cookies, or hurry us."""

import ipaddress
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from eclor.errors import EclorError
from harvesters.harvest import harvest
from harvesters.manners import HostBusy, Manners
from harvesters.raw_store import RawStore
from harvesters.receiving import Keeping
from harvesters.source import Source
from harvesters.transport.addresses import is_public
from tests.harvesting import HASTY, all_of, column, flow, harvested, reach, store_at
from tests.unit.harvesters.transport.conftest import Scripted, answer

CSV = b"badge,poids\nA1,1\nB2,2\n"


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return store_at(tmp_path)


def _source(tmp_path: Path, address: str, options: str = "{}") -> Source:
    return flow(tmp_path, column("badge"), column("poids", "entier"), access="http", address=address, options=options)


def _refused(source: Source, store: RawStore) -> EclorError:
    with pytest.raises(EclorError) as refused:
        harvested(source, store, keeping=Keeping.REPLACE)
    assert refused.value.french()
    return refused.value


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Names and the addresses that they have; every other name has none."""
    known: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def answered(host: str, port: int, *args: int, **more: int) -> list[object]:
        if host in known:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in known[host]]
        return list(real(host, port, *args, **more))

    monkeypatch.setattr(socket, "getaddrinfo", answered)
    return known


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.5/x", "http://169.254.169.254/latest/meta-data", "http://[::1]/x", "http://192.168.1.1:8080/",
     "http://2130706433/x", "file:///etc/passwd", "ftp://127.0.0.1/x", "http://user:password@127.0.0.1/x",
     "http://127.0.0.1:22/x", "gopher://x", "//elsewhere.example/x"],
)  # fmt: skip
def test_a_redirect_leads_nowhere_that_was_not_named(
    tmp_path: Path, server: Scripted, store: RawStore, target: str
) -> None:
    server.says(answer(status="302 Found", Location=target))
    assert _refused(_source(tmp_path, f"{server.url}/x.csv"), store).code == "source.redirected"
    assert len(server.heads) == 1


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["10.1.2.3"], ["93.184.216.34", "127.0.0.1"], ["100.64.0.1"]])
def test_a_name_that_stands_for_a_private_address_is_not_visited(
    tmp_path: Path, server: Scripted, store: RawStore, names: dict[str, list[str]], addresses: list[str]
) -> None:
    names["data.example"] = addresses
    server.says(answer(CSV))
    port = server.url.rpartition(":")[2]
    refusal = _refused(_source(tmp_path, f"http://data.example:{port}/x.csv"), store)
    assert refusal.code == "source.private-address"
    assert not server.heads


def test_a_named_host_of_a_redirect_is_judged_too(
    tmp_path: Path, server: Scripted, store: RawStore, names: dict[str, list[str]]
) -> None:
    names["cdn.example"] = ["127.0.0.1"]
    port = server.url.rpartition(":")[2]
    server.says(answer(status="302 Found", Location=f"http://cdn.example:{port}/x.csv"), answer(CSV))
    source = _source(tmp_path, f"{server.url}/x.csv", "{hotes: cdn.example}")
    assert _refused(source, store).code == "source.private-address"


def test_the_operators_own_network_is_visited_when_it_says_so(
    tmp_path: Path, server: Scripted, store: RawStore, names: dict[str, list[str]]
) -> None:
    names["orion.town.example"] = ["127.0.0.1"]
    server.says(answer(CSV))
    port = server.url.rpartition(":")[2]
    source = _source(tmp_path, f"http://orion.town.example:{port}/x.csv", "{reseau: interne}")
    assert harvested(source, store, keeping=Keeping.REPLACE).rows == 2


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("2606:4700::1", True), ("::ffff:127.0.0.1", False), ("2002:7f00:1::", False),
     ("fe80::1%eth0", False), ("fd00::1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("172.16.0.1", False),
     ("64:ff9b::8.8.8.8", True), ("64:ff9b::10.0.0.5", False), ("64:ff9b:1::1", False), ("::127.0.0.1", False),
     ("fec0::1", False), ("::1", False), ("::", False)],
)  # fmt: skip
def test_what_a_public_address_is(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_cookies_are_not_kept(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(answer(status="302 Found", Location="/y.csv", Set_Cookie="who=MARKER; Path=/"), answer(CSV))
    harvested(_source(tmp_path, f"{server.url}/x.csv"), store, keeping=Keeping.REPLACE)
    assert len(server.heads) == 2
    assert "cookie" not in server.heads[1].lower()


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_another_machine_is_asked_through_the_proxy_and_this_one_is_not(
    tmp_path: Path, server: Scripted, store: RawStore, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    server.says(answer(CSV))
    monkeypatch.setenv(variable, server.url)
    harvested(_source(tmp_path, "http://data.example/x.csv"), store, keeping=Keeping.REPLACE)
    assert server.heads[0].startswith("GET http://data.example/x.csv")
    harvested(_source(tmp_path, f"{server.url}/x.csv"), store, keeping=Keeping.REPLACE)
    assert server.heads[1].startswith("GET /x.csv")


@pytest.fixture
def secure_port(tmp_path: Path) -> Iterator[int]:
    """The port of a server whose certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2050, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = tmp_path / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True) as listening:
        thread = Thread(target=Scripted(listening, [answer(CSV)]).serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def test_a_certificate_that_nobody_vouches_for_is_a_refusal_said_so(
    tmp_path: Path, store: RawStore, secure_port: int
) -> None:
    assert _refused(_source(tmp_path, f"https://127.0.0.1:{secure_port}/x.csv"), store).code == "source.tls"


def test_a_host_that_asked_to_wait_is_left_alone_by_the_other_flows_too(
    tmp_path: Path, server: Scripted, store: RawStore
) -> None:
    server.says(answer(status="429 Slow", Retry_After="3600"), answer(CSV))
    ours = reach(store)
    for path in ("/api/x.csv", "/api/y.csv"):
        source = _source(tmp_path, f"{server.url}{path}")
        with pytest.raises(EclorError, match="asks to wait 3600 seconds"):
            harvest(source, all_of(source), keeping=Keeping.REPLACE, store=store, reach=ours)
        assert len(server.heads) == 1
    other = _source(tmp_path, f"{server.url}/other/z.csv")  # on this machine, another system
    assert harvest(other, all_of(other), keeping=Keeping.REPLACE, store=store, reach=ours).rows == 2


def test_visits_to_a_host_take_turns_and_pause() -> None:
    now, waited = [100.0], list[float]()
    manners = Manners(now=lambda: now[0], wait=waited.append)
    with manners.visit("h", pause_s=2, patience_s=0.01):
        now[0] += 5
        with pytest.raises(HostBusy), manners.visit("h", pause_s=2, patience_s=0.01):
            pass
        with manners.visit("other", pause_s=2, patience_s=0.01):
            pass
    now[0] += 0.5
    with manners.visit("h", pause_s=2, patience_s=0.01):
        pass
    assert waited == [1.5]
    manners.ask_to_wait("h", 10)
    manners.ask_to_wait("h", 1)
    assert manners.left_to_wait("h") == 10
    now[0] += 11
    assert manners.left_to_wait("h") == 0


def test_a_refusal_gives_the_host_back_at_once(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(answer(b"badge\nA1\n"), answer(CSV))
    source, ours = _source(tmp_path, f"{server.url}/x.csv"), reach(store, patience=HASTY.__class__(whole_s=1))
    with pytest.raises(EclorError) as kept:  # who looks at the refusal keeps its frames
        harvest(source, all_of(source), keeping=Keeping.REPLACE, store=store, reach=ours)
    assert harvest(source, all_of(source), keeping=Keeping.REPLACE, store=store, reach=ours).rows == 2
    assert kept.value.code == "intake.missing-column"

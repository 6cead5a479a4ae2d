"""What stands before every address: preflights, weights, and clients who ask too often, each alone."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.guard import MOST_ADDRESS_BYTES, MOST_BODY_BYTES, MOST_HEADER_BYTES
from api.rates import Rates, client_of
from eclor.settings import Settings
from tests.serving import SERIES
from tests.unit.api.conftest import ORIGIN
from tests.unit.catalog.publish.released import Home

FILE = f"/dataset/{SERIES}/data.csv"
OPEN = (FILE, f"/dataset/{SERIES}", f"/api/v1/datasets/{SERIES}/records", "/api/3/action/package_list", "/openapi.json")


def from_afar(home: Home, rate: int, address: str = "203.0.113.9") -> TestClient:
    settings = Settings(home=home.folder, public_url=ORIGIN, rate=rate)
    return TestClient(create_app(settings), base_url=ORIGIN, client=(address, 50_000), raise_server_exceptions=False)


@pytest.fixture
def afar(home: Home) -> Iterator[TestClient]:
    with from_afar(home, 3) as asked:
        yield asked


@pytest.mark.parametrize("path", OPEN)
def test_a_preflight_says_what_a_page_may_ask(client: TestClient, path: str) -> None:
    asked = {"Origin": "https://x.example", "Access-Control-Request-Method": "GET"}
    sent = client.options(path, headers=asked | {"Access-Control-Request-Headers": "range, if-none-match"})
    assert (sent.status_code, sent.content) == (204, b"")
    assert sent.headers["access-control-allow-origin"] == "*"
    assert {"GET", "HEAD", "OPTIONS"} <= set(sent.headers["allow"].split(", "))
    assert sent.headers["access-control-allow-methods"] == sent.headers["allow"]
    assert {"range", "if-none-match"} <= set(sent.headers["access-control-allow-headers"].lower().split(", "))


def test_there_is_no_preflight_where_nothing_is(client: TestClient) -> None:
    assert client.options("/no/such/thing").status_code == 404


def test_who_asks_too_often_waits(afar: TestClient) -> None:
    left = [afar.get(FILE).headers["ratelimit"] for _ in range(3)]
    assert left == ['"requests";r=2;t=0', '"requests";r=1;t=0', '"requests";r=0;t=0']
    refused = afar.get(FILE)
    assert (refused.status_code, refused.json()["code"]) == (429, "api.too-many")
    assert refused.headers["content-type"] == "application/problem+json"
    assert int(refused.headers["retry-after"]) == 20
    assert refused.headers["ratelimit-policy"] == '"requests";q=3;w=60'


def test_what_shared_caches_keep_names_no_clients_limit(afar: TestClient) -> None:
    assert "ratelimit" not in afar.get(f"/dataset/{SERIES}/versions/1/data.csv").headers


def test_this_machine_is_not_counted_nor_anyone_at_rate_zero(home: Home) -> None:
    with from_afar(home, 1, "127.0.0.1") as near, from_afar(home, 0) as free:
        for asked in (near, free):
            answers = [asked.get(FILE) for _ in range(3)]
            assert [answer.status_code for answer in answers] == [200] * 3
            assert "ratelimit" not in answers[0].headers


def test_a_bucket_empties_alone_and_fills_again_with_time() -> None:
    now = [0.0]
    rates = Rates(60, lambda: now[0])
    assert [rates.take("a").wait_s for _ in range(61)] == [0] * 60 + [1]
    assert rates.take("b").wait_s == 0
    now[0] = 1.0
    assert [rates.take("a").wait_s for _ in range(2)] == [0, 1]
    now[0] = 3_600.0
    assert rates.take("a").left == 59


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("127.0.0.1", None),
        ("::1", None),
        ("", None),
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("a-socket", None),
    ],
)
def test_whom_an_address_counts_for(address: str, client: str | None) -> None:
    assert client_of(address) == client


def test_an_ipv6_household_is_one_client() -> None:
    assert client_of("2001:db8:1:2::5") == client_of("2001:db8:1:2:ffff::9") != client_of("2001:db8:1:3::5")


@pytest.mark.parametrize(
    ("code", "status", "asked"),
    [
        ("api.address-too-long", 414, {"url": f"{FILE}?{'x' * MOST_ADDRESS_BYTES}"}),
        ("api.headers-too-large", 431, {"url": FILE, "headers": {"X-Long": "x" * MOST_HEADER_BYTES}}),
    ],
)
def test_what_is_too_long_is_refused(
    client: TestClient, code: str, status: int, asked: dict[str, str | dict[str, str]]
) -> None:
    answer = client.get(**asked)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_body_is_refused_by_what_it_says_and_by_what_it_is(client: TestClient) -> None:
    path = "/api/3/action/package_list"
    said = client.post(path, content=b"x" * (MOST_BODY_BYTES + 1))
    assert (said.status_code, said.json()["code"]) == (413, "api.body-too-large")
    dripped = client.post(path, content=(b" " * 100_000 for _ in range(20)))
    assert dripped.status_code == 413

"""The simulated broker's subscriptions, asked by a plain HTTP client as the two specifications say."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from harvesters.simulators.clock import written_utc
from tests.e2e.simulators.subscriber import subscriber
from tests.e2e.subscriptions.broker import NOON, TYPE, Broker, running

LATER = NOON + timedelta(minutes=5)
LINKED_DATA, VERSION_TWO = "/ngsi-ld/v1/subscriptions", "/v2/subscriptions"


@pytest.fixture(scope="module")
def broker() -> Iterator[Broker]:
    with running() as one:
        yield one


@pytest.fixture
def client(broker: Broker) -> Iterator[httpx.Client]:
    broker.entities.clear()
    broker.fill("C1", 0.1)
    with httpx.Client(base_url=broker.url, timeout=20, trust_env=False) as opened:
        yield opened


def test_ngsi_ld_made_told_listed_changed_ended(broker: Broker, client: httpx.Client) -> None:
    """ETSI GS CIM 009: 5.2.12, 5.2.14, 5.3.1; 6.10.3.1 (201, Location), 6.10.3.2, 6.11.3 (GET, PATCH, DELETE)."""
    with subscriber() as (uri, told):
        endpoint = {"uri": uri, "accept": "application/json", "receiverInfo": [{"key": "X-Key", "value": "abc"}]}
        notification = {"attributes": ["fillingLevel"], "format": "normalized", "endpoint": endpoint}
        asked = {
            "type": "Subscription",
            "description": "mine",
            "entities": [{"type": TYPE}],
            "watchedAttributes": ["fillingLevel"],
            "notification": notification,
            "expiresAt": written_utc(NOON + timedelta(days=1)),
        }
        made = client.post(LINKED_DATA, json=asked, headers={"Content-Type": "application/json"})
        assert made.status_code == 201
        headers, first = told.get(timeout=20)
        assert (headers["X-Key"], first["type"]) == ("abc", "Notification")
        assert made.headers["location"] == f"{LINKED_DATA}/{first['subscriptionId']}"
        assert [set(one) for one in first["data"]] == [{"id", "type", "fillingLevel"}]
        (listed,) = client.get(LINKED_DATA, params={"limit": 10, "offset": 0}).json()
        one = client.get(made.headers["location"]).json()
        assert one["id"] == listed["id"]
        assert (one["id"], one["status"], one["notification"]["timesSent"]) == (first["subscriptionId"], "active", 1)
        broker.fill("C2", 0.4)
        assert broker.tell()
        assert [each["id"] for each in told.get(timeout=20)[1]["data"]] == [f"urn:ngsi-ld:{TYPE}:C2"]
        assert client.patch(made.headers["location"], json={"isActive": False}).status_code == 204
        assert client.get(made.headers["location"]).json()["status"] == "paused"
        broker.fill("C2", 0.5, at=LATER)
        assert broker.tell()
        assert client.delete(made.headers["location"]).status_code == 204
        for method in ("GET", "PATCH", "DELETE"):
            gone = client.request(method, made.headers["location"], json={})
            assert (gone.status_code, gone.json()["type"].rpartition("/")[2]) == (404, "ResourceNotFound")
        assert told.empty()
    assert client.get(LINKED_DATA).json() == []


def test_ngsi_v2_made_told_listed_changed_ended(broker: Broker, client: httpx.Client) -> None:
    """FIWARE-NGSI v2, "Subscriptions" and "Notification Messages", as Orion answers."""
    with subscriber() as (url, told):
        asked = {
            "description": "mine",
            "subject": {"entities": [{"idPattern": ".*", "type": TYPE}], "condition": {"attrs": ["fillingLevel"]}},
            "notification": {"httpCustom": {"url": url, "headers": {"X-Key": "abc"}}, "attrs": ["fillingLevel"]},
            "expires": written_utc(NOON + timedelta(days=1)),
        }
        made = client.post(VERSION_TWO, json=asked)
        assert made.status_code == 201
        headers, first = told.get(timeout=20)
        assert (headers["X-Key"], set(first)) == ("abc", {"subscriptionId", "data"})
        assert made.headers["location"] == f"{VERSION_TWO}/{first['subscriptionId']}"
        level = first["data"][0]["fillingLevel"]
        assert (level["type"], level["value"]) == ("Number", 0.1)
        assert level["metadata"]["unitCode"] == {"type": "Text", "value": "C62"}
        one = client.get(made.headers["location"]).json()
        assert [listed["id"] for listed in client.get(VERSION_TWO).json()] == [one["id"]]
        assert (one["status"], one["notification"]["timesSent"]) == ("active", 1)
        broker.entities["C1"]["license_plate"] = {"type": "Property", "value": "ZZ-999-ZZ"}
        assert broker.tell()
        assert told.empty(), "what is not watched is not told"
        assert client.patch(made.headers["location"], json={"expires": "2026-11-24T11:00:00.000Z"}).status_code == 204
        assert client.get(made.headers["location"]).json()["status"] == "expired"
        broker.fill("C1", 0.9, at=LATER)
        assert broker.tell()
        assert client.delete(made.headers["location"]).status_code == 204
        gone = client.delete(made.headers["location"])
        assert (gone.status_code, gone.json()["error"]) == (404, "NotFound")
        assert told.empty()


def test_ngsi_v2_entities_come_by_pages_with_their_count(broker: Broker, client: httpx.Client) -> None:
    for number in range(2, 5):
        broker.fill(f"C{number}", 0.2)
    asked = {"type": TYPE, "options": "count", "limit": 3, "offset": 3, "attrs": "fillingLevel"}
    page = client.get("/v2/entities", params=asked)
    assert (page.headers["fiware-total-count"], len(page.json())) == ("4", 1)
    assert page.json()[0]["fillingLevel"]["metadata"]["observedAt"]["type"] == "DateTime"
    assert client.get("/v2/entities", params={"limit": "many"}).json()["error"] == "BadRequest"


@pytest.mark.parametrize("path", [LINKED_DATA, VERSION_TWO])
def test_what_is_no_subscription_is_refused(client: httpx.Client, path: str) -> None:
    for content in (b"{", b"[]", b'{"type": "Subscription"}', b'{"subject": {"entities": []}, "notification": {}}'):
        assert client.post(path, content=content).status_code == 400

from datetime import UTC, datetime

import httpx
import pytest
from starlette.applications import Starlette

from harvesters.simulators.context_broker import ContextBroker
from harvesters.simulators.context_entities import Entity, entity
from harvesters.simulators.parameters import Parameters
from harvesters.simulators.queues import queues
from harvesters.simulators.subscribing_ld import LinkedData
from harvesters.simulators.subscriptions import Subscriptions

NOON = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
ENTITIES = "/ngsi-ld/v1/entities"
SUBSCRIPTIONS = "/ngsi-ld/v1/subscriptions"


@pytest.fixture
def subscriptions(parameters: Parameters) -> Subscriptions:
    def seen() -> list[Entity]:
        found = queues(parameters.waste, parameters.town, 7, instant=NOON)
        return [entity(queue, parameters.waste.queue) for queue in found]

    return Subscriptions(LinkedData(7), seen, lambda: NOON)


@pytest.fixture
def client(parameters: Parameters, subscriptions: Subscriptions) -> httpx.AsyncClient:
    broker = ContextBroker(parameters.waste, subscriptions.seen)
    app = Starlette(routes=[*broker.routes(), *subscriptions.routes()])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:9")


async def test_pages_add_up_to_the_count(client: httpx.AsyncClient) -> None:
    pages = [
        await client.get(
            ENTITIES, params={"type": "RecyclingCentreQueue", "limit": 2, "offset": offset, "count": "true"}
        )
        for offset in (0, 2, 4, 6)
    ]
    assert {page.headers["NGSILD-Results-Count"] for page in pages} == {"5"}
    assert [len(page.json()) for page in pages] == [2, 2, 1, 0]
    assert len({each["id"] for page in pages for each in page.json()}) == 5


async def test_only_the_attributes_asked_for_are_given(client: httpx.AsyncClient) -> None:
    for each in (
        await client.get(ENTITIES, params={"type": "RecyclingCentreQueue", "attrs": "siteCode,waitingMinutes"})
    ).json():
        assert set(each) == {"id", "type", "siteCode", "waitingMinutes"}
        assert each["waitingMinutes"]["unitCode"] == "MIN"
        assert each["waitingMinutes"]["observedAt"] == "2026-11-24T12:30:00Z"


async def test_the_context_is_in_a_link_or_in_the_entity(client: httpx.AsyncClient) -> None:
    plain = await client.get(ENTITIES, params={"type": "RecyclingCentreQueue"})
    assert 'rel="http://www.w3.org/ns/json-ld#context"' in plain.headers["link"]
    linked = await client.get(
        ENTITIES, params={"type": "RecyclingCentreQueue"}, headers={"Accept": "application/ld+json"}
    )
    assert all("@context" in each for each in linked.json())
    assert (await client.get("/ngsi-ld/context.jsonld")).json()["@context"]["waitingMinutes"]


async def test_simplified_entities_have_values_alone(client: httpx.AsyncClient) -> None:
    one = (await client.get(f"{ENTITIES}/urn:ngsi-ld:RecyclingCentreQueue:VIL", params={"options": "keyValues"})).json()
    assert one["siteCode"] == "VIL"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (ENTITIES, 400),
        (f"{ENTITIES}?type=RecyclingCentreQueue&limit=1001", 400),
        (f"{ENTITIES}?type=RecyclingCentreQueue&offset=-1", 400),
        (f"{ENTITIES}/urn:ngsi-ld:RecyclingCentreQueue:NOPE", 404),
    ],
)
async def test_errors_are_problems_of_the_standard(client: httpx.AsyncClient, path: str, status: int) -> None:
    answer = await client.get(path)
    assert answer.status_code == status
    assert answer.json()["type"].startswith("https://uri.etsi.org/ngsi-ld/errors/")


async def test_an_unknown_type_is_an_empty_page(client: httpx.AsyncClient) -> None:
    assert (await client.get(ENTITIES, params={"type": "Other"})).json() == []


def _asking(uri: str, *, until: str | None = None, header: str = "") -> dict[str, object]:
    notification = {
        "attributes": ["siteCode", "waitingMinutes"],
        "endpoint": {"uri": uri, "accept": "application/json", "receiverInfo": [{"key": "X-Auth", "value": header}]},
    }
    asked = {"type": "Subscription", "entities": [{"type": "RecyclingCentreQueue"}], "notification": notification}
    return asked | ({"expiresAt": until} if until else {})


@pytest.mark.parametrize(
    "asked",
    [
        _asking("http://198.51.100.7/told"),
        _asking("https://127.0.0.1/told"),
        _asking("http://[::1/told"),
        _asking("http://127.0.0.1:99999/told"),
        _asking("http://127.0.0.1:1/told", until="2026-11-24T12:30:00"),
        {"type": "Subscription"},
        [],
    ],
)
async def test_a_subscription_told_elsewhere_than_loopback_is_refused(client: httpx.AsyncClient, asked: object) -> None:
    assert (await client.post(SUBSCRIPTIONS, json=asked)).status_code == 400
    assert (await client.get(SUBSCRIPTIONS)).json() == []


async def test_a_subscriber_is_told_what_it_asked_for_and_no_more(
    client: httpx.AsyncClient, subscriptions: Subscriptions
) -> None:
    created = await client.post(SUBSCRIPTIONS, json=_asking("http://127.0.0.1:1/told"))
    assert created.status_code == 201
    (held,) = subscriptions.held.values()
    told = subscriptions.notification(held, subscriptions.seen())
    assert created.headers["location"] == f"{SUBSCRIPTIONS}/{told['subscriptionId']}"
    assert told["type"] == "Notification"
    assert all(set(each) == {"id", "type", "siteCode", "waitingMinutes"} for each in told["data"])
    assert (await client.delete(created.headers["location"])).status_code == 204
    assert (await client.delete(created.headers["location"])).status_code == 404


async def test_an_end_without_an_offset_is_in_utc(client: httpx.AsyncClient) -> None:
    created = await client.post(SUBSCRIPTIONS, json=_asking("http://127.0.0.1:1/told", until="2026-11-24T12:31:00"))
    assert created.status_code == 201
    assert (await client.get(created.headers["location"])).json()["status"] == "active"
    changed = await client.patch(created.headers["location"], json={"expiresAt": "2026-11-24T12:29:00"})
    assert changed.status_code == 204
    assert (await client.get(created.headers["location"])).json()["status"] == "expired"


@pytest.mark.parametrize("asked", [_asking("http://127.0.0.1:1/\0"), _asking("http://127.0.0.1:1/", header="é")])
async def test_what_cannot_be_sent_is_a_failure_of_its_subscription_and_of_no_other(
    client: httpx.AsyncClient, subscriptions: Subscriptions, asked: dict[str, object]
) -> None:
    assert (await client.post(SUBSCRIPTIONS, json=asked)).status_code == 201
    (held,) = subscriptions.held.values()
    held.seen = {}
    await subscriptions.notify_all()
    assert (held.sent, held.failed) == (2, 2)

"""What only a protocol of its own can bring: a broker's message, a notification, a picture, the name of a file."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue
from threading import Event, Thread

import pytest

from catalog.flow_orders import Order, OrderBook, flow_name, give
from eclor.house import House
from eclor.names import Slug
from harvesters.declaration import read_declaration
from harvesters.following import Following
from harvesters.listening import StreamState
from harvesters.notifications import opened
from harvesters.reach import Credentials
from harvesters.receiving import Keeping
from harvesters.subscription import Subscription
from harvesters.subscription_register import Register
from tests.e2e.harvest.mosquitto import LOGIN, TOPIC, Mosquitto, available, publisher
from tests.e2e.planted.leaks import Leak
from tests.e2e.planted.systems import LAMPS_A_DAY
from tests.e2e.planted.walks import TERRITORY, Place, Seen, Town
from tests.e2e.simulators.flows import allowed_in
from tests.e2e.subscriptions.broker import Broker
from tests.e2e.subscriptions.broker import running as broker_running
from tests.e2e.subscriptions.follower import TOKEN
from tests.pictures import DEGREES, GPS, exif_jpeg

LAMPS, BINS, VISITS = Slug("eclairage-telemetrie"), Slug("remplissage-conteneurs"), Slug("dechetteries-passages")
REPORTS = Slug("signalements-espace-public")
PHONE, PERSON, PLATE = Leak("phone", 1), Leak("person", 2), Leak("plate", 3)
CODED = base64.b64encode(exif_jpeg(GPS))


@dataclass(frozen=True)
class Picture(Leak):
    """A picture that says where it was taken, at an address."""

    address: str = ""

    @property
    def text(self) -> str:
        return self.address

    def traces(self) -> Iterator[bytes]:
        """Its degrees, as they stand in it; itself, as an address may hold it; a way to it."""
        yield from (DEGREES, CODED, b"photos/1.jpg")


def planted(*leaks: Leak) -> dict[Place, tuple[Leak, int]]:
    """What was said by another way than the recorded systems': it is looked for all the same."""
    return {Place("elsewhere", str(number)): (leak, 0) for number, leak in enumerate(leaks)}


def asking(town: Town, dataset: Slug, access: str, secrets: dict[str, str], **endpoints: str) -> Town:
    """The town, its flow of that access alone asked at another address."""
    everywhere = dict.fromkeys(("simulateurs", "courtier", "depot"), "http://127.0.0.1:1") | endpoints
    flows = [
        flow for file in (TERRITORY / "sources").glob("*.yaml") for flow in read_declaration(file, endpoints=everywhere)
    ]
    others = [flow for flow in town.house.sources if flow.dataset != dataset]
    own = [flow for flow in flows if (flow.dataset, flow.access) == (dataset, access)]
    reach = replace(town.house.reach, credentials=Credentials(secrets))
    return replace(town, house=replace(town.house, sources=(*others, *own), reach=reach))


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    if not available:
        pytest.skip("no mosquitto on this machine")
    mosquitto = Mosquitto.in_folder(tmp_path / "broker")
    mosquitto.start()
    yield mosquitto
    mosquitto.stop()


def uplink(town: Town, **tags: str) -> dict[str, object]:
    """A lamp's message as the platform sends it, with other tags."""
    message = json.loads(town.systems.answer(LAMPS_A_DAY, None, {}).content.splitlines()[0])
    message["deviceInfo"]["tags"] |= tags
    return message | {"deduplicationId": "-".join(tags)}


def said(broker: Mosquitto, *messages: dict[str, object]) -> None:
    client = publisher(broker)
    for number, message in enumerate(messages):
        client.publish(TOPIC.format(number), json.dumps(message), qos=1, retain=True).wait_for_publish(20)
    client.disconnect()
    client.loop_stop()


@pytest.mark.broker
@pytest.mark.parametrize(
    ("tags", "leaks", "code"),
    [
        (
            {"commune": PHONE.text, "rue": f"Rue de la mine, voir {PERSON.text}"},
            (PHONE, PERSON),
            "gates.received-phone",
        ),
        (
            {"rue": f"Rue de la mine, voir {PERSON.text}", PLATE.text: "1", "note": PHONE.text},
            (PHONE, PERSON, PLATE),
            "",
        ),
    ],
    ids=["in a code that is counted by", "in what is dropped or not asked for"],
)
def test_what_a_lamp_says_over_mqtt_is_blocked_or_stays_sealed(
    territory: Town, broker: Mosquitto, tags: dict[str, str], leaks: tuple[Leak, ...], code: str
) -> None:
    said(broker, uplink(territory), uplink(territory, luminaire="PL-1", **tags))
    town = asking(territory, LAMPS, "mqtt", {"ECLOR_SECRET_COURTIER_ECLAIRAGE": LOGIN}, courtier=broker.url)
    seen = town.walked(LAMPS, planted(*leaks))
    assert seen.legible == {}
    assert seen.walk.rows_in == 2
    if code:
        assert_blocked(seen, code, "commune")
    else:
        assert (seen.walk.door, seen.found) == ("apply", frozenset()), seen.walk.message_fr


def assert_blocked(seen: Seen, code: str, column: str) -> None:
    assert (seen.walk.outcome, seen.walk.version) == ("refused", None)
    assert f"[{code}]" in seen.walk.message_fr
    assert f"« {column} »" in seen.walk.message_fr
    assert "Faites retirer cette donnée par la source" in seen.walk.message_fr


@contextmanager
def told(town: Town, house: House) -> Iterator[None]:
    """The broker's notifications come in while the block lasts, in the house's own store."""
    (source,) = house.flows(BINS)
    stop, states = Event(), Queue()  # type: ignore[var-annotated]
    with opened(0, "") as door:
        subscription = Subscription(
            source, door.url_of(source), Register(house.store.folder / "subscriptions"), house.reach
        )

        def run() -> None:
            with door.inbox(source, subscription.token) as inbox:
                following = Following(
                    subscription, inbox, house.store, house.reach, lambda state, code: states.put(state)
                )
                while not stop.is_set():
                    following.visit(allowed_in(BINS), keeping=Keeping.REPLACE, stop=stop)

        thread = Thread(target=run)
        thread.start()
        try:
            assert states.get(timeout=20) == StreamState.CONNECTED
            yield
        finally:
            stop.set()
            thread.join(20)


def container(broker: Broker, code: str, quality: str) -> None:
    broker.fill(code, 0.5)
    broker.entities[code] |= {
        "storedWasteKind": {"type": "Property", "value": "verre"},
        "fillingQuality": {"type": "Property", "value": quality},
        "note": {"type": "Property", "value": f"clé chez {PERSON.text}"},
    }


def test_what_a_broker_notifies_is_blocked(territory: Town) -> None:
    with broker_running() as broker:
        town = asking(territory, BINS, "ngsi-ld", {"ECLOR_SECRET_JETON_CONTENEURS": TOKEN}, simulateurs=broker.url)
        container(broker, "CT-1", "measured")

        def notified(house: House) -> None:
            with told(town, house):
                container(broker, "CT-2", PHONE.text)
                assert broker.tell()
            assert house.store.held(BINS, house.flows(BINS)[0].name).rows == 2
            book = OrderBook(house.settings.home, house.catalog.journal, house.world)
            give(Order.PAUSE, flow_name(house.flows(BINS)[0].name, BINS), "p-dpo", book)

        seen = town.walked(BINS, planted(PHONE, PERSON), before=notified)
    assert seen.legible == {}
    assert_blocked(seen, "gates.personal-phone", "qualite")


@pytest.mark.parametrize("name", ["photo.jpg", "2026-11-30.csv"])
def test_a_photo_in_a_drop_is_refused_and_its_position_goes_nowhere(territory: Town, name: str) -> None:
    photo = territory.drop / "passages" / name
    photo.write_bytes(exif_jpeg(GPS))
    try:
        seen = territory.walked(VISITS, planted(Picture("position", 0)))
    finally:
        photo.unlink()
    assert seen.legible == {}
    assert (seen.walk.outcome, seen.walk.door) == ("refused", "harvest")
    assert f"{name}: [payload.other-file]" in seen.walk.message_fr
    assert "JPEG" in seen.walk.message_fr


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/photos/1.jpg", f"data:image/jpeg;base64,{CODED.decode()}"])
def test_the_photo_of_a_report_is_never_asked_for(territory: Town, address: str) -> None:
    """Its address comes in, whole with what it may hold; it is dropped, and nobody follows it."""
    place = Place("/open311/v2/requests.json", "[].media_url")
    seen = territory.walked(REPORTS, {place: (Picture("position", 0, address), 0)})
    assert seen.walk.outcome == "published", seen.walk.message_fr
    assert (seen.stored[place], seen.legible, seen.unsaid) == ({"photo"}, {}, frozenset())
    assert not [path for path in territory.systems.asked if "photos" in path]

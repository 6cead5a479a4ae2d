"""A follower of one subscribed flow, in a thread or in a process that a test kills: `… follower HOME URL PORT`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Event, Thread

from eclor.errors import EclorError
from harvesters.following import Following
from harvesters.listening import StreamState
from harvesters.notifications import Door, opened
from harvesters.raw_store import RawStore
from harvesters.receiving import Keeping
from harvesters.simulators.clock import started_at
from harvesters.source import Source
from harvesters.subscription import Subscription
from harvesters.subscription_register import Register
from tests.e2e.subscriptions.broker import NOON, TYPE
from tests.harvesting import all_of, column, flow, reach, store_at

TOKEN = "dGhlLXRva2VuLXRoYXQtbm9ib2R5LWd1ZXNzZXM"
SECRETS = {"ECLOR_SECRET_CONTENEURS": TOKEN}
States = "Queue[tuple[StreamState, str]]"


def containers(home: Path, url: str, access: str = "ngsi-ld", *, key: str = "code") -> Source:
    """Declare the flow of the containers."""
    return flow(
        home,
        column("code", path="containerCode"),
        column("niveau", "decimal", path="fillingLevel", more=", decimales: 2"),
        column("vu_a", "date-heure", path="@meta.fillingLevel.observedAt"),
        column("plaque", path="license_plate", more=", facultatif: oui"),
        access=access,
        protocol=access,
        address=url,
        options=f'{{type: {TYPE}, metadonnees: oui, cle: "{key}", instant: vu_a, abonnement: conteneurs}}',
    )


def follow(source: Source, store: RawStore, door: Door, told: States, *, keeping: Keeping, stop: Event) -> None:
    """Follow visit after visit, as `eclor intake` does, until stopped or refused."""
    by = reach(store, SECRETS)
    subscription = Subscription(source, door.url_of(source), Register(store.folder / "subscriptions"), by)
    with door.inbox(source, subscription.token) as inbox:
        following = Following(subscription, inbox, store, by, lambda state, code: told.put((state, code)))
        while not stop.is_set():
            following.visit(all_of(source, "plaque"), keeping=keeping, stop=stop)


@contextmanager
def followed(source: Source, store: RawStore, *, keeping: Keeping = Keeping.REPLACE) -> Iterator[Door]:
    """Follow a flow in a thread while the block lasts; give the door once the broker was asked for all."""
    stop, told = Event(), Queue()  # type: ignore[var-annotated]
    failures: list[Exception] = []

    def run() -> None:
        try:
            follow(source, store, door, told, keeping=keeping, stop=stop)
        except EclorError as refusal:
            failures.append(refusal)
            told.put((StreamState.STOPPED, refusal.code))

    with opened(0, "") as door:
        thread = Thread(target=run)
        thread.start()
        try:
            assert told.get(timeout=20) == (StreamState.CONNECTED, ""), failures
            yield door
        finally:
            stop.set()
            thread.join(20)
    if failures:
        raise failures[0]


if __name__ == "__main__":
    home, url, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    source, store = containers(home, url, key="code,vu_a"), store_at(home, started_at(NOON))
    with opened(port, "") as door:
        follow(source, store, door, Queue(), keeping=Keeping.APPEND, stop=Event())

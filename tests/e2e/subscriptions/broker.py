"""A context broker of both interfaces on a real port, whose containers a test fills."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import uvicorn
from starlette.applications import Starlette

from harvesters.simulators.clock import RunningClock, started_at, written_utc
from harvesters.simulators.context_broker import ContextBroker
from harvesters.simulators.context_broker_v2 import VersionTwoBroker
from harvesters.simulators.context_entities import Entity
from harvesters.simulators.parameters import read_parameters
from harvesters.simulators.subscribing_ld import LinkedData
from harvesters.simulators.subscribing_v2 import VersionTwo
from harvesters.simulators.subscriptions import Subscription, Subscriptions
from harvesters.simulators.telling import Tell, told

TERRITORY = Path(__file__).parents[3] / "policies" / "ccphva"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TYPE = "WasteContainer"


@dataclass
class Broker:
    """What stands in the broker: a container each, its level, as of an instant."""

    clock: RunningClock = field(default_factory=lambda: started_at(NOON))
    entities: dict[str, Entity] = field(default_factory=dict)
    url: str = ""
    teller: Tell = told
    _loop: asyncio.AbstractEventLoop | None = None

    def __post_init__(self) -> None:
        speeches = (LinkedData(7), VersionTwo(7))
        self.linked_data, self.version_two = (
            Subscriptions(speech, lambda: list(self.entities.values()), self.clock.now, self.teller)
            for speech in speeches
        )

    def fill(self, code: str, level: float, *, at: datetime = NOON) -> None:
        """Set a container's level, and tell nobody yet."""
        self.entities[code] = {
            "id": f"urn:ngsi-ld:{TYPE}:{code}",
            "type": TYPE,
            "containerCode": {"type": "Property", "value": code},
            "fillingLevel": {"type": "Property", "value": level, "unitCode": "C62", "observedAt": written_utc(at)},
            "license_plate": {"type": "Property", "value": "AB-123-CD"},
        }

    def tell(self) -> bool:
        """Tell subscribers what changed; say whether they all answered well."""
        assert self._loop is not None
        before = sum(one.failed for one in self.held())
        for subscriptions in (self.linked_data, self.version_two):
            asyncio.run_coroutine_threadsafe(subscriptions.notify_all(), self._loop).result(30)
        return sum(one.failed for one in self.held()) == before

    def held(self) -> list[Subscription]:
        return [*self.linked_data.held.values(), *self.version_two.held.values()]

    def app(self) -> Starlette:
        def seen() -> list[Entity]:
            return list(self.entities.values())

        brokers = (ContextBroker(read_parameters(TERRITORY).waste, seen), VersionTwoBroker(seen))
        return Starlette(
            routes=[route for part in (*brokers, self.linked_data, self.version_two) for route in part.routes()]
        )

    async def serve(self, server: uvicorn.Server, listening: socket.socket) -> None:
        self._loop = asyncio.get_running_loop()
        await server.serve(sockets=[listening])


@contextmanager
def running(teller: Tell = told) -> Iterator[Broker]:
    """Run a broker until the block ends."""
    broker = Broker(teller=teller)
    config = uvicorn.Config(broker.app(), log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:  # whoever calls before the server runs waits for it
        broker.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread = Thread(target=lambda: asyncio.run(broker.serve(server, listening)))
        thread.start()
        try:
            yield broker
        finally:
            server.should_exit = True
            thread.join(20)

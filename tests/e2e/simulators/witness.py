"""Another reader of the simulators' broker: it knows each lamp and instant that was said since it came."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Condition

import orjson
import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

MIB = 1024 * 1024
Reading = tuple[str, datetime]


@dataclass
class Witness:
    """What was said: readings once each, and how many messages were none."""

    said: set[tuple[str, str]] = field(default_factory=set)
    messages: int = 0
    unsound: int = 0
    """Messages that are no JSON, or longer than any uplink may be."""
    news: Condition = field(default_factory=Condition)

    @classmethod
    @contextmanager
    def of(cls, where: Mapping[str, str]) -> "Iterator[Witness]":
        secrets = json.loads(Path(where["secrets"]).read_text("utf-8"))
        user, _, password = secrets["courtier-eclairage"].partition(":")
        witness, client = cls(), mqtt.Client(CallbackAPIVersion.VERSION2, client_id="witness")
        client.username_pw_set(user, password)
        client.on_message = lambda _client, _data, message: witness._note(message.payload)
        client.on_connect = lambda connected, *_: connected.subscribe("application/+/device/+/event/up", qos=1)
        client.connect("127.0.0.1", int(where["courtier"].rpartition(":")[2]))
        client.loop_start()
        try:
            yield witness
        finally:
            client.disconnect()
            client.loop_stop()

    @property
    def readings(self) -> set[Reading]:
        return {(lamp, datetime.fromisoformat(time)) for lamp, time in self.said}

    def wait_for(self, more: int, seconds: float = 60) -> None:
        """Wait until so many more messages came."""
        with self.news:
            enough = self.messages + more
            assert self.news.wait_for(lambda: self.messages >= enough, seconds), "the lamps are silent"

    def _note(self, payload: bytes) -> None:
        try:
            uplink = orjson.loads(payload) if len(payload) <= MIB else None
        except orjson.JSONDecodeError:
            uplink = None
        with self.news:
            self.messages += 1
            if uplink is None:
                self.unsound += 1
            else:
                self.said.add((uplink["deviceInfo"]["tags"]["luminaire"], uplink["time"]))
            self.news.notify_all()


def readings_of(rows: Iterable[Mapping[str, object]]) -> Counter[Reading]:
    """The lamp and the instant of each row that is held, as often as it is; instants are stored in UTC, untold."""
    return Counter((str(row["id_luminaire"]), _utc(row["horodatage"])) for row in rows)


def _utc(stored: object) -> datetime:
    assert isinstance(stored, datetime)
    return stored.replace(tzinfo=UTC)

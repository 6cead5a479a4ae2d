"""mqtt: messages of a broker, acknowledged by hand (QoS 1, a session that outlives us); no meaning here.

paho-mqtt does the protocol, in our loop: it is read from and written to when we say, so that a thousand messages cost
one pass and acknowledgements leave together (ADR 0011).
"""

import select
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from eclor.errors import SourceUnavailable
from harvesters.declaration import Source
from harvesters.reach import MIB, Reach, Transport

OPTIONS: Final = ("identifiant", "identite", "sujet")
LOGIN_REFUSED: Final = "source.login-refused"
_BAD_LOGIN: Final = frozenset({134, 135})
_OLD_BROKER: Final = frozenset({1, 132})
"""CONNACK codes of a broker that does not speak MQTT 5."""
_PORTS: Final = {"mqtt": 1883, "mqtts": 8883}
_KEEPALIVE_S: Final = 60
_SESSION_S: Final = 7 * 24 * 3600
"""How long the broker keeps what comes while we are away."""
_UNACKNOWLEDGED: Final = 2_000
"""How many messages the broker may send ahead of our acknowledgements (MQTT 5; before, the broker's own limit)."""
_LARGEST: Final = 32 * MIB
"""The broker is told (MQTT 5) to send us no longer packet: MQTT itself allows 256 MiB."""
_PASS: Final = 1_000
_PASS_BYTES: Final = 8 * MIB
"""After so many messages, or so many bytes of them, a pass reads no more: messages may be long."""
_POLL_S: Final = 0.05


class Lost(Exception):
    """The connection is gone: what was not acknowledged will come again."""


class Message(NamedTuple):
    """A message as it came; `mid` acknowledges it on the connection that it came by."""

    mid: int
    qos: int
    topic: str
    payload: bytes


@dataclass(slots=True)
class Feed:
    """One connection at a time to a source's broker. Not safe between threads."""

    source: Source
    reach: Reach
    _client: paho.Client | None = None
    _waiting: list[Message] = field(default_factory=list)
    _answer: int | None = None
    """The broker's reason code, once it answered the connection; then whether the subscription stands."""
    _subscribed: bool | None = None
    _version: MQTTProtocolVersion = MQTTProtocolVersion.MQTTv5

    def open(self) -> None:
        """Connect and subscribe. Refuses (`SourceUnavailable`) a broker that is down, slow, or says no."""
        self.close()
        answer = self._connected()
        if answer in _OLD_BROKER and self._version == MQTTProtocolVersion.MQTTv5:
            self._version = MQTTProtocolVersion.MQTTv311
            answer = self._connected()
        if answer in _BAD_LOGIN:
            raise self._refusal(LOGIN_REFUSED)
        if answer != 0:
            raise self._refusal("source.broker-refused")
        self._subscribe()

    def read(self, wait_s: float) -> list[Message]:
        """Return the messages that are there, waiting for the first ones at most so long; raise `Lost`."""
        end = time.monotonic() + wait_s
        self._pass(self._open_client(), 0 if self._waiting else wait_s)
        while not self._waiting and (left_s := end - time.monotonic()) > 0:
            self._pass(self._open_client(), left_s)
        if self._subscribed is False:
            raise self._refusal("source.topic-refused")
        messages, self._waiting = self._waiting, []
        return messages

    def acknowledge(self, messages: list[Message]) -> None:
        """Acknowledge messages of this connection; raise `Lost`."""
        client = self._open_client()
        for message in messages:
            if message.qos > 0:
                client.ack(message.mid, message.qos)
        if client.loop_write() != paho.MQTT_ERR_SUCCESS:
            raise Lost

    def close(self) -> None:
        """Say goodbye, if connected; the broker keeps the session."""
        client, self._client = self._client, None
        self._waiting.clear()
        if client is not None and client.socket() is not None:
            client.disconnect()
            client.loop_write()

    def _open_client(self) -> paho.Client:
        if self._client is None or self._client.socket() is None:
            raise Lost
        return self._client

    def _pass(self, client: paho.Client, wait_s: float) -> None:
        connection = client.socket()
        if connection is None:
            raise Lost
        writing = [connection] if client.want_write() else []
        readable, writable, _ = select.select([connection], writing, [], wait_s)
        if writable:
            client.loop_write()
        if readable:
            _read_all(client, self._waiting)
        if client.loop_misc() != paho.MQTT_ERR_SUCCESS or client.socket() is None:
            raise Lost

    def _connected(self) -> int:
        """Return the broker's reason code; one of `_OLD_BROKER` where it had no answer to MQTT 5."""
        address = urlsplit(self.source.endpoint)
        client = self._new_client(address.scheme)
        self._answer = self._subscribed = None
        try:
            client.connect(
                address.hostname or "", address.port or _PORTS.get(address.scheme, 0), _KEEPALIVE_S, **self._session()
            )
        except (OSError, ValueError) as error:
            raise self._refusal("source.down") from error
        self._client = client
        try:
            self._until(lambda: self._answer is not None)
        except (Lost, SourceUnavailable) as error:
            if self._answer is None and self._version == MQTTProtocolVersion.MQTTv5:
                return min(_OLD_BROKER)
            if self._answer is None:
                code = "source.broker-refused" if isinstance(error, Lost) else "source.slow"
                raise self._refusal(code) from error
        return self._answer if self._answer is not None else -1

    def _new_client(self, scheme: str) -> paho.Client:
        identifier = self.source.options.get("identifiant", f"eclor-{self.source.name}-{self.source.dataset}")
        client = paho.Client(
            CallbackAPIVersion.VERSION2,
            client_id=identifier,
            protocol=self._version,
            manual_ack=True,
            reconnect_on_failure=False,
            clean_session=None if self._version == MQTTProtocolVersion.MQTTv5 else False,
        )
        client.on_connect = self._on_connect
        client.on_subscribe = self._on_subscribe
        client.on_message = self._on_message
        client.on_socket_register_write = _later
        if secret := self.reach.secret(self.source):
            user, _, password = secret.partition(":")
            client.username_pw_set(user, password)
        if scheme == "mqtts":
            client.tls_set()
        client.connect_timeout = self.reach.patience.connect_s
        return client

    def _session(self) -> dict[str, Any]:
        if self._version != MQTTProtocolVersion.MQTTv5:
            return {}
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        properties.SessionExpiryInterval = _SESSION_S
        properties.ReceiveMaximum = _UNACKNOWLEDGED
        properties.MaximumPacketSize = _LARGEST
        return {"clean_start": False, "properties": properties}

    def _subscribe(self) -> None:
        topic = self.source.options.get("sujet", "#")
        client = self._open_client()
        if self._version == MQTTProtocolVersion.MQTTv5:
            client.subscribe(topic, options=SubscribeOptions(qos=1))
        else:
            client.subscribe(topic, qos=1)
        # What the session kept may come before the answer, and hold it back until we acknowledge.
        self._until(lambda: self._subscribed is not None or bool(self._waiting))
        if self._subscribed is False:
            raise self._refusal("source.topic-refused")

    def _until(self, answered: Callable[[], bool]) -> None:
        """Turn the loop until the broker answers."""
        end = time.monotonic() + self.reach.patience.connect_s
        while not answered():
            if time.monotonic() > end:
                raise self._refusal("source.slow")
            self._pass(self._open_client(), _POLL_S)

    def _refusal(self, code: str) -> SourceUnavailable:
        address = urlsplit(self.source.endpoint)
        return SourceUnavailable(code, host=f"{address.hostname}:{address.port or _PORTS.get(address.scheme, 0)}")

    def _on_connect(
        self, _client: paho.Client, _data: object, _flags: object, reason: ReasonCode, _properties: object
    ) -> None:
        self._answer = int(reason.value)

    def _on_subscribe(
        self, _client: paho.Client, _data: object, _mid: int, reasons: list[ReasonCode], _properties: object
    ) -> None:
        self._subscribed = not any(reason.is_failure for reason in reasons)

    def _on_message(self, _client: paho.Client, _data: object, message: paho.MQTTMessage) -> None:
        self._waiting.append(Message(message.mid, message.qos, message.topic, bytes(message.payload)))


def _read_all(client: paho.Client, waiting: list[Message]) -> None:
    """Read packets as long as messages come, up to one pass."""
    most, taken = len(waiting) + _PASS, 0
    while len(waiting) < most and taken < _PASS_BYTES:
        before = len(waiting)
        if client.loop_read() != paho.MQTT_ERR_SUCCESS or client.socket() is None:
            raise Lost
        if len(waiting) == before:
            return
        taken += sum(len(message.payload) for message in waiting[before:])


def _later(_client: paho.Client, _data: object, _connection: object) -> None:
    """Have paho queue what it sends: we write when the pass is over."""


TRANSPORT: Final = Transport("mqtt", None, OPTIONS)

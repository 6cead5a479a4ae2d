"""mqtt: messages of a broker, acknowledged by hand (QoS 1, a session that outlives us); no meaning here."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from eclor.errors import SourceUnavailable
from harvesters.reach import MIB, Reach, Transport
from harvesters.source import Source
from harvesters.transport import mqtt_packets
from harvesters.transport.mqtt_connection import PORTS, Connection, Lost
from harvesters.transport.mqtt_packets import Answer, Kind, Malformed, Message, Terms, Version

OPTIONS: Final = ("identifiant", "identite", "instant", "sujet")
LOGIN_REFUSED: Final = "source.login-refused"
_BAD_LOGIN: Final = frozenset({4, 5, 134, 135})
"""CONNACK codes of MQTT 3.1.1, then of MQTT 5."""
_OLD_BROKER: Final = frozenset({1, 132})
"""CONNACK codes of a broker that does not speak MQTT 5."""
_TERMS: Final = Terms(keepalive_s=60, session_s=7 * 24 * 3600, unacknowledged=2_000, largest_bytes=32 * MIB)
"""Before MQTT 5 how many come unacknowledged is the broker's own limit, and a packet may have 256 MiB."""
_POLL_S: Final = 0.05


@dataclass(slots=True)
class Feed:
    """One connection at a time to a source's broker. Not safe between threads."""

    source: Source
    reach: Reach
    _connection: Connection | None = None
    _waiting: list[Message] = field(default_factory=list)
    _answer: int | None = None
    """The broker's reason code, once it answered the connection; then whether the subscription stands."""
    _subscribed: bool | None = None
    _version: Version = Version.V5

    def open(self) -> None:
        """Connect and subscribe. Refuses (`SourceUnavailable`) a broker that is down, slow, or says no."""
        self.close()
        answer = self._connected()
        if answer in _OLD_BROKER and self._version is Version.V5:
            self.close()
            self._version = Version.V3
            answer = self._connected()
        if answer in _BAD_LOGIN:
            raise self._refusal(LOGIN_REFUSED)
        if answer != 0:
            raise self._refusal("source.broker-refused")
        self._subscribe()

    def read(self, wait_s: float) -> list[Message]:
        """Return the messages that are there, waiting for the first ones at most so long; raise `Lost`."""
        end = time.monotonic() + wait_s
        self._turn(0 if self._waiting else wait_s)
        while not self._waiting and (left_s := end - time.monotonic()) > 0:
            self._turn(left_s)
        if self._subscribed is False:
            raise self._refusal("source.topic-refused")
        messages, self._waiting = self._waiting, []
        return messages

    def acknowledge(self, messages: list[Message]) -> None:
        """Acknowledge messages of this connection; raise `Lost`."""
        self._open_connection().say(mqtt_packets.acknowledged(messages))

    def close(self) -> None:
        """Say goodbye, if connected; the broker keeps the session."""
        connection, self._connection = self._connection, None
        self._waiting.clear()
        if connection is not None:
            connection.close()

    def _open_connection(self) -> Connection:
        if self._connection is None:
            raise Lost
        return self._connection

    def _turn(self, wait_s: float) -> None:
        """Take what comes."""
        for packet in self._open_connection().turn(wait_s):
            if isinstance(packet, Message):
                self._waiting.append(packet)
            else:
                self._note(packet)

    def _note(self, answer: Answer) -> None:
        try:
            if answer.kind == Kind.CONNACK:
                self._answer, keepalive_s = mqtt_packets.connected(answer.body, version=self._version)
                self._open_connection().keepalive_s = keepalive_s or _TERMS.keepalive_s
            elif answer.kind == Kind.SUBACK:
                self._subscribed = mqtt_packets.is_subscribed(answer.body, version=self._version)
        except Malformed as error:
            raise Lost from error
        if answer.kind == Kind.DISCONNECT:
            raise Lost

    def _connected(self) -> int:
        """Return the broker's reason code; one of `_OLD_BROKER` where it had no answer to MQTT 5."""
        self._answer = self._subscribed = None
        try:
            self._connection = Connection.to(
                urlsplit(self.source.endpoint), version=self._version, keepalive_s=_TERMS.keepalive_s,
                patience_s=self.reach.patience.connect_s,
            )  # fmt: skip
        except (OSError, ValueError) as error:
            raise self._refusal("source.down") from error
        try:
            self._connection.say(self._greeting())
            self._until(lambda: self._answer is not None)
        except (Lost, SourceUnavailable) as error:
            if self._answer is None and self._version is Version.V5:
                return min(_OLD_BROKER)
            if self._answer is None:
                code = "source.broker-refused" if isinstance(error, Lost) else "source.slow"
                raise self._refusal(code) from error
        return self._answer if self._answer is not None else -1

    def _greeting(self) -> bytes:
        identifier = self.source.options.get("identifiant", f"eclor-{self.source.name}-{self.source.dataset}")
        secret = self.reach.secret(self.source)
        user, _, password = (secret or "").partition(":")
        login = (user, password) if secret else ()
        return mqtt_packets.connect(identifier, login, version=self._version, terms=_TERMS)

    def _subscribe(self) -> None:
        topic = self.source.options.get("sujet", "#")
        self._open_connection().say(mqtt_packets.subscribe(topic, version=self._version))
        # What the session kept may come before the answer, and hold it back until we acknowledge.
        self._until(lambda: self._subscribed is not None or bool(self._waiting))
        if self._subscribed is False:
            raise self._refusal("source.topic-refused")

    def _until(self, answered: Callable[[], bool]) -> None:
        """Turn until the broker answers."""
        end = time.monotonic() + self.reach.patience.connect_s
        while not answered():
            if time.monotonic() > end:
                raise self._refusal("source.slow")
            self._turn(_POLL_S)

    def _refusal(self, code: str) -> SourceUnavailable:
        address = urlsplit(self.source.endpoint)
        return SourceUnavailable(code, host=f"{address.hostname}:{address.port or PORTS.get(address.scheme, 0)}")


TRANSPORT: Final = Transport("mqtt", None, OPTIONS)

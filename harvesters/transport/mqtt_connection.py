"""mqtt: a connection to a broker, TCP or TLS, in our own loop: no call blocks but for the wait that it is given."""

import select
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, field
from math import ceil
from typing import Final
from urllib.parse import SplitResult

from harvesters.reach import MIB
from harvesters.transport.mqtt_packets import GOODBYE, PING, Answer, Malformed, Message, Reader, Version

PORTS: Final = {"mqtt": 1883, "mqtts": 8883}
_CHUNK: Final = 64 * 1024
_PASS: Final = 1_000
_PASS_BYTES: Final = 8 * MIB
"""After so many packets, or so many bytes of them, a turn reads no more: messages may be long."""
_NOT_NOW: Final = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Lost(Exception):
    """The connection is gone: what was not acknowledged will come again."""


@dataclass(slots=True)
class Connection:
    """Takes packets of a broker, and says ours when it listens. Not safe between threads."""

    _socket: socket.socket
    _reader: Reader
    keepalive_s: float
    """The broker hears us at least so often, and we it."""
    _outgoing: bytearray = field(default_factory=bytearray)
    _unread: bool = False
    """The last turn ended before what there was to read: TLS may hold it where `poll` does not see it."""
    _said_s: float = field(default_factory=time.monotonic)
    _heard_s: float = field(default_factory=time.monotonic)
    _pinged_s: float = float("-inf")

    @classmethod
    def to(cls, address: SplitResult, *, version: Version, keepalive_s: float, patience_s: float) -> "Connection":
        """Connect; raise `OSError` or `ValueError`."""
        host, port = address.hostname or "", address.port or PORTS.get(address.scheme, 0)
        connection = socket.create_connection((host, port), patience_s)
        if address.scheme == "mqtts":
            connection = ssl.create_default_context().wrap_socket(connection, server_hostname=host)
        connection.setblocking(False)
        return cls(connection, Reader(version), keepalive_s)

    def say(self, packets: bytes) -> None:
        """Send packets, now or when the broker listens; raise `Lost`."""
        self._outgoing += packets
        self._send()

    def turn(self, wait_s: float) -> list[Message | Answer]:
        """Send what waits, and return the packets that came, waiting for them at most so long; raise `Lost`."""
        ready = self._ready(0 if self._unread else wait_s)
        if ready & select.POLLOUT:
            self._send()
        found = self._received() if ready & ~select.POLLOUT or self._unread else []
        self._keep_alive()  # after what waited for us was heard: we may have been long
        return found

    def close(self) -> None:
        """Say goodbye, if the broker listens."""
        with suppress(Lost):
            self.say(GOODBYE)
        self._socket.close()

    def _ready(self, wait_s: float) -> int:
        """Wait for the socket; `poll`, as `select` refuses a descriptor of 1024 or more, and listeners take as many."""
        poll = select.poll()
        poll.register(self._socket, select.POLLIN | (select.POLLOUT if self._outgoing else 0))
        return sum(events for _, events in poll.poll(ceil(wait_s * 1_000)))

    def _send(self) -> None:
        try:
            del self._outgoing[: self._socket.send(self._outgoing)]
        except _NOT_NOW:
            return
        except OSError as error:
            raise Lost from error
        self._said_s = time.monotonic()

    def _received(self) -> list[Message | Answer]:
        found: list[Message | Answer] = []
        taken, self._unread = 0, True
        try:
            while len(found) < _PASS and taken < _PASS_BYTES and (chunk := self._chunk()):
                taken += len(chunk)
                found += self._packets(chunk)
        except Lost:
            if not found:  # else what was said before is heard, and the next turn raises it again
                raise
        return found

    def _chunk(self) -> bytes:
        """Return what the socket has, or nothing for now."""
        try:
            chunk = self._socket.recv(_CHUNK)
        except _NOT_NOW:
            self._unread = False
            return b""
        except OSError as error:
            raise Lost from error
        if not chunk:
            raise Lost
        self._heard_s = time.monotonic()
        return chunk

    def _packets(self, chunk: bytes) -> list[Message | Answer]:
        try:
            return self._reader.packets(chunk)
        except Malformed as error:
            raise Lost from error

    def _keep_alive(self) -> None:
        now = time.monotonic()
        if now - self._pinged_s < self.keepalive_s:
            return
        if self._heard_s < self._pinged_s:
            raise Lost
        if now - min(self._said_s, self._heard_s) >= self.keepalive_s:
            self._pinged_s = now
            self.say(PING)

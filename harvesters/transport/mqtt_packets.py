"""mqtt: packets of MQTT 3.1.1 and 5 as a client that only listens needs them, bytes both ways; no connection here.

Sources: OASIS MQTT 3.1.1 and 5.0, sections 2 and 3 (ADR 55 says why not a library). A property that we do not use is
passed over, never made into an object: a broker that sends a thousand messages a second sends as many of them.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from harvesters.reach import MESSAGE_BYTES

PING: Final = b"\xc0\x00"
GOODBYE: Final = b"\xe0\x00"
_CONNECT: Final = 0x10
_SUBSCRIBE: Final = 0x82
_PUBACK: Final = b"\x40\x02"
_PUBLISH: Final = 3
_QOS: Final = 1
"""What we subscribe at: a broker sends us nothing above."""
_REFUSED: Final = 0x80
"""From here on a reason code of SUBACK is a refusal."""
_LOGIN: Final = 0xC0
_SESSION_EXPIRY: Final = 0x11
_SERVER_KEEPALIVE: Final = 0x13
_RECEIVE_MAXIMUM: Final = 0x21
_USER_PROPERTY: Final = 0x26
_LARGEST_PACKET: Final = 0x27
_SIZES: Final = MappingProxyType(
    {0x11: 4, 0x13: 2, 0x21: 2, 0x22: 2, 0x24: 1, 0x25: 1, 0x27: 4, 0x28: 1, 0x29: 1, 0x2A: 1}
)
"""Of the properties of CONNACK, in bytes; the others are texts, each with its length before it."""
_MORE: Final = 0x80
_NUMBER_BITS: Final = 28
"""A length is four bytes of seven bits at most."""
_HELD: Final = 2 * MESSAGE_BYTES
"""Of a packet no more is held: a message of 256 MiB, which MQTT 3.1.1 allows, is refused by its start."""


class Malformed(Exception):
    """What the broker sent is no MQTT: nothing after it can be told apart."""


class Version(IntEnum):
    """A version of MQTT, by the protocol level that CONNECT says."""

    V3 = 4
    V5 = 5


class Kind(IntEnum):
    """What a broker answers or says, besides messages, that concerns us."""

    CONNACK = 2
    SUBACK = 9
    DISCONNECT = 14


class Message(NamedTuple):
    """A message as it came; `mid` acknowledges it on the connection that it came by."""

    mid: int
    qos: int
    topic: str
    payload: bytes


class Answer(NamedTuple):
    """Another packet: what it is, and its body."""

    kind: int
    body: bytes


class Connected(NamedTuple):
    """What CONNACK says: the reason code, and the keepalive that the broker wants instead of ours in seconds, or 0."""

    code: int
    keepalive_s: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What a connection asks for; all but the keepalive are known to MQTT 5 alone."""

    keepalive_s: int
    session_s: int
    """How long the broker keeps what comes while we are away."""
    unacknowledged: int
    """How many messages the broker may send ahead of our acknowledgements."""
    largest_bytes: int
    """The broker sends us no longer packet."""

    def properties(self) -> bytes:
        """Return them as properties of CONNECT, their length before them."""
        asked = struct.pack(
            ">BIBHBI", _SESSION_EXPIRY, self.session_s, _RECEIVE_MAXIMUM, self.unacknowledged, _LARGEST_PACKET,
            self.largest_bytes,
        )  # fmt: skip
        return _length(len(asked)) + asked


def connect(identifier: str, login: Sequence[str], *, version: Version, terms: Terms) -> bytes:
    """Return CONNECT to a session that outlives the connection; `login` is a user and a password, or nothing."""
    flags = _LOGIN if login else 0
    properties = terms.properties() if version is Version.V5 else b""
    head = _text("MQTT") + struct.pack(">BBH", version, flags, terms.keepalive_s) + properties
    return _packet(_CONNECT, head + b"".join(map(_text, (identifier, *login))))


def subscribe(topic: str, *, version: Version) -> bytes:
    """Return SUBSCRIBE to one topic filter, at QoS 1; it is the connection's only one."""
    properties = _length(0) if version is Version.V5 else b""
    return _packet(_SUBSCRIBE, struct.pack(">H", 1) + properties + _text(topic) + bytes((_QOS,)))


def acknowledged(messages: Sequence[Message]) -> bytes:
    """Return the PUBACKs of the messages that want one: without a reason code, which means success in both versions."""
    return b"".join([_PUBACK + message.mid.to_bytes(2) for message in messages if message.qos])


def connected(body: bytes, *, version: Version) -> Connected:
    """Read CONNACK; a broker that does not speak MQTT 5 may say so in its own version. Raises `Malformed`."""
    try:
        code, rest = body[1], body[2:]
        if version is Version.V3 or not rest:
            return Connected(code, 0)
        return Connected(code, _keepalive(rest[slice(*_measured(rest, 0))]))
    except IndexError as error:
        raise Malformed from error


def _keepalive(properties: bytes) -> int:
    at = 0
    while at < len(properties):
        name, at = properties[at], at + 1
        if name == _SERVER_KEEPALIVE:
            return int.from_bytes(properties[at : at + 2])
        for _ in range(2 if name == _USER_PROPERTY else 1):
            at += _SIZES.get(name) or 2 + int.from_bytes(properties[at : at + 2])
    return 0


def is_subscribed(body: bytes, *, version: Version) -> bool:
    """Read SUBACK: say whether the broker subscribed us. Raises `Malformed`."""
    try:
        at = _measured(body, 2)[1] if version is Version.V5 else 2
        return body[at] < _REFUSED
    except IndexError as error:
        raise Malformed from error


@dataclass(slots=True)
class Reader:
    """Cuts what a broker sends into packets. Holds the one that has not come whole, or its start if it is too long."""

    version: Version
    _waiting: bytearray = field(default_factory=bytearray)
    _needed: int = 0
    """Fewer bytes than this make no packet: a long one is not looked at again with each piece of it."""
    _cut: list[Message] = field(default_factory=list)
    """The message too long to be held, cut, while its rest is passed over."""
    _passed_over: int = 0
    """How many bytes of it are still to come."""

    def packets(self, chunk: bytes) -> list[Message | Answer]:
        """Return the packets that are whole with this chunk, in order. Raises `Malformed`, then and ever after.

        A message of more than `_HELD` bytes is told once all of it came, cut.
        """
        rest = chunk[self._passed_over :]
        self._passed_over -= len(chunk) - len(rest)
        self._waiting += rest
        if self._passed_over or len(self._waiting) < self._needed:
            return []
        found: list[Message | Answer] = [*self._cut]
        self._cut.clear()
        content, at = bytes(self._waiting), 0
        try:
            while (bounds := _bounds(content, at)) and bounds[1] <= len(content):
                found.append(self._read(content[at], content[slice(*bounds)]))
                at = bounds[1]
            if bounds and len(content) - at >= _HELD:
                self._cut.append(self._message(content[at], content[bounds[0] :]))
                self._passed_over, at, bounds = bounds[1] - len(content), len(content), None
        except (IndexError, UnicodeDecodeError) as error:
            raise Malformed from error
        self._waiting, self._needed = bytearray(content[at:]), min(bounds[1] - at, _HELD) if bounds else 0
        return found

    def _read(self, head: int, body: bytes) -> Message | Answer:
        return self._message(head, body) if head >> 4 == _PUBLISH else Answer(head >> 4, body)

    def _message(self, head: int, body: bytes) -> Message:
        qos = head >> 1 & 3
        if head >> 4 != _PUBLISH or qos > _QOS:
            raise Malformed
        at = end = 2 + int.from_bytes(body[:2])
        mid = 0
        if qos:
            mid, at = body[at] << 8 | body[at + 1], at + 2
        if self.version is Version.V5:
            _, at = _measured(body, at)
        if at > len(body):
            raise Malformed
        return Message(mid, qos, body[2:end].decode(), body[at:])


def _bounds(content: bytes, at: int) -> tuple[int, int] | None:
    """Return where the body of the packet at `at` starts and ends; None if that is not said yet."""
    try:
        return _measured(content, at + 1)
    except IndexError:
        return None


def _measured(content: bytes, at: int) -> tuple[int, int]:
    """Return where what a variable byte integer measures starts and ends; raise `IndexError` if the integer is cut."""
    size = content[at]
    if size >= _MORE:
        size, bits = size - _MORE, 0
        while content[at] >= _MORE:
            at, bits = at + 1, bits + 7
            if bits >= _NUMBER_BITS:
                raise Malformed
            size |= (content[at] & ~_MORE) << bits
    return at + 1, at + 1 + size


def _packet(head: int, body: bytes) -> bytes:
    return bytes((head,)) + _length(len(body)) + body


def _length(size: int) -> bytes:
    """Return a variable byte integer."""
    written = bytearray()
    while size >= _MORE:
        written.append(size % _MORE | _MORE)
        size //= _MORE
    written.append(size)
    return bytes(written)


def _text(text: str) -> bytes:
    encoded = text.encode()
    return struct.pack(">H", len(encoded)) + encoded

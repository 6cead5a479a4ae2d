"""Packets of MQTT, against bytes written by hand from the standard."""

import struct
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvesters.reach import MESSAGE_BYTES, MIB
from harvesters.transport.mqtt_packets import (
    Answer,
    Connected,
    Kind,
    Malformed,
    Message,
    Reader,
    Terms,
    Version,
    acknowledged,
    connect,
    connected,
    is_subscribed,
    subscribe,
)

TERMS = Terms(keepalive_s=60, session_s=3600, unacknowledged=20, largest_bytes=65536)
versions = st.sampled_from(Version)
messages = st.builds(
    Message, mid=st.integers(1, 65535), qos=st.just(1), topic=st.text(max_size=5), payload=st.binary(max_size=300)
) | st.builds(Message, mid=st.just(0), qos=st.just(0), topic=st.just("a/é"), payload=st.binary(max_size=20_000))


def _length(size: int) -> bytes:
    return bytes((size,)) if size < 128 else bytes((size % 128 + 128,)) + _length(size // 128)


def _published(message: Message, version: Version, properties: bytes) -> bytes:
    topic = message.topic.encode()
    body = struct.pack(">H", len(topic)) + topic + (struct.pack(">H", message.mid) if message.qos else b"")
    body += (_length(len(properties)) + properties if version is Version.V5 else b"") + message.payload
    return bytes((0x30 | message.qos << 1,)) + _length(len(body)) + body


@given(st.lists(messages, max_size=4), versions, st.binary(max_size=200), st.data())
def test_messages_are_whole_however_they_are_cut(
    said: list[Message], version: Version, properties: bytes, data: st.DataObject
) -> None:
    stream = b"".join(_published(message, version, properties) for message in said) + b"\xd0\x00"
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    reader, bounds = Reader(version), [0, *cuts, len(stream)]
    read = [packet for at, end in pairwise(bounds) for packet in reader.packets(stream[at:end])]
    assert read == [*said, Answer(13, b"")]


@given(st.lists(st.binary(max_size=40), max_size=5), versions)
def test_no_bytes_break_the_reader(chunks: list[bytes], version: Version) -> None:
    reader = Reader(version)
    try:
        for chunk in chunks:
            for packet in reader.packets(chunk):
                if isinstance(packet, Answer):
                    connected(packet.body, version=version)
                    is_subscribed(packet.body, version=version)
    except Malformed:
        pass


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param("3080808080 01", id="a length of five bytes"),
        pytest.param("3404 000161 00", id="quality of service 2, never asked for"),
        pytest.param("3002 0009", id="a topic longer than its packet"),
        pytest.param("3203 000161", id="no packet identifier"),
        pytest.param("3004 0001ff 00", id="a topic that is not UTF-8"),
        pytest.param("3004 000161 7f", id="properties longer than their packet"),
    ],
)
def test_what_is_no_mqtt_is_malformed_then_and_ever_after(bad: str) -> None:
    reader = Reader(Version.V5)
    with pytest.raises(Malformed):
        reader.packets(bytes.fromhex(bad))
    with pytest.raises(Malformed):
        reader.packets(b"\xd0\x00")


@pytest.mark.parametrize("version", Version)
def test_a_message_too_long_is_told_by_its_start_and_never_held_whole(version: Version) -> None:
    long, short = Message(9, 1, "a/b", b"x" * (40 * MIB)), Message(10, 1, "a", b"y")
    stream = _published(long, version, b"") + _published(short, version, b"")
    reader, read = Reader(version), []
    tracemalloc.start()
    for at in range(0, len(stream), 64 * 1024):
        read += reader.packets(stream[at : at + 64 * 1024])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    cut, after = read
    assert isinstance(cut, Message)
    assert after == short
    assert (cut.mid, cut.qos, cut.topic) == (long.mid, long.qos, long.topic)
    assert MESSAGE_BYTES < len(cut.payload) < 3 * MESSAGE_BYTES
    assert peak < 12 * MIB


def test_only_a_message_may_be_that_long() -> None:
    reader = Reader(Version.V5)
    with pytest.raises(Malformed):
        reader.packets(b"\x90" + _length(40 * MIB) + bytes(3 * MIB))


def test_a_session_that_outlives_the_connection_is_asked_for() -> None:
    asked = connect("me", ("u", "pä"), version=Version.V5, terms=TERMS)
    properties = "0d 11 00000e10 21 0014 27 00010000"
    assert asked == bytes.fromhex(f"10 24 0004 4d515454 05 c0 003c {properties} 0002 6d65 0001 75 0003 70c3a4")
    assert connect("me", (), version=Version.V3, terms=TERMS) == bytes.fromhex(
        "10 0e 0004 4d515454 04 00 003c 0002 6d65"
    )


def test_a_topic_is_subscribed_to_at_quality_1() -> None:
    assert subscribe("a/#", version=Version.V3) == bytes.fromhex("82 08 0001 0003 612f23 01")
    assert subscribe("a/#", version=Version.V5) == bytes.fromhex("82 09 0001 00 0003 612f23 01")


def test_only_what_wants_it_is_acknowledged() -> None:
    assert acknowledged([Message(258, 1, "a", b""), Message(0, 0, "a", b""), Message(7, 1, "a", b"")]) == bytes.fromhex(
        "4002 0102 4002 0007"
    )


@pytest.mark.parametrize(
    ("body", "version", "read"),
    [
        ("00 05", Version.V3, Connected(5, 0)),
        ("00 01", Version.V5, Connected(1, 0)),
        ("01 00 00", Version.V5, Connected(0, 0)),
        ("00 00 10 26 0001 61 0001 62 12 0002 6d65 13 000a", Version.V5, Connected(0, 10)),
    ],
)
def test_the_broker_s_answer_is_read(body: str, version: Version, read: Connected) -> None:
    assert connected(bytes.fromhex(body), version=version) == read


def test_a_refused_subscription_is_none() -> None:
    assert Reader(Version.V5).packets(bytes.fromhex("9004 0001 00 87")) == [Answer(Kind.SUBACK, b"\0\1\0\x87")]
    assert not is_subscribed(bytes.fromhex("0001 00 87"), version=Version.V5)
    assert not is_subscribed(bytes.fromhex("0001 80"), version=Version.V3)
    assert is_subscribed(bytes.fromhex("0001 01"), version=Version.V3)

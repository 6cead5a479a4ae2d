"""A connection to a broker that is slow, silent, or hangs up."""

import fcntl
import resource
import socket
from collections.abc import Iterator

import pytest

from harvesters.reach import MIB
from harvesters.transport.mqtt_connection import Connection, Lost
from harvesters.transport.mqtt_packets import PING, Answer, Kind, Reader, Version

REFUSED = bytes.fromhex("20 03 00 87 00")


@pytest.fixture
def ends() -> Iterator[tuple[Connection, socket.socket]]:
    """Our connection, which keeps alive twenty times a second, and the broker's end of it."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.settimeout(20)
    with ours, theirs:
        yield Connection(ours, Reader(Version.V5), keepalive_s=0.05), theirs


def test_what_a_broker_says_before_it_hangs_up_is_heard(ends: tuple[Connection, socket.socket]) -> None:
    connection, broker = ends
    broker.sendall(REFUSED)
    broker.close()
    assert connection.turn(20) == [Answer(Kind.CONNACK, REFUSED[2:])]
    with pytest.raises(Lost):
        connection.turn(20)


def test_a_process_of_many_open_files_hears_its_broker() -> None:
    """`select` refuses a descriptor of 1024 or more; a process with a thousand listeners has them."""
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed[1], allowed[1]))
    ours, broker = socket.socketpair()
    try:
        beyond = socket.socket(fileno=fcntl.fcntl(ours.fileno(), fcntl.F_DUPFD_CLOEXEC, 2_000))
        with ours, broker, beyond:
            beyond.setblocking(False)
            broker.sendall(REFUSED)
            heard = Connection(beyond, Reader(Version.V5), keepalive_s=60).turn(20)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, allowed)
    assert heard == [Answer(Kind.CONNACK, REFUSED[2:])]


def test_a_silent_broker_is_pinged_then_given_up(ends: tuple[Connection, socket.socket]) -> None:
    connection, broker = ends
    with pytest.raises(Lost):
        _heard(connection)
    assert broker.recv(10) == PING, "once, and then nothing more was waited for"


def _heard(connection: Connection) -> None:
    """Wait for something to be said."""
    while not connection.turn(0.02):
        pass


def test_a_broker_that_answers_is_kept(ends: tuple[Connection, socket.socket]) -> None:
    connection, broker = ends
    for _ in range(3):
        broker.setblocking(False)
        while not _received(connection, broker):
            pass
        broker.sendall(b"\xd0\x00")
        assert connection.turn(20) == [Answer(13, b"")]


def _received(connection: Connection, broker: socket.socket) -> bytes:
    connection.turn(0.02)
    try:
        return broker.recv(10)
    except BlockingIOError:
        return b""


def test_a_broker_that_does_not_listen_yet_gets_all_of_it_later(ends: tuple[Connection, socket.socket]) -> None:
    connection, broker = ends
    connection.keepalive_s = 60
    connection.say(bytes(4 * MIB))
    left = 4 * MIB
    while left:
        left -= len(broker.recv(MIB))
        connection.turn(0)
    assert left == 0

"""Door 2 for a stream: what a broker says is written ahead, and only then acknowledged."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from threading import Event
from typing import Final

import structlog

from eclor.errors import SourceUnavailable
from harvesters.intake import AllowedFields
from harvesters.raw_store import RawStore
from harvesters.reach import MIB, Reach
from harvesters.receiving import Keeping
from harvesters.source import Source
from harvesters.streaming import StreamIntake
from harvesters.transport.mqtt import LOGIN_REFUSED, Feed
from harvesters.transport.mqtt_connection import Lost
from harvesters.transport.mqtt_packets import Message

_BATCH: Final = 500
_BATCH_BYTES: Final = 8 * MIB
_READ_S: Final = 0.2
"""How long an idle stream waits for a message, and the longest that one waits for company."""
_LULL_S: Final = 0.005
"""When nothing more comes for so long, what came is committed: the broker may be waiting for us."""
_TRICKLE: Final = 100
"""Fewer messages than this in a quiet time: what the broker kept is taken, what comes is said now."""
_FIRST_WAIT_S: Final = 1.0
_LONGEST_WAIT_S: Final = 60.0
_FINAL: Final = frozenset({LOGIN_REFUSED, "source.topic-refused", "source.no-credential"})
"""What waiting does not cure."""

log = structlog.get_logger()


class StreamState(Enum):
    """Where a stream stands."""

    CONNECTED = "connected"
    UNREACHABLE = "unreachable"
    """The broker does not answer; it is asked again, ever more slowly."""
    STOPPED = "stopped"


OnState = Callable[[StreamState, str], None]
"""Told each change of state, with the code of the refusal or ""."""


def drain(source: Source, allowed: AllowedFields, *, keeping: Keeping, store: RawStore, reach: Reach) -> None:
    """Take what the broker keeps for us; refuse a broker that does not answer.

    It ends when the broker says nothing for a while, or only what is said now, or when our patience does: the broker
    keeps the rest.
    """
    feed, end = Feed(source, reach), time.monotonic() + reach.patience.drain_s
    with store.harvesting(source), StreamIntake.of(source, allowed, store=store, keeping=keeping) as intake:
        feed.open()
        try:
            while _came(feed, intake, quiet_s=reach.patience.quiet_s) >= _TRICKLE and time.monotonic() < end:
                pass
        except Lost as error:
            raise SourceUnavailable("source.lost", dataset=source.dataset) from error
        finally:
            feed.close()
        intake.seal()


def _came(feed: Feed, intake: StreamIntake, *, quiet_s: float) -> int:
    """Take what comes in a quiet time; return how many messages."""
    count, end = 0, time.monotonic() + quiet_s
    while (left_s := end - time.monotonic()) > 0:
        messages = _gathered(feed, first_s=left_s)
        if messages:
            _take(intake, feed, messages)
        count += len(messages)
    return count


def _gathered(feed: Feed, *, first_s: float) -> list[Message]:
    """Return up to a batch of messages: those that come before a lull."""
    messages = feed.read(first_s)
    size, end = _size(messages), time.monotonic() + _READ_S
    while messages and len(messages) < _BATCH and size < _BATCH_BYTES and time.monotonic() < end:
        more = feed.read(_LULL_S)
        if not more:
            break
        messages += more
        size += _size(more)
    return messages


def _size(messages: list[Message]) -> int:
    return sum(len(message.payload) for message in messages)


def _take(intake: StreamIntake, feed: Feed, messages: list[Message]) -> None:
    for message in messages:
        intake.take(topic=message.topic, payload=message.payload)
    intake.commit()
    feed.acknowledge(messages)


@dataclass(slots=True)
class Listening:
    """One flow that a message broker tells: where its rows go, who is told of each change of state."""

    source: Source
    store: RawStore
    reach: Reach
    on_state: OnState
    _feed: Feed = field(init=False)
    _wait_s: float = _FIRST_WAIT_S

    def __post_init__(self) -> None:
        self._feed = Feed(self.source, self.reach)

    def visit(self, allowed: AllowedFields, *, keeping: Keeping, stop: Event) -> None:
        """Listen until `stop` is set, sealing partitions on the way; what was accepted is held at the end.

        Reconnects by itself, with back-off, when the broker is down or restarts. Refuses (`SourceUnavailable`) a login
        or a topic that the broker refuses, (`PayloadRefused`) messages that changed: the broker then keeps them.
        """
        with (
            self.store.harvesting(self.source),
            StreamIntake.of(self.source, allowed, store=self.store, keeping=keeping) as intake,
        ):
            try:
                while not stop.is_set():
                    self._connection(intake, stop)
            finally:
                self._feed.close()
                self.on_state(StreamState.STOPPED, "")
            intake.seal()

    def _connection(self, intake: StreamIntake, stop: Event) -> None:
        """Live one connection, from its opening to its loss."""
        try:
            self._feed.open()
            self._say(StreamState.CONNECTED, "")
            self._wait_s = _FIRST_WAIT_S
            while not stop.is_set():
                if messages := _gathered(self._feed, first_s=_READ_S):
                    _take(intake, self._feed, messages)
                intake.seal_if_due()
        except Lost:
            self._pause("source.lost", intake, stop)
        except SourceUnavailable as refusal:
            if refusal.code in _FINAL:
                raise
            self._pause(refusal.code, intake, stop)

    def _pause(self, code: str, intake: StreamIntake, stop: Event) -> None:
        """Wait before the next connection; rows that are safe do not wait for it to be sealed."""
        self._say(StreamState.UNREACHABLE, code)
        intake.seal_if_due()
        stop.wait(self._wait_s)
        self._wait_s = min(self._wait_s * 2, _LONGEST_WAIT_S)

    def _say(self, state: StreamState, code: str) -> None:
        log.info("stream.state_changed", dataset=self.source.dataset, state=state.value, code=code)
        self.on_state(state, code)

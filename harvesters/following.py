"""Door 2 for a flow that a broker tells (NGSI): subscribed, asked once for all of it, then told what changes.

Asking again closes every gap: what was said while nobody listened, what was refused, what was deleted there.
"""

import time
from dataclasses import dataclass
from http import HTTPStatus
from threading import Event
from typing import Final

import orjson
import structlog

from harvesters.harvest import fetch_new
from harvesters.intake import AllowedFields
from harvesters.listening import OnState, StreamState
from harvesters.notifications import Inbox, Told
from harvesters.raw_store import RawStore
from harvesters.reach import Reach
from harvesters.receiving import Keeping
from harvesters.source import Source
from harvesters.streaming import StreamIntake
from harvesters.subscription import Subscription

_READ_S: Final = 0.2
_SOONEST_S: Final = 10.0
"""All of it is asked again no sooner, whatever was missed."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Following:
    """One subscribed flow: where it stands at its broker, where it is told, where its rows go."""

    subscription: Subscription
    inbox: Inbox
    store: RawStore
    reach: Reach
    on_state: OnState

    @property
    def source(self) -> Source:
        """Return the flow."""
        return self.subscription.source

    def visit(self, allowed: AllowedFields, *, keeping: Keeping, stop: Event) -> None:
        """Follow the flow until it is to be asked again (`toutes_les`, or something was missed), or `stop` is set.

        Refuses (`SourceUnavailable`) a broker that does not answer or refuses, (`PayloadRefused`) a source that
        changed: nothing is then acknowledged. Only rows that are durable are.
        """
        begun, every_s = time.monotonic(), self.source.every.total_seconds()
        with (
            self.store.harvesting(self.source),
            StreamIntake.of(self.source, allowed, store=self.store, keeping=keeping) as intake,
        ):
            self.subscription.stand(intake.admission.wanted)
            self.inbox.missed.clear()
            fetch_new(self.source, allowed, keeping=keeping, store=self.store, reach=self.reach)
            self.on_state(StreamState.CONNECTED, "")
            while not stop.is_set() and time.monotonic() - begun < (
                _SOONEST_S if self.inbox.missed.is_set() else every_s
            ):
                if told := self.inbox.gathered(_READ_S):
                    self._take(told, intake)
                intake.seal_if_due()
            intake.seal()

    def _take(self, told: list[Told], intake: StreamIntake) -> None:
        """Make what was told durable, then acknowledge it."""
        answers = [HTTPStatus.SERVICE_UNAVAILABLE] * len(told)
        try:
            entered = [self._entered(one, intake) for one in told]
            intake.commit()
            answers = entered
        finally:
            for one, answer in zip(told, answers, strict=True):
                one.answer(answer)

    def _entered(self, told: Told, intake: StreamIntake) -> HTTPStatus:
        match _parsed(told.body):
            case {"subscriptionId": self.subscription.identifier, "data": [*_]}:
                intake.take(topic=self.source.flow, payload=told.body)
                return HTTPStatus.NO_CONTENT
            case {"subscriptionId": str(), "data": [*_]}:
                return HTTPStatus.NOT_FOUND
            case _:
                log.warning("subscription.malformed", dataset=self.source.dataset)
                intake.refuse("payload.no-notification", topic=self.source.flow, payload=told.body)
                self.inbox.missed.set()  # the broker believes it told, and will not say that change again
                return HTTPStatus.BAD_REQUEST


def _parsed(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None

"""How `eclor intake` listens to one flow: to a message broker, or by what a context broker was subscribed to tell."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from threading import Event
from typing import Protocol, Self

import structlog

from charter.compile import Plan
from eclor.errors import SourceUnavailable
from eclor.house import House
from eclor.keeping import keeping_of
from eclor.standing import allowed_fields
from harvesters.following import Following
from harvesters.listening import Listening, StreamState
from harvesters.notifications import Door, Inbox
from harvesters.source import Source
from harvesters.subscription import Subscription
from harvesters.subscription_register import Register

log = structlog.get_logger()


class Way(Protocol):
    """One flow, listened to as long as its policy allows it."""

    @property
    def flow(self) -> Source:
        """Return the flow."""
        ...

    def visit(self, plan: Plan, halt: Event) -> None:
        """Listen until `halt` is set, or the policy is to be looked at again."""
        ...

    def leave(self) -> None:
        """Have nothing more sent to us: the flow is paused, or its policy no longer allows it."""
        ...

    def close(self) -> None:
        """Stop listening; what is sent meanwhile is asked for later."""
        ...


@dataclass(frozen=True, slots=True)
class Brokered:
    """A message broker, whose session keeps what comes."""

    flow: Source
    house: House

    def visit(self, plan: Plan, halt: Event) -> None:
        """Listen until `halt` is set."""
        listening = Listening(self.flow, self.house.store, self.house.reach, _told)
        listening.visit(allowed_fields(plan), keeping=keeping_of(plan), stop=halt)

    def leave(self) -> None:
        """Do nothing: the broker keeps the session for its time."""

    def close(self) -> None:
        """Do nothing: nothing is open."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A context broker that was subscribed to."""

    flow: Source
    house: House
    door: Door
    subscription: Subscription
    _open: ExitStack = field(default_factory=ExitStack)
    _inbox: list[Inbox] = field(default_factory=list)

    @classmethod
    def of(cls, flow: Source, house: House, door: Door, register: Register) -> Self:
        """Return the way of a flow, its door still shut."""
        return cls(flow, house, door, Subscription(flow, door.url_of(flow), register, house.reach))

    def visit(self, plan: Plan, halt: Event) -> None:
        """Follow the flow for one of its periods."""
        if not self._inbox:
            self._inbox.append(self._open.enter_context(self.door.inbox(self.flow, self.subscription.token)))
        following = Following(self.subscription, self._inbox[0], self.house.store, self.house.reach, _told)
        following.visit(allowed_fields(plan), keeping=keeping_of(plan), stop=halt)

    def leave(self) -> None:
        """Shut the door and end the subscription."""
        self.close()
        try:
            self.subscription.end()
        except SourceUnavailable as refusal:
            log.warning("subscription.not_ended", dataset=self.flow.dataset, code=refusal.code)

    def close(self) -> None:
        """Shut the door; the subscription stands."""
        self._inbox.clear()
        self._open.close()


def _told(state: StreamState, code: str) -> None:
    log.info("intake.state", state=state.value, code=code)

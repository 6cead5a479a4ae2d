"""The part of a context broker that tells subscribers, whichever of its two interfaces they speak."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final, Protocol
from urllib.parse import urlsplit

import orjson
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harvesters.simulators.clock import written_utc
from harvesters.simulators.context_broker import Seen, json_answer
from harvesters.simulators.context_entities import Entity, selected
from harvesters.simulators.telling import Tell, told

_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What a subscription asks for."""

    type: str
    callback: str
    attributes: tuple[str, ...]
    watched: frozenset[str] = frozenset()
    """Changes of which are told; empty, of any."""
    headers: Mapping[str, str] = field(default_factory=dict)
    until: datetime | None = None
    awake: bool = True

    def changes(self, before: Mapping[str, Entity], now: Collection[Entity]) -> list[Entity]:
        """Return the entities of which something watched is no longer what it was."""
        return [each for each in now if self._watched(each) != self._watched(before.get(str(each["id"]), {}))]

    def is_over(self, now: datetime) -> bool:
        """Say whether its end has come."""
        return self.until is not None and self.until <= now

    def _watched(self, entity: Entity) -> Entity:
        return selected(entity, self.watched) if entity else {}


@dataclass(slots=True)
class Subscription:
    """A subscription, and what became of its notifications."""

    identifier: str
    document: Mapping[str, object]
    wish: Wish
    seen: dict[str, Entity] = field(default_factory=dict)
    """The entities as they were when it was last told."""
    sent: int = 0
    failed: int = 0
    last: dict[str, str] = field(default_factory=dict)
    """When it was last told, last with success, last without."""

    def shown(self, now: datetime, *, asleep: str, counts: Mapping[str, int]) -> dict[str, object]:
        """Return the document with its status, and what became of the notifications; `asleep` is a status' word."""
        notification = self.document["notification"]
        told = {**counts, **self.last}
        return {
            **self.document,
            "id": self.identifier,
            "status": "expired" if self.wish.is_over(now) else "active" if self.wish.awake else asleep,
            "notification": {**notification, **told} if isinstance(notification, dict) else told,
        }


class Speech(Protocol):
    """How one interface writes a subscription, an entity, an error."""

    @property
    def root(self) -> str:
        """Return the path of its subscriptions."""
        ...

    def read(self, document: object) -> Wish | None:
        """Return what a document asks for; None if it is no subscription that can be kept."""
        ...

    def shown(self, subscription: Subscription, now: datetime) -> dict[str, object]:
        """Return a subscription as it is given back."""
        ...

    def entity(self, entity: Entity) -> Entity:
        """Return an entity in the interface's normalized form."""
        ...

    def head(self, identifier: str, number: int, now: datetime) -> dict[str, object]:
        """Return the members of a notification beside its data."""
        ...

    def identifier(self, number: int) -> str:
        """Return the identifier of the n-th subscription."""
        ...

    def problem(self, status: HTTPStatus, detail: str) -> Response:
        """Answer an error."""
        ...


@dataclass(slots=True)
class Subscriptions:
    """The subscriptions of one interface of a broker; they live as long as it does."""

    speech: Speech
    seen: Seen
    now: Callable[[], datetime]
    tell: Tell = told
    held: dict[str, Subscription] = field(default_factory=dict)
    made: int = 0

    def routes(self) -> list[Route]:
        """Return the routes."""
        root = self.speech.root
        return [
            Route(root, self._create, methods=["POST"]),
            Route(root, self._list, methods=["GET"]),
            Route(f"{root}/{{identifier:path}}", self._one, methods=["GET", "PATCH", "DELETE"]),
        ]

    async def notify_all(self) -> None:
        """Tell every subscriber what changed since it was told; one that does not answer is not told it again."""
        if self.held:
            seen = self.seen()
            for subscription in tuple(self.held.values()):
                await self._notify(subscription, seen)

    def notification(self, subscription: Subscription, changed: Collection[Entity]) -> dict[str, object]:
        """Return what a subscriber is told: the attributes asked for, no other."""
        head = self.speech.head(subscription.identifier, subscription.sent, self.now())
        data = [self.speech.entity(selected(each, subscription.wish.attributes)) for each in changed]
        return {**head, "data": data}

    async def _notify(self, subscription: Subscription, seen: list[Entity]) -> None:
        wish, instant = subscription.wish, self.now()
        ours = [each for each in seen if each["type"] == wish.type]
        changed = wish.changes(subscription.seen, ours)
        if not changed or not wish.awake or wish.is_over(instant):
            return
        subscription.seen = {str(each["id"]): each for each in ours}
        content = orjson.dumps(self.notification(subscription, changed))
        subscription.sent += 1
        subscription.last["lastNotification"] = written_utc(instant)
        well = await self.tell(wish.callback, wish.headers, content)
        subscription.failed += not well
        subscription.last["lastSuccess" if well else "lastFailure"] = written_utc(instant)

    async def _create(self, request: Request) -> Response:
        document = _json(await request.body())
        wish = self.speech.read(document)
        if wish is None or not isinstance(document, dict) or wish.is_over(self.now()):
            return self.speech.problem(HTTPStatus.BAD_REQUEST, "a subscription told by http to a loopback address")
        if len(self.held) >= _MOST:
            return self.speech.problem(HTTPStatus.FORBIDDEN, f"{_MOST} subscriptions at most")
        identifier = self.speech.identifier(self.made)
        subscription = Subscription(identifier, document, wish)
        self.made += 1
        self.held[identifier] = subscription
        location = {"Location": f"{self.speech.root}/{identifier}"}
        initial = BackgroundTask(self._notify, subscription, self.seen())
        return Response(status_code=HTTPStatus.CREATED, headers=location, background=initial)

    async def _list(self, request: Request) -> Response:
        limit, offset = (request.query_params.get(name, "") for name in ("limit", "offset"))
        start = int(offset) if offset.isdecimal() else 0
        page = slice(start, start + (int(limit) if limit.isdecimal() else _MOST))
        return json_answer([self._shown(one) for one in tuple(self.held.values())[page]])

    async def _one(self, request: Request) -> Response:
        subscription = self.held.get(request.path_params["identifier"])
        if subscription is None:
            return self.speech.problem(HTTPStatus.NOT_FOUND, "no such subscription")
        match request.method:
            case "DELETE":
                del self.held[subscription.identifier]
            case "PATCH":
                return self._changed(subscription, _json(await request.body()))
            case _:
                return json_answer(self._shown(subscription))
        return Response(status_code=HTTPStatus.NO_CONTENT)

    def _changed(self, subscription: Subscription, document: object) -> Response:
        merged = {**subscription.document, **document} if isinstance(document, dict) else None
        wish = self.speech.read(merged)
        if wish is None or merged is None:
            return self.speech.problem(HTTPStatus.BAD_REQUEST, "no such subscription can be kept")
        subscription.document, subscription.wish = merged, wish
        return Response(status_code=HTTPStatus.NO_CONTENT)

    def _shown(self, subscription: Subscription) -> dict[str, object]:
        return self.speech.shown(subscription, self.now())


def is_loopback(address: str) -> bool:
    """Say whether a subscriber may be told there: no simulator speaks to another machine."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme == "http" and parts.hostname in _LOOPBACK and port != 0


def instant_of(text: object) -> datetime | None:
    """Return the instant that a text says, if it is one; in UTC where no offset is said, as both interfaces have it."""
    try:
        instant = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return instant.replace(tzinfo=UTC) if instant and instant.tzinfo is None else instant


def _json(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None

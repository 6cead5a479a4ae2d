"""The part of an NGSI-LD broker that tells subscribers (ETSI GS CIM 009, clause 6.10 and 6.11)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import orjson
import structlog
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harvesters.simulators.context_broker import ROOT, Seen, json_answer, problem
from harvesters.simulators.context_entities import selected
from harvesters.simulators.seeds import generator

_log = structlog.get_logger()
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_MOST = 20
_TIMEOUT_S = 5


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who wants to be told of what: some attributes of the one type, at a loopback address."""

    identifier: str
    callback: str
    attributes: tuple[str, ...]
    document: Mapping[str, object]


@dataclass(slots=True)
class Subscriptions:
    """The subscriptions of one broker; they live as long as it does."""

    type: str
    seed: int
    seen: Seen
    now: Callable[[], datetime]
    held: dict[str, Subscription] = field(default_factory=dict)
    made: int = 0

    def routes(self) -> list[Route]:
        """Return the routes, under `/ngsi-ld/v1/subscriptions`."""
        return [
            Route(f"{ROOT}/subscriptions", self._create, methods=["POST"]),
            Route(f"{ROOT}/subscriptions", self._list, methods=["GET"]),
            Route(f"{ROOT}/subscriptions/{{identifier:path}}", self._delete, methods=["DELETE"]),
        ]

    async def notify_all(self) -> None:
        """Tell every subscriber what is now; one that does not answer is told again next time."""
        for subscription in tuple(self.held.values()):
            await self._notify(subscription)

    def notification(self, subscription: Subscription) -> dict[str, object]:
        """Return what a subscriber is told now: the attributes asked for, no other."""
        instant = self.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        return {
            "id": _urn("Notification", self.seed, subscription.identifier, instant),
            "type": "Notification",
            "subscriptionId": subscription.identifier,
            "notifiedAt": instant,
            "data": [selected(each, subscription.attributes) for each in self.seen() if each["type"] == self.type],
        }

    async def _notify(self, subscription: Subscription) -> None:
        try:
            async with httpx.AsyncClient(timeout=_TIMEOUT_S, trust_env=False) as client:
                answer = await client.post(subscription.callback, json=self.notification(subscription))
        except httpx.HTTPError as error:
            _log.warning("subscription.unreachable", subscription=subscription.identifier, error=type(error).__name__)
        else:
            _log.debug("subscription.notified", subscription=subscription.identifier, status=answer.status_code)

    async def _create(self, request: Request) -> Response:
        identifier = _urn("Subscription", self.seed, self.made)
        subscription = _read(await request.body(), type_=self.type, identifier=identifier)
        if subscription is None:
            detail = f"a Subscription to {self.type}, told by http to a loopback address"
            return problem(HTTPStatus.BAD_REQUEST, "BadRequestData", detail)
        if len(self.held) >= _MOST:
            return problem(HTTPStatus.FORBIDDEN, "OperationNotSupported", f"{_MOST} subscriptions at most")
        self.made += 1
        self.held[identifier] = subscription
        location = {"Location": f"{ROOT}/subscriptions/{identifier}"}
        return Response(
            status_code=HTTPStatus.CREATED, headers=location, background=BackgroundTask(self._notify, subscription)
        )

    async def _list(self, _request: Request) -> Response:
        return json_answer([dict(subscription.document) for subscription in self.held.values()])

    async def _delete(self, request: Request) -> Response:
        if self.held.pop(request.path_params["identifier"], None) is None:
            return problem(HTTPStatus.NOT_FOUND, "ResourceNotFound", "no such subscription")
        return Response(status_code=HTTPStatus.NO_CONTENT)


def _read(body: bytes, *, type_: str, identifier: str) -> Subscription | None:
    """Return the subscription that a body asks for; none when it names no attributes, or not to loopback."""
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    match document:
        case {
            "type": "Subscription",
            "entities": [{"type": str() as asked}, *_],
            "notification": {"endpoint": {"uri": str() as callback}, "attributes": [*attributes]},
        } if asked == type_ and _is_loopback(callback):
            return Subscription(identifier, callback, tuple(map(str, attributes)), document | {"id": identifier})
        case _:
            return None


def _is_loopback(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "http" and parts.hostname in _LOOPBACK


def _urn(kind: str, seed: int, *labels: str | int) -> str:
    return f"urn:ngsi-ld:{kind}:{UUID(bytes=generator(seed, kind, *labels).bytes(16), version=4)}"

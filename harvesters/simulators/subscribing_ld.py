"""Subscriptions as NGSI-LD writes them (ETSI GS CIM 009, clauses 5.2.12, 5.3.1 and 6.10)."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from starlette.responses import Response

from harvesters.simulators.clock import written_utc
from harvesters.simulators.context_broker import ROOT, problem
from harvesters.simulators.context_entities import Entity
from harvesters.simulators.seeds import generator
from harvesters.simulators.subscriptions import Subscription, Wish, instant_of, is_loopback

_KINDS = {HTTPStatus.NOT_FOUND: "ResourceNotFound", HTTPStatus.FORBIDDEN: "OperationNotSupported"}


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The interface of the standard."""

    seed: int
    root: str = f"{ROOT}/subscriptions"

    def read(self, document: object) -> Wish | None:
        """Return what a document asks for; None when it names no attributes, or not loopback."""
        match document:
            case {
                "type": "Subscription",
                "entities": [{"type": str() as kind}, *_],
                "notification": {"attributes": [*attributes], "endpoint": {"uri": str() as callback, **endpoint}},
                **rest,
            } if is_loopback(callback):
                watched, receiver = rest.get("watchedAttributes"), endpoint.get("receiverInfo")
                pairs = [pair for pair in receiver if isinstance(pair, dict)] if isinstance(receiver, list) else []
                return Wish(
                    kind,
                    callback,
                    tuple(map(str, attributes)),
                    watched=frozenset(map(str, watched)) if isinstance(watched, list) else frozenset(),
                    headers={str(pair.get("key")): str(pair.get("value")) for pair in pairs},
                    until=instant_of(rest.get("expiresAt")),
                    awake=rest.get("isActive") is not False,
                )
            case _:
                return None

    def shown(self, subscription: Subscription, now: datetime) -> dict[str, object]:
        """Return it with its status and what became of its notifications."""
        counts = {"timesSent": subscription.sent, "timesFailed": subscription.failed}
        return subscription.shown(now, asleep="paused", counts=counts)

    def entity(self, entity: Entity) -> Entity:
        """Return the entity as it is."""
        return entity

    def head(self, identifier: str, number: int, now: datetime) -> dict[str, object]:
        """Return a Notification without its data."""
        return {
            "id": self._urn("Notification", identifier, number),
            "type": "Notification",
            "subscriptionId": identifier,
            "notifiedAt": written_utc(now),
        }

    def identifier(self, number: int) -> str:
        """Return a URN."""
        return self._urn("Subscription", number)

    def problem(self, status: HTTPStatus, detail: str) -> Response:
        """Answer a problem of a known type."""
        return problem(status, _KINDS.get(status, "BadRequestData"), detail)

    def _urn(self, kind: str, *labels: str | int) -> str:
        return f"urn:ngsi-ld:{kind}:{UUID(bytes=generator(self.seed, kind, *labels).bytes(16), version=4)}"

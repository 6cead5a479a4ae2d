"""Subscriptions as NGSI v2 writes them (FIWARE-NGSI v2, as Orion answers)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from starlette.responses import Response

from harvesters.simulators.context_broker_v2 import ROOT, error, normalized
from harvesters.simulators.context_entities import Entity
from harvesters.simulators.seeds import generator
from harvesters.simulators.subscriptions import Subscription, Wish, instant_of, is_loopback


@dataclass(frozen=True, slots=True)
class VersionTwo:
    """The interface of Orion."""

    seed: int
    root: str = f"{ROOT}/subscriptions"

    def read(self, document: object) -> Wish | None:
        """Return what a document asks for; None when it has no subject, or is not told at loopback."""
        match document:
            case {
                "subject": {"entities": [{"type": str() as kind}, *_], **subject},
                "notification": {"httpCustom": {"url": str() as callback, **custom}, **notification},
                **rest,
            } | {
                "subject": {"entities": [{"type": str() as kind}, *_], **subject},
                "notification": {"http": {"url": str() as callback, **custom}, **notification},
                **rest,
            } if is_loopback(callback):
                condition = subject.get("condition")
                return Wish(
                    kind,
                    callback,
                    tuple(_texts(notification.get("attrs"))),
                    watched=frozenset(_texts(condition.get("attrs") if isinstance(condition, Mapping) else None)),
                    headers=_headers(custom.get("headers")),
                    until=instant_of(rest.get("expires")),
                    awake=rest.get("status", "active") == "active",
                )
            case _:
                return None

    def shown(self, subscription: Subscription, now: datetime) -> dict[str, object]:
        """Return it with its status and what became of its notifications."""
        return subscription.shown(now, asleep="inactive", counts={"timesSent": subscription.sent})

    def entity(self, entity: Entity) -> Entity:
        """Return the entity in normalized form."""
        return normalized(entity)

    def head(self, identifier: str, number: int, now: datetime) -> dict[str, object]:
        """Return the one member that stands beside the data."""
        del number, now
        return {"subscriptionId": identifier}

    def identifier(self, number: int) -> str:
        """Return 24 hexadecimal digits."""
        return generator(self.seed, "v2", number).bytes(12).hex()

    def problem(self, status: HTTPStatus, detail: str) -> Response:
        """Answer an error and its description."""
        return error(status, detail)


def _texts(listed: object) -> list[str]:
    return [str(one) for one in listed] if isinstance(listed, list) else []


def _headers(plain: object) -> dict[str, str]:
    return {str(name): str(value) for name, value in plain.items()} if isinstance(plain, Mapping) else {}

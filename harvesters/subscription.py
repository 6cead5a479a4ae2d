"""The one subscription of a flow at its context broker: found again by what it says of itself, renewed in time, ended.

The broker forgets it by itself a day after the last visit: a home that is gone is told nothing for long.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote

import httpx
import orjson
import structlog

from eclor.errors import SourceUnavailable
from eclor.world import Secret
from harvesters import transport
from harvesters.notice import Broker, Notice
from harvesters.reach import Reach, Wanted
from harvesters.source import Source
from harvesters.subscription_register import Register
from harvesters.transport.addresses import Named, is_ours
from harvesters.transport.polite import Visitor

_ANSWERS: Final = frozenset({201, 204, 404})
_SHORTEST: Final = timedelta(days=1)
_SUBSCRIPTIONS: Final = "/subscriptions"
_PAGE: Final = 500
_MOST_PAGES: Final = 20
_ASLEEP: Final = frozenset({"paused", "inactive", "expired"})
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{32,200}")
_FORBIDDEN: Final = re.compile("[<>\"'=;()]")
"""Characters that Orion refuses in a text."""

log = structlog.get_logger()


@dataclass(slots=True)
class Subscription:
    """What one flow is subscribed to, for the life of a process."""

    source: Source
    url: str
    """Where the broker is to tell us."""
    register: Register
    reach: Reach
    identifier: str = ""
    _said: bytes = b""
    _until: datetime = field(default=datetime.min.replace(tzinfo=UTC))

    def __post_init__(self) -> None:
        self.identifier = self.register.known(self.source)

    @property
    def token(self) -> Secret:
        """Return the token that the broker shows us. Refuses (`SourceUnavailable`) none, or one that can be guessed."""
        secret = self.reach.credentials.named(self.source.subscription or "")
        if not _TOKEN.fullmatch(secret.reveal().decode("utf-8", "replace")):
            raise SourceUnavailable("source.weak-token", name=self.source.subscription or "")
        return secret

    def stand(self, wanted: Wanted) -> None:
        """Have one subscription to these paths stand at the broker. Refuses (`SourceUnavailable`) what it refuses."""
        self._refuse_open_road()
        notice = self._notice(wanted)
        said = hashlib.sha256(repr((notice.url, notice.token.reveal(), notice.attributes)).encode()).digest()
        with Visitor(self.source, self.reach, also=_ANSWERS) as visitor:
            desk = _Desk(visitor, broker_of(self.source))
            fresh = said == self._said and self._until - self.reach.clock.now() > self._lifetime / 2
            if not (fresh and desk.stands(self.identifier)):
                self.identifier = desk.renewed(self.identifier, notice)
                self._said, self._until = said, datetime.fromisoformat(notice.until)
        self.register.keep(self.source, self.identifier)

    def end(self) -> None:
        """Have the broker forget it. Refuses (`SourceUnavailable`) a broker that does not answer."""
        if self.identifier:
            end_at_broker(self.source, self.identifier, self.reach)
            self.register.forget(self.source)
            self.identifier, self._said = "", b""

    @property
    def _lifetime(self) -> timedelta:
        return max(_SHORTEST, 4 * self.source.every)

    def _notice(self, wanted: Wanted) -> Notice:
        source, now = self.source, self.reach.clock.now()
        return Notice(
            url=self.url,
            token=self.token,
            attributes=broker_of(source).attributes(wanted),
            description=_FORBIDDEN.sub("", f"eclor {source.name}/{source.dataset}/{source.flow} {self.reach.contact}"),
            until=(now + self._lifetime).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )

    def _refuse_open_road(self) -> None:
        """Refuse an address that the broker cannot reach, or a way there or back where the token could be read."""
        named, url = Named.of(self.source), httpx.URL(self.url)
        is_closed = named.internal or named.endpoint.scheme == url.scheme == "https"
        if is_ours(named.endpoint.host) or (is_closed and not is_ours(url.host)):
            return
        raise SourceUnavailable("source.no-way-back", host=named.endpoint.host)


@dataclass(frozen=True, slots=True)
class _Desk:
    """The part of a broker that keeps subscriptions."""

    visitor: Visitor
    broker: Broker

    def stands(self, identifier: str) -> bool:
        """Say whether the broker still has it, awake."""
        answer = self._told("GET", identifier)
        kept = _read(answer) if answer.status_code == httpx.codes.OK else None
        return isinstance(kept, dict) and kept.get("status") not in _ASLEEP and kept.get("isActive") is not False

    def renewed(self, identifier: str, notice: Notice) -> str:
        """Return the identifier of the one that stands: that one, another that says to be ours, or a new one."""
        content = orjson.dumps(self.broker.document(self.visitor.source, notice))
        if identifier and self._changed(identifier, content):
            return identifier
        ours = [one for one in self._ours(notice.description) if self._changed(one, content)]
        for other in ours[1:]:
            self.end(other)
        if ours:
            return ours[0]
        answer = self._told("POST", "", content)
        made = answer.headers.get("location", "").rpartition(f"{_SUBSCRIPTIONS}/")[2]
        if answer.status_code != httpx.codes.CREATED or not made:
            raise SourceUnavailable("source.not-subscribed", host=self.visitor.host)
        log.info("subscription.made", dataset=self.visitor.source.dataset, host=self.visitor.host)
        return str(made)

    def end(self, identifier: str) -> None:
        """Have it forgotten."""
        self._told("DELETE", identifier)

    def _changed(self, identifier: str, content: bytes) -> bool:
        return self._told("PATCH", identifier, content).status_code != httpx.codes.NOT_FOUND

    def _ours(self, description: str) -> list[str]:
        """Return the identifiers of the subscriptions of that description."""
        found: list[str] = []
        for page in range(_MOST_PAGES):
            listed = _read(self._told("GET", "", offset=page * _PAGE))
            kept = listed if isinstance(listed, list) else []
            found += [one["id"] for one in kept if _is_ours(one, description)]
            if len(kept) < _PAGE:
                break
        return found

    def _told(self, method: str, identifier: str, content: bytes = b"", *, offset: int | None = None) -> httpx.Response:
        source, path = self.visitor.source, f"/{quote(identifier, safe=':')}" if identifier else ""
        url = self.broker.address(source, f"{_SUBSCRIPTIONS}{path}")
        if offset is not None:
            url = url.copy_merge_params({"limit": str(_PAGE), "offset": str(offset)})
        headers = {**self.broker.headers(source), **({"Content-Type": "application/json"} if content else {})}
        return self.visitor.told(method, str(url), headers=headers, content=content)


def end_at_broker(source: Source, identifier: str, reach: Reach) -> None:
    """Have a broker forget a subscription. Refuses (`SourceUnavailable`) one that does not answer."""
    with Visitor(source, reach, also=_ANSWERS) as visitor:
        _Desk(visitor, broker_of(source)).end(identifier)
    log.info("subscription.ended", dataset=source.dataset)


def broker_of(source: Source) -> Broker:
    """Return how a source's broker is subscribed to."""
    broker = transport.load(source.access).broker
    if broker is None:
        message = f"{source.access} knows no subscription: the declaration's reader refuses the option"
        raise TypeError(message)
    return broker


def _is_ours(listed: object, description: str) -> bool:
    match listed:
        case {"id": str(), "description": said}:
            return bool(said == description)
        case _:
            return False


def _read(answer: httpx.Response) -> object:
    try:
        return orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return None


def end_left(declared: Collection[Source], register: Register, reach: Reach) -> None:
    """End the subscriptions that nothing declares any more; what cannot be now is tried at the next start."""
    for file, source, identifier in register.left(declared):
        try:
            end_at_broker(source, identifier, reach)
        except SourceUnavailable as refusal:
            log.warning("subscription.left", dataset=source.dataset, code=refusal.code)
        else:
            file.unlink(missing_ok=True)

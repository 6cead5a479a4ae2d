"""Where a source may lead: to hosts that its declaration names, and into a private network only when it says so.

A server chooses where it redirects and what its name resolves to. Without this a source could have us ask our own
machines in its stead (server-side request forgery): names are resolved once, judged, and that address is connected to.
"""

import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, Self

import httpcore
import httpx

from eclor.errors import SourceUnavailable
from harvesters.source import Source

INTERNAL: Final = "interne"
"""Value of the option `reseau`: the source's names stand for machines of the operator's own network."""
_SCHEMES: Final = {"http": 80, "https": 443}
_TRANSLATED: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""NAT64 (RFC 6052), and the old form of IPv4-compatible addresses."""
_LOCAL_TRANSLATION: Final = IPv6Network("64:ff9b:1::/48")
"""Of a network's own translators (RFC 8215)."""
_LOOPBACK_NAME: Final = "localhost"


@dataclass(frozen=True, slots=True)
class Named:
    """The hosts that a declaration names."""

    endpoint: httpx.URL
    others: frozenset[str]
    internal: bool

    @classmethod
    def of(cls, source: Source) -> Self:
        """Return those of a source: its address, its option `hotes`; refuse an address that is no web address."""
        try:
            endpoint = httpx.URL(source.endpoint)
        except httpx.InvalidURL as error:
            raise SourceUnavailable("source.address") from error
        if endpoint.scheme not in _SCHEMES or not endpoint.host:
            raise SourceUnavailable("source.address")
        others = frozenset(host.strip() for host in source.options.get("hotes", "").split(",") if host.strip())
        return cls(endpoint, others, source.options.get("reseau") == INTERNAL)

    def joined(self, base: httpx.URL, onward: str) -> httpx.URL:
        """Return the address that `base` leads on to; refuse (`SourceUnavailable`) one that nobody named.

        Refused too: another scheme than http and https, https left for http, a name and password in the address.
        """
        try:
            target = base.join(onward)
        except httpx.InvalidURL as error:
            raise SourceUnavailable("source.redirected", host=shown(self.endpoint), target="?") from error
        downgraded = base.scheme == "https" and target.scheme == "http"
        if target.scheme not in _SCHEMES or downgraded or target.userinfo or not self._admits(target):
            raise SourceUnavailable("source.redirected", host=shown(self.endpoint), target=shown(target))
        return target

    def _admits(self, target: httpx.URL) -> bool:
        if target.host in self.others or f"{target.host}:{_port(target)}" in self.others:
            return True
        usual = all(url.port in (None, _SCHEMES[url.scheme]) for url in (target, self.endpoint))
        return target.host == self.endpoint.host and (usual or _port(target) == _port(self.endpoint))

    def refuse_private(self, host: str, addresses: Iterable[str]) -> None:
        """Refuse (`SourceUnavailable`) a host that stands in a private network, unless the declaration says so.

        It says so by the address itself (`10.0.0.5`, `localhost`), or for names by the option `reseau: interne`.
        """
        if self.internal or (_says_where(host) and host in {self.endpoint.host, *map(_without_port, self.others)}):
            return
        if not all(is_public(address) for address in addresses):
            raise SourceUnavailable("source.private-address", host=shown(self.endpoint), target=host)


@dataclass(slots=True)
class GuardedSockets(httpcore.NetworkBackend):
    """Connects to the very address that was judged: a name that resolves otherwise the second time changes nothing."""

    named: Named
    _sockets: httpcore.SyncBackend = field(default_factory=httpcore.SyncBackend)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers, once all of them are judged."""
        failure: Exception = httpcore.ConnectError("no address")
        addresses = resolved(host, port)
        self.named.refuse_private(host, addresses)
        for address in addresses:
            try:
                return self._sockets.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


class GuardedTransport(httpx.HTTPTransport):
    """httpx's own transport on guarded sockets."""

    def __init__(self, named: Named) -> None:
        context = httpx.create_ssl_context()
        super().__init__(verify=context)
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=GuardedSockets(named))


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a host; raise httpcore's own error when it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(str(error)) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Say whether an address is one of the open network."""
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address):
        if parsed.is_site_local or parsed in _LOCAL_TRANSLATION:
            return False
        parsed = _embedded(parsed) or parsed
    return parsed.is_global and not parsed.is_multicast


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """Return the address that stands for one of IPv4 by its form: a gateway leads there."""
    if any(address in network for network in _TRANSLATED):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def is_ours(host: str) -> bool:
    """Say whether a host is this machine: never asked through a proxy, and several systems may answer on it."""
    address = _literal(host)
    return host == _LOOPBACK_NAME or (address is not None and address.is_loopback)


def shown(url: httpx.URL) -> str:
    """Return a server's name, as messages may show it."""
    return f"{url.host}:{url.port}" if url.port else url.host


def _says_where(host: str) -> bool:
    return host == _LOOPBACK_NAME or _literal(host) is not None


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _port(url: httpx.URL) -> int:
    return url.port or _SCHEMES[url.scheme]


def _without_port(host: str) -> str:
    name, _, port = host.rpartition(":")
    return name if port.isdigit() and ":" not in name else host

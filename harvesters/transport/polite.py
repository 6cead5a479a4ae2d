"""A polite HTTP client: says who it is, asks again no sooner than it is told, and trusts no answer by its status.

Built on httpx and tenacity. Every refusal is a `SourceUnavailable` with the host, never a query or a secret. One visit
at a time to a host, cookies are not kept, and where one may go is `harvesters.transport.addresses`' to say.
"""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from io import BufferedReader, RawIOBase
from types import TracebackType
from typing import Final, Self, cast
from urllib.request import getproxies, proxy_bypass

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from eclor import __version__
from eclor.errors import SourceUnavailable
from harvesters.manners import HostBusy
from harvesters.reach import MIB, Reach
from harvesters.source import Source
from harvesters.transport import bounds, unpacking
from harvesters.transport.addresses import INTERNAL, GuardedTransport, Named, is_ours, shown
from harvesters.transport.body import Body

OPTIONS: Final = ("authentification", "hotes", "reseau", bounds.OPTION)
NUMBERS: Final = (bounds.OPTION,)
WORDS: Final = {"reseau": (INTERNAL,)}
WHOLE_BYTES: Final = 32 * MIB
"""Most bytes of an answer that is held whole: a descriptor, a page."""
_REDIRECTS: Final = 5
_LONGEST_ASKED_S: Final = 86_400.0
_TRY_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_REFUSALS: Final = {401: "source.not-allowed", 403: "source.not-allowed", 404: "source.not-found",
                    410: "source.not-found"}  # fmt: skip


class _TryAgain(Exception):
    """An answer that may be another one in a moment."""

    def __init__(self, refusal: SourceUnavailable, *, after_s: float = 0) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.after_s = after_s


@dataclass(slots=True)
class Visitor:
    """Visits the server of one source, within its patience. Used as a context."""

    source: Source
    reach: Reach
    also: frozenset[int] = frozenset()
    """Statuses that are answers too, beside 200 and 304."""
    named: Named = field(init=False)
    _client: httpx.Client = field(init=False)
    _auth: httpx.Auth | None = field(init=False)

    def __post_init__(self) -> None:
        self.named = Named.of(self.source)
        self._client = _client(self.named, self.reach)
        self._auth = _authentication(self.source, self.reach.secret(self.source))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._client.close()

    @contextmanager
    def answer(self, url: str, *, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Give the answer to a GET: 200 or 304, its body not yet read; redirects followed where they may lead."""
        with self._turn(url), closing(self._asked(url, headers)) as response:
            yield response

    def whole(self, url: str, *, headers: Mapping[str, str]) -> httpx.Response:
        """Return the answer to a GET with its body; refuse one above 32 MiB."""
        with self.answer(url, headers=headers) as response:
            return self._held(response)

    def told(self, method: str, url: str, *, headers: Mapping[str, str], content: bytes = b"") -> httpx.Response:
        """Return the answer to a request that changes something there: asked once, led nowhere else."""
        with self._turn(url):
            try:
                response = self._accepted(
                    self._sent(url, headers, method=method, content=content), door=self._door(url)
                )
            except _TryAgain as error:
                raise error.refusal from error
            with closing(response):
                return self._held(response)

    @contextmanager
    def _turn(self, url: str) -> Iterator[None]:
        """Have the host to ourselves, once it may be asked."""
        door, patience = self._door(url), self.reach.patience
        pause_s = 0 if is_ours(self.named.endpoint.host) else patience.pause_s
        try:
            with self.reach.manners.visit(door, pause_s=pause_s, patience_s=patience.whole_s):
                self._refuse_early(door)
                yield
        except HostBusy as error:
            raise SourceUnavailable("source.host-busy", host=self.host) from error

    def _held(self, response: httpx.Response) -> httpx.Response:
        patience = replace(self.reach.patience, most_bytes=min(WHOLE_BYTES, self.reach.patience.most_bytes))
        body = Body(self.chunks(response), name=self.host, patience=patience)
        content = BufferedReader(cast("RawIOBase", body), MIB).read()
        return httpx.Response(response.status_code, headers=_plain_headers(response), content=content)

    def chunks(self, response: httpx.Response) -> Iterator[bytes]:
        """Yield the body, unpacked; refuse one that stops before its end."""
        host = self.host
        try:  # as it comes: a source that drips must not hide behind a buffer
            yield from unpacking.unpacked(response.iter_raw(), response.headers.get("content-encoding", ""))
        except httpx.TimeoutException as error:
            raise SourceUnavailable("source.slow", host=host) from error
        except (httpx.TransportError, unpacking.Cut) as error:
            raise SourceUnavailable("source.truncated", host=host) from error
        except unpacking.Bomb as error:
            raise SourceUnavailable("source.bomb", host=host) from error
        except unpacking.UnknownCoding as error:
            raise SourceUnavailable("source.coding", host=host) from error

    @property
    def host(self) -> str:
        """Return the server's name, as messages may show it."""
        return shown(self.named.endpoint)

    def _door(self, url: str) -> str:
        """Return what is treated as one host: on this machine several systems stand behind one address."""
        target = httpx.URL(url)
        return "/".join([shown(target), *target.path.split("/")[1:2]]) if is_ours(target.host) else shown(target)

    def _refuse_early(self, door: str) -> None:
        if (left_s := self.reach.manners.left_to_wait(door)) > 0:
            raise SourceUnavailable("source.asked-to-wait", host=self.host, seconds=round(left_s))

    def _asked(self, url: str, headers: Mapping[str, str]) -> httpx.Response:
        patience = self.reach.patience
        backing_off = wait_random_exponential(multiplier=patience.first_wait_s, max=patience.longest_wait_s)

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            return max(backing_off(state), error.after_s if isinstance(error, _TryAgain) else 0)

        attempts = Retrying(
            stop=stop_after_attempt(patience.attempts),
            wait=wait,
            retry=retry_if_exception_type(_TryAgain),
            reraise=True,
        )
        try:
            return attempts(self._once, url, headers)
        except _TryAgain as error:
            raise error.refusal from error

    def _once(self, url: str, headers: Mapping[str, str]) -> httpx.Response:
        for _ in range(_REDIRECTS):
            response = self._sent(url, headers)
            if not response.has_redirect_location:
                return self._accepted(response, door=self._door(url))
            response.close()
            url = str(self.named.joined(httpx.URL(url), response.headers.get("location", "")))
        raise SourceUnavailable("source.redirects", host=self.host)

    def _sent(
        self, url: str, headers: Mapping[str, str], *, method: str = "GET", content: bytes | None = None
    ) -> httpx.Response:
        host, said = self.host, httpx.Headers(headers, encoding="utf-8")
        try:
            request = self._client.build_request(method, url, headers=said, content=content)
            auth = self._auth if request.url.host == self.named.endpoint.host else None
            return self._client.send(request, stream=True, auth=auth)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise SourceUnavailable("source.address", host=host) from error
        except httpx.TimeoutException as error:
            raise _TryAgain(SourceUnavailable("source.slow", host=host)) from error
        except httpx.ConnectError as error:
            if _is_tls(error):
                raise SourceUnavailable("source.tls", host=host) from error
            raise _TryAgain(SourceUnavailable("source.down", host=host)) from error
        except httpx.TransportError as error:
            raise _TryAgain(SourceUnavailable("source.truncated", host=host)) from error

    def _accepted(self, response: httpx.Response, *, door: str) -> httpx.Response:
        status = response.status_code
        if status in {httpx.codes.OK, httpx.codes.NOT_MODIFIED, *self.also}:
            return response
        response.close()
        refusal = SourceUnavailable(_REFUSALS.get(status, "source.status"), host=self.host, status=status)
        if status not in _TRY_AGAIN:
            raise refusal
        after_s = _retry_after(response.headers.get("retry-after"), now=self.reach.clock.now())
        if after_s > self.reach.patience.longest_wait_s:
            self.reach.manners.ask_to_wait(door, after_s)
            raise SourceUnavailable("source.asked-to-wait", host=self.host, seconds=round(after_s))
        raise _TryAgain(refusal, after_s=after_s)


def _client(named: Named, reach: Reach) -> httpx.Client:
    """Return a client that keeps no cookie and asks through the proxy of the environment, but for this machine."""
    patience = reach.patience
    return httpx.Client(
        timeout=httpx.Timeout(patience.read_s, connect=patience.connect_s),
        headers={
            "User-Agent": f"eclor/{__version__} (open data harvester for {reach.contact})",
            "Accept-Encoding": unpacking.ACCEPTED,
        },
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        transport=GuardedTransport(named),
        mounts=_proxies(named),
        follow_redirects=False,
    )


def _proxies(named: Named) -> dict[str, httpx.BaseTransport]:
    """Return the proxies of the environment, by the hosts that a declaration names and that are asked through them.

    Other addresses (redirects stay among these hosts) are connected to directly.
    """
    proxies, mounts = getproxies(), dict[str, httpx.BaseTransport]()
    for host in {named.endpoint.host, *(host.partition(":")[0] for host in named.others)}:
        if is_ours(host) or proxy_bypass(host):
            continue
        for scheme in ("http", "https"):
            if proxy := proxies.get(scheme, proxies.get("all")):
                mounts[f"{scheme}://{host}"] = httpx.HTTPTransport(proxy=proxy)
    return mounts


def _is_tls(error: BaseException | None) -> bool:
    """Say whether a connection failed because of its certificate or its encryption."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _plain_headers(response: httpx.Response) -> dict[str, str]:
    """Return the headers that still tell the truth once the body is decoded."""
    dropped = {"content-encoding", "content-length", "transfer-encoding"}
    return {name: value for name, value in response.headers.items() if name.lower() not in dropped}


def _authentication(source: Source, secret: str | None) -> httpx.Auth | None:
    """Return how the secret is shown: `basique` (user:password), `porteur` (a token), or a header by its name."""
    if secret is None:
        return None
    match source.options.get("authentification", "basique"):
        case "basique":
            user, _, password = secret.partition(":")
            return httpx.BasicAuth(user, password)
        case "porteur":
            return _Header("Authorization", f"Bearer {secret}")
        case header:
            return _Header(header, secret)


class _Header(httpx.Auth):
    """A secret in a header."""

    def __init__(self, name: str, value: str) -> None:
        self._name = name
        self._value = value

    def sync_auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
        request.headers[self._name] = self._value
        yield request


def _retry_after(text: str | None, *, now: datetime) -> float:
    """Return the seconds that `Retry-After` asks for (RFC 9110 section 10.2.3), a day at most: a number, or a date."""
    text = (text or "").strip()
    try:
        is_number = text.isascii() and text.isdecimal()
        asked_s = float(text) if is_number else (parsedate_to_datetime(text) - now).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return 0
    return min(max(0.0, asked_s), _LONGEST_ASKED_S)

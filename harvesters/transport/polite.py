"""A polite HTTP client: says who it is, asks again no sooner than it is told, and trusts no answer by its status.

Built on httpx and tenacity. Every refusal is a `SourceUnavailable` with the host, never a query or a secret.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Final, Self

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from eclor import __version__
from eclor.errors import SourceUnavailable
from harvesters.declaration import Source
from harvesters.reach import Reach

OPTIONS: Final = ("authentification", "hotes")
_REDIRECTS: Final = 5
_TRY_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_REFUSALS: Final = {401: "source.not-allowed", 403: "source.not-allowed", 404: "source.not-found",
                    410: "source.not-found"}  # fmt: skip
_OURS: Final = ("all://127.0.0.1", "all://localhost")
"""Never asked through a proxy."""


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
    _client: httpx.Client = field(init=False)
    _auth: httpx.Auth | None = field(init=False)

    def __post_init__(self) -> None:
        patience = self.reach.patience
        self._client = httpx.Client(
            timeout=httpx.Timeout(patience.read_s, connect=patience.connect_s),
            headers={"User-Agent": f"eclor/{__version__} (open data harvester for {self.reach.contact})"},
            mounts=dict.fromkeys(_OURS),
            follow_redirects=False,
        )
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
        response = self._asked(url, headers)
        try:
            yield response
        finally:
            response.close()

    def whole(self, url: str, *, headers: Mapping[str, str]) -> httpx.Response:
        """Return the answer to a GET with its body, for small documents."""
        with self.answer(url, headers=headers) as response:
            content = b"".join(self.chunks(response))
            return httpx.Response(response.status_code, headers=_plain_headers(response), content=content)

    def chunks(self, response: httpx.Response) -> Iterator[bytes]:
        """Yield the body, decoded; refuse one that stops before its end."""
        host = self.host
        try:
            yield from response.iter_bytes()  # as it comes: a source that drips must not hide behind a buffer
        except httpx.TimeoutException as error:
            raise SourceUnavailable("source.slow", host=host) from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise SourceUnavailable("source.truncated", host=host) from error

    @property
    def host(self) -> str:
        """Return the server's name, as messages may show it."""
        return _host(self.source.endpoint)

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
                return self._accepted(response)
            response.close()
            url = self._redirected(url, response)
        raise SourceUnavailable("source.redirects", host=self.host)

    def _sent(self, url: str, headers: Mapping[str, str]) -> httpx.Response:
        host = self.host
        try:
            request = self._client.build_request("GET", url, headers=headers)
            auth = self._auth if request.url.host == httpx.URL(self.source.endpoint).host else None
            return self._client.send(request, stream=True, auth=auth)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise SourceUnavailable("source.address", host=host) from error
        except httpx.TimeoutException as error:
            raise _TryAgain(SourceUnavailable("source.slow", host=host)) from error
        except httpx.ConnectError as error:
            raise _TryAgain(SourceUnavailable("source.down", host=host)) from error
        except httpx.TransportError as error:
            raise _TryAgain(SourceUnavailable("source.truncated", host=host)) from error

    def _accepted(self, response: httpx.Response) -> httpx.Response:
        status = response.status_code
        if status in {httpx.codes.OK, httpx.codes.NOT_MODIFIED}:
            return response
        response.close()
        refusal = SourceUnavailable(_REFUSALS.get(status, "source.status"), host=self.host, status=status)
        if status not in _TRY_AGAIN:
            raise refusal
        after_s = _retry_after(response.headers.get("retry-after"), now=self.reach.clock.now())
        if after_s > self.reach.patience.longest_wait_s:
            raise SourceUnavailable("source.asked-to-wait", host=self.host, seconds=round(after_s))
        raise _TryAgain(refusal, after_s=after_s)

    def _redirected(self, url: str, response: httpx.Response) -> str:
        target = httpx.URL(url).join(response.headers.get("location", ""))
        declared = {host.strip() for host in self.source.options.get("hotes", "").split(",")}
        same_host = target.host == httpx.URL(self.source.endpoint).host
        downgraded = httpx.URL(url).scheme == "https" and target.scheme == "http"
        if target.scheme not in {"http", "https"} or downgraded or not (same_host or target.host in declared):
            raise SourceUnavailable("source.redirected", host=self.host, target=_host(str(target)))
        return str(target)


def _plain_headers(response: httpx.Response) -> dict[str, str]:
    """Return the headers that still tell the truth once the body is decoded."""
    dropped = {"content-encoding", "content-length", "transfer-encoding"}
    return {name: value for name, value in response.headers.items() if name.lower() not in dropped}


def _host(url: str) -> str:
    parts = httpx.URL(url)
    return f"{parts.host}:{parts.port}" if parts.port else parts.host


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
    """Return the seconds that `Retry-After` asks for (RFC 9110 section 10.2.3): a number, or a date."""
    if text is None:
        return 0
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError):
        return 0

"""http: a file at an address, asked for again only if it changed (ETag, Last-Modified), or in a Data Package."""

import hashlib
import io
import shutil
import tempfile
from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO, Final, cast

import httpx
import orjson

from eclor.errors import PayloadRefused, Place, SourceUnavailable
from harvesters.archives import ZIP
from harvesters.cursors import Cursor, Memory
from harvesters.reach import Payload, Reach, Transport, Wanted
from harvesters.source import Source
from harvesters.transport import bounds, licences, paging, polite
from harvesters.transport.body import Body
from harvesters.transport.polite import Visitor

_DESCRIPTOR: Final = "datapackage.json"
_BUFFER: Final = 1024 * 1024
_ACCEPTED: Final = {"Accept": "*/*"}
_HTML: Final = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class _Expected:
    """What a Data Package says of its file, when it says it."""

    url: str
    size: int | None = None
    sha256: str | None = None


def fetch(source: Source, *, wanted: Wanted, memory: Memory, reach: Reach) -> Generator[Payload, None, None]:
    """Yield the file when it changed since the last delivery.

    An address that ends with `datapackage.json` is read first, and the file is that of its resource (option
    `ressource`, else the only one). Refuses (`SourceUnavailable`) a page of HTML, a body cut short or of another size
    or digest than announced.
    """
    if "pages" in source.options:
        yield from paging.walk(source, wanted=wanted, memory=memory, reach=reach)
        return
    with Visitor(source, reach) as visitor:
        expected = _expected(source, visitor)
        with visitor.answer(expected.url, headers=_ACCEPTED | _validators(memory, expected.url)) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return
            name = expected.url.rpartition("/")[2].partition("?")[0] or visitor.host
            _refuse_html(response, visitor.host)
            _refuse_older(response, memory, visitor)
            patience = replace(reach.patience, most_bytes=bounds.most_bytes(source, memory, reach.patience))
            body = Body(visitor.chunks(response), name=name, patience=patience)
            stream = io.BufferedReader(cast("io.RawIOBase", body), _BUFFER)
            is_zip = stream.peek(len(ZIP)).startswith(ZIP)
            yield Payload(
                name,
                _aside(stream) if is_zip else stream,
                lambda: {
                    **_finished(body, response, expected, name=name),
                    **bounds.remembering(memory, body.size),
                },
                taken=body.taken,
            )


def _aside(stream: BinaryIO) -> BinaryIO:
    """Return a zip as readers want it, which begin at its end: in a file without a name, that dies with its reader."""
    aside = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - closed when nobody holds it
    shutil.copyfileobj(stream, aside, _BUFFER)
    aside.seek(0)
    return aside


def _refuse_html(response: httpx.Response, host: str) -> None:
    if response.headers.get("content-type", "").partition(";")[0].strip().lower() in _HTML:
        raise SourceUnavailable("source.html", host=host)


def _refuse_older(response: httpx.Response, memory: Memory, visitor: Visitor) -> None:
    """Refuse an answer that was made before the one that is held: a cache on the way was late (RFC 9111 section 4).

    A date that our own clock has not reached is no date to compare with: that server's clock was wrong.
    """
    held, made = _made(memory.cursor.get("date")), _made(response.headers.get("date"))
    if memory.same_terms and held and made and made < held <= visitor.reach.clock.now():
        raise SourceUnavailable("source.older", host=visitor.host)


def _made(text: object) -> datetime | None:
    try:
        made = parsedate_to_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return made if made and made.tzinfo else None


def _validators(memory: Memory, url: str) -> dict[str, str]:
    cursor = memory.cursor
    if not memory.same_terms or cursor.get("url") != _path(url):
        return {}
    headers = {"If-None-Match": cursor.get("etag"), "If-Modified-Since": cursor.get("last_modified")}
    return {name: value for name, value in headers.items() if isinstance(value, str)}


def _finished(body: Body, response: httpx.Response, expected: _Expected, *, name: str) -> Cursor:
    digest = body.drained()
    if expected.size not in (None, body.size) or expected.sha256 not in (None, digest):
        raise SourceUnavailable("source.not-as-described", place=Place(name))
    return {
        "url": _path(expected.url),
        "etag": response.headers.get("etag"),
        "last_modified": response.headers.get("last-modified"),
        "date": response.headers.get("date"),
        "sha256": digest,
    }


def _path(url: str) -> str:
    """Return what of an address stays the same when the server listens elsewhere; digested, as it may hold a key."""
    return hashlib.sha256(httpx.URL(url).raw_path).hexdigest()


def _expected(source: Source, visitor: Visitor) -> _Expected:
    if not httpx.URL(source.endpoint).path.endswith(_DESCRIPTOR):
        licences.hold_page(source, None, name=visitor.host)
        return _Expected(source.endpoint)
    answer = visitor.whole(source.endpoint, headers={"Accept": "application/json"})
    _refuse_html(answer, visitor.host)
    resource = _resource(answer.content, source)
    url = visitor.named.joined(visitor.named.endpoint, resource["path"])
    digest = resource.get("hash")
    return _Expected(
        str(url),
        size=resource["bytes"] if isinstance(resource.get("bytes"), int) else None,
        sha256=digest.removeprefix("sha256:") if isinstance(digest, str) and digest.startswith("sha256:") else None,
    )


def _resource(content: bytes, source: Source) -> dict[str, Any]:
    """Return one resource of a Data Package (frictionless specification, version 1 or 2), with one path in it."""
    wanted = source.options.get("ressource")
    try:
        package = orjson.loads(content)
        resources = [resource for resource in package["resources"] if wanted in (None, resource.get("name"))]
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise PayloadRefused("source.datapackage", place=Place(_DESCRIPTOR)) from error
    if len(resources) != 1 or not isinstance(resources[0].get("path"), str):
        raise PayloadRefused("source.datapackage-resource", place=Place(_DESCRIPTOR), found=len(resources))
    resource: dict[str, Any] = resources[0]
    licences.hold_package(source, [resource, package], name=_DESCRIPTOR)
    return resource


TRANSPORT: Final = Transport(
    "http",
    fetch,
    ("instant", licences.OPTION, "ressource", *paging.OPTIONS, *polite.OPTIONS),
    needs_key=True,
    numbers=polite.NUMBERS,
    words={**paging.WORDS, **polite.WORDS},
)

"""`/datastore/dump/{resource}`: rows as a file; short ones whole, under a tag and by ranges, others as they are found.

A long one in CSV, of whole rows by their key, has them kept beside the version: later ones are read there, and have
ranges too. A stream that may no longer leave, or cannot be read, ends without its last chunk: its reader sees it.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Send

from api.answers import answer, raw
from api.ckan.dump_formats import FORMATS, Format
from api.ckan.full_text import RANK
from api.ckan.given import Given
from api.ckan.kept_lines import lines_making, lines_path, stretch
from api.ckan.reading_rows import rows_found
from api.ckan.search_question import Search, read_search
from api.ckan.site import Site
from api.ckan.table import KEY
from api.ckan.tables import table_of
from api.ckan.wire import ActionRefused, Withdrawn
from api.conditional import Validators, strong_tag
from api.cors import CORS
from api.parts import Parts
from api.refusals import bad_parameter
from api.rows import ALL
from api.sending import send_answer, send_file, unless_had
from api.streaming import Excerpt, Ready, Stored
from eclor.errors import EclorError, RequestRefused

if TYPE_CHECKING:
    import pyarrow as pa

log = structlog.get_logger()
_BATCH: Final = 20_000
"""Rows in memory at once; a dump of no more is sent whole."""
_NO_LIMIT: Final = 10**9
_BOM: Final = b"\xef\xbb\xbf"
_KNOWN: Final = frozenset(
    {
        "format", "bom", "limit", "offset", "filters", "q", "full_text", "plain", "language", "fields", "sort",
        "distinct",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Dump:
    """What is dumped, how it is written, what stands before it, who asks."""

    search: Search
    kind: Format
    mark: bytes
    asker: str

    async def whole(self, parts: Parts) -> bytes:
        """Return the file."""
        rows = await rows_found(self.search, parts, self.asker)
        written = await run_in_threadpool(self.kind.rows, rows, self.search.shown)
        return self.opening + (self.kind.before(first=True) + written if rows else b"") + self.kind.closing

    async def parts(self, parts: Parts) -> AsyncIterator[bytes]:
        """Give the file as its rows are found; each time it is asked whether they may still leave."""
        search = self.search
        yield self.opening
        batches = self._batches(parts)
        first, ranks = True, (RANK,) * len(search.ranks)
        async for batch in batches:
            await search.table.allowed()
            if batch.num_rows:
                lines = await run_in_threadpool(self.kind.batch, batch, search.shown, ranks)
                yield self.kind.before(first=first) + lines
                first = False
        yield self.kind.closing

    @property
    def opening(self) -> bytes:
        """Return what stands before the rows."""
        return self.mark + self.kind.opening(self.search.shown)

    @property
    def is_kept(self) -> bool:
        """Say whether it is a stretch of the lines that are kept beside a version."""
        whole_rows = self.search.columns == (KEY, *self.search.table.columns.values())
        return self.kind.name == "csv" and whole_rows and self._in_order

    @property
    def _in_order(self) -> bool:
        """Say whether rows that follow each other are asked for."""
        return self.search.plain and self.search.by_id and self.search.where == ALL

    def _batches(self, parts: Parts) -> AsyncIterator["pa.RecordBatch"]:
        from api.ckan.whole_rows import whole_batches  # noqa: PLC0415 - heavy: only a long dump needs Arrow

        search = self.search
        if self._in_order and set(search.columns) - {KEY}:
            return whole_batches(search, parts, self.asker)
        return parts.scans.batches(search.table.version, search.statement(), size=_BATCH, client=self.asker)


class _CutShort(StreamingResponse):
    """Rows that end without the last chunk once they may no longer leave, or cannot be read."""

    async def stream_response(self, send: Send) -> None:
        """Send the rows."""
        try:
            await super().stream_response(send)
        except EclorError as refusal:
            log.info("dump.cut", code=refusal.code)


async def dump(request: Request, given: Given, site: Site, parts: Parts) -> Response:
    """Send a resource's rows. Refuses an unknown resource (404), format, column or filter (400)."""
    asker = request.client.host if request.client else ""
    asked = await _asked(request, given, site, parts, asker)
    modified = asked.search.table.modified
    own = {"Cache-Control": "private, no-store"} if site.caller.known else {"Cache-Control": "no-cache"}
    headers = {**own, "Content-Disposition": f'attachment; filename="{asked.search.table.id}.{asked.kind.name}"'}
    if min(asked.search.table.version.rows, asked.search.limit) <= _BATCH:
        whole = await asked.whole(parts)
        await asked.search.table.allowed()
        return send_answer(request.scope, answer(whole, asked.kind.media_type, headers, modified=modified))
    tag = strong_tag(_digest(asked, request))
    if asked.is_kept and (stored := await run_in_threadpool(_as_kept, asked, tag, headers, parts)) is not None:
        await asked.search.table.allowed()
        return send_file(request.scope, stored)
    return _streamed(request, asked, {**CORS, "ETag": tag, **headers}, parts)


def _as_kept(asked: _Dump, tag: str, headers: Mapping[str, str], parts: Parts) -> Stored | None:
    search, version = asked.search, asked.search.table.version
    path = lines_path(parts.rows.published, version)
    found = stretch(path, version.rows, search.offset, search.limit)
    if found is None:
        return None
    start, end = found
    about = Validators(tag, len(asked.opening) + end - start, search.table.modified)
    lines = Stored(path, asked.kind.media_type, about, headers, search.table.allowed)
    return Excerpt(lines, asked.opening, start)


def _streamed(request: Request, asked: _Dump, headers: Mapping[str, str], parts: Parts) -> Response:
    table = asked.search.table
    dated = table.modified.lines()
    about = Validators(headers["ETag"], 0, table.modified)
    if (had := unless_had(request.scope, about, (*raw(headers), *dated))) is not None:
        return had
    made = _CutShort(asked.parts(parts), headers=headers, media_type=asked.kind.media_type)
    made.raw_headers.extend(dated)
    if request.method == "HEAD":
        return Ready(200, tuple(made.raw_headers))
    if asked.is_kept:
        parts.makings.begin(lines_making(parts.rows.published, table.version), lambda: None)
    return made


async def _asked(request: Request, given: Given, site: Site, parts: Parts, asker: str) -> _Dump:
    name = given.text("format", "csv").lower()
    if name not in FORMATS:
        raise bad_parameter("format", ", ".join(FORMATS))
    try:
        given.only(_KNOWN)
        table = await table_of(str(request.path_params["resource"]), site, parts)
        search = read_search(given, table, most=_NO_LIMIT, default=_NO_LIMIT)
    except ActionRefused as refused:
        raise _said(refused) from refused
    return _Dump(search, FORMATS[name], _BOM if given.yes("bom") else b"", asker)


def _said(refused: ActionRefused) -> RequestRefused:
    """Say a refusal outside of CKAN's envelope; what is private is as what does not exist."""
    if isinstance(refused, Withdrawn):
        return refused.refusal
    if refused.status in _HIDDEN:
        return RequestRefused("api.no-page")
    return bad_parameter(
        _SHOWN.get(next(iter(refused.error)), next(iter(refused.error))), "docs.ckan.org, datastore_search"
    )


_HIDDEN: Final = frozenset({403, 404})
_SHOWN: Final[Mapping[str, str]] = MappingProxyType({"query": "filters", "__extras": "?"})


def _digest(asked: _Dump, request: Request) -> str:
    """Return what makes the bytes: the version's content and the question."""
    question: bytes = request.scope["query_string"]
    return sha256(f"{asked.search.table.version.id} {asked.kind.name} ".encode() + question).hexdigest()[:32]

"""`/datastore/dump/{resource}`: rows as a file, sent as they are read; a file cut short is seen to be."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Final

import structlog
from orjson import dumps
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Send

from api.ckan.datastore import ID_COLUMN, kept_table, shown
from api.ckan.given import Given
from api.ckan.site import Site
from api.ckan.tables import ID, chosen_names, fields, read_question
from api.ckan.wire import ActionRefused, Withdrawn
from api.conditional import NotModified, Validators, decide, strong_tag
from api.cors import CORS
from api.parts import Parts
from api.refusals import bad_parameter
from api.row_files import Record
from api.rows import Question, page, place_of
from api.shelf import Kept
from charter.release_parts import ReleaseColumn
from eclor.errors import EclorError, RequestRefused

log = structlog.get_logger()

MEDIA_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "csv": "text/csv; charset=utf-8",
        "json": "application/json",
        "tsv": "text/tab-separated-values; charset=utf-8",
    }
)
_SEPARATORS: Final = {"csv": ",", "tsv": "\t"}
_BATCH: Final = 10_000
_NO_LIMIT: Final = 10**9
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Dump:
    """What is dumped, and how it is written."""

    kept: Kept
    question: Question
    columns: tuple[ReleaseColumn, ...]
    kind: str
    mark: bytes

    def opening(self) -> bytes:
        """Return what stands before the rows."""
        names = [column.name for column in self.columns]
        if self.kind == "json":
            by_name = {column.name: column for column in self.columns}
            return b'{"fields": ' + dumps(fields(by_name, tuple(names))) + b', "records": [\n'
        return self.mark + _SEPARATORS[self.kind].join(names).encode() + b"\n"

    def lines(self, rows: list[Record], *, before: bytes) -> bytes:
        """Return rows, after whatever separates them from those before."""
        if self.kind == "json":
            lists = shown(rows, [*self.columns], self.question, shape="lists")
            assert isinstance(lists, list)
            return (before if rows else b"") + b",\n".join(map(dumps, lists))
        return str(shown(rows, [*self.columns], self.question, shape=self.kind)).encode()

    def closing(self) -> bytes:
        """Return what stands behind the rows."""
        return b"\n]}\n" if self.kind == "json" else b""


class _CutShort(StreamingResponse):
    """Rows that end without the last chunk once they may no longer leave, or cannot be read: their reader sees it."""

    async def stream_response(self, send: Send) -> None:
        """Send the rows."""
        try:
            await super().stream_response(send)
        except EclorError as refusal:
            log.info("dump.cut", code=refusal.code)


async def dump(request: Request, given: Given, site: Site, parts: Parts) -> Response:
    """Send a resource's rows. Refuses an unknown resource (404), format, column or filter (400)."""
    asked = await _asked(request, given, site, parts)
    tag = strong_tag(_digest(asked, request))
    headers = {
        **CORS,
        "ETag": tag,
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{asked.kept.dataset.slug}.{asked.kind}"',
    }
    known = {name: request.headers[name] for name in ("if-none-match",) if name in request.headers}
    if known and isinstance(decide(request.method, known, Validators(tag, 0)), NotModified):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        return Response(headers=headers, media_type=MEDIA_TYPES[asked.kind])
    first = await _batch(asked, parts, None, done=0)
    return _CutShort(_written(asked, first, parts), headers=headers, media_type=MEDIA_TYPES[asked.kind])


async def _asked(request: Request, given: Given, site: Site, parts: Parts) -> _Dump:
    kind = given.text("format", "csv")
    if kind not in MEDIA_TYPES:
        raise bad_parameter("format", ", ".join(MEDIA_TYPES))
    try:
        kept = await kept_table(str(request.path_params["resource"]), site, parts)
        question = read_question(given, kept.version, most=_NO_LIMIT, default=_NO_LIMIT)
        names = chosen_names(given, kept.version)
    except ActionRefused as refused:
        if isinstance(refused, Withdrawn):
            raise refused.refusal from refused
        missing = RequestRefused("api.no-page")
        raise missing if refused.status == missing.status else _unfit(refused) from refused
    columns = {column.name: column for column in kept.version.columns}
    chosen = tuple(ID_COLUMN if name == ID else columns[name] for name in names)
    return _Dump(kept, question, chosen, kind, _BOM if given.yes("bom") else b"")


def _unfit(refused: ActionRefused) -> RequestRefused:
    name = next(iter(refused.error))
    return bad_parameter(name, "docs.ckan.org, datastore_search")


def _digest(asked: _Dump, request: Request) -> str:
    """Return what makes the bytes: the version's content and the question."""
    question: bytes = request.scope["query_string"]
    return sha256(f"{asked.kept.version.id} {asked.kind} ".encode() + question).hexdigest()[:32]


async def _batch(asked: _Dump, parts: Parts, last: Record | None, *, done: int) -> list[Record]:
    """Return the next rows, behind the last one sent."""
    question = replace(asked.question, limit=min(_BATCH, asked.question.limit - done))
    if last is not None:
        question = replace(question, offset=0, after=place_of(question, last))
    return (await parts.rows.patiently(asked.kept.version, [page(question)]))[0]


async def _written(asked: _Dump, rows: list[Record], parts: Parts) -> AsyncIterator[bytes]:
    yield asked.opening()
    done = 0
    while rows:
        await parts.shelf.version(asked.kept.dataset.slug, asked.kept.version.number)
        yield asked.lines(rows, before=b",\n" if done else b"")
        done += len(rows)
        full = len(rows) == _BATCH and done < asked.question.limit
        rows = await _batch(asked, parts, rows[-1], done=done) if full else []
    yield asked.closing()

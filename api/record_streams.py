"""`limit=all`: every row that fits, sent as it is found, under a tag of what was asked of which version."""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.types import Scope

from api.answers import raw
from api.conditional import Validators, strong_tag
from api.cors import CORS
from api.links import Links
from api.parts import Parts
from api.record_pages import Asked
from api.row_stream import Flow, Piece, RowStream, written
from api.sending import unless_had
from api.turns import Turns

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass(frozen=True, slots=True)
class Streams:
    """Makes streams; `turns` says how many may be open at once."""

    parts: Parts
    links: Links
    turns: Turns

    def made(self, scope: Scope, asked: Asked) -> Response:
        """Return the stream, not begun, or say that its reader has it. Refuses (412) what `If-Match` does not know."""
        version = asked.kept.version
        what = f"{version.content_digest} {version.number} {asked.kind} ".encode()
        tag = strong_tag(sha256(what + scope["query_string"]).hexdigest()[:32])
        named = f'attachment; filename="{asked.kept.dataset.slug}.{asked.kind}"'
        said = raw({**asked.headers(None, self.links), **CORS, "ETag": tag, "Content-Disposition": named})
        headers = (*said, *asked.kept.modified.lines())
        if (had := unless_had(scope, Validators(tag, 0, asked.kept.modified), headers)) is not None:
            return had
        typed = (*headers, (b"content-type", asked.media_type.encode()))
        return RowStream(typed, lambda: self._flow(asked), self.turns, asked.client)

    async def _flow(self, asked: Asked) -> Flow:
        from api.row_batches import batches_of, csv_lines_of  # noqa: PLC0415 - heavy: only a stream needs Arrow
        from api.row_formats import writer_of  # noqa: PLC0415 - heavy: only a stream needs Arrow

        slug, version, question = asked.kept.dataset.slug, asked.kept.version, asked.question
        pieces: AsyncIterator[Piece] | None = None
        if asked.kind == "csv":
            pieces = await csv_lines_of(self.parts, version, question, client=asked.client)
        if pieces is None:
            batches = await batches_of(self.parts, version, question, kind=asked.kind, client=asked.client)
            pieces = written(batches, writer_of(asked.kind, asked.columns))
        return Flow(pieces, lambda: self.parts.shelf.version(slug, version.number))

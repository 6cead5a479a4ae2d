"""A page of `/records`: what was asked of which version, found by the engine that fits, written in one format."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from orjson import dumps

from api.answers import Answer, answer
from api.asking import rows_of
from api.cursor import Cursor, fingerprint
from api.json_pages import fits, json_page
from api.links import Links, header, licence_link
from api.parts import Parts
from api.rendering import csv_head, csv_lines, features, ndjson, records
from api.row_files import Record
from api.rows import After, Question, place_of, scan
from api.scans import cell_of
from api.shelf import Kept
from api.summaries import Summary, end_of, lines
from charter.release_parts import ReleaseColumn

FORMATS: Final[Mapping[str, str]] = {
    "json": "application/json",
    "csv": "text/csv",
    "ndjson": "application/x-ndjson",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.stream",
}
BINARY: Final = frozenset({"parquet", "arrow"})
UTF_8: Final[Mapping[str, str]] = {"csv": "; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: of which version, in which form, by whom, and the parameters that its next page keeps."""

    kept: Kept
    question: Question | Summary
    kind: str
    parameters: list[tuple[str, str]]
    client: str

    @property
    def columns(self) -> tuple[ReleaseColumn, ...]:
        """Return the columns shown."""
        by_name = {column.name: column for column in self.kept.version.columns}
        if isinstance(self.question, Summary):
            return self.question.columns(by_name)
        return tuple(by_name[name] for name in self.question.columns)

    @property
    def media_type(self) -> str:
        """Return the media type of the answer."""
        return FORMATS[self.kind] + UTF_8.get(self.kind, "")

    def following(self, after: After, links: Links) -> str:
        """Return the address of the next page."""
        cursor = Cursor(self.kept.version.number, fingerprint(self.question), after).text()
        return f"{links.records(self.kept.dataset.slug)}?{urlencode([*self.parameters, ('cursor', cursor)])}"

    def headers(self, following: str | None, links: Links) -> dict[str, str]:
        """Return the headers that say what it is and what comes next."""
        targets = [] if following is None else [(following, "next")]
        schema = links.version_file(self.kept.dataset.slug, self.kept.version.number, "schema.json")
        return {
            "Cache-Control": "no-cache",
            "Vary": "Accept",
            "Link": header([*targets, (schema, "describedby"), *licence_link(self.kept.dataset.licence)]),
            "Eclor-Version": str(self.kept.version.number),
        }


@dataclass(frozen=True, slots=True)
class Pages:
    """Makes pages."""

    parts: Parts
    links: Links

    async def made(self, asked: Asked) -> Answer:
        """Return a page, ready to send. Refuses what takes too long (503) or too much memory (422)."""
        question = asked.question
        if asked.kind in BINARY:
            return await self._binary(asked)
        if isinstance(question, Question) and asked.kind == "json" and fits(question, columns := asked.columns):
            return self._sought(asked, question, columns)
        rows, after = await self._found(asked)
        return self._written(asked, rows, None if after is None else asked.following(after, self.links))

    def _sought(self, asked: Asked, question: Question, columns: tuple[ReleaseColumn, ...]) -> Answer:
        """Make a page by its key: places have no hole, so the last one tells whether there is a next page."""
        ((text, place),) = self.parts.rows.quickly(asked.kept.version, json_page(question, columns))
        following = None
        if isinstance(place, int) and place < asked.kept.version.rows:
            following = asked.following(After((), place), self.links)
        body = _json_page(asked.kept, str(text or "").encode(), following)
        return answer(body, asked.media_type, asked.headers(following, self.links))

    async def _found(self, asked: Asked) -> tuple[list[Record], After | None]:
        """Ask for one row more than the page, which says whether there is a next one."""
        question, version = asked.question, asked.kept.version
        if isinstance(question, Summary):
            rows = await self.parts.scans.rows(version, lines(question, beyond=1), client=asked.client)
        else:
            rows = await rows_of(self.parts, version, question, beyond=1, client=asked.client)
        if len(rows) <= question.limit:
            return rows, None
        rows = rows[: question.limit]
        return rows, end_of(question, rows[-1]) if isinstance(question, Summary) else place_of(question, rows[-1])

    async def _binary(self, asked: Asked) -> Answer:
        from api.row_formats import whole  # noqa: PLC0415 - heavy: pages of text do without Arrow

        question = asked.question
        statement = lines(question, beyond=1) if isinstance(question, Summary) else scan(question, beyond=1)
        table = await self.parts.scans.table(asked.kept.version, statement, client=asked.client)
        following = None
        if table.num_rows > question.limit:
            table = table.slice(0, question.limit)
            last = tuple(cell_of(column[-1].as_py()) for column in table.columns)
            after = end_of(question, last) if isinstance(question, Summary) else place_of(question, last)
            following = asked.following(after, self.links)
        shown = table.select(range(len(asked.columns)))
        return answer(whole(asked.kind, asked.columns, shown), asked.media_type, asked.headers(following, self.links))

    def _written(self, asked: Asked, rows: list[Record], following: str | None) -> Answer:
        headers = asked.headers(following, self.links)
        match asked.kind:
            case "csv":
                names = csv_head(column.name for column in asked.columns)
                body = (names + csv_lines(rows, asked.columns)).encode()
            case "ndjson":
                body = ndjson(records(rows, asked.columns))
            case "geojson":
                body = features(records(rows, asked.columns), asked.columns)
            case _:
                body = _json_page(asked.kept, b",".join(map(dumps, records(rows, asked.columns))), following)
        return answer(body, asked.media_type, headers)


def _json_page(kept: Kept, objects: bytes, following: str | None) -> bytes:
    head = dumps({"dataset": kept.dataset.slug, "version": kept.version.number})[:-1]
    return b"".join((head, b',"records":[', objects, b'],"next":', dumps(following), b"}"))

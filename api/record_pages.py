"""A page of `/records`: what was asked of which version, found by the engine that fits, written in one format."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from orjson import dumps

from api.answers import Answer, answer
from api.asking import Way, lines_of, placed, places_of, rows_of, sought_rows, way
from api.cursor import Cursor, fingerprint
from api.json_pages import json_at, json_page
from api.lines import page_of_lines
from api.links import Links, header, licence_link, query_text
from api.parts import Parts
from api.rendering import csv_head, csv_lines, features, ndjson, records
from api.row_files import Record
from api.rows import After, Question, page, place_of, scan
from api.scans import cell_of
from api.shelf import Kept
from api.summaries import Summary, end_of, lines
from catalog.views import VersionView
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
        version = self.kept.version
        cursor = Cursor(version.dataset, version.number, fingerprint(self.question), after).text()
        return f"{links.records(self.kept.dataset.slug)}?{query_text([*self.parameters, ('cursor', cursor)])}"

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

    def answered(self, body: bytes, following: str | None, links: Links) -> Answer:
        """Return the bytes of a page as its answer."""
        return answer(body, self.media_type, self.headers(following, links), modified=self.kept.modified)


@dataclass(frozen=True, slots=True)
class Pages:
    """Makes pages."""

    parts: Parts
    links: Links

    async def placed(self, asked: Asked) -> Asked:
        """Return the same, with the values of the row that the page stands behind where its cursor left them out."""
        if isinstance(asked.question, Summary):
            return asked
        question = await placed(self.parts, asked.kept.version, asked.question, client=asked.client)
        return asked if question is asked.question else replace(asked, question=question)

    async def made(self, asked: Asked) -> Answer:
        """Return a page, ready to send. Refuses what takes too long (503) or too much memory (422)."""
        question = asked.question
        if asked.kind in BINARY:
            return await self._binary(asked)
        if isinstance(question, Question) and asked.kind == "json":
            found = await self._json(asked, question)
            if found is not None:
                objects, after = found
                following = None if after is None else asked.following(after, self.links)
                body = _json_page(asked.kept, objects, following)
                return asked.answered(body, following, self.links)
        rows, last = await self._found(asked)
        return self._written(asked, rows, None if last is None else asked.following(last, self.links))

    async def _json(self, asked: Asked, question: Question) -> tuple[bytes, After | None] | None:
        """Return the objects as they lie, or made by the index itself, and where the next page begins.

        None without either.
        """
        version = asked.kept.version
        if question.by_key_alone and asked.columns == version.columns:
            after = question.after or After((), 0)
            found = page_of_lines(self.parts.rows.published, version, after, question.limit)
            if found is not None:
                whole, last = found
                return whole, last if last.place < version.rows else None
        touched = self.parts.rows.touched(version)
        if touched is None:
            return None
        chosen = way(question, touched)
        if chosen == Way.SEEK and not question.sorts:
            return self._sought(version, question, asked.columns)
        if chosen == Way.SCAN:
            places = await places_of(self.parts, version, question, beyond=1, client=asked.client)
        elif (sought := sought_rows(self.parts, version, replace(question, columns=()), beyond=1)) is not None:
            places = sought
        else:
            return None
        shown = places[: question.limit]
        ((objects,),) = self.parts.rows.quickly(version, json_at([place for place, *_ in shown], asked.columns))
        more = len(places) > question.limit
        return _bytes(objects), place_of(replace(question, columns=()), shown[-1]) if more else None

    def _sought(
        self, version: VersionView, question: Question, columns: tuple[ReleaseColumn, ...]
    ) -> tuple[bytes, After | None] | None:
        """Make a page in key order: places have no hole, so the last one tells whether more can come."""
        statement = json_page(question, columns)
        if question.by_key_alone:
            found: list[Record] | None = self.parts.rows.quickly(version, statement)
        else:
            found = self.parts.rows.sought(version, statement)
        if found is None:
            return None
        ((objects, place),) = found
        if not isinstance(place, int) or place >= version.rows:
            return _bytes(objects), None
        after = After((), place)
        if question.by_key_alone:
            return _bytes(objects), after
        following = self.parts.rows.sought(version, page(replace(question, columns=(), after=after, limit=1)))
        return _bytes(objects), after if following is None or following else None

    async def _found(self, asked: Asked) -> tuple[list[Record], After | None]:
        """Ask for one row more than the page, which says whether there is a next one."""
        question, version = asked.question, asked.kept.version
        if isinstance(question, Summary):
            rows = await lines_of(self.parts, version, question, beyond=1, client=asked.client)
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
        return asked.answered(whole(asked.kind, asked.columns, shown), following, self.links)

    def _written(self, asked: Asked, rows: list[Record], following: str | None) -> Answer:
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
        return asked.answered(body, following, self.links)


def _bytes(objects: object) -> bytes:
    """Return what an index wrote; nothing where no row fits."""
    return objects if isinstance(objects, bytes) else b""


def _json_page(kept: Kept, objects: bytes, following: str | None) -> bytes:
    head = dumps({"dataset": kept.dataset.slug, "version": kept.version.number})[:-1]
    return b"".join((head, b',"records":[', objects, b'],"next":', dumps(following), b"}"))

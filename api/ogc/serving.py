"""What each address of the OGC API says, as documents: of datasets that are served, asked of the shelf each time."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from api.ogc import catalogue
from api.ogc.addresses import JSON, Addresses, Link, link
from api.ogc.asking import Asked, Page, ask
from api.ogc.collections import RECORDS, collection, queryables_schema, records_collection
from api.ogc.crs import Crs
from api.ogc.dataset_records import as_record
from api.ogc.features import ORDER, Features, Placed, item_links, key_value, page_links, read_placed
from api.ogc.finding import Plain, plain_page
from api.ogc.parameters import Question, known_parameters, read_question
from api.ogc.queryables import Queryables, queryables_of
from api.ogc.terms import Sql
from api.parts import Parts
from api.rows import Condition, Operator
from api.shelf import Kept
from api.turns import Turns
from catalog.export import place_column
from catalog.indexing import index_of
from catalog.metadata.record import Record
from eclor.errors import RequestRefused

_MOST_COUNTS: Final = 512
_RECORD_PARAMETERS: Final = ("q", "ids", "externalIds")
Document = dict[str, object]
Counts = OrderedDict[tuple[int, Sql], int]
"""How many rows of a version fit a condition."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A collection that is asked about: its records' or its rows' queryables; `kept` is None for records."""

    name: str
    title: str
    queryables: Queryables
    kept: Kept | None = None
    record: Record | None = None

    @property
    def parameters(self) -> tuple[str, ...]:
        """Return the parameters that its items take."""
        return known_parameters(self.queryables) + (() if self.kept else _RECORD_PARAMETERS)


@dataclass(frozen=True, slots=True)
class Walk:
    """What was given for a page of items, the row it begins behind, and who asks."""

    given: Mapping[str, str]
    cursor: Placed | None
    client: str


@dataclass(frozen=True, slots=True)
class One:
    """An item by its name, the system of its coordinates, and who asks."""

    identifier: str
    crs: Crs
    client: str


class Serving:
    """The documents; `counts` remembers how many rows fit a filter: versions never change.

    Filters wait for a turn: few at once in a worker, and no more than its share of the line for one client.
    """

    def __init__(self, parts: Parts, addresses: Addresses) -> None:
        self._parts = parts
        self._addresses = addresses
        self._records = catalogue.Records(parts.identity.publisher)
        self._counts: Counts = OrderedDict()
        self._turns = Turns()

    @property
    def title(self) -> str:
        """Return the API's title."""
        return f"{self._parts.identity.name} : données ouvertes (OGC API)"

    async def names(self) -> tuple[str, ...]:
        """Return the names of all collections."""
        views = await self._parts.shelf.datasets()
        return (*(view.slug for view in views.values() if view.served), RECORDS)

    async def collections(self) -> Document:
        """Return all collections, those that have the most to show first: rows, places; the records come last."""
        views = await self._parts.shelf.datasets()
        records = await asyncio.to_thread(self._records.of, views)
        placed = {
            slug: place_column(view.current.columns) is not None
            for slug, view in views.items()
            if view.current is not None
        }
        ordered = sorted(records.values(), key=lambda record: (not record.rows, not placed[record.slug], record.slug))
        made = [collection(record, self._addresses, placed=placed[record.slug]) for record in ordered]
        links = self._addresses.both(self._addresses.under("collections"), JSON)
        root = link(self._addresses.landing, "root", JSON)
        return {"links": [*links, root], "collections": [*made, self._of_records()]}

    def _of_records(self) -> Document:
        publisher = self._parts.identity.publisher
        return records_collection(f"Jeux de données : {publisher.name}", publisher.bounds, self._addresses)

    def collection(self, subject: Subject) -> Document:
        """Return one collection."""
        if subject.kept is None or subject.record is None:
            return self._of_records()
        return collection(subject.record, self._addresses, placed=subject.queryables.place is not None)

    async def subject(self, name: str, version: int | None = None) -> Subject:
        """Return a collection by its name, or by one version of it. Refuses as the shelf does."""
        if name == RECORDS:
            return Subject(name, "Jeux de données", catalogue.QUERYABLES)
        latest = await self._parts.shelf.latest(name)
        kept = latest if version is None else await self._parts.shelf.version(name, version)
        record = await asyncio.to_thread(self._records.one, latest.dataset)
        titles = {column.name: column.titles["fr"] for column in record.columns} if record else {}
        title = record.title if record else name
        return Subject(name, title, queryables_of(kept.version, titles), kept, record)

    def queryables(self, subject: Subject) -> Document:
        """Return what can be filtered of a collection, as JSON Schema."""
        return queryables_schema(subject.name, subject.title, subject.queryables, self._addresses)

    async def items(self, subject: Subject, walk: Walk) -> Document:
        """Return a page of items. Refuses (503) a client that has its share of filters under way."""
        if subject.kept is None:
            question = read_question(_without(walk.given, _RECORD_PARAMETERS), subject.queryables)
            return await self._page_of_records(question, walk)
        return await self._page_of_rows(subject.kept, read_question(walk.given, subject.queryables), walk)

    async def _page_of_rows(self, kept: Kept, question: Question, walk: Walk) -> Document:
        features = Features.of(kept.version, _key(kept))
        page = await self._rows(kept, features, question, walk)
        await self._refuse_if_gone(kept)
        self._remember(kept, question, page.matched)
        following = None
        if page.more:
            place = page.rows[-1][len(features.names)]
            following = Placed(kept.version.number, int(str(place))).text()
        made = [features.feature(row, question.crs) for row in page.rows]
        return _collected(page, made, page_links(kept.dataset.slug, walk.given, following, self._addresses))

    async def _rows(self, kept: Kept, features: Features, question: Question, walk: Walk) -> Page:
        """Return the rows of a page: as the records API finds them if it can, else by SQLite in its turn."""
        count = self._count(kept, question)
        after = None if walk.cursor is None else walk.cursor.place
        if question.plain is not None:
            return await plain_page(
                self._parts,
                kept.version,
                Plain(features.names, question.plain, after, question.limit),
                count,
                walk.client,
            )
        asked = Asked(features.names, question.where, ORDER, after, question.limit)
        async with self._turns.taken(walk.client):
            return await asyncio.to_thread(ask, self._index(kept), asked, count)

    def _index(self, kept: Kept) -> Path:
        return index_of(self._parts.settings.published, kept.version)

    def _count(self, kept: Kept, question: Question) -> int | None:
        if not question.conditions:
            return kept.version.rows
        return self._counts.get((kept.version.id, question.where))

    def _remember(self, kept: Kept, question: Question, matched: int | None) -> None:
        if matched is not None and question.conditions:
            self._counts[kept.version.id, question.where] = matched
            while len(self._counts) > _MOST_COUNTS:
                self._counts.popitem(last=False)

    async def _page_of_records(self, question: Question, walk: Walk) -> Document:
        given = walk.given
        conditions = [*question.conditions]
        if "q" in given:
            conditions.append(catalogue.holding(given["q"]))
        if "ids" in given:
            conditions.append(catalogue.named(given["ids"]))
        if "externalIds" in given:
            conditions.append(catalogue.named(self._slugs(given["externalIds"])))
        where = replace(question, conditions=tuple(conditions)).where
        asked = Asked((), where, catalogue.ORDER, given.get("cursor"), question.limit)
        async with self._turns.taken(walk.client):
            views = await self._parts.shelf.datasets()  # in its turn: the line may be longer than they are true
            page, records = await asyncio.to_thread(self._records.ask, views, asked)
        slugs = [str(row[0]) for row in page.rows]
        made = [as_record(records[slug], self._addresses, question.crs) for slug in slugs]
        following = slugs[-1] if page.more else None
        return _collected(page, made, page_links(RECORDS, given, following, self._addresses))

    def _slugs(self, addresses: str) -> str:
        """Return the names of the datasets of these addresses; another address names none."""
        start = f"{self._addresses.origin}/dataset/"
        return ",".join(
            part.strip().removeprefix(start) for part in addresses.split(",") if part.strip().startswith(start)
        )

    async def _refuse_if_gone(self, kept: Kept) -> None:
        """Refuse (410) rows of a version that was withdrawn while they waited for their turn."""
        await self._parts.shelf.version(kept.dataset.slug, kept.version.number)

    async def item(self, subject: Subject, asked: One) -> Document:
        """Return one item. Refuses an unknown one (404), and as `items` does."""
        name, identifier = subject.name, asked.identifier
        if subject.kept is None:
            view = (await self._parts.shelf.datasets()).get(identifier)
            record = None if view is None else await asyncio.to_thread(self._records.one, view)
            if record is None:
                raise RequestRefused("ogc.no-feature", collection=name)
            return as_record(record, self._addresses, asked.crs)
        made = await self._by_key(subject.kept, asked) or await self._by_place(name, asked)
        if made is None:
            raise RequestRefused("ogc.no-feature", collection=name)
        return {**made, "links": item_links(name, identifier, self._addresses)}

    async def _by_key(self, kept: Kept, asked: One) -> Document | None:
        features = Features.of(kept.version, _key(kept))
        value = None if features.key is None else key_value(features.key, asked.identifier)
        if features.key is None or value is None:
            return None
        where = Condition(features.key.name, Operator.EQ, (value,))
        return await self._first(kept, features, Plain(features.names, (where,), None, 1), asked)

    async def _by_place(self, name: str, asked: One) -> Document | None:
        placed = read_placed(asked.identifier)
        if placed is None:
            return None
        kept = await self._parts.shelf.version(name, placed.version)
        features = Features.of(kept.version, _key(kept))
        if not 0 < placed.place <= kept.version.rows:
            return None
        return await self._first(kept, features, Plain(features.names, (), placed.place - 1, 1), asked)

    async def _first(self, kept: Kept, features: Features, question: Plain, asked: One) -> Document | None:
        page = await plain_page(self._parts, kept.version, question, 0, asked.client)
        await self._refuse_if_gone(kept)
        return features.feature(page.rows[0], asked.crs) if page.rows else None


def _key(kept: Kept) -> tuple[str, ...]:
    declared = kept.dataset.declared.get("cle")
    return tuple(map(str, declared)) if isinstance(declared, list | tuple) else ()


def _without(given: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: value for name, value in given.items() if name not in names}


def _collected(page: Page, made: list[Document], links: list[Link]) -> Document:
    matched = {} if page.matched is None else {"numberMatched": page.matched}
    return {
        "type": "FeatureCollection",
        "links": links,
        **matched,
        "numberReturned": len(made),
        "features": made,
    }


def read_cursor(text: str | None, name: str) -> Placed | None:
    """Return where a page of rows begins. Refuses (400) what no next link would say; records go by their names."""
    if text is None or name == RECORDS:
        return None
    placed = read_placed(text)
    if placed is None:
        raise RequestRefused("api.bad-cursor")
    return placed

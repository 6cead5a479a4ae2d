"""The records of the datasets that are served, in memory, filtered as rows are; made again once anything changes."""

import sqlite3
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Final

from orjson import dumps

from api.ogc.asking import Asked, Page, answered
from api.ogc.dataset_records import footprint
from api.ogc.functions import accenti, casei, teach
from api.ogc.queryables import Kind, Queryable, Queryables
from api.ogc.terms import Sql
from catalog.metadata.record import Publisher, Record
from catalog.metadata.recording import record_of
from catalog.views import DatasetView, VersionView

ORDER: Final = "id"
_TEXTS: Final = ("id", "type", "title", "description", "keywords", "theme", "license", "created", "updated", "period")
_TITLES: Final[Mapping[str, str]] = {
    "id": "Identifiant",
    "type": "Genre",
    "title": "Titre",
    "description": "Description",
    "keywords": "Mots clés",
    "theme": "Thème",
    "license": "Licence",
    "created": "Première publication",
    "updated": "Dernière publication",
    "period": "Période",
    "version": "Version",
    "rows": "Lignes",
    "geometry": "Emprise",
}
_TIMED: Final = frozenset({"created", "updated", "period"})
_TABLE: Final = (
    "CREATE TABLE rows(id TEXT PRIMARY KEY, type TEXT, title TEXT, description TEXT, keywords TEXT, theme TEXT, "
    "license TEXT, created TEXT, updated TEXT, period TEXT, version INTEGER, rows INTEGER, geometry TEXT, words TEXT)"
)
_INSERT: Final = "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
Line = tuple[str | int, ...]


def _queryables() -> Queryables:
    texts = {name: Queryable(name, Kind.TEXT, name, name in _TIMED, _TITLES[name]) for name in _TEXTS}
    numbers = {name: Queryable(name, Kind.NUMBER, name, title=_TITLES[name]) for name in ("version", "rows")}
    place = Queryable("geometry", Kind.PLACE, "geometry", title=_TITLES["geometry"])
    return Queryables({**texts, **numbers, "geometry": place}, place, texts["period"])


QUERYABLES: Final = _queryables()
"""What can be filtered of records; `datetime` looks at the period that the rows tell of."""


class Records:
    """The datasets that are served, by slug: their descriptions, and an index of them that filters ask."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._views: Mapping[str, DatasetView] = {}
        self._records: Mapping[str, Record] = {}
        self._known: dict[str, tuple[DatasetView, Record]] = {}
        self._index: sqlite3.Connection | None = None
        self._turn = Lock()

    def of(self, views: Mapping[str, DatasetView]) -> Mapping[str, Record]:
        """Return the records of what is served among these; `views` is the same object while nothing changed."""
        with self._turn:
            self._renew(views)
            return self._records

    def ask(self, views: Mapping[str, DatasetView], asked: Asked) -> tuple[Page, Mapping[str, Record]]:
        """Answer a filter over the records, which come too. Refuses (503) what takes too long."""
        with self._turn:
            self._renew(views)
            assert self._index is not None
            return answered(self._index, asked, None), self._records

    def _renew(self, views: Mapping[str, DatasetView]) -> None:
        """Describe what changed; what is as it was keeps its record."""
        if views is self._views:
            return
        self._records = {
            view.slug: self._record(view, view.current)
            for view in views.values()
            if view.served and view.current is not None
        }
        self._known = {slug: known for slug, known in [*self._known.items()] if slug in self._records}
        if self._index is not None:
            self._index.close()
        self._index, self._views = _indexed(self._records.values()), views

    def one(self, view: DatasetView) -> Record | None:
        """Return the record of one dataset, None if it is not served; what is as it was is not described again."""
        return None if not view.served or view.current is None else self._record(view, view.current)

    def _record(self, view: DatasetView, current: VersionView) -> Record:
        known = self._known.get(view.slug)
        if known is not None and (known[0] is view or known[0] == view):
            return known[1]
        record = record_of(view, current, self._publisher)
        self._known[view.slug] = view, record
        return record


def _indexed(records: Iterable[Record]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    teach(connection)
    connection.execute(_TABLE)
    connection.executemany(_INSERT, map(_line, records))
    connection.commit()
    return connection


def _line(record: Record) -> Line:
    first, last = record.temporal
    words = " ".join((record.title, record.description, *record.keywords["fr"], record.slug))
    return (
        record.slug,
        "dataset",
        record.title,
        record.description,
        ", ".join(record.keywords["fr"]),
        record.theme.value,
        record.terms.url,
        record.issued.isoformat(),
        record.modified.isoformat(),
        f"{first.isoformat()}/{last.isoformat()}",
        record.version,
        record.rows,
        dumps(footprint(record.bounds)).decode(),
        plain(words),
    )


def plain(text: str) -> str:
    """Return a text as searches compare it."""
    return str(accenti(casei(text)))


def holding(words: str) -> Sql:
    """Return the condition of `q`: one of the terms between commas stands in title, description or keywords.

    A term of several words is looked for as it is written (20-004r1, q parameter).
    """
    terms = [plain(term.strip()) for term in words.split(",") if term.strip()]
    if not terms:
        return Sql("1")
    return Sql("EXISTS (SELECT 1 FROM json_each(?) WHERE instr(words, value) > 0)", (dumps(terms).decode(),))


def named(identifiers: str) -> Sql:
    """Return the condition of `ids`: one of them, between commas."""
    parts = [part.strip() for part in identifiers.split(",")]
    return Sql(f"(id IN ({', '.join('?' * len(parts))}))", tuple(parts))

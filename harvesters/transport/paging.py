"""Answers that come page by page: one walk, whose ways are `harvesters.transport.ways`.

A walk ends by itself, or is refused whole: never a loop, never beyond the hosts, pages and bytes that are allowed, and
never fewer rows than the source announces. Each page is the parser's to read by itself.
"""

import hashlib
import re
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from types import MappingProxyType
from typing import Final

import httpx
import orjson

from eclor.errors import PayloadRefused, Place, SourceUnavailable
from harvesters import strict_json, weighing
from harvesters.cursors import Cursor, Memory
from harvesters.reach import MIB, Part, Payload, Reach, Wanted
from harvesters.sayable import UNSAID
from harvesters.source import Source
from harvesters.transport import bounds, licences
from harvesters.transport.addresses import Named
from harvesters.transport.polite import Visitor
from harvesters.transport.ways import WAYS, Page, Way

OPTIONS: Final = ("champs", "depuis", "pages")
WORDS: Final = {"pages": tuple(sorted(WAYS))}
_ACCEPTED: Final = MappingProxyType({"Accept": "application/json, */*;q=0.5"})
_NO_TOTAL: Final = 10**8
_MOST_PAGES: Final = 10_000
_RE_READ: Final = timedelta(hours=48)
"""How far back `depuis` asks again: measures come late, and `cle` counts what is held already."""
_FIELD: Final = re.compile(r"\w+")
_NOT_FOUND: Final = 404


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of a source that gives pages."""

    source: Source
    way: Way
    url: httpx.URL
    """The first address."""
    headers: Mapping[str, str] = field(default_factory=lambda: _ACCEPTED)


def walk(source: Source, *, wanted: Wanted, memory: Memory, reach: Reach) -> Generator[Payload, None, None]:
    """Yield what is new of a source whose option `pages` names its way."""
    way = WAYS[source.options["pages"]]
    url = Named.of(source).endpoint
    asked = {name: value for name, value in way.first.items() if name not in url.params}
    if way.fields and (fields := _fields(source, way, wanted)) and way.fields not in url.params:
        asked[way.fields] = fields
    since = memory.cursor.get("since")
    if memory.increments and memory.same_terms and isinstance(since, str) and "depuis" in source.options:
        asked[source.options["depuis"]] = since
    yield from walked(Asking(source, way, url.copy_merge_params(asked)), memory=memory, reach=reach)


def walked(asking: Asking, *, memory: Memory, reach: Reach) -> Generator[Payload, None, None]:
    """Yield what is new of a source that gives pages: the whole walk is one delivery.

    Where the way resumes and rows are added, each page is its own: a walk that was cut goes on where it was. Refuses
    (`SourceUnavailable`) a way that loops, leaves the declared hosts, is too long, or ends too early.
    """
    with Visitor(asking.source, reach, also=asking.way.also) as visitor:
        walking = _Walk(asking, visitor, memory, reach)
        if asking.way.resumes and memory.increments:
            yield from walking.resumed()
        elif not (asking.way.resumes and _Walk(asking, visitor, memory, reach).has_nothing_new()):
            yield from walking.whole()


def _fields(source: Source, way: Way, wanted: Wanted) -> str:
    """Return the fields to ask for: those that are listed, else where names are the source's own the mapped ones."""
    listed = source.options.get("champs", "")
    if listed or not way.plain:
        return ",".join(name.strip() for name in listed.split(",") if name.strip())
    names = {path.partition(".")[0] for path in wanted if "," not in path}
    return ",".join(sorted(names)) if all(_FIELD.fullmatch(name) for name in names) else ""


@dataclass(slots=True)
class _Walk:
    """One walk through a source's pages."""

    asking: Asking
    visitor: Visitor
    memory: Memory
    reach: Reach
    began: datetime = field(init=False)
    _seen: set[httpx.URL] = field(default_factory=set)
    _rows: int = 0
    _bytes: int = 0
    _announced: int | None = None
    _last: Page | None = None
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        self.began = self.reach.clock.now().astimezone(UTC)

    def whole(self) -> Generator[Payload, None, None]:
        """Yield all pages as one delivery."""
        pages = self._pages(self.asking.url)
        content, _ = next(pages)
        more = (Part(self._name, BytesIO(content)) for content, _ in pages)
        yield Payload(self._name, BytesIO(content), self._cursor, more, lambda: self._bytes)

    def resumed(self) -> Generator[Payload, None, None]:
        """Yield each page with rows as a delivery of its own, from where the last visit stopped."""
        for content, page in self._pages(self._resume() or self.asking.url):
            if page.rows:
                yield Payload(self._name, BytesIO(content), self._ending(content, page))

    def has_nothing_new(self) -> bool:
        """Say whether the page that was the last one is still empty: then nothing changed since."""
        last = self._resume()
        return last is not None and self._page(last)[1].rows == 0

    @property
    def _name(self) -> str:
        return self.visitor.named.endpoint.path.rstrip("/").rpartition("/")[2] or self.visitor.host

    def _resume(self) -> httpx.URL | None:
        onward = self.memory.cursor.get("next")
        if not self.memory.same_terms or not isinstance(onward, str):
            return None
        return self.visitor.named.joined(self.visitor.named.endpoint, onward)

    def _pages(self, url: httpx.URL) -> Iterator[tuple[bytes, Page]]:
        """Yield the pages with their bytes, and count what came; at the end hold it against what was announced."""
        onward: httpx.URL | None = url
        while onward is not None:
            content, page = self._page(onward)
            onward = self._onward(page)
            yield content, page
        if self._announced is not None and self._rows < self._announced:
            raise self._refusal("pages.incomplete", announced=self._sayable_total, found=self._rows)

    def _page(self, url: httpx.URL) -> tuple[bytes, Page]:
        answer = self.visitor.whole(str(url), headers=self.asking.headers)
        content = answer.content
        self._bytes += len(content)
        most = bounds.most_bytes(self.asking.source, self.memory, self.reach.patience)
        if self._bytes > most:
            raise SourceUnavailable("source.too-big", place=Place(self._name), limit_mib=most // MIB)
        body = _read(content, name=self._name)
        licences.hold_page(self.asking.source, body, name=self._name)
        rows = self._list(body, none=_says_none(answer, body))
        self._rows += len(rows)
        self._digest.update(_written(rows, name=self._name))
        page = Page(url, body, answer.headers, len(rows))
        self._announced = self._total(page, otherwise=self._announced)
        self._last = page
        return content, page

    def _list(self, body: object, *, none: bool) -> list[object]:
        for path in self.asking.way.rows:
            found = strict_json.member(body, path.split(".")) if path else body
            if isinstance(found, list):
                return found
        if none:
            return []
        raise self._refusal("pages.no-list", pages=self.asking.source.options.get("pages", self.asking.source.access))

    def _total(self, page: Page, *, otherwise: int | None) -> int | None:
        for path in self.asking.way.total:
            said = page.said(path)
            if isinstance(said, int) and not isinstance(said, bool):
                return said
        return otherwise

    @property
    def _sayable_total(self) -> int | str:
        """What was announced, as a refusal says it: so many digits are no total, and may be somebody's number."""
        return self._announced or 0 if (self._announced or 0) < _NO_TOTAL else UNSAID

    def _onward(self, page: Page) -> httpx.URL | None:
        self._seen.add(page.url)
        said = self.asking.way.onward(page)
        if said is None:
            return None
        onward = self.visitor.named.joined(page.url, said)
        if self.asking.way.resumes and page.rows == 0 and onward == page.url:
            return None
        if onward in self._seen:
            raise self._refusal("pages.loop")
        if len(self._seen) >= _MOST_PAGES:
            raise self._refusal("pages.too-many", limit=_MOST_PAGES)
        name, most = self.asking.way.wall
        if name in onward.params and (self._announced or 0) > most:
            raise self._refusal(self.asking.way.cure, announced=self._sayable_total, limit=most)
        return onward

    def _refusal(self, code: str, **facts: object) -> SourceUnavailable:
        return SourceUnavailable(code, place=None, host=self.visitor.host, **facts)

    def _ending(self, content: bytes, page: Page) -> Callable[[], Cursor]:
        return lambda: {"next": self._kept(page), "sha256": hashlib.sha256(content).hexdigest()}

    def _cursor(self) -> Cursor:
        cursor = {"sha256": self._digest.hexdigest(), **bounds.remembering(self.memory, self._bytes)}
        if self.asking.way.resumes and self._last is not None:
            cursor["next"] = self._kept(self._last)
        if "depuis" in self.asking.source.options:
            cursor["since"] = f"{self.began - _RE_READ:%Y-%m-%dT%H:%M:%SZ}"
        return cursor

    def _kept(self, page: Page) -> str:
        """Return the address that the next visit begins with, without the server where it is the declared one."""
        onward = page.url.join(self.asking.way.onward(page) or str(page.url))
        at_home = onward.netloc == self.visitor.named.endpoint.netloc
        return onward.raw_path.decode() if at_home else str(onward)


def _read(content: bytes, *, name: str) -> object:
    """Return the value of a page; refuse one that would take too much, for its rows are made out of it once more."""
    if len(content) > weighing.LIGHT_BYTES // 2:
        weighing.refuse_heavy_json(content, place=Place(name), most=weighing.MOST_BYTES // 2)
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return strict_json.read(content, name=name)  # refuses it, with the place


def _written(rows: list[object], *, name: str) -> bytes:
    try:
        return orjson.dumps(rows)
    except orjson.JSONEncodeError as error:  # it reads deeper than it writes
        raise PayloadRefused("payload.too-deep", place=Place(name), levels=strict_json.MAX_DEPTH) from error


def _says_none(answer: httpx.Response, body: object) -> bool:
    """Say whether an answer « not found » is the interface's own, and means that no row matches."""
    return answer.status_code == _NOT_FOUND and strict_json.member(body, ("header", "statut")) == _NOT_FOUND

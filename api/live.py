"""The live broadcast: one reader of the metadata for all listeners of a worker; a slow listener is let go.

While nothing was written there, a poll looks at the database's mark alone.
"""

import asyncio
import resource
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from api.freshness import Mark, mark_of
from api.refusals import WithHeaders, gone
from api.shelf import Shelf
from catalog import reading as catalogue
from catalog.database import reading
from catalog.views import VersionView
from eclor.errors import RequestRefused

log = structlog.get_logger()
POLL_S: Final = 0.05
MOST_LISTENERS: Final = 2500
"""Listeners of one worker; how many one client may be is the guard's to say."""
_OF_FILES: Final = 5 / 8
"""Of what a worker may open, what listeners may take: other connections, files and the database need theirs."""
RETRY_AFTER_S: Final = 60
MOST_WAITING: Final = 16
"""Versions that a listener may lag behind before it is let go."""
MOST_REPLAYED: Final = 100


class Listener:
    """One reader of one dataset's versions, as they come; it ends when it lags too far behind.

    `cut` ends its connection at once, whatever waits to be read there.
    """

    __slots__ = ("_waiting", "cut", "slug")

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.cut: Callable[[], None] | None = None
        self._waiting: asyncio.Queue[VersionView | None] = asyncio.Queue(MOST_WAITING + 1)

    def tell(self, version: VersionView) -> bool:
        """Put a version in its queue; say whether there was room."""
        if self._waiting.qsize() >= MOST_WAITING:
            self.drop()
            return False
        self._waiting.put_nowait(version)
        return True

    def end(self) -> None:
        """Let it go after what it already has."""
        if not self._waiting.full():
            self._waiting.put_nowait(None)

    def drop(self) -> None:
        """Let it go although it does not read."""
        self.end()
        if self.cut is not None:
            self.cut()

    async def versions(self, silence_s: float) -> AsyncIterator[VersionView | None]:
        """Give the versions as they come, None after each such silence, until it is let go."""
        while True:
            try:
                async with asyncio.timeout(silence_s):
                    version = await self._waiting.get()
            except TimeoutError:
                yield None
                continue
            if version is None:
                return
            yield version


def most_listeners() -> int:
    """Return how many listeners this worker bears: beyond what the system lets it open, connections would be cut."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_LISTENERS if files == resource.RLIM_INFINITY else min(MOST_LISTENERS, int(files * _OF_FILES))


class Broadcast:
    """The listeners of one worker, and the one poll that serves them all; it reads nothing while nobody listens."""

    def __init__(self, engine: Engine, shelf: Shelf, poll_s: float = POLL_S) -> None:
        self._engine = engine
        self._shelf = shelf
        self._poll_s = poll_s
        self._listeners: set[Listener] = set()
        self._last: int | None = None
        self._mark: Mark = mark_of(engine)
        self._marked: int | None = None
        self._someone = asyncio.Event()
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def listening(self, slug: str) -> AsyncIterator[Listener]:
        """Give a listener that misses nothing published from now on. Refuses (503) one too many."""
        if len(self._listeners) >= most_listeners():
            raise WithHeaders("api.too-many-listeners", {"Retry-After": str(RETRY_AFTER_S)})
        listener = Listener(slug)
        self._listeners.add(listener)
        try:
            async with self._turn:
                if self._last is None:
                    self._last = await asyncio.to_thread(self._newest_id)
            self._someone.set()
            yield listener
        finally:
            self._listeners.discard(listener)

    async def missed(self, slug: str, after_id: int | None) -> Sequence[VersionView]:
        """Return the versions after that one, or the current one alone if there is no such one yet.

        At most `MOST_REPLAYED`, the newest; some may be withdrawn since.
        """
        return await asyncio.to_thread(self._missed, slug, after_id)

    async def may_leave(self, version: VersionView) -> bool:
        """Say whether a version's rows may leave now; one too new for the shelf may, unless it was born closed."""
        if version.withdrawn_at is not None:
            return False
        try:
            await self._shelf.version(version.dataset, version.number)
        except RequestRefused as refusal:
            return not gone(refusal)
        return True

    async def run(self) -> None:
        """Poll for ever; what fails is tried again."""
        while True:
            await self._someone.wait()
            try:
                await self._poll()
                await self._end_withdrawn()
            except Exception as error:  # noqa: BLE001 - whatever failed, listeners go on waiting for what comes next
                log.warning("live.poll_failed", cause=type(error).__name__)
            await asyncio.sleep(self._poll_s)

    def end(self) -> None:
        """Let all listeners go."""
        for listener in self._listeners:
            listener.end()

    async def _poll(self) -> None:
        async with self._turn:
            if not self._listeners:
                self._last = None
                self._someone.clear()
                return
            mark = self._mark()
            if mark == self._marked:
                return
            versions = await asyncio.to_thread(self._newer, self._last or 0)
            for version in versions:
                self._tell(version)
                self._last = version.id
            self._marked = mark

    async def _end_withdrawn(self) -> None:
        """Let go the listeners of datasets that are withdrawn: who comes back is told why (410)."""
        views = await self._shelf.datasets()
        for listener in self._listeners:
            if (view := views.get(listener.slug)) is not None and view.state == "withdrawn":
                listener.end()

    def _tell(self, version: VersionView) -> None:
        for listener in [one for one in self._listeners if one.slug == version.dataset]:
            if version.withdrawn_at is None and not listener.tell(version):
                self._listeners.discard(listener)
                log.info("live.listener_dropped", dataset=listener.slug)

    def _newest_id(self) -> int:
        with reading(self._engine) as session:
            return _newest(session)

    def _newer(self, after_id: int) -> Sequence[VersionView]:
        with reading(self._engine) as session:
            return catalogue.newer_versions(session, after_id)

    def _missed(self, slug: str, after_id: int | None) -> Sequence[VersionView]:
        with reading(self._engine) as session:
            if after_id is not None and after_id <= _newest(session):
                return catalogue.newer_versions(session, after_id, slug=slug, most=MOST_REPLAYED)
            current = catalogue.current_version(session, slug)
            return [] if current is None else [current]


def _newest(session: Session) -> int:
    return max((version.id for version in catalogue.latest_versions(session, 1)), default=0)

"""Workbooks, made at the first request, kept beside their version: one at a time, in a process that may be stopped."""

import asyncio
import shutil
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import structlog
from starlette.concurrency import run_in_threadpool

from api.makings import MOST_S, Making, run
from api.refusals import WithHeaders
from api.shelf import Kept
from catalog import workbook
from catalog.catalogue import copies_folder
from catalog.rows_index import SCANNED
from eclor.durable import seal_file
from eclor.errors import RequestRefused

log = structlog.get_logger()
PATIENCE_S: Final = 25.0
"""How long a reader waits for it; it goes on being written, for whoever asks again."""
_MOST_IN_LINE: Final = 8
_RETRY_AFTER_S: Final = "15"
_WRITING: Final = "writing-"
_ABANDONED_S: Final = 2 * MOST_S
"""The age of a private folder whose maker is gone: no making lasts that long."""


class Workbooks:
    """The workbooks of one worker."""

    def __init__(self, published: Path) -> None:
        self._published = published
        self._turn = asyncio.Semaphore(1)
        self._under_way: dict[Path, asyncio.Task[Path]] = {}

    async def of(self, kept: Kept) -> tuple[Path, str]:
        """Return where a version's workbook is, and its digest.

        Refuses (406) rows that no sheet holds, (503) what is not ready yet or cannot be written now.
        """
        if kept.version.rows > workbook.MOST_ROWS:
            raise RequestRefused("api.workbook-too-long", dataset=kept.dataset.slug, most=workbook.MOST_ROWS)
        folder = copies_folder(self._published, kept.dataset.slug, kept.version.number)
        made = _there(folder) or await self._asked(kept, folder)
        return made, made.name.split(".")[1]

    async def _asked(self, kept: Kept, folder: Path) -> Path:
        if folder not in self._under_way:
            if len(self._under_way) >= _MOST_IN_LINE:
                raise WithHeaders("api.workbook-not-ready", {"Retry-After": _RETRY_AFTER_S}, dataset=kept.dataset.slug)
            task = asyncio.create_task(self._made(kept, folder))
            self._under_way[folder] = task
            task.add_done_callback(lambda _: self._under_way.pop(folder, None))
        try:
            return await asyncio.wait_for(asyncio.shield(self._under_way[folder]), PATIENCE_S)
        except TimeoutError as late:
            raise WithHeaders(
                "api.workbook-not-ready", {"Retry-After": _RETRY_AFTER_S}, dataset=kept.dataset.slug
            ) from late

    async def _made(self, kept: Kept, folder: Path) -> Path:
        async with self._turn:
            private = await run_in_threadpool(_private, folder)
            try:
                return await self._written(kept, Path(private.name), folder)
            finally:
                await run_in_threadpool(private.cleanup)

    async def _written(self, kept: Kept, private: Path, folder: Path) -> Path:
        version, target = self._published / kept.version.folder, private / "data.xlsx"
        ended = await run(Making("catalog.workbook", _order(kept, version / SCANNED, target)))
        if ended == workbook.TOO_LONG:
            raise RequestRefused("api.workbook-cell", dataset=kept.dataset.slug)
        if ended:
            log.warning("workbook.failed", dataset=kept.dataset.slug, version=kept.version.number, exit=ended)
            raise RequestRefused("api.bytes-missing")
        return await run_in_threadpool(_named, target, folder, version)


def _private(folder: Path) -> "TemporaryDirectory[str]":
    """Return a new private folder; those that a kill left there go."""
    folder.mkdir(parents=True, exist_ok=True)
    private = TemporaryDirectory(dir=folder, prefix=_WRITING)
    oldest = Path(private.name).stat().st_mtime - _ABANDONED_S
    for left in folder.glob(f"{_WRITING}*"):
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < oldest:
                shutil.rmtree(left, ignore_errors=True)
    return private


def _there(folder: Path) -> Path | None:
    return next(folder.glob("data.*.xlsx"), None)


def _order(kept: Kept, rows: Path, target: Path) -> str:
    version = kept.version
    published_at = version.published_at.isoformat()
    return workbook.Order(str(rows), str(target), version.columns, kept.dataset.title, published_at).text()


def _named(written: Path, folder: Path, version: Path) -> Path:
    """Put a whole workbook in its place, under the digest of its bytes; nowhere, once its version is gone."""
    with written.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    seal_file(written)
    made = written.rename(folder / f"data.{digest[:32]}.xlsx")
    if not version.exists():
        shutil.rmtree(folder, ignore_errors=True)
    return made

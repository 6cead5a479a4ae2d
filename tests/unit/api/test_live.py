"""A listener that does not keep up is let go; the others go on."""

import asyncio
import resource
from dataclasses import replace
from pathlib import Path

import pytest

from api.live import MOST_LISTENERS, MOST_WAITING, Broadcast, Listener, most_listeners
from api.shelf import Shelf
from catalog.database import reading, writing
from catalog.models import DatasetRow
from catalog.reading import current_version
from catalog.views import VersionView
from eclor.errors import RequestRefused
from tests.serving import SERIES, fill
from tests.unit.catalog.publish.released import Home


def a_version(folder: Path) -> tuple[Home, VersionView]:
    home = fill(Home(folder))
    with reading(home.catalog.engine) as session:
        found = current_version(session, SERIES)
    assert found is not None
    return home, found


def test_a_slow_listener_ends_after_what_it_already_has(tmp_path: Path) -> None:
    home, version = a_version(tmp_path)

    async def told() -> tuple[list[bool], int]:
        listener = Listener(SERIES)
        answers = [listener.tell(version) for _ in range(MOST_WAITING + 1)]
        return answers, len([one async for one in listener.versions(60)])

    answers, received = asyncio.run(told())
    home.catalog.engine.dispose()
    assert answers == [True] * MOST_WAITING + [False]
    assert received == MOST_WAITING


@pytest.mark.parametrize(
    ("files", "most"), [(1_024, 640), (4_096, MOST_LISTENERS), (1 << 20, MOST_LISTENERS), (-1, MOST_LISTENERS)]
)
def test_listeners_leave_room_for_other_files(files: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    assert most_listeners() == most


def test_who_would_be_cut_is_told_to_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, _ = a_version(tmp_path)

    async def two_listen() -> str:
        broadcast = Broadcast(home.catalog.engine, Shelf(home.catalog.engine, home.clock))
        async with broadcast.listening(SERIES):
            monkeypatch.setattr(resource, "getrlimit", lambda _: (2, 2))
            with pytest.raises(RequestRefused) as refused:
                async with broadcast.listening(SERIES):
                    pass
        return refused.value.code

    code = asyncio.run(two_listen())
    home.catalog.engine.dispose()
    assert code == "api.too-many-listeners"


def test_nothing_is_read_while_nobody_listens(tmp_path: Path) -> None:
    home, _ = a_version(tmp_path)

    async def poll_after_leaving() -> tuple[int | None, int | None]:
        broadcast = Broadcast(home.catalog.engine, Shelf(home.catalog.engine, home.clock))
        async with broadcast.listening(SERIES):
            during = broadcast._last
        await broadcast._poll()
        return during, broadcast._last

    during, after = asyncio.run(poll_after_leaving())
    home.catalog.engine.dispose()
    assert (during, after) == (3, None)


def test_a_poll_that_fails_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, _ = a_version(tmp_path)

    async def polls() -> int:
        broadcast = Broadcast(home.catalog.engine, Shelf(home.catalog.engine, home.clock), poll_s=0.001)
        done = asyncio.Event()
        tried: list[None] = []

        async def fails() -> None:
            tried.append(None)
            if len(tried) == 3:
                done.set()
            raise ValueError

        monkeypatch.setattr(broadcast, "_end_withdrawn", fails)
        async with broadcast.listening(SERIES):
            running = asyncio.ensure_future(broadcast.run())
            await asyncio.wait_for(done.wait(), 5)
            running.cancel()
        return len(tried)

    assert asyncio.run(polls()) == 3
    home.catalog.engine.dispose()


def test_versions_are_read_only_after_something_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, _ = a_version(tmp_path)

    async def readings() -> list[int]:
        broadcast = Broadcast(home.catalog.engine, Shelf(home.catalog.engine, home.clock))
        read: list[int] = []
        monkeypatch.setattr(broadcast, "_newer", lambda after: read.append(after) or ())
        counts = []
        async with broadcast.listening(SERIES):
            for written in (False, False, True, False):
                if written:
                    with writing(home.catalog.engine) as session:
                        session.get_one(DatasetRow, SERIES).state_reason = "vu"
                await broadcast._poll()
                counts.append(len(read))
        return counts

    assert asyncio.run(readings()) == [1, 1, 2, 2]
    home.catalog.engine.dispose()


def test_a_version_too_new_for_the_shelf_leaves_unless_it_was_born_closed(tmp_path: Path) -> None:
    home, version = a_version(tmp_path)
    new = replace(version, number=99)
    closed = replace(new, withdrawn_at=home.clock.now())

    async def asked() -> list[bool]:
        broadcast = Broadcast(home.catalog.engine, Shelf(home.catalog.engine, home.clock))
        return [await broadcast.may_leave(one) for one in (new, closed)]

    answers = asyncio.run(asked())
    home.catalog.engine.dispose()
    assert answers == [True, False]

"""Comparisons: once for a crowd, in a short line, and nothing remembered that may be otherwise another time."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from api.comparisons import Comparisons
from api.dating import Modified
from api.shelf import Kept
from catalog.database import reading
from catalog.differences import Counts, Differences, differences, first_version
from catalog.reading import datasets, versions
from eclor.errors import RequestRefused
from tests.serving import IN_ORDER, SERIES, fill
from tests.unit.catalog.publish.released import Home, passages


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = fill(Home(tmp_path_factory.mktemp("compared")))
    yield made
    made.catalog.engine.dispose()


@pytest.fixture(scope="module")
def pair(home: Home) -> tuple[Kept, Kept]:
    modified = Modified(home.clock.now(), home.clock)
    with reading(home.catalog.engine) as session:
        dataset = next(view for view in datasets(session) if view.slug == SERIES)
        new, old = (Kept(dataset, view, None, modified) for view in versions(session, SERIES))
    return old, new


def test_a_crowd_on_a_page_has_its_rows_compared_once(
    home: Home, pair: tuple[Kept, Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def compared(*given: object, **sides: object) -> Differences:
        asked.append(1)
        return differences(*given, **sides)  # type: ignore[arg-type]

    monkeypatch.setattr("api.comparisons.differences", compared)
    comparisons, (old, new) = Comparisons(), pair

    async def crowd() -> list[Counts | None]:
        folder = home.catalog.published
        one = (comparisons.counts(folder, old=old, new=new, client=f"c{number}") for number in range(20))
        return list(await asyncio.gather(*one))

    told = asyncio.run(crowd())
    assert (len(asked), len(set(told)), None in told) == (1, 1, False)


def test_what_could_not_be_counted_is_counted_another_time(
    home: Home, pair: tuple[Kept, Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    comparisons, (old, new) = Comparisons(), pair

    async def told() -> Counts | None:
        return await comparisons.counts(home.catalog.published, old=old, new=new, client="a")

    def slow(*_given: object, **_sides: object) -> Differences:
        raise RequestRefused("differences.too-slow")

    with monkeypatch.context() as patched:
        patched.setattr("api.comparisons.differences", slow)
        assert asyncio.run(told()) is None
    assert asyncio.run(told()) is not None


def test_one_client_fills_its_share_of_the_line_alone(
    home: Home, pair: tuple[Kept, Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    go, comparisons, (old, new) = Event(), Comparisons(), pair

    def waiting(_published: Path, _dataset: object, *, old: object, new: object) -> Differences:
        assert old is not new
        go.wait(10)
        return first_version(pair[1].version)

    monkeypatch.setattr("api.comparisons.differences", waiting)

    async def told() -> tuple[Counts | None, Counts | None]:
        folder = home.catalog.published
        ours = [asyncio.ensure_future(comparisons.counts(folder, old=old, new=new, client="a")) for _ in range(4)]
        await asyncio.sleep(0)
        other = asyncio.ensure_future(comparisons.counts(folder, old=old, new=new, client="b"))
        one_too_many = await comparisons.counts(folder, old=old, new=new, client="a")
        go.set()
        await asyncio.gather(*ours)
        return one_too_many, await other

    assert asyncio.run(told()) == (None, Counts(0, 0, 0))


def test_a_column_that_was_masked_in_either_version_is_masked_in_both(tmp_path: Path) -> None:
    home = fill(Home(tmp_path))
    came_to_light = [(*row[:2], 40, 30, "publie") if row[2] is None else row for row in IN_ORDER]
    home.published(passages(home, tuple(came_to_light)))
    with reading(home.catalog.engine) as session:
        dataset = next(view for view in datasets(session) if view.slug == SERIES)
        new, old, *_ = versions(session, SERIES)
    home.catalog.engine.dispose()
    plain = (replace(one, kind="technical") if one.kind == "measure" else one for one in new.columns)
    for view in (new, replace(new, columns=tuple(plain))):
        found = differences(home.catalog.published, dataset, old=old, new=view)
        assert (found.counts, found.key) == (Counts(0, 0, 0), ("site", "horodatage"))

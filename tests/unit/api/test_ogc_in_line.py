"""The OGC API while a line is long: what is withdrawn meanwhile does not leave, and whoever asks is counted."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from api.ogc.asking import Page
from api.ogc.finding import Plain, plain_page
from api.parts import Parts
from api.shelf import Shelf
from api.turns import Turns
from catalog.registry import withdraw
from catalog.views import DatasetView, VersionView
from charter.release_parts import ReleaseColumn
from tests.serving import POINTS, SERIES, fill
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish import released
from tests.unit.catalog.publish.released import Home, passages, places

ITEMS = f"/ogc/collections/{SERIES}/items"
RECORDS = "/ogc/collections/jeux_de_donnees/items"


@pytest.fixture
def changing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setattr("api.shelf.FRESH_S", 0.0)
    made = fill(Home(tmp_path))
    yield made
    made.catalog.engine.dispose()


def gone(home: Home) -> None:
    for number in (1, 2):
        withdraw(home.catalog, SERIES, number, reason="Une erreur.", now=home.clock.now())


@pytest.mark.parametrize("path", [ITEMS, f"{ITEMS}/2-1"])
def test_rows_that_are_withdrawn_while_they_are_found_do_not_leave(
    changing: Home, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    clients = []

    async def late(parts: Parts, version: VersionView, asked: Plain, known_count: int | None, client: str) -> Page:
        clients.append(client)
        page = await plain_page(parts, version, asked, known_count, client)
        gone(changing)
        return page

    monkeypatch.setattr("api.ogc.serving.plain_page", late)
    with client_on(changing.folder) as client:
        assert client.get(path).status_code == 410
    assert clients == ["testclient"]


def test_a_record_that_is_withdrawn_while_a_filter_waits_does_not_leave(
    changing: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Long(Turns):
        @asynccontextmanager
        async def taken(self, client: str) -> AsyncIterator[None]:
            gone(changing)
            async with super().taken(client):
                yield

    monkeypatch.setattr("api.ogc.serving.Turns", Long)
    with client_on(changing.folder) as client:
        assert [one["id"] for one in client.get(RECORDS).json()["features"]] == [POINTS]


def test_collections_are_listed_while_a_dataset_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, datasets = Home(tmp_path), Shelf.datasets
    home.published(passages(home))
    coming = [home]

    async def earlier(self: Shelf) -> Mapping[str, DatasetView]:
        found = await datasets(self)
        while coming:
            home.published(places(coming.pop()))
        return found

    monkeypatch.setattr("api.shelf.FRESH_S", 0.0)
    with client_on(tmp_path) as client:
        monkeypatch.setattr(Shelf, "datasets", earlier)
        listed = client.get("/ogc/collections")
        assert [one["id"] for one in listed.json()["collections"]] == [SERIES, "jeux_de_donnees"], listed.text
        assert not coming
    home.catalog.engine.dispose()


def test_a_column_may_have_the_name_of_a_parameter_of_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = (*released.POINTS[:1], ReleaseColumn("ids", "texte", "technical"), *released.POINTS[2:])
    declared = [{"nom": column.name, "titre": {"fr": "Colonne", "en": "Column"}} for column in named]
    monkeypatch.setattr(released, "POINTS", named)
    monkeypatch.setattr(released, "DECLARED_POINTS", released.DECLARED_POINTS | {"colonnes": declared})
    home = Home(tmp_path)
    home.published(released.places(home))
    with client_on(tmp_path) as client:
        found = client.get(f"/ogc/collections/{POINTS}/items", params={"ids": released.PLACES[0][1]})
        assert [one["id"] for one in found.json()["features"]] == ["D1"], found.text
    home.catalog.engine.dispose()

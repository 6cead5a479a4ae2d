"""What the documentation says of a dataset follows what may leave."""

from pathlib import Path

import pytest

from catalog.registry import withdraw
from charter.release_parts import ReleaseColumn
from tests.serving import POINTS, SERIES, fill
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish import released
from tests.unit.catalog.publish.released import Home

HTML = {"Accept": "text/html"}


def test_a_former_version_that_was_withdrawn_is_compared_with_no_more(tmp_path: Path) -> None:
    home = fill(Home(tmp_path))
    with client_on(tmp_path) as client:
        assert "diff.csv?from=1" in client.get(f"/docs/{SERIES}", headers=HTML).text
        withdraw(home.catalog, SERIES, 1, reason="Une date était fausse.", now=home.clock.now())
        client.app.state.parts.shelf._until = 0.0  # type: ignore[attr-defined]
        assert "diff.csv?from=" not in client.get(f"/docs/{SERIES}", headers=HTML).text
    home.catalog.engine.dispose()


def test_a_position_that_became_a_zone_is_no_place_to_look_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = (*released.POINTS[:2], ReleaseColumn("position", "position", "technical", level="commune"))
    monkeypatch.setattr(released, "POINTS", columns)
    home = Home(tmp_path)
    home.published(released.places(home, [("D1", "Déchèterie", "54039"), ("D2", "Déchèterie", "54580")]))
    with client_on(tmp_path) as client:
        page = client.get(f"/docs/{POINTS}", headers=HTML)
        assert (page.status_code, f"/ogc/collections/{POINTS}/items" in page.text) == (200, False)
    home.catalog.engine.dispose()


def test_totals_are_left_out_of_the_examples_of_a_table_that_has_some(tmp_path: Path) -> None:
    days = [f"2026-10-0{day}" for day in range(1, 7)]
    until = {"AUD": 2, "VIL": 2, "ensemble": 6}
    rows = tuple((site, day, 40, 30, "publie") for site, last in until.items() for day in days[:last])
    home = Home(tmp_path)
    home.published(released.places(home))
    home.published(released.passages(home, rows))
    with client_on(tmp_path) as client:
        page = client.get(f"/docs/{SERIES}", headers=HTML).text
        assert "site__ne=ensemble" in page
        assert "-d site=ensemble" not in page
        assert "compté deux fois" in page
        assert "compté deux fois" not in client.get(f"/docs/{POINTS}", headers=HTML).text
    home.catalog.engine.dispose()

"""Walks in the order of texts that are longer than a cursor may be: no page's link is refused by who wrote it."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.serving import SERIES
from tests.unit.api.conftest import client_on
from tests.unit.api.test_records import PATH, walked
from tests.unit.catalog.publish.released import Home, passages

ROWS = tuple((letter * 5_000, "2026-10-01", 20, 15, "publie") for letter in "ABCD")


@pytest.mark.parametrize("indexed", [True, False])
def test_a_walk_by_long_texts_holds_each_row_once(tmp_path: Path, *, indexed: bool) -> None:
    home = Home(tmp_path)
    home.published(passages(home, ROWS))
    home.catalog.engine.dispose()
    if not indexed:
        for index in home.catalog.published.rglob("rows.sqlite"):
            index.parent.chmod(0o755)
            index.unlink()
    with client_on(tmp_path) as client:
        assert walked(client, "sort=-site&limit=1") == [*reversed(ROWS)]
        following = client.get(f"{PATH}?sort=-site&limit=1").json()["next"]
        (cursor,) = parse_qs(urlsplit(following).query)["cursor"]
        asked = {"sort": "-site", "cursor": cursor}
        csv = client.get(PATH, params={**asked, "format": "csv", "limit": 1})
        assert csv.text.splitlines()[1].startswith(ROWS[2][0])
        page = client.get(f"/dataset/{SERIES}", params=asked, headers={"Accept": "text/html"})
        assert (page.status_code, ROWS[3][0] in page.text, ROWS[2][0] in page.text) == (200, False, True)

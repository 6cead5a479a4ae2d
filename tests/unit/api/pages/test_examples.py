"""What the documentation says of a dataset follows what may leave."""

from pathlib import Path

from catalog.registry import withdraw
from tests.serving import SERIES, fill
from tests.unit.api.conftest import client_on
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

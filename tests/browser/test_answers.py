"""What a page answers first: bars, areas and lines, or that there is nothing; on a phone and a desk."""

import json
from collections.abc import Iterator

import pytest

from charter.apply import ReleaseColumn
from eclor.world import SystemClock
from tests.browser.conftest import Site, Visitor
from tests.browser.territory import made
from tests.serving import server
from tests.unit.catalog.publish.released import Home, MovingClock

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LABELS = (
    ReleaseColumn("commune", "code", "dimension", level="commune"),
    ReleaseColumn("date_etablissement", "texte", "dimension", level="annee"),
    ReleaseColumn("etiquette", "code", "dimension"),
    ReleaseColumn("diagnostics", "entier", "measure"),
    ReleaseColumn("statut", "code", "status"),
)
ZONES = (
    *(ReleaseColumn(name, "code", "technical") for name in ("id_zone", "commune", "type_zone")),
    *(ReleaseColumn(name, "texte", "technical") for name in ("libelle", "document")),
    ReleaseColumn("emprise", "geometrie", "technical"),
)
BUSES = (
    *(ReleaseColumn(name, "code", "technical") for name in ("id_course", "jour_service", "ligne", "etat")),
    ReleaseColumn("position", "position", "technical"),
    ReleaseColumn("observe_a", "date-heure", "technical"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a home of its own: what others count stays as it is."""
    home = Home(tmp_path_factory.mktemp("answers"), clock=MovingClock(SystemClock().now()))
    certificates = [
        ("54521", "2025", "D", 20, "publie"),
        ("54521", "2025", "G", None, "masque"),
        ("54580", "2025", "D", 80, "publie"),
    ]
    square = [[5.9, 49.4], [5.92, 49.4], [5.92, 49.42], [5.9, 49.4]]
    line = {"type": "LineString", "coordinates": square[:2]}
    zones = [
        ("z-1", "54580", "U", "Zone urbaine", "P", json.dumps({"type": "Polygon", "coordinates": [square]})),
        ("z-2", "54580", "A", "Zone agricole", "P", json.dumps(line)),
    ]
    home.published(made(home, "dpe", LABELS, certificates, ("2025",)))
    home.published(made(home, "zonage-urbanisme", ZONES, zones))
    home.published(made(home, "bus-vehicules", BUSES, []))
    with server(home.folder) as address:
        yield Site(home, address)
    home.catalog.engine.dispose()


@pytest.mark.parametrize("slug", ["dpe", "zonage-urbanisme", "bus-vehicules"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_answer_has_a_fault_of_access(visitor: Visitor, slug: str, width: int) -> None:
    visit = visitor(width=width)
    assert visit.go(f"/dataset/{slug}") == 200
    assert visit.faults() == []
    assert visit.overflow() == 0


def test_bars_tell_communes_apart_and_say_what_masked_is(visitor: Visitor) -> None:
    visit = visitor()
    visit.go("/dataset/dpe")
    assert visit.page.locator(".bars span").all_inner_texts() == ["D · 2025 · Villerupt", "D · 2025 · Thil"]
    assert "masqué ne veut pas dire zéro" in visit.page.locator("#apercu .note").inner_text()


def test_areas_and_lines_have_their_path_their_mark_and_their_name(visitor: Visitor) -> None:
    visit = visitor()
    visit.go("/dataset/zonage-urbanisme")
    drawn = visit.page.locator("svg.map")
    assert (drawn.locator("path.area").count(), drawn.locator("path.line").count()) == (1, 1)
    assert drawn.locator("use").count() == 2
    assert visit.page.get_by_text("2 lieux en liste").is_visible()
    assert visit.page.locator(".places li").all_inner_texts() == ["Zone agricole Agricole", "Zone urbaine Urbaine"]


def test_an_empty_state_names_no_filter(visitor: Visitor) -> None:
    visit = visitor()
    visit.go("/dataset/bus-vehicules")
    assert visit.page.get_by_text("la source a répondu, sans aucune ligne").count() == 2
    assert visit.page.get_by_text("Tout effacer").count() == 0
    assert visit.page.get_by_role("button", name="Filtrer le tableau").count() == 0
